"""How many days after it was made was each document published?

Why: 国令711第26条 gives 20 working days from 形成或者变更; 行政许可、行政处罚 decisions 7 working days (发改办财金〔2018〕424号).
The start is the day signed (成文日期) or imprinted (印发日期) that the page shows; the end is the day it shows as published.
pass: every document that shows both days is within ``days``, and at least half of all show both.
partial: some are later; the count is how many, the longest is told.
fail: more than ``fail_share`` of at least ``min_documents`` are later.
unknown: the pages show no start (no_start) or no end (no_date), days are those of a bulk move, or not all could be read.
not_applicable: there are no documents of the kind after an exhausted search, or the row's fact says so.

Example:
  check = "publication_delay"
  params = { category = "policy_document", in_year = true, days = 20, unit = "working" }
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from audit.checks._absence import excused
from audit.checks._ask import Asks
from audit.checks._gather import complete, every, gather, not_all
from audit.dating import day_of
from audit.duty import Duty
from audit.model import Finding
from audit.view import SiteView
from audit.workdays import NAMES, Unit, days_between
from db.facts import PageFact
from db.words import Needs, Question, Reason, Status

NEEDS = (Needs.ALL,)

SHOWN = 5


class Params(Asks):
    """See the module and _ask.Asks. start: which day begins the period."""

    days: int = Field(ge=0)
    unit: Unit = "working"
    start: Literal["written", "printed"] = "written"
    min_documents: int = Field(5, ge=1)
    fail_share: float = Field(0.5, ge=0, le=1)


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """All documents of the kind."""
    return (every(params, duty),)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    got, what = gather(view, every(params, duty), duty), params.name(duty)
    search, why = complete(view, got, duty)
    if why is not None:
        return Finding(Status.UNKNOWN, why, not_all(what, why, len(got.pages)), (), (search,))
    if not got.pages and not got.undated:
        return Finding(Status.NOT_APPLICABLE, Reason.ABSENT, f"没有{what}，无从计算公开用时", (), (search,))
    measured = [(n, p) for p in got.pages if (n := _delay(view, p, params)) is not None]
    if not measured or 2 * len(measured) < len(got.pages) + len(got.undated):
        undated = [p for p in (*got.pages, *got.undated) if not _end(view, p)]
        reason = Reason.NO_DATE if 2 * len(undated) > len(got.pages) + len(got.undated) else Reason.NO_START
        words = f"{len(got.pages)}份{what}中只有{len(measured)}份同时显示起算日和发布日期，不能判断是否按时公开"
        return Finding(Status.UNKNOWN, reason, words, tuple(view.evidence(p) for p in (*got.pages, *got.undated)[:SHOWN]), (search,))
    late = sorted((x for x in measured if x[0] > params.days), key=lambda x: (-x[0], x[1].ref.url))
    unit = NAMES[params.unit]
    if not late:
        longest, page = max(measured, key=lambda x: (x[0], x[1].ref.url))
        return Finding(Status.PASS, Reason.PUBLISHED_IN_TIME, f"{len(measured)}份{what}均在{params.days}{unit}内公开，最长{longest}{unit}",
                       (view.evidence(page, f"{longest}{unit}"),), (search,), count=longest)
    shown = tuple(view.evidence(p, f"{n}{unit}后公开，超过{params.days}{unit}") for n, p in late[:SHOWN])
    words = f"{len(measured)}份{what}中有{len(late)}份超过{params.days}{unit}才公开，最长{late[0][0]}{unit}"
    most = len(measured) >= params.min_documents and len(late) > params.fail_share * len(measured)
    return Finding(Status.FAIL if most else Status.PARTIAL, Reason.LATE, words, shown, (search,), count=len(late), problems=len(late))


def _end(view: SiteView, page: PageFact) -> date | None:
    when = view.survey.dated(page)
    return when.shown or when.day if when.claimed and not when.bulk else None


def _delay(view: SiteView, page: PageFact, params: Params) -> int | None:
    assert page.doc is not None
    start = next((d for x in page.doc.dates if x.role.value == params.start and (d := day_of(x.value))), None)
    end = _end(view, page)
    if start is None or end is None or end < start:  # shown before it was made: a fault of the data, no measure
        return None
    return days_between(start, end, params.unit)
