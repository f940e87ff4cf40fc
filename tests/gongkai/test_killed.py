"""kill -9 in the middle of a crawl, then the same command: it completes, nothing is lost, the verdicts are the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import gongkai
from tests.farm.home import write_home
from tests.farm.province import NIGHTS, finance, made, perfect_district, usual_district
from tests.farm.serve import Farm

AUDIT = ("audit", "--edition", "shanghai-2019", "--as-of", "2019-12-31", "--json")


def verdicts(home: Path) -> dict[str, dict[str, str]]:
    """site -> indicator -> status."""
    return {c["site"]: {f["indicator"]: f["status"] for f in c["findings"]} for c in gongkai(home, *AUDIT).json["sites"]}


def fetched(home: Path) -> set[tuple[str, str]]:
    """Pages and digests that the database knows."""
    return {(p["url"], p["sha256"]) for p in map(json.loads, gongkai(home, "export", "pages").out.splitlines())}


def test_a_killed_crawl_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    calm, rough = tmp_path / "calm", tmp_path / "rough"
    with Farm([made(m) for m in (perfect_district, usual_district, finance)], NIGHTS[1]) as farm:
        write_home(calm, farm)
        assert gongkai(calm, "crawl").code == 0
        write_home(rough, farm)
        kills = 0
        for wait in (20, 45, 70):
            process = subprocess.Popen([sys.executable, "-m", "gongkai", "--home", str(rough), "crawl"], stderr=subprocess.DEVNULL,
                                       cwd=rough, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})
            before, deadline = len(farm.asked), time.monotonic() + 60
            while len(farm.asked) < before + wait and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.005)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            process.wait()
        assert kills >= 1, "the crawl was never caught in the middle"
        kept = fetched(rough)
        done = gongkai(rough, "crawl")
        assert done.code == 0, done.err
    assert kept <= fetched(rough)
    assert verdicts(rough) == verdicts(calm)
    before = gongkai(rough, "export", "pages").out
    assert gongkai(rough, "rebuild").code == 0
    assert gongkai(rough, "export", "pages").out == before
