"""Taking one planted thing away changes the verdicts that its clauses name and no other; blocking it gives unknown."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.conftest import gongkai
from tests.farm.home import write_home
from tests.farm.model import FarmSite
from tests.farm.province import MAKERS, NIGHTS, civil, finance, made, perfect_district, transport
from tests.farm.second import second
from tests.farm.serve import Farm
from tests.farm.truth import truth

EDITION = "shanghai-2019"
BATCH = 24  # mutants crawled together: one start of the program for all of them


def verdicts(home: Path, *sites: FarmSite, probed: bool = True) -> dict[str, dict[str, str]]:
    """Crawl and probe the sites on both nights, audit them: site -> indicator -> status. Nothing planted on a page changes what is probed."""
    with Farm(list(sites), NIGHTS[0]) as farm:
        for night in NIGHTS:
            farm.set_night(night)
            write_home(home, farm, (EDITION,), timeout=20.0 if len(sites) > 4 else 3.0)
            assert gongkai(home, "crawl", timeout=1800).code in (0, 4)
            assert not probed or gongkai(home, "probe", timeout=1800).code == 0
        document: dict[str, Any] = gongkai(home, "audit", "--edition", EDITION, "--as-of", "2019-12-31", "--json", timeout=1800).json
    return {c["site"]: {f["indicator"]: f["status"] for f in c["findings"]} for c in document["sites"]}


def without(site: FarmSite, what: str) -> FarmSite:
    """The site without what was planted under that name."""
    def less(part: FarmSite) -> FarmSite:
        return replace(part, others=tuple(less(o) for o in part.others), columns=[
            replace(c, entries=[e for e in c.entries if e.thing is None or e.thing.what != what]) for c in part.columns])

    return less(site)


def elsewhere(site: FarmSite, mark: str) -> FarmSite:
    """The same site under another id and other names, so that many of them stand side by side."""
    names = {h: f"{mark}.{h}" for h in (site.host, site.second_host) if h}

    def moved(text: str) -> str:
        for old, new in names.items():
            text = text.replace(old, new) if text.startswith(old) else text
        return text

    columns = [replace(c, entries=[replace(e, files=tuple(replace(f, host=names.get(f.host, f.host) if f.host else None) for f in e.files)) for e in c.entries])
               for c in site.columns]
    return replace(site, id=f"{site.id}_{mark}", host=names[site.host], second_host=names.get(site.second_host or ""), columns=columns,
                   elsewhere={moved(k): v for k, v in site.elsewhere.items()}, others=tuple(elsewhere(o, mark) for o in site.others))


REMOVED = [(perfect_district, "list of major decisions"), (finance, "list of powers"), (civil, "budget"), (transport, "summary of proposals")]


def test_removing_one_thing_changes_what_its_clauses_say_and_nothing_else(tmp_path: Path) -> None:
    mutants = [without(made(make), what) for make, what in REMOVED]
    got = verdicts(tmp_path, *mutants)
    for site, (make, _) in zip(mutants, REMOVED, strict=True):
        right = {k: v.status for k, v in truth(site, EDITION).items()}
        assert right != {k: v.status for k, v in truth(made(make), EDITION).items()}, "the mutation must matter"
        assert got[site.id] == right


def test_closing_its_column_gives_unknown_and_nothing_else(tmp_path: Path) -> None:
    sites = {slug: made(make) for make, slug in ((perfect_district, "qzqd"), (finance, "czyjs"))}
    closed = [replace(s, forbids=(f"/zhengwu/{slug}-zfxxgk/" if s.family.startswith("affair") else f"/xxgk/{slug}/",)) for slug, s in sites.items()]
    found = verdicts(tmp_path, *closed)
    for site in sites.values():
        got, before = found[site.id], {k: v.status for k, v in truth(site, EDITION).items()}
        changed = {k for k in got if got[k] != before[k]}
        assert changed, "the mutation must matter"
        assert {got[k] for k in changed} == {"unknown"}


def every() -> list[tuple[FarmSite, str]]:
    """(site, what) of both cities: each planted thing of the first; of the second, of each site three drawn from a seed."""
    rng = Random("mutations")
    found = [(s, w) for s in map(made, MAKERS) if s.manner == "well" for w in sorted({t.what for _, _, t in s.things()})]
    for site in second():
        what = sorted({t.what for _, _, t in site.things()})
        found += [(site, w) for w in rng.sample(what, 3)] if site.manner == "well" and not site.early else []
    return found


def sample() -> list[list[tuple[FarmSite, str]]]:
    """All cases in batches; GONGKAI_MUTATIONS=N takes only so many, from a seed."""
    cases = every()
    wanted = int(os.environ.get("GONGKAI_MUTATIONS") or len(cases))
    cases = Random("sample").sample(cases, min(wanted, len(cases)))
    return [cases[n : n + BATCH] for n in range(0, len(cases), BATCH)]


@pytest.mark.campaign
@pytest.mark.parametrize("batch", range(len(sample())))
def test_removing_each_thing(tmp_path: Path, batch: int) -> None:
    mutants = [elsewhere(without(site, what), f"m{n}") for n, (site, what) in enumerate(sample()[batch])]
    got = verdicts(tmp_path, *mutants, probed=False)
    wrong = [f"{site.id} without {what}: {key} {right.status} ({right.why}), but the audit says {got[site.id][key]}"
             for site, (_, what) in zip(mutants, sample()[batch], strict=True) for key, right in truth(site, EDITION).items()
             if not key.startswith("30") and got[site.id][key] != right.status]
    assert not wrong, "\n".join(wrong)
