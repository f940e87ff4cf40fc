"""The farm under site-check-2019 is judged as its own truth says, with what another machine measured taken in from its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran, gongkai
from tests.farm.home import write_home
from tests.farm.measured import export
from tests.farm.province import NIGHTS, province
from tests.farm.serve import Farm
from tests.farm.site_check import SITE_CHECK, UNTOLD

AUDIT = ("audit", "--edition", "site-check-2019", "--as-of", "2019-12-31", "--json")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The farm crawled for this edition and probed on both nights, and probed by another machine."""
    home = tmp_path_factory.mktemp("health")
    with Farm(province(), NIGHTS[0]) as farm:
        for night in NIGHTS:
            farm.set_night(night)
            write_home(home, farm, ("site-check-2019",))
            assert gongkai(home, "crawl").code == 4  # two sites cannot be read, and are named
            assert gongkai(home, "probe").code == 0
        assert len(farm.asked) < 1100, "a check of health is cheap: first pages of columns, no archive of notices"
    export(home / "far.jsonl", province())
    taken = gongkai(home, "probe", "--import", str(home / "far.jsonl"), "--json")
    assert taken.code == 0, taken.err
    return home


@pytest.fixture(scope="module")
def scored(home: Path) -> dict[str, dict[str, Any]]:
    """Site -> its card."""
    done = gongkai(home, *AUDIT)
    assert done.code == 0, done.err
    return {c["site"]: c for c in done.json["sites"]}


@pytest.fixture(scope="module")
def cards(scored: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Site -> indicator -> finding."""
    return {site: {f["indicator"]: f for f in card["findings"]} for site, card in scored.items()}


def test_one_veto_makes_a_site_fail_and_none_does_not(scored: dict[str, dict[str, Any]]) -> None:
    assert (scored["yunshan"]["score"], scored["yunshan"]["grade"]) == (100.0, "合格")
    for site in ("kjj", "beihu"):  # nine blank columns; down 5.4 % of a week
        assert scored[site]["score"] == 59.0, site
        assert scored[site]["grade"] == "不合格", site
    assert scored["sthj"]["grade"] is None, "what could not be read is not rated"


def test_every_verdict_is_the_right_one(cards: dict[str, dict[str, Any]]) -> None:
    wrong = [f"{site.id} {key}: {right.status} ({right.why}), but the audit says {f['status']} ({f['reason']}): {f['words']}"
             for site in province() for key, rule in SITE_CHECK.items()
             if (f := cards[site.id][key])["status"] != (right := rule(site)).status]
    assert not wrong, "\n".join(wrong)


def test_the_truth_knows_every_indicator(cards: dict[str, dict[str, Any]]) -> None:
    for card in cards.values():
        assert set(card) == set(SITE_CHECK) | UNTOLD


def test_every_judged_finding_shows_what_it_stands_on(cards: dict[str, dict[str, Any]]) -> None:
    for site, card in cards.items():
        for f in card.values():
            if f["status"] in ("pass", "partial", "fail"):
                assert f["evidence"], (site, f["indicator"])


def test_the_same_file_again_changes_nothing_and_a_rebuild_gives_the_same_bytes(home: Path) -> None:
    first = gongkai(home, *AUDIT).out
    again = gongkai(home, "probe", "--import", str(home / "far.jsonl"))
    assert again.code == 0, again.err
    assert gongkai(home, *AUDIT).out == first
    assert gongkai(home, "rebuild").code == 0
    assert gongkai(home, *AUDIT).out == first


@pytest.mark.parametrize(("change", "said"), [
    (lambda lines: [*lines[:3], lines[3].replace('"answer":"ok"', '"answer":"timeout"').replace("timeout", "refused", 1), *lines[4:]], "digest does not fit"),
    (lambda lines: lines[:-1], "ends too early"),
    (lambda lines: [*lines[:4], *lines[5:]], "lines are missing"),
    (lambda lines: ["{}", *lines], "not a line of an export"),
    (lambda lines: [*lines, lines[1]], "after the end"),
], ids=["changed", "cut", "missing", "foreign", "longer"])
def test_a_file_that_was_changed_on_the_way_is_refused_with_its_line(home: Path, tmp_path: Path, change: Callable[[list[str]], list[str]],
                                                                    said: str) -> None:
    lines = (home / "far.jsonl").read_text("utf-8").splitlines()
    bad = tmp_path / "bad.jsonl"
    bad.write_text("\n".join(change(lines)) + "\n", "utf-8")
    done: Ran = gongkai(home, "probe", "--import", str(bad))
    assert done.code == 1
    assert said in done.err, done.err
    assert str(bad) in done.err


def test_an_export_of_this_machine_is_taken_by_another(home: Path, tmp_path: Path) -> None:
    with Farm(province(), NIGHTS[1]) as farm:
        write_home(tmp_path, farm, ("site-check-2019",))
        done = gongkai(tmp_path, "probe", "linhe", "--only", "dns,http", "--vantage", "here", "--export", str(tmp_path / "x.jsonl"))
        assert done.code == 0, done.err
        assert "linhe  www.linhe.example" in done.out
        there = tmp_path / "there"
        write_home(there, farm, ("site-check-2019",))
        taken = gongkai(there, "probe", "--import", str(tmp_path / "x.jsonl"), "--json")
        assert taken.code == 0, taken.err
        assert {x["vantage"] for x in taken.json} == {"here"}
        assert {x["kind"] for x in taken.json if x["site"]} == {"dns.a", "dns.aaaa", "dns.ns", "http4.home"}
        digest = next(x["value"]["sha256"] for x in taken.json if x["kind"] == "http4.home")
        shown = gongkai(there, "evidence", "show", digest)
        assert shown.code == 0, shown.err
        assert "临河区" in shown.out, "the page that the other machine saw came with its facts"
