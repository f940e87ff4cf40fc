"""The pace by itself: what Retry-After says, when a slowed host is trusted again, what is remembered of an earlier run."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.politeness import CALM, BrokenOff, Pace, retry_after, window_open

NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(("said", "seconds"), [
    ("120", 120.0), (" 0 ", 0.0), ("Thu, 01 Jan 2026 12:01:30 GMT", 90.0), ("Thu, 01 Jan 2026 11:00:00 GMT", 0.0), ("soon", None),
    ("", None), (None, None), ("-5", None), ("99999999999999999999", 999999999.0)])
def test_retry_after_in_both_forms(said: str | None, seconds: float | None) -> None:
    assert retry_after(said, NOW) == seconds


@given(st.text())
def test_no_retry_after_breaks_it(said: str) -> None:
    found = retry_after(said, NOW)
    assert found is None or found >= 0


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 1439))
def test_the_hours_of_a_day_are_divided_between_a_window_and_its_reverse(a: int, b: int, minute: int) -> None:
    if a == b:
        return
    begin, end = (f"{m // 60:02}:{m % 60:02}" for m in (a, b))
    assert window_open(f"{begin}-{end}", minute) != window_open(f"{end}-{begin}", minute)


def test_a_slowed_host_is_trusted_again_step_by_step_and_never_faster_than_agreed() -> None:
    pace = Pace()
    pace.agree("a", 5.0)
    assert pace.delay("a") == 5.0
    pace.heard("a", 503)
    pace.heard("a", 429)
    assert pace.delay("a") == 20.0
    for _ in range(CALM):
        pace.heard("a", 200)
    assert pace.delay("a") == 10.0
    for _ in range(5 * CALM):
        pace.heard("a", 200)
    assert pace.delay("a") == 5.0
    for _ in range(20):
        pace.heard("a", 503)
    assert pace.delay("a") == 120.0
    pace.agree("a", 1.0)
    assert pace.delay("a") == 120.0


def waited(pace: Pace, host: str, address: str, took: float = 0.0) -> float:
    """Seconds until the host's turn came."""

    async def one() -> float:
        began = time.monotonic()
        async with pace.turn(host, address):
            got = time.monotonic() - began
            await asyncio.sleep(took)
        return got

    return asyncio.run(one())


def test_an_earlier_run_counts() -> None:
    pace = Pace()
    pace.agree("a", 0.5)
    pace.asked_before("a", "192.0.2.1", 0.2)
    assert 0.25 <= waited(pace, "a", "192.0.2.1") < 0.4


def test_hosts_of_one_address_share_it_and_a_slow_answer_is_rested_after() -> None:
    pace = Pace()
    pace.agree("a", 0.2)
    pace.agree("b", 0.2)
    assert waited(pace, "a", "192.0.2.1") < 0.05
    assert waited(pace, "b", "192.0.2.1") >= 0.15
    assert waited(pace, "c", "192.0.2.2", took=0.3) < 0.05
    pace.agree("d", 0.1)
    waited(pace, "d", "192.0.2.3", took=0.4)
    assert waited(pace, "d", "192.0.2.3") >= 0.35


def test_who_waits_when_the_night_is_broken_off_is_never_sent() -> None:
    pace = Pace()
    pace.agree("a", 60.0)
    waited(pace, "a", "x")
    pace.stopping = True
    with pytest.raises(BrokenOff):
        waited(pace, "a", "x")
