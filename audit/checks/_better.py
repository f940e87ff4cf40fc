"""Less than ``pass`` is said only when no other page could do better (DESIGN.md, How a question is closed, last paragraph).

The search for an answer ends with the first one. Where that one lacks something, a fuller or newer one may stand where
nothing was read yet: the check asks for the better one as a question of its own, and accuses when that search is exhausted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit.duty import Duty
from audit.model import Finding
from audit.view import SiteView
from audit.wording import REASONS
from db.words import Question, Reason, SearchState, Status


def holding(asked: Iterable[Question], groups: tuple[tuple[str, ...], ...], at: int = 0) -> tuple[Question, ...]:
    """The same questions, answered only by a text that holds one of each group (of at least ``at`` groups)."""
    return tuple(replace(q, holding=groups, holding_at=at) for q in asked) if groups else ()


def unless_better(view: SiteView, duty: Duty, found: Finding, better: Iterable[Question]) -> Finding:
    """The finding where the search for a better page is exhausted; for ``fail`` it must also have been made in the window."""
    for question in better:
        search, why = view.absence(question, duty)
        if search.state is SearchState.EXHAUSTED and (why is None or found.status is not Status.FAIL):
            continue
        reason = why or search.reason or Reason.NOT_SEARCHED
        words = f"{found.words}；是否另有更完整或更新的一份，未能查清：{REASONS[reason]}"
        return replace(found, status=Status.UNKNOWN, reason=reason, words=words, searches=(*found.searches, search), points=None, problems=None,
                       maybe=found.problems or found.maybe)
    return found
