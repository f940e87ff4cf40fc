"""Are there at least so many documents of a category?

Why: rules ask for a number (每年不少于1次, 公开数据集达到4000个) or for each of several occasions; one page is then not enough.
pass: at least ``at_least`` different documents of this body answer; the same text in three columns is one.
partial: fewer, but at least ``half_at``.
fail: fewer, after an exhausted search inside the window.
unknown: fewer were found, and more may stand where nothing was read, or undated ones would make up the number.
not_applicable: the row's fact says that the body has no such thing.

Example:
  check = "documents_counted"
  params = { category = "open_day", in_year = true, at_least = 2, half_at = 1 }
"""

from __future__ import annotations

from pydantic import Field

from audit.checks._absence import absent, excused
from audit.checks._ask import Asks
from audit.checks._gather import complete, every, gather, not_all
from audit.duty import Duty
from audit.model import Finding
from audit.view import SiteView
from db.words import Needs, Question, Reason, Status

NEEDS = (Needs.ALL,)

SHOWN = 5


class Params(Asks):
    """See the module and _ask.Asks. at_least, half_at: numbers of documents."""

    at_least: int = Field(ge=1)
    half_at: int | None = None


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """All documents of the kind."""
    return (every(params, duty),)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    got, what = gather(view, every(params, duty), duty), params.name(duty)
    n, shown = len(got.pages), tuple(view.evidence(p) for p in got.pages[:SHOWN])
    if n >= params.at_least:
        return Finding(Status.PASS, Reason.PUBLISHED, f"{what}共{n}份，不少于{params.at_least}份", shown, (got.search,), count=n)
    search, why = complete(view, got, duty)
    if why is not None:
        return Finding(Status.UNKNOWN, why, not_all(what, why, n), shown, (search,), count=n)
    if n + len(got.undated) >= params.at_least:
        return Finding(Status.UNKNOWN, Reason.NO_DATE, f"{what}有{n}份，另有{len(got.undated)}份没有日期，不能判断是否达到{params.at_least}份",
                       tuple(view.evidence(p) for p in (*got.pages, *got.undated)[:SHOWN]), (search,), count=n)
    if n == 0:
        return absent(view, duty, (got.question,), what)
    words = f"{what}只有{n}份，应不少于{params.at_least}份"
    status = Status.PARTIAL if params.half_at is not None and n >= params.half_at else Status.FAIL
    return Finding(status, Reason.TOO_FEW, words, shown, (search,), count=n)
