"""The record of a search: what was read to answer one question, and what it still needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.document import Document
from db.words import Kind, PageRef, Question, Reason, SearchState


@dataclass(frozen=True, slots=True)
class Want:
    """A page that the question still needs. name, column: what the link to it said."""

    ref: PageRef
    priority: float
    why: str
    name: str = ""
    column: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """What was read to answer one question, and whether that was enough."""

    question: Question
    state: SearchState
    reason: Reason | None = None
    columns: tuple[str, ...] = ()
    claimed: int | None = None
    read: int = 0
    queries: tuple[str, ...] = ()
    oldest_at: datetime | None = None
    newest_at: datetime | None = None
    wanted: tuple[Want, ...] = ()
    answers: tuple[str, ...] = ()  # keys of pages that answer
    unread: tuple[tuple[str, Reason], ...] = ()  # addresses that could not be read, and why

    @property
    def enough(self) -> bool:
        """Whether absence may be concluded from it."""
        return self.state is SearchState.EXHAUSTED


def bare(doc: Document) -> bool:
    """A list without entries that does not say that it is empty was not read: its entries come by other ways."""
    return (doc.kind is Kind.LIST and not doc.items and not doc.next_pages and not doc.frames and not doc.empty_words
            and len(doc.text) < 400 and doc.claimed != 0 and not doc.family.endswith("_api"))


def undrawn(doc: Document) -> bool:
    """Whether only a browser can show what the page holds: a shell that names no request to draw it from, or a bare list."""
    return bare(doc) or (doc.kind is Kind.SHELL and not doc.frames)
