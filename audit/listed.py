"""What one list says, worked out once: which categories it may hold, which of its items may answer what.

Kept by reading: as long as a page's Document is the same object, its digest holds, whatever else is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from audit.classify import THRESHOLD, categories, is_a
from audit.links import Candidate, column_labels_for, labels_for
from db.document import Document
from db.facts import PageFact
from db.urls import page_key
from db.words import Kind, PageRef


@lru_cache(maxsize=256)
def ancestors(category: str) -> tuple[str, ...]:
    """The category and all above it."""
    out, here = [], category
    while here:
        out.append(here)
        here = categories()[here].parent or ""
    return tuple(out)


@lru_cache(maxsize=256)
def relatives(category: str) -> frozenset[str]:
    """The category, all above and all below it."""
    return frozenset((*ancestors(category), *(c for c in categories() if is_a(c, category))))


@dataclass(slots=True)
class Digest:
    """hits: category -> candidates by their words; weak: items whose words decide nothing, with the key of their page.

    fits: categories that the list may hold by its label, its parent's or an item's; own: categories that it is itself;
    below: those below them: entries whose words decide nothing may be of any.
    """

    doc: Document
    hits: dict[str, list[tuple[str, Candidate]]] = field(default_factory=dict)
    rest: list[tuple[str, Candidate, frozenset[str], bool]] = field(default_factory=list)
    fits: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()
    catch_all: bool = False
    keys: frozenset[str] = frozenset()  # of its items' pages


def digest(page: PageFact) -> Digest:
    """Of a list, a portal or a home page with items."""
    doc = page.doc
    assert doc is not None
    out = Digest(doc)
    labels = [*page.labels, *(column_labels_for(doc.column) if doc.column else ())]
    fitting: set[str] = set()
    for label in labels:
        if label.score >= 0.5:
            fitting |= relatives(label.category)
    tops = (*page.labels[:1], *column_labels_for(doc.column)[:1])
    out.own = frozenset(c for x in tops if x.score >= 0.5 for c in ancestors(x.category))
    out.below = frozenset(c for x in tops if x.score >= 0.5 for c in relatives(x.category)) - out.own
    out.catch_all = any(categories()[x.category].catch_all and x.score >= 0.6 for x in labels[:1])
    column = doc.column if doc.kind is not Kind.HOME else ()
    for item in doc.items:
        found = labels_for(item.title, column)
        top = found[0]
        scores: dict[str, float] = {}
        for x in found:
            if x.score >= 0.5:
                for c in ancestors(x.category):
                    scores[c] = max(scores.get(c, 0.0), x.score)
        broad = relatives(top.category) if top.score >= 0.7 else frozenset()
        key = page_key(item.ref)
        for c in {*scores, *broad}:
            hit = scores.get(c, 0.0)
            if item.outside and hit < 0.8:
                continue
            candidate = Candidate(item.ref, item.title, doc.column, item.date, max(hit, 0.4), hit >= THRESHOLD)
            out.hits.setdefault(c, []).append((key, candidate))
        if out.own:
            placed = Candidate(item.ref, item.title, doc.column, item.date, 0.5, False)
            out.rest.append((key, placed, relatives(top.category), top.score < THRESHOLD))
        if doc.kind is not Kind.HOME:
            plain = labels_for(item.title, ())[:1]
            if plain and plain[0].score >= 0.6:
                fitting.update(ancestors(plain[0].category))
    out.fits = frozenset(fitting)
    out.keys = frozenset(page_key(i.ref) for i in doc.items)
    return out


def bare(doc: Document) -> bool:
    """A list without entries that does not say that it is empty was not read: its entries come by other ways."""
    return (doc.kind is Kind.LIST and not doc.items and not doc.next_pages and not doc.frames and not doc.empty_words
            and len(doc.text) < 400 and doc.claimed != 0 and not doc.family.endswith("_api"))


def past(doc: Document, since: date | None) -> bool:
    """A whole page of unpinned items in date order, all before a day."""
    if since is None:
        return False
    days = [i.date for i in doc.items if not i.pinned]
    if len(days) < 3 or any(d is None or len(d) < 10 for d in days):
        return False
    real = [d for d in days if d is not None]
    return real == sorted(real, reverse=True) and max(real) < since.isoformat()


def entry_itself(doc: Document, title: str, column: tuple[str, ...], day: str | None) -> bool:
    """Whether a list is itself a document: long text and no entries, or what a dated entry led to under its own name."""
    if doc.next_pages or any(i.date for i in doc.items):
        return False
    return (len(doc.text) >= 400 and not doc.items) or (bool(day) and title == doc.title)


def undrawn(doc: Document) -> bool:
    """Whether only a browser can show what the page holds: a shell that names no request to draw it from, or a bare list."""
    return bare(doc) or (doc.kind is Kind.SHELL and not doc.frames)


def leads_on(doc: Document | None, standing: bool) -> PageRef | None:
    """What a page is drawn from where it is only a shell. standing: of a document; one that sends its reader up to its column is gone,
    while a column may well lead to the folder it lies in."""
    if doc is None or not doc.frames or not (doc.kind is Kind.SHELL or (doc.kind is Kind.ERROR and not standing)):
        return None
    return doc.frames[0]
