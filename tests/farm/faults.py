"""The fault matrix: ``python tests/farm/faults.py [--home DIR]``, or `make faults`.

Each page that was read of each site is made unreadable, one at a time, by one of six faults in turn: a verdict stays, or becomes unknown and says
whose fault that is. Prints site × fault, each cell verdicts that stayed / became unknown / became another, over all indicators of both editions.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

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
PAGES = (Reason.BLOCKED, Reason.TIMEOUT, Reason.TRUNCATED, Reason.MOJIBAKE, Reason.BUDGET)
FILES = (*PAGES, Reason.UNREADABLE)
EDITIONS = ("shanghai-2019", "regulation-2019")


@dataclass
class Matrix:
    """cells: (site, fault) -> stayed, unknown, wrong; wrong: each in words."""

    cells: dict[tuple[str, Reason], Counter[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def known(home: Path) -> dict[str, SiteFacts]:
    """Site id -> what its nights brought."""
    rows = load_sites(home / "config" / "sites.toml").rows
    engine = open_db(f"sqlite:///{home / 'var' / 'gongkai.db'}")
    with session_on(engine) as session:
        return {s.id: site_facts(session, s, UNTIL) for s in rows}


def findings(facts: SiteFacts, site: Site) -> dict[str, Finding]:
    """By indicator of both editions."""
    view = SiteView.of(facts)
    return {k: f for e in EDITIONS for k, f in judge(view, Order(load(e), (site,), date(2019, 12, 31), UNTIL, "test")).items()}


def broken(page: PageFact, reason: Reason) -> PageFact | None:
    """The page as it would be known had it never been read; None = never asked for. A file that no reader reads was had."""
    if reason is Reason.BUDGET:
        return None
    if reason is Reason.UNREADABLE and page.doc is not None and page.doc.kind is Kind.ATTACHMENT:
        return replace(page, doc=replace(page.doc, text="", reason=reason))
    fetches = tuple(FetchFact(f.at, f.run, Outcome.FAILED, None, reason, fault_of(reason), None, f.warc) for f in page.fetches)
    return replace(page, fetches=fetches, doc=None, labels=(), sightings=())


def cases(known: dict[str, SiteFacts], number: int) -> Iterator[tuple[str, PageFact, Reason]]:
    """So many pages of each site, each with the faults in turn: what is wrong with a page is drawn by its place."""
    rng = Random("faults")
    for site, facts in sorted(known.items()):
        pages = sorted((p for p in facts.pages.values() if p.doc is not None and p.doc.kind is not Kind.ERROR), key=lambda p: p.ref.url)
        for page in rng.sample(pages, min(number, len(pages))):
            assert page.doc is not None
            reason = rng.choice(FILES if page.doc.kind is Kind.ATTACHMENT else PAGES)
            # what was taken down and never asked for is what nobody saw: its absence is told rightly
            yield site, page, Reason.BLOCKED if reason is Reason.BUDGET and page.misses else reason


def matrix(known: dict[str, SiteFacts], number: int) -> Matrix:
    """Break the pages and judge again."""
    out = Matrix()
    right = {s: findings(f, f.site) for s, f in known.items()}
    for site, page, reason in cases(known, number):
        facts, cell = known[site], out.cells.setdefault((site, reason), Counter())
        bad = broken(page, reason)
        pages = {k: (bad if k == page.key else p) for k, p in facts.pages.items() if k != page.key or bad is not None}
        spoilt = replace(facts, pages={k: p for k, p in pages.items() if p is not None})
        for indicator, f in findings(spoilt, facts.site).items():
            was = right[site][indicator]
            what = "stayed" if f.status is was.status else "unknown" if f.status.value == "unknown" and f.fault is not None else "wrong"
            cell[what] += 1
            if what == "wrong":
                out.wrong.append(f"{site} {indicator}: {was.status} became {f.status} ({f.reason}, fault {f.fault}) when {page.ref.url} was {reason}: {f.words}")
    return out


def table(found: Matrix) -> str:
    """Sites down, faults across."""
    sites = sorted({s for s, _ in found.cells})
    rows = [["site", *(r.value for r in FILES)]]
    rows += [[s, *(_cell(found.cells.get((s, r), Counter())) for r in FILES)] for s in sites]
    rows.append(["all", *(_cell(sum((found.cells.get((s, r), Counter()) for s in sites), Counter())) for r in FILES)])
    return "\n".join(row[0].ljust(10) + "".join(x.rjust(17) for x in row[1:]) for row in rows)


def _cell(c: Counter[str]) -> str:
    return f"{c['stayed']}/{c['unknown']}/{c['wrong']}" if c else "-"


def main() -> int:
    """See the module."""
    from tests.farm.confusion import crawled
    from tests.farm.province import province
    from tests.farm.second import second

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a home that was crawled before; default: both cities are crawled now")
    parser.add_argument("--pages", type=int, default=10_000, help="at most so many pages of each site")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = args.home or Path(folder)
        if not (home / "var").exists():
            crawled(home, [*province(), *second()])
        found = matrix(known(home), args.pages)
    print(table(found), *found.wrong, sep="\n")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
