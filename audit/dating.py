"""When a page was public, and which of its dates says so (DOMAIN.md section 14; DESIGN.md, Time).

Order of trust: the day the page shows, its metas, the day beside the link in a list, the day it was signed, our first
sighting. A day shown on very many pages of one site is that of a move to a new system and dates none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta, timezone

from db.document import DateRole, Document
from db.facts import PageFact
from db.words import Kind

CHINA = timezone(timedelta(hours=8))
BULK_PAGES = 20  # as many pages of one day, and
BULK_SHARE = 0.2  # such a part of all dated pages, were not written that day but moved


@dataclass(frozen=True, slots=True)
class Dated:
    """day: when public, None where nothing tells. by: page, meta, list, signed (where the day shown
    lies before it), written, sighting or none.

    bulk: the day shown is that of a move, so ``day`` rests on another sign. shown: what the page shows.
    """

    day: date | None
    by: str
    bulk: bool = False
    shown: date | None = None

    @property
    def claimed(self) -> bool:
        """Whether the site itself says when it was published."""
        return self.by in ("page", "meta", "list", "signed")


def day_of(value: str | None) -> date | None:
    """A whole day of an ISO text; None for less."""
    try:
        return date.fromisoformat(value) if value and len(value) == 10 else None
    except ValueError:
        return None


def signed_day(doc: Document) -> date | None:
    """成文日期, where a whole day is given."""
    return next((day_of(d.value) for d in doc.dates if d.role is DateRole.WRITTEN and d.precision == "day"), None)


def bulk_days(pages: Iterable[PageFact]) -> frozenset[date]:
    """Days that so many details show that none of them can be dated by it."""
    shown = Counter(
        day for p in pages if p.doc is not None and p.doc.kind is Kind.DETAIL and p.doc.published is not None
        if (day := day_of(p.doc.published.value)) is not None)
    total = sum(shown.values())
    return frozenset(day for day, n in shown.items() if n >= BULK_PAGES and n >= BULK_SHARE * total)


def dated(page: PageFact, beside: str | None, bulk: frozenset[date]) -> Dated:
    """When a page was public. beside: the date that a list shows with the link to it."""
    doc = page.doc
    assert doc is not None
    claim = doc.published
    shown = day_of(claim.value) if claim is not None else None
    signed = signed_day(doc)
    moved = shown in bulk if shown is not None else False
    if shown is not None and claim is not None and not moved:
        if signed is not None and shown < signed:
            return Dated(signed, "signed", shown=shown)  # shown before it was signed: a fault of the data, no merit
        return Dated(shown, "meta" if claim.place.startswith("meta") else "page", shown=shown)
    listed = day_of(beside)
    if listed is not None and listed not in bulk:
        return Dated(listed, "list", bulk=moved, shown=shown)
    if signed is not None:
        return Dated(signed, "written", bulk=moved, shown=shown)
    if page.sightings:
        return Dated(page.sightings[0].first_at.astimezone(CHINA).date(), "sighting", bulk=moved, shown=shown)
    return Dated(None, "none", bulk=moved, shown=shown)
