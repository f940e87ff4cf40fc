"""PostgreSQL goes away in the middle of a crawl, as in a restart: nothing is asked meanwhile, nothing is lost, nothing is accused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from tests.conftest import gongkai
from tests.farm.home import write_home
from tests.farm.province import NIGHTS, finance, made
from tests.farm.serve import Farm
from tests.gongkai.test_broken_off import ended, wait_for
from tests.gongkai.test_killed import verdicts


@contextmanager
def gone(url: str) -> Iterator[None]:
    """Every connection is cut and no new one is let in."""
    whole = sa.make_url(url)
    engine = sa.create_engine(whole.set(database="postgres"), isolation_level="AUTOCOMMIT")
    name = whole.database
    try:
        with engine.connect() as connection:
            connection.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
            connection.execute(sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name})
            try:
                yield
            finally:
                connection.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    finally:
        engine.dispose()


def crawling(home: Path, url: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "gongkai", "--home", str(home), "--db", url, "crawl"], stderr=subprocess.PIPE, text=True, cwd=home,
                            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})


def test_a_server_that_restarts_is_waited_for_and_one_that_stays_away_is_caught_up(tmp_path: Path, postgres_url: str) -> None:
    with Farm([made(finance)], NIGHTS[1]) as farm:
        calm, rough = tmp_path / "calm", tmp_path / "rough"
        write_home(calm, farm)
        assert gongkai(calm, "crawl").code == 0
        whole = len(farm.asked)

        write_home(rough, farm)
        process = crawling(rough, postgres_url)
        wait_for(farm, 15, process)
        with gone(postgres_url):
            time.sleep(3)
            before = len(farm.asked)
            time.sleep(3)
            assert len(farm.asked) == before, "nothing is asked while nothing can be kept"
        wait_for(farm, 5, process)

        with gone(postgres_url):  # and then for good: the night ends, and says what to do
            time.sleep(2)
            process.send_signal(signal.SIGTERM)
            done = ended(process, 60)
            assert done.code == 1, done.err
            assert "nothing is lost" in done.err
            assert "Traceback" not in done.err
        done = gongkai(rough, "--db", postgres_url, "crawl")
        assert done.code == 0, done.err
        assert len(farm.asked) - whole <= whole + 2, "robots.txt again, nothing else"
        pages = gongkai(rough, "--db", postgres_url, "export", "pages").out
    assert pages == gongkai(calm, "export", "pages").out
    assert gongkai(rough, "archive", "verify").code == 0
    assert gongkai(rough, "rebuild").code == 0  # into SQLite, from the archive alone
    assert verdicts(rough) == verdicts(calm)
