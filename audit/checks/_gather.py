"""Every document of a question, for checks that count, pair or measure: what was found, and whether that is all."""

from __future__ import annotations

from dataclasses import dataclass

from audit.checks._ask import Asks, asked
from audit.duty import Duty
from audit.matching import against
from audit.searched import Search
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import PageFact
from db.words import Needs, Question, Reason, SearchState


@dataclass(frozen=True, slots=True)
class Gathered:
    """pages: those that answer, each document once. undated: those that may answer, if their day were known.

    open: why more may lie where nothing was read, None where the search was exhausted inside the window.
    """

    question: Question
    pages: tuple[PageFact, ...]
    undated: tuple[PageFact, ...]
    search: Search
    open: Reason | None


def every(params: Asks, duty: Duty) -> Question:
    """The question for all documents, not for one."""
    return asked(params, duty, needs=Needs.ALL)[0]


def gather(view: SiteView, question: Question, duty: Duty) -> Gathered:
    """All that was found and how far the search for it went, whatever day it was made: documents keep their own dates.

    Only absence needs the window of days, so ``open`` here is the search's own reason; `complete` asks for both.
    """
    search = view.search(question)
    undated = tuple(p for p in view.labelled(question) if against(view.survey, p, question) in (Reason.NO_DATE, Reason.BULK_DATE))
    reason = None if search.state is SearchState.EXHAUSTED else search.reason or Reason.NOT_SEARCHED
    return Gathered(question, tuple(view.answers(question)), undated, search, reason)


def complete(view: SiteView, got: Gathered, duty: Duty) -> tuple[Search, Reason | None]:
    """Whether what is not among the gathered can be called absent: the search that proves it, or the reason why not."""
    return view.absence(got.question, duty)


def not_all(what: str, reason: Reason, found: int) -> str:
    """Why a count or a share is not known."""
    return f"{what}未能读全：{REASONS[reason]}；已读到{found}份"
