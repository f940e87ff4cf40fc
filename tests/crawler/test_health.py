"""What a night shows of a site, held against its own history: cases as data."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.health import HOLD, Figures, Sign, cut_off, signs

HOME = frozenset(f"http://a.example/{n}/" for n in range(20))
OTHER = frozenset(f"http://a.example/new/{n}.html" for n in range(20))
SITE, NETWORK = "site", "network"
USUAL = Figures(1, datetime(2020, 1, 5, tzinfo=UTC), asked=60, read=58, again=50, changed=3, answers=Counter(answered=10, exhausted=10), home=HOME)


@pytest.mark.parametrize(("now", "seen"), [
    ({}, []),
    ({"home": frozenset(list(HOME)[:14]) | frozenset(list(OTHER)[:5])}, []),
    ({"home": OTHER}, [Sign.REDESIGN]),
    ({"again": 10, "gone": 30}, [Sign.REDESIGN]),
    ({"gone": 5}, []),
    ({"changed": 40}, [Sign.RESET]),
    ({"errors": Counter({("hijacked", SITE): 1}), "hijacked": 1}, [Sign.HIJACKED]),
    ({"errors": Counter({("hijacked", SITE): 1})}, []),  # a host that the site only links to
    ({"away": "parked.example"}, [Sign.MOVED]),
    ({"read": 20, "errors": Counter({("blocked", SITE): 40})}, [Sign.BLOCKED]),
    ({"read": 0, "asked": 2, "errors": Counter({("blocked", SITE): 2})}, [Sign.BLOCKED]),
    ({"read": 50, "errors": Counter({("blocked", SITE): 7})}, []),
    ({"read": 0, "asked": 1, "errors": Counter({("timeout", NETWORK): 1})}, [Sign.SILENT]),
    ({"answers": Counter(answered=4, exhausted=6, stopped=10)}, [Sign.FEWER]),
    ({"answers": Counter(answered=4, exhausted=6, stopped=10), "stopped": "budget"}, []),
    ({"asked": 0, "read": 0, "again": 0, "changed": 0}, []),
])
def test_a_night_against_its_history(now: dict[str, object], seen: list[Sign]) -> None:
    assert signs(replace(USUAL, **now), [USUAL, USUAL, USUAL]) == seen  # type: ignore[arg-type]


def test_a_first_night_has_no_history_and_says_so() -> None:
    assert signs(replace(USUAL, home=OTHER), []) == [Sign.FIRST]
    assert Sign.FIRST not in HOLD


def test_a_folder_that_was_always_closed_is_no_block() -> None:
    closed = replace(USUAL, read=30, errors=Counter({("blocked", SITE): 28}))
    assert signs(closed, [closed, closed]) == []


def test_most_sites_silent_at_once_is_our_own_line() -> None:
    silent = replace(USUAL, read=0, asked=3, errors=Counter({("dns", NETWORK): 3}))
    assert cut_off([silent, silent, silent, USUAL])
    assert not cut_off([silent, USUAL, USUAL])
    assert not cut_off([silent, silent]), "two may well be down by themselves"
    refusing = replace(USUAL, read=0, asked=3, errors=Counter({("blocked", SITE): 3}))
    assert not cut_off([refusing, refusing, refusing])
