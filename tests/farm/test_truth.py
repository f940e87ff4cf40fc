"""The audit's verdicts on the farm are those of its own truth, on every site and indicator."""

from __future__ import annotations

from typing import Any

import pytest

from tests.farm.province import province
from tests.farm.truth import RULES, truth


@pytest.mark.parametrize("edition", sorted(RULES))
def test_every_verdict_is_the_right_one(assessments: dict[str, dict[str, Any]], edition: str) -> None:
    cards = {c["site"]: {f["indicator"]: f for f in c["findings"]} for c in assessments[edition]["sites"]}
    wrong = [f"{site.id} {key}: {right.status} ({right.why}), but the audit says {f['status']} ({f['reason']}): {f['words']}"
             for site in province() for key, right in truth(site, edition).items()
             if (f := cards[site.id][key])["status"] != right.status]
    assert not wrong, "\n".join(wrong)


def test_the_truth_knows_every_indicator(assessments: dict[str, dict[str, Any]]) -> None:
    for edition, document in assessments.items():
        for card in document["sites"]:
            assert {f["indicator"] for f in card["findings"]} == set(RULES[edition])


def test_every_judged_finding_can_be_checked_by_a_stranger(assessments: dict[str, dict[str, Any]]) -> None:
    for document in assessments.values():
        for card in document["sites"]:
            for f in card["findings"]:
                if f["status"] in ("pass", "partial"):
                    assert f["evidence"], (card["site"], f["indicator"])
                    assert all(e["warc"] and e["fetched"] for e in f["evidence"])
                if f["status"] == "fail":
                    assert f["searches"] or f["evidence"], (card["site"], f["indicator"])


def test_what_a_site_made_unreadable_is_named_and_the_site_is_not_rated(assessments: dict[str, dict[str, Any]]) -> None:
    cards = {c["site"]: c for c in assessments["shanghai-2019"]["sites"]}
    assert {"03.1", "03.2", "03.3"} <= set(cards["mzj"]["hidden"])
    for site in ("mzj", "sthj", "tyj"):
        assert cards[site]["rated"] is False
        assert cards[site]["rank"] is None
    assert cards["sthj"]["score"] is None
    assert cards["yunshan"]["rank"] == {"of": 3, "at": 1, "range": [1, 1]}
