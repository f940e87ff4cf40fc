"""Whatever page of a site cannot be read, no verdict turns into another: it stays, or it is unknown and says why.

Each fault is put into what is known of the site: the page was asked for and failed, on both nights.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from audit.edition import load
from audit.model import Finding
from audit.run import Order, judge
from audit.view import SiteView
from crawler.sites import load_sites
from db.facts import FetchFact, PageFact, SiteFacts
from db.queries import site_facts
from db.session import open_db, session_on
from db.words import Kind, Outcome, Reason, Site, fault_of

UNTIL = datetime(2020, 1, 7, tzinfo=UTC)
FAULTS = (Reason.BLOCKED, Reason.TIMEOUT, Reason.NEEDS_RENDERING, Reason.UNREADABLE, Reason.ROBOTS, Reason.BUDGET)


@pytest.fixture(scope="module")
def known(farm_home: Path) -> dict[str, SiteFacts]:
    """Site id -> what both nights brought."""
    rows = load_sites(farm_home / "config" / "sites.toml").rows
    engine = open_db(f"sqlite:///{farm_home / 'var' / 'gongkai.db'}")
    with session_on(engine) as session:
        return {s.id: site_facts(session, s, UNTIL) for s in rows}


def findings(facts: SiteFacts, site: Site, edition: str) -> dict[str, Finding]:
    order = Order(load(edition), (site,), date(2019, 12, 31), UNTIL, "test")
    return judge(SiteView.of(facts), order)


def broken(page: PageFact, reason: Reason) -> PageFact | None:
    """The page as it would be known had it never been read; None = never asked for."""
    if reason is Reason.BUDGET:
        return None
    fetches = tuple(FetchFact(f.at, f.run, Outcome.FAILED, None, reason, fault_of(reason), None, f.warc) for f in page.fetches)
    return replace(page, fetches=fetches, doc=None, labels=(), sightings=())


def cases(known: dict[str, SiteFacts], number: int) -> Iterator[tuple[str, str, Reason]]:
    rng = Random("faults")
    for site, facts in sorted(known.items()):
        pages = sorted((p for p in facts.pages.values() if p.doc is not None and p.doc.kind is not Kind.ERROR), key=lambda p: p.ref.url)
        for page in rng.sample(pages, min(number, len(pages))):
            yield site, page.key, rng.choice(FAULTS)


def wrong(known: dict[str, SiteFacts], edition: str, number: int) -> list[str]:
    """Every verdict that a fault turned into another one."""
    out = []
    right = {s: findings(f, f.site, edition) for s, f in known.items()}
    for site, key, reason in cases(known, number):
        facts = known[site]
        page = broken(facts.pages[key], reason)
        pages = {k: (page if k == key else p) for k, p in facts.pages.items() if k != key or page is not None}
        spoilt = replace(facts, pages={k: p for k, p in pages.items() if p is not None})
        for indicator, f in findings(spoilt, facts.site, edition).items():
            was = right[site][indicator]
            if f.status is not was.status and f.status.value != "unknown":
                out.append(f"{site} {indicator}: {was.status} became {f.status} ({f.reason}) when {facts.pages[key].ref.url} was {reason}: {f.words}")
            if f.status.value == "unknown" and was.status.value != "unknown" and f.fault is None:
                out.append(f"{site} {indicator}: unknown without whose fault ({f.reason})")
    return out


@pytest.mark.parametrize("edition", ["shanghai-2019", "regulation-2019"])
def test_a_page_that_fails_turns_no_verdict_into_another(known: dict[str, SiteFacts], edition: str) -> None:
    found = wrong(known, edition, 6)
    assert not found, "\n".join(found)


@pytest.mark.campaign
@pytest.mark.parametrize("edition", ["shanghai-2019", "regulation-2019"])
def test_every_page_that_fails_turns_no_verdict_into_another(known: dict[str, SiteFacts], edition: str) -> None:
    found = wrong(known, edition, 10_000)
    assert not found, "\n".join(found)
