"""In which order pages are asked for: what each may be worth to a question. It decides when, never whether.

What one page can settle goes first: columns whose name fits, then the likeliest candidate of each question, then lists that may
hold anything; the second and the tenth candidate of one question wait for the first of another, and what must be read whole
(``needs = all``) waits for all of them, since no page of it settles anything.
"""

from __future__ import annotations

from audit.bodies import own_names
from audit.links import Candidate, Column, column_labels_for
from audit.matching import plain_session
from audit.survey import Survey
from audit.years import years_in
from db.words import Needs, Question

START = 20.0
FITTING, HUB, CATCH_ALL, BELOW_HUB, NAMELESS, OTHER = 12.0, 9.0, 8.0, 5.5, 4.0, 2.0  # first pages of columns
MORE = 7.5  # a further page of a list that fits; each one later is worth less
DEEPER = 0.25
FILE = 6.0  # of a page that may answer
LIKELY, WEAK = 10.0, 5.0  # candidates, their score added
NEXT = 0.7  # what a candidate is worth less for each better one of the same question: one unread may settle it, one read did not
LEAST = 3.0  # and never less than this, so that it stays above what nothing speaks for
WHOLE = 3.0  # entries of what must be read whole, in their order
SURE = 0.8  # of a candidate's score


def of_column(column: Column, question: Question) -> float:
    """A column's first page."""
    if any(column.fits(c) for c in question.categories):
        return FITTING
    if column.hub:
        return HUB
    if column.catch_all:
        return CATCH_ALL
    if column.unlabelled:
        return BELOW_HUB if len(column.path) > 1 and _hub(column.path[:-1]) else NAMELESS
    return OTHER


def _hub(path: tuple[str, ...]) -> bool:
    return any(x.category in ("disclosure_portal", "disclosure_catalogue") and x.score >= 0.5 for x in column_labels_for(path)[:1])


def of_more(question: Question, entries: bool, nth: int) -> float:
    """A further page of a list. entries: whether the page that leads to it holds any; nth: how many pages lie before it."""
    if not entries:
        return FITTING - 0.5  # what a script fetches is the list itself
    return max(LEAST, (MORE if question.needs is not Needs.ALL else WHOLE + 2) - DEEPER * (nth - 1))


def of_file(question: Question) -> float:
    """A file or frame of a page that may answer."""
    return FILE if question.needs is not Needs.ALL else WHOLE + 0.5


def of_candidate(candidate: Candidate, question: Question, survey: Survey) -> float:
    """By its words, its date and its column, without regard to the others."""
    if question.needs is Needs.ALL:
        return WHOLE + candidate.score
    worth = (LIKELY if candidate.score >= SURE else WEAK) + candidate.score
    title = candidate.title
    if question.naming and not any(plain_session(w) in plain_session(title) for w in question.naming):
        worth -= 2.0  # the text may still name it
    if question.years and set(question.years) & set(years_in(title)):
        worth += 0.4
    if any(name in title for name in own_names(survey.site)):
        worth += 0.3
    if question.until is not None and candidate.date and candidate.date > question.until.isoformat():
        worth -= 2.0  # listed too late
    return worth


def after(worth: float, better: int) -> float:
    """The same where so many better candidates of the question are known."""
    return worth if worth <= LEAST + 1 else max(LEAST + min(worth, LIKELY) / 10, worth - NEXT * better)
