"""A night that is broken off: by Ctrl-C, by SIGTERM, by a full disk, by a database that is gone, by a clock that was put back.

Each time the same command goes on, nothing is asked twice, nothing stored is lost, and nothing is accused.
"""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Ran, gongkai
from tests.farm.home import write_home
from tests.farm.province import NIGHTS, finance, made
from tests.farm.serve import Farm
from tests.gongkai.test_killed import verdicts
from tests.web import Asked

AGAIN = {"/robots.txt"}  # manners, at each start


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    with Farm([made(finance)], NIGHTS[1]) as farm:
        yield farm


@pytest.fixture(scope="module")
def calm(farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Indicator -> status of an undisturbed night."""
    home = tmp_path_factory.mktemp("calm")
    write_home(home, farm)
    assert gongkai(home, "crawl").code == 0
    return verdicts(home)["czj"]


def start(home: Path, before: Callable[[], None] | None = None, verb: str = "crawl") -> subprocess.Popen[str]:
    """A crawl that runs."""
    return subprocess.Popen([sys.executable, "-m", "gongkai", "--home", str(home), verb], stderr=subprocess.PIPE, text=True, cwd=home,
                            preexec_fn=before, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})


def wait_for(farm: Farm, count: int, process: subprocess.Popen[str]) -> None:
    """Until so many more requests have come."""
    want, deadline = len(farm.asked) + count, time.monotonic() + 60
    while len(farm.asked) < want and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    assert process.poll() is None, "it ended before it could be broken off"


def ended(process: subprocess.Popen[str], within: float) -> Ran:
    """How it ended."""
    _, err = process.communicate(timeout=within)
    return Ran(process.returncode, "", err)


def goes_on(home: Path, farm: Farm, since: int, calm: dict[str, str], repeated: int = 0, *, rebuilt: bool = False) -> None:
    """The same command ends the night: nothing was asked twice, the archive is whole, the verdicts are those of a calm night."""
    done = gongkai(home, "crawl")
    assert done.code == 0, done.err
    again = {p: n for p, n in Counter(path for _, _, path in farm.asked[since:]).items() if n > 1 and p not in AGAIN}
    assert len(again) <= repeated, again
    assert verdicts(home)["czj"] == calm
    checked = gongkai(home, "archive", "verify")
    assert checked.code == 0, checked.out
    if rebuilt:
        pages = gongkai(home, "export", "pages").out
        assert gongkai(home, "rebuild").code == 0
        assert gongkai(home, "export", "pages").out == pages


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_it_cleanly(farm: Farm, calm: dict[str, str], tmp_path: Path, number: signal.Signals) -> None:
    write_home(tmp_path, farm)
    since = len(farm.asked)
    process = start(tmp_path)
    wait_for(farm, 15, process)
    process.send_signal(number)
    done = ended(process, 20)
    assert done.code == 130, done.err
    assert "goes on where this stopped" in done.err
    assert "Traceback" not in done.err
    goes_on(tmp_path, farm, since, calm)


def test_a_whole_night_hands_the_signal_on_and_judges_nobody(farm: Farm, tmp_path: Path) -> None:
    write_home(tmp_path, farm)
    process = start(tmp_path, verb="nightly")
    wait_for(farm, 10, process)
    process.send_signal(signal.SIGTERM)
    done = ended(process, 30)
    assert done.code == 130, done.err
    assert "goes on where this stopped" in done.err, "the crawl ended by itself"
    assert not (tmp_path / "var" / "reports").exists()


def test_a_second_ctrl_c_ends_it_at_once(tmp_path: Path) -> None:
    def answer(path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/":
            time.sleep(20)
        return 200 if path == "/" else 404, {}, b"<p>slow</p>"

    asked = Asked(answer)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "sites.toml").write_text(f"""editions = ["regulation-2019"]
[resolve]
"czj.qinghe.example" = "127.0.0.1:{asked.port}"
[[site]]
id = "czj"
name = "清河区财政局"
level = "bureau"
delay = 0.0
delay_agreed_by = "the test"
source = "invented"
read_on = 2020-01-06
[[site.host]]
url = "http://czj.qinghe.example"
""", "utf-8")
    process = start(tmp_path)
    deadline = time.monotonic() + 30
    while "/" not in asked.paths and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    time.sleep(1.5)
    assert process.poll() is None, "the first one lets what is on its way end"
    process.send_signal(signal.SIGINT)
    assert ended(process, 5).code == 130


def test_a_full_disk_is_told_and_loses_nothing(farm: Farm, calm: dict[str, str], tmp_path: Path) -> None:
    write_home(tmp_path, farm)
    assert gongkai(tmp_path, "doctor").code in (0, 1)  # makes the database, so that the archive is what grows past the limit
    since = len(farm.asked)
    limit = 400_000

    def no_file_above() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = ended(start(tmp_path, no_file_above), 60)
    assert done.code == 1, done.err
    assert len(done.err.strip().splitlines()) <= 3, done.err
    assert "run" in done.err
    assert "again" in done.err
    goes_on(tmp_path, farm, since, calm, repeated=1, rebuilt=True)


def test_a_full_archive_is_cut_back_to_whole_records(farm: Farm, calm: dict[str, str], tmp_path: Path) -> None:
    write_home(tmp_path, farm)
    since = len(farm.asked)
    process = start(tmp_path)
    wait_for(farm, 20, process)
    process.send_signal(signal.SIGINT)
    assert ended(process, 20).code == 130
    path = next((tmp_path / "var" / "archive").glob("*.warc.gz"))
    size = path.stat().st_size
    with path.open("ab") as f:
        f.write(path.read_bytes()[-90:-20])  # half a record, as a kill or a full disk leaves it
    done = gongkai(tmp_path, "crawl", "--budget", "1")
    assert "70 bytes of a torn tail were cut" in done.err
    assert path.stat().st_size >= size
    goes_on(tmp_path, farm, since, calm, repeated=1)


def test_a_database_that_is_gone_for_a_while_is_waited_for(farm: Farm, calm: dict[str, str], tmp_path: Path) -> None:
    write_home(tmp_path, farm)
    since = len(farm.asked)
    process = start(tmp_path)
    wait_for(farm, 15, process)
    locked = sqlite3.connect(tmp_path / "var" / "gongkai.db", timeout=30)
    locked.execute("BEGIN EXCLUSIVE")
    time.sleep(12)  # longer than SQLite itself waits
    asked = len(farm.asked)
    time.sleep(1)
    assert len(farm.asked) == asked, "nothing is asked while nothing can be kept"
    locked.rollback()
    locked.close()
    done = ended(process, 60)
    assert done.code == 0, done.err
    goes_on(tmp_path, farm, since, calm)


def test_a_database_that_stays_away_ends_the_night_and_is_caught_up(farm: Farm, calm: dict[str, str], tmp_path: Path) -> None:
    write_home(tmp_path, farm)
    since = len(farm.asked)
    process = start(tmp_path)
    wait_for(farm, 15, process)
    locked = sqlite3.connect(tmp_path / "var" / "gongkai.db", timeout=30)
    locked.execute("BEGIN EXCLUSIVE")
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    done = ended(process, 30)
    locked.rollback()
    locked.close()
    assert done.code == 1, done.err
    assert "nothing is lost" in done.err
    goes_on(tmp_path, farm, since, calm, rebuilt=True)


def test_a_clock_that_was_put_back_is_refused(farm: Farm, tmp_path: Path) -> None:
    write_home(tmp_path, farm)
    assert gongkai(tmp_path, "crawl", "--budget", "5", "--clock", "2090-01-06T02:00:00+08:00").code == 0
    rows = tmp_path / "config" / "sites.toml"
    rows.write_text("".join(x for x in rows.read_text("utf-8").splitlines(True) if not x.startswith("clock")), "utf-8")
    before = len(farm.asked)
    done = gongkai(tmp_path, "crawl")
    assert done.code == 1
    assert "put the clock right" in done.err
    assert len(farm.asked) == before
