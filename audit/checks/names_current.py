"""Does a standing list name only bodies that exist, and was it adjusted after they changed?

pass: no ended name in the list, and a version or date inside ``since`` (an offset in years and a month-day) .. as_of.
partial: no ended name, but the date is older.
fail: the list still names a body that a reform ended (the row's ``formerly``, the edition's ``ended_names``).
unknown: no date tells when it was last adjusted, or a file of the list could not be read.
not_applicable: there is no list to judge (its absence is another indicator's), or the body has none or says so.
"""

from __future__ import annotations

import re
from datetime import date

from pydantic import Field

from audit.checks._absence import declared_none, excused
from audit.checks._ask import Asks, asked, opening
from audit.duty import Duty
from audit.matching import unread_files
from audit.model import Finding
from audit.view import SiteView
from audit.wording import REASONS
from db.words import Needs, Question, Reason, SearchState, Status

NEEDS = (Needs.ONE,)

_YEAR_DAY = re.compile(r"(20\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?(?:版|修订|调整|更新|公布)")


class Params(Asks):
    """See the module and _ask.Asks. since: ``-1 11-01`` is 1 November of the year before."""

    since: str = Field(pattern=r"^(?:[+-]\d )?\d\d-\d\d$")


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The list itself."""
    return asked(params, duty)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    wanted, what, searches = opening(view, params, duty)
    said = next((s for q in wanted if (s := declared_none(view, q)) is not None), None)
    if said is not None:
        return Finding(Status.NOT_APPLICABLE, Reason.DECLARED_NONE, f"该单位声明无此类事项：“{said.title}”", (said,), searches)
    pages = [p for q in wanted for p in view.answers(q)]
    if not pages:
        if searches[0].state is SearchState.EXHAUSTED:
            return Finding(Status.NOT_APPLICABLE, Reason.ABSENT, f"没有{what}可供核对", (), searches)
        reason = searches[0].reason or Reason.NOT_SEARCHED
        return Finding(Status.UNKNOWN, reason, f"未能判定{what}是否调整：{REASONS[reason]}", (), searches)
    ended = tuple(dict.fromkeys((*view.site.formerly, *duty.edition.ended_names)))
    for page in pages:
        text = view.text_of(page)
        for name in ended:
            if name in text and not re.search(rf"原{re.escape(name)}", text):
                return Finding(Status.FAIL, Reason.NOT_UPDATED, f"{what}仍列“{name}”，该单位名称已因机构改革停用",
                               (view.evidence(page, f"仍列{name}", (re.escape(name),)),), searches)
    for page in pages:
        unread = unread_files(view.survey, page)
        if unread:
            name, reason = unread[0]
            return Finding(Status.UNKNOWN, reason, f"{what}的附件“{name}”未能读出（{REASONS[reason]}），不能核对所列单位名称", (view.evidence(page),), searches)
    since = _since(params.since, duty.year)
    newest = max((d for p in pages for d in _versions(view, p) if d <= duty.as_of), default=None)
    shown = tuple(view.evidence(p) for p in pages[:2])
    if newest is None:
        return Finding(Status.UNKNOWN, Reason.NO_DATE, f"{what}没有版本或日期，不能判断何时调整", shown, searches)
    if newest >= since:
        return Finding(Status.PASS, Reason.PUBLISHED, f"{what}于{newest}更新，所列单位名称现行有效", shown, searches)
    return Finding(Status.PARTIAL, Reason.NOT_UPDATED, f"{what}的日期为{newest}，早于{since}，未见其后的调整", shown, searches)


def _since(text: str, year: int) -> date:
    offset, _, rest = text.rpartition(" ")
    return date(year + int(offset or 0), int(rest[:2]), int(rest[3:]))


def _versions(view: SiteView, page: object) -> list[date]:
    when = view.survey.dated(page)  # type: ignore[arg-type]
    found = [when.day] if when.day is not None and when.by not in ("sighting", "none") and not when.bulk else []
    for m in _YEAR_DAY.finditer(view.text_of(page)[:2000]):  # type: ignore[arg-type]
        found.append(date(int(m[1]), int(m[2] or 12), min(int(m[3] or 28), 28)))
    return found
