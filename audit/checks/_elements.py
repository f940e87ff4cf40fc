"""Which of the elements that a rule names stand in a document, whatever the words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import field_validator

from audit.matching import unspaced
from audit.model import Parameters
from audit.offered import read_files, unread_files
from audit.view import SiteView
from db.facts import PageFact
from db.words import Kind, Reason


class Element(Parameters):
    """name: as the rule calls it. any: regular expressions, one of which must be found in the document's text."""

    name: str
    any: tuple[str, ...]

    @field_validator("any")
    @classmethod
    def _compiles(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            try:
                re.compile(value)
            except re.error as exc:
                raise ValueError(f"not a regular expression: {value}: {exc}") from exc
        return values


@dataclass(frozen=True, slots=True)
class Held:
    """What one document holds. unread: why some of it could not be read, None where all was."""

    page: PageFact
    found: tuple[str, ...]
    missing: tuple[str, ...]
    unread: Reason | None
    patterns: tuple[str, ...]


def held(view: SiteView, page: PageFact, elements: tuple[Element, ...]) -> Held:
    """Look for each element in the page and its files."""
    text = unspaced(view.text_of(page))
    found: list[str] = []
    missing: list[str] = []
    patterns: list[str] = []
    for element in elements:
        hit = next((p for p in element.any if re.search(p, text)), None)
        (found if hit else missing).append(element.name)
        patterns += [hit] if hit else []
    assert page.doc is not None
    reason = page.doc.reason  # a scan, a damaged page, a file that no reader reads: what it holds is not told
    files = unread_files(view.survey, page)
    scanned = [f for f in read_files(view.survey, page) if f.doc is not None and f.doc.reason is not None]
    unread = reason or (files[0][1] if files else None) or (scanned[0].doc.reason if scanned and scanned[0].doc else None)
    return Held(page, tuple(found), tuple(missing), unread, tuple(patterns))


def best(view: SiteView, pages: list[PageFact], elements: tuple[Element, ...]) -> Held:
    """The document that holds most; with as many, one that was read whole."""
    return max((held(view, p, elements) for p in pages), key=lambda h: (len(h.found), h.unread is None))


def only_lists(pages: Iterable[PageFact]) -> bool:
    """Whether nothing but columns answered: what their entries hold was not read, and is not missing from them."""
    return all(p.doc is not None and p.doc.kind is Kind.LIST and bool(p.doc.items) for p in pages)
