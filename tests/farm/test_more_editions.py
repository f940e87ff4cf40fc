"""Editions that are only data give the right verdicts too: a scheme that deducts, and one written from the docs page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audit.edition import load
from tests.conftest import gongkai
from tests.farm.home import write_home
from tests.farm.province import NIGHTS, finance, made, nothing, perfect_district, refusing, transport
from tests.farm.serve import Farm
from tests.farm.truth_more import MORE, truth_of

FILES = {"suqian-dept": "suqian-dept", "example": str(Path(__file__).parents[2] / "docs" / "example-edition.toml")}
SITES = [made(m) for m in (finance, transport, nothing, refusing, perfect_district)]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Five of the farm's sites after both nights, held against both."""
    home: Path = tmp_path_factory.mktemp("more")
    with Farm(SITES, NIGHTS[0]) as farm:
        for night in NIGHTS:
            farm.set_night(night)
            write_home(home, farm, tuple(f"{FILES[e]}:2019" for e in MORE))  # neither names a year
            assert gongkai(home, "crawl").code in (0, 4)
    return {e: gongkai(home, "audit", "--edition", FILES[e], "--as-of", "2019-12-31", "--json").json for e in MORE}


@pytest.mark.parametrize("edition", sorted(MORE))
def test_every_verdict_is_the_right_one(documents: dict[str, dict[str, Any]], edition: str) -> None:
    cards = {c["site"]: {f["indicator"]: f for f in c["findings"]} for c in documents[edition]["sites"]}
    wrong = [f"{site.id} {key}: {right.status} ({right.why}), but the audit says {f['status']} ({f['reason']}): {f['words']}"
             for site in SITES for key, right in truth_of(site, edition, [i.id for i in load(FILES[edition]).indicator]).items()
             if (f := cards[site.id][key])["status"] != right.status]
    assert not wrong, "\n".join(wrong)


def test_points_are_taken_off_as_the_scheme_says(documents: dict[str, dict[str, Any]]) -> None:
    document = documents["suqian-dept"]
    edition = load("suqian-dept")
    for card in document["sites"]:
        off: dict[str, float] = dict.fromkeys(edition.points, 0.0)
        rows = {i.id: i for i in edition.indicator}
        for f in card["findings"]:
            if f["status"] in ("fail", "partial"):
                assert f["deducted"]["points"] <= f["deducted"]["cap"]
                off[rows[f["indicator"]].chapter] += f["deducted"]["points"]
            elif f["deducted"] is not None:
                assert f["deducted"]["points"] == 0
        if card["score"] is not None:
            assert card["score"] == round(sum(max(0.0, p - off[c]) for c, p in edition.points.items()), 1)
            assert card["range"][0] <= card["score"] <= card["range"][1]


def test_a_site_that_refuses_loses_nothing_and_is_not_rated(documents: dict[str, dict[str, Any]]) -> None:
    card = next(c for c in documents["suqian-dept"]["sites"] if c["site"] == "sthj")
    assert card["score"] is None
    assert card["rated"] is False
    assert card["range"][0] < 100.0


def test_grades_go_to_rated_sites_only(documents: dict[str, dict[str, Any]]) -> None:
    cards = {c["site"]: c for c in documents["example"]["sites"]}
    assert cards["sthj"]["grade"] is None
    assert {c["grade"] for c in cards.values() if c["rated"]} <= {"合格", "须整改"}
    assert any(c["grade"] for c in cards.values())
