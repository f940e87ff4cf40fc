"""The same sites in other systems: what a site discloses does not depend on the template that shows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran
from tests.farm.home import write_home
from tests.farm.model import FarmSite
from tests.farm.province import NIGHTS, province
from tests.farm.serve import Farm
from tests.farm.truth import RULES, truth

HOUSES = ("gkmlpt", "shelled", "jpaas")
Findings = dict[str, dict[str, dict[str, dict[str, Any]]]]
MOVED = ("linhe", "beihu", "czj")


def rehoused() -> list[FarmSite]:
    """Each of some sites in each system."""
    known = {s.id: s for s in province()}
    return [replace(known[name], id=f"{name}_{house}", family=house, host=f"{name}.{house}.example", second_host=None, aaaa=(), columns=[
        replace(c, entries=[replace(e, files=tuple(replace(f, host=None) for f in e.files)) for e in c.entries]) for c in known[name].columns])
        for name in MOVED for house in HOUSES]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory, run: Callable[..., Ran]) -> Findings:
    """By edition, site and indicator, after two nights."""
    home: Path = tmp_path_factory.mktemp("rehoused")
    out = {}
    with Farm(rehoused(), NIGHTS[0]) as farm:
        for night in NIGHTS:
            farm.set_night(night)
            write_home(home, farm)
            assert run(home, "crawl").code in (0, 3)
    for edition in RULES:
        done = run(home, "audit", "--edition", edition, "--as-of", "2019-12-31", "--json")
        out[edition] = {c["site"]: {f["indicator"]: f for f in c["findings"]} for c in json.loads(done.out)["sites"]}
    return out


@pytest.mark.parametrize("edition", sorted(RULES))
@pytest.mark.parametrize("house", HOUSES)
def test_a_site_keeps_its_verdicts_in_another_system(findings: Findings, edition: str, house: str) -> None:
    wrong = [f"{site.id} {key}: {right.status} ({right.why}), but the audit says {f['status']} ({f['reason']}): {f['words']}"
             for site in rehoused() if site.family == house for key, right in truth(site, edition).items()
             if not key.startswith("30") and (f := findings[edition][site.id][key])["status"] != right.status]
    assert not wrong, "\n".join(wrong)
