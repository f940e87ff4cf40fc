"""The record of a search: what was read to answer one question, and what it still needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.words import PageRef, Question, Reason, SearchState

# which reason is told where several hold: the site's faults before the network's before ours
ORDER = (Reason.BLOCKED, Reason.ROBOTS, Reason.ROBOTS_UNREADABLE, Reason.TIMEOUT, Reason.REFUSED, Reason.DNS, Reason.RESOLVER,
         Reason.TLS, Reason.HTTP_ERROR, Reason.HIJACKED, Reason.MOVED, Reason.NEEDS_LOGIN, Reason.TOO_LARGE, Reason.TRUNCATED,
         Reason.MOJIBAKE, Reason.ENCRYPTED, Reason.UNREADABLE, Reason.HTML_INSTEAD, Reason.NEEDS_RENDERING, Reason.LIST_CAPPED,
         Reason.NOT_CAPTURED, Reason.BUDGET, Reason.NOT_FETCHED)


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
