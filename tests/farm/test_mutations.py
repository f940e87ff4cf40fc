"""Taking one planted thing away changes the verdicts that its clauses name and no other; blocking it gives unknown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import gongkai
from tests.farm.home import write_home
from tests.farm.model import FarmSite
from tests.farm.province import MAKERS, NIGHTS, civil, finance, made, perfect_district, transport
from tests.farm.serve import Farm
from tests.farm.truth import truth

EDITION = "shanghai-2019"


def verdicts(home: Path, site: FarmSite) -> dict[str, str]:
    """Crawl and probe one site on both nights, audit it."""
    with Farm([site], NIGHTS[0]) as farm:
        for night in NIGHTS:
            farm.set_night(night)
            write_home(home, farm, (EDITION,))
            assert gongkai(home, "crawl").code in (0, 4)
            assert gongkai(home, "probe").code == 0
        document: dict[str, Any] = gongkai(home, "audit", "--edition", EDITION, "--as-of", "2019-12-31", "--json").json
    return {f["indicator"]: f["status"] for f in document["sites"][0]["findings"]}


def without(site: FarmSite, what: str) -> FarmSite:
    """The site without what was planted under that name."""
    columns = [replace(c, entries=[e for e in c.entries if e.thing is None or e.thing.what != what]) for c in site.columns]
    return replace(site, columns=columns)


REMOVED = [(perfect_district, "list of major decisions"), (finance, "list of powers"), (civil, "budget"), (transport, "summary of proposals")]


@pytest.mark.parametrize(("make", "what"), REMOVED, ids=lambda x: getattr(x, "__name__", x))
def test_removing_one_thing_changes_what_its_clauses_say_and_nothing_else(tmp_path: Path, make: Any, what: str) -> None:
    site = without(made(make), what)
    right = {k: v.status for k, v in truth(site, EDITION).items()}
    before = {k: v.status for k, v in truth(made(make), EDITION).items()}
    assert right != before, "the mutation must matter"
    assert verdicts(tmp_path, site) == right


@pytest.mark.parametrize(("make", "slug"), [(perfect_district, "qzqd"), (finance, "czyjs")], ids=lambda x: getattr(x, "__name__", x))
def test_closing_its_column_gives_unknown_and_nothing_else(tmp_path: Path, make: Any, slug: str) -> None:
    site = made(make)
    closed = replace(site, forbids=(f"/zhengwu/{slug}-zfxxgk/" if site.family.startswith("affair") else f"/xxgk/{slug}/",))
    got = verdicts(tmp_path, closed)
    before = {k: v.status for k, v in truth(site, EDITION).items()}
    changed = {k for k in got if got[k] != before[k]}
    assert changed, "the mutation must matter"
    assert {got[k] for k in changed} == {"unknown"}


@pytest.mark.campaign
@pytest.mark.parametrize(("make", "what"), [(m, w) for m in MAKERS for w in sorted({t.what for _, _, t in made(m).things()})],
                         ids=lambda x: getattr(x, "__name__", x))
def test_removing_each_thing(tmp_path: Path, make: Any, what: str) -> None:
    site = without(made(make), what)
    assert verdicts(tmp_path, site) == {k: v.status for k, v in truth(site, EDITION).items()}
