"""A night's budget ends: nothing is accused, the next night goes on where it stood, and the end is the same."""

from __future__ import annotations

import re
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db.facts import RunFact, SiteFacts
from db.words import Level, Site
from spiders.budget import Budget, nights_before
from tests.conftest import gongkai
from tests.farm.home import write_home
from tests.farm.province import NIGHTS, finance, made
from tests.farm.serve import Farm
from tests.gongkai.test_killed import verdicts

BUDGET = 15
MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)  # where the site is
MISSING = ("/robots.txt", "/search", "/sitemap")  # asked each night: the first is manners, the others are not there and might come back


def crawl(home: Path, night: date) -> str:
    """One night; what it said."""
    done = gongkai(home, "crawl", "--clock", f"{night}T02:00:00+08:00")
    assert done.code == 0, done.err
    return done.err


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The finance bureau crawled at one go, and in nights of 15 requests: what was said, asked and judged."""
    calm, short = tmp_path_factory.mktemp("calm"), tmp_path_factory.mktemp("short")
    said, asked, judged = [], [], []
    with Farm([made(finance)], NIGHTS[1]) as farm:
        write_home(calm, farm)
        crawl(calm, NIGHTS[1])
        whole = len(farm.asked)
        write_home(short, farm)
        rows = short / "config" / "sites.toml"
        rows.write_text(rows.read_text("utf-8").replace("delay = 0.0", f"delay = 0.0\nbudget.requests = {BUDGET}"), "utf-8")
        for n in range(12):
            before = len(farm.asked)
            said.append(crawl(short, NIGHTS[1] + timedelta(days=n)))
            asked.append([path for _, _, path in farm.asked[before:]])
            judged.append(verdicts(short)["czj"])
            if "stopped" not in said[-1]:
                break
    return {"said": said, "asked": asked, "judged": judged, "calm": verdicts(calm)["czj"], "whole": whole}


def test_the_next_nights_go_on_where_the_last_one_stood(nights: dict[str, object]) -> None:
    asked, said = nights["asked"], nights["said"]
    assert len(asked) >= 3
    assert all(len(a) == BUDGET for a in asked[:-1])
    again = {p: n for p, n in Counter(p for a in asked for p in a).items() if n > 1 and p not in MISSING}
    assert not again, f"asked more than once in one pass: {again}"
    for n, words in enumerate(said[:-1], 1):
        found = re.search(r"stopped: budget; night (\d+) of about (\d+)", words)
        assert found is not None, words
        assert int(found[1]) == n
        assert n < int(found[2])
    last = re.search(r"night \d+ of about (\d+)", said[-2])
    assert last is not None
    assert int(last[1]) == len(said)


def test_what_was_not_reached_is_never_a_failure_and_the_end_is_the_same(nights: dict[str, object]) -> None:
    calm = nights["calm"]
    for night in nights["judged"][:-1]:
        wrong = {i: (s, calm[i]) for i, s in night.items() if s == "fail" and calm[i] != "fail"}
        assert not wrong
    assert "unknown" in nights["judged"][0].values()
    assert nights["judged"][-1] == calm


def test_bytes_and_minutes_end_a_night_too() -> None:
    counts = {"requested": 10, "bytes": 5000}
    assert Budget(100).ended(counts, MIDNIGHT) is None
    assert Budget(10).ended(counts, MIDNIGHT) == "budget"
    assert Budget(20, spent=10).ended(counts, MIDNIGHT) == "budget"
    assert Budget(100, bytes=5000).ended(counts, MIDNIGHT) == "budget"
    assert Budget(100, minutes=1, began=time.monotonic() - 61).ended(counts, MIDNIGHT) == "budget"
    assert Budget(100, window="22:00-06:00").ended(counts, MIDNIGHT.replace(hour=12)) == "window"
    assert Budget(100, window="22:00-06:00").ended(counts, MIDNIGHT.replace(hour=1)) is None


@pytest.mark.parametrize(("ends", "nights"), [
    (("budget", "budget"), 2), (("budget", ""), 0), (("", "budget"), 1), (("blocked",), 0), (("window", "interrupted", "budget"), 3), ((), 0)])
def test_a_pass_is_the_nights_since_the_last_one_that_was_done(ends: tuple[str, ...], nights: int) -> None:
    began = datetime(2020, 1, 20, tzinfo=UTC)
    runs = tuple(RunFact(n, "crawl", began - timedelta(days=len(ends) - n), began, "real", stopped=end, complete=not end)
                 for n, end in enumerate(ends))
    site = Site("a", "a", Level.BUREAU, ())
    assert len(nights_before(SiteFacts(site, began, {}, runs), 99, began)) == nights
