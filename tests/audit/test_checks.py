"""Every check has a file of cases, and each case the answer that stands in it: one runner for all."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audit.checks import checks
from audit.duty import bind
from audit.edition import known, load
from db.words import Host, Site
from tests.audit.cases import finding
from tests.audit.golden import FILE, told

CASES = Path(__file__).parents[1] / "fixtures" / "checks"
WITHOUT_FAIL = {"versions_dated", "clicks_from_home"}  # rules of the time do not let these fail
WITHOUT_EXCUSE = {"site_search", "guide_current"}  # nothing in a row excuses a body from these
# probes, not pages: tests/audit/test_ipv6.py, tests/netns; the health of a whole site over nights: tests/audit/test_health.py
PROBES = {"ipv6_aaaa", "ipv6_links", "ipv6_nameservers", "ipv6_same", "site_tls", "site_reachable", "site_marks", "site_domain", "search_works",
          "links_outside"}
HEALTH = {"home_current", "columns_current", "columns_empty", "column_present", "replies_in_time", "dates_sane", "pages_distinct", "links_alive"}
ELSEWHERE = PROBES | HEALTH


def read(check: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The shared parameters and the cases of one check."""
    data = tomllib.loads((CASES / f"{check}.toml").read_text("utf-8"))
    return data.pop("params", {}), data


GOLDEN: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
ALL = [(check, name) for check in sorted(set(checks()) - ELSEWHERE) for name in read(check)[1]]


@pytest.mark.parametrize(("check", "name"), ALL, ids=[f"{c}-{n}" for c, n in ALL])
def test_the_case_has_its_answer(check: str, name: str) -> None:
    shared, cases = read(check)
    right = cases[name]["expect"]
    found = finding(check, cases[name], shared)
    got = {"status": found.status.value, "reason": found.reason.value, "count": found.count, "problems": found.problems,
           "maybe": found.maybe, "fault": found.fault.value if found.fault else None, "score": found.score}
    assert {k: got[k] for k in right if k in got} == {k: v for k, v in right.items() if k in got}, found.words
    for words in right.get("words", ()):
        assert words in found.words
    for title in right.get("evidence", ()):
        assert any(title in e.title for e in found.evidence), [e.title for e in found.evidence]
    said = json.loads(json.dumps(told(found), ensure_ascii=False))
    assert said == GOLDEN.get(f"{check} {name}"), "the finding says something else: `python tests/audit/golden.py`, and read the diff"


def test_no_case_is_missing_from_what_findings_say() -> None:
    assert set(GOLDEN) == {f"{check} {name}" for check, name in ALL}


@pytest.mark.parametrize("check", sorted(set(checks()) - ELSEWHERE))
def test_the_cases_hold_every_status(check: str) -> None:
    held = {c["expect"]["status"] for c in read(check)[1].values()}
    wanted = {"pass", "partial", "unknown"} | ({"fail"} - ({"fail"} if check in WITHOUT_FAIL else set()))
    wanted |= set() if check in WITHOUT_EXCUSE else {"not_applicable"}
    assert wanted <= held, f"{check}: no case for {wanted - held}"


@pytest.mark.parametrize("check", sorted(set(checks()) - ELSEWHERE))
def test_no_case_is_there_twice_and_no_file_without_its_check(check: str) -> None:
    _, cases = read(check)
    bodies = [repr(c) for c in cases.values()]
    assert len(set(bodies)) == len(bodies)
    assert {p.stem for p in CASES.glob("*.toml")} == set(checks()) - ELSEWHERE


def test_each_check_asks_for_what_it_says_that_it_needs() -> None:
    needed: dict[str, set[object]] = {}
    for name in known():
        edition = load(name)
        for item in edition.indicator:
            check = checks()[item.check]
            site = Site("x", "某单位", item.levels[0], (Host("http://x.example"),), units=item.units)
            duty = bind(edition, item, site, 2019, date(2019, 12, 31), date(2020, 1, 6))
            asked = check.questions(check.Params.model_validate(item.params), duty)
            needed.setdefault(item.check, set()).update(q.needs for q in asked)
    for name, needs in needed.items():
        assert needs == set(getattr(checks()[name], "NEEDS", ())), name
