"""Columns that no address leads to: entries of menus that only a page's script opens."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from audit.links import DULL, Column, column_labels_for
from db.document import Item
from db.facts import PageFact, SiteFacts
from db.urls import page_key
from db.words import DRAW, Kind, PageRef

if TYPE_CHECKING:
    from audit.survey import Survey

MOST_TOLD = 8  # lines; each further page of such a list costs the requests of all before it
_MENUS = (Kind.HOME, Kind.PORTAL, Kind.LIST)
_LONGEST = 24  # characters of a column's name


def told(ref: PageRef) -> int:
    """How many lines a page's script is told to show this; each of them may ask the site again."""
    return ref.payload.count(b"\n") + 1 if ref.method == DRAW else 0


def onward(survey: Survey, page: PageFact) -> tuple[PageRef, ...]:
    """The further pages of a list; none where its script was told to go on and nothing new came: that was its end."""
    assert page.doc is not None
    here = {i.ref for i in page.doc.items}
    if page.ref.method == DRAW and any(page.ref in p.doc.next_pages and here <= {i.ref for i in p.doc.items}
                                       for p in survey.lists if p.doc is not None and p.ref.url == page.ref.url):
        return ()
    return page.doc.next_pages


def states(facts: SiteFacts, known: Container[str]) -> Iterator[tuple[str, Column, str]]:
    """(key, column, key of the page with the menu) of each: the same entry of the same menu once, however many pages carry it.

    Only a page's own address stands in them, so they lie where the page does. known: keys of columns that have an address.
    """
    best: dict[tuple[str, bytes], tuple[tuple[bool, int, str], PageFact, Item]] = {}
    for page, item in [(p, i) for p in facts.pages.values() if p.doc is not None and p.doc.kind in _MENUS for i in p.doc.scripted]:
        old = facts.pages.get(page_key(item.ref))
        rank = (old is None or not old.fetches, len(item.ref.url), item.ref.url)  # what was looked at already goes first
        if (item.title, item.ref.payload) not in best or rank < best[item.title, item.ref.payload][0]:
            best[item.title, item.ref.payload] = (rank, page, item)
    for _, page, item in best.values():
        key, doc, there = page_key(item.ref), page.doc, facts.pages.get(page_key(item.ref))
        if doc is None or key in known or len(item.title) > _LONGEST or DULL.match(item.title):
            continue
        if any(i.ref == item.ref and i.date for i in doc.items):
            continue  # an entry of a list, not a list
        if there is not None and there.doc is not None and there.doc.kind in (Kind.DETAIL, Kind.ATTACHMENT):
            continue
        path = (*doc.column, item.title) if doc.kind is not Kind.HOME and item.title not in doc.column else (item.title,)
        yield key, Column(item.ref, item.title, path, column_labels_for(path)), page.key
