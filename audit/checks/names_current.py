"""Does a standing list name only bodies that exist, and was it adjusted after they changed?

pass: no ended name in the list, and a version or date inside ``since`` (an offset in years and a month-day) .. as_of.
partial: no ended name, but the date is older, and no newer version may stand where nothing was read.
fail: the newest list still names a body that a reform ended (the row's ``formerly``, the edition's ``ended_names``). Versions more than
a month older than it were replaced by it and are not held against the body.
unknown: no date tells when it was last adjusted, or a file of the list could not be read.
not_applicable: there is no list to judge (its absence is another indicator's), or the body has none or says so.
"""

from __future__ import annotations

import re
from datetime import timedelta

from audit.checks._ask import asked
from audit.checks._better import unless_better
from audit.checks._versions import CHANGED, AsksSince, newer, standing, versions
from audit.duty import Duty, day
from audit.model import Finding
from audit.offered import unread_files
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import PageFact
from db.words import Needs, Question, Reason, Status

NEEDS = (Needs.ONE,)
PARTS = timedelta(days=31)  # a list in several pages is put online over some weeks


class Params(AsksSince):
    """See the module and _versions.AsksSince."""


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The list itself, and one dated since."""
    return (*asked(params, duty), *newer(params, duty))


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    there = standing(view, params, duty, "可供核对")
    if isinstance(there, Finding):
        return there
    pages, what, searches = there
    pages = _in_force(view, pages)
    since = day(params.since, duty.year)
    ended = tuple(dict.fromkeys((*view.site.formerly, *duty.edition.ended_names)))
    for page in pages:
        text = view.text_of(page)
        for name in ended:
            if name in text and not re.search(rf"原{re.escape(name)}", text):
                named = (view.evidence(page, f"仍列{name}", (re.escape(name),)),)
                found = Finding(Status.FAIL, Reason.NOT_UPDATED, f"{what}仍列“{name}”，该单位名称已因机构改革停用", named, searches)
                when = view.survey.dated(page)
                recent = when.claimed and when.day is not None and when.day >= since
                return found if recent else unless_better(view, duty, found, newer(params, duty))
    for page in pages:
        unread = unread_files(view.survey, page)
        if unread:
            name, reason = unread[0]
            return Finding(Status.UNKNOWN, reason, f"{what}的附件“{name}”未能读出（{REASONS[reason]}），不能核对所列单位名称", (view.evidence(page),), searches)
    newest = max((d for p in pages for d, by in versions(view, p) if by != CHANGED and d <= duty.as_of), default=None)
    shown = tuple(view.evidence(p) for p in pages[:2])
    if newest is None:
        return Finding(Status.UNKNOWN, Reason.NO_DATE, f"{what}没有版本或日期，不能判断何时调整", shown, searches)
    if newest >= since:
        return Finding(Status.PASS, Reason.PUBLISHED, f"{what}于{newest}更新，所列单位名称现行有效", shown, searches)
    found = Finding(Status.PARTIAL, Reason.NOT_UPDATED, f"{what}的日期为{newest}，早于{since}，未见其后的调整", shown, searches)
    return unless_better(view, duty, found, newer(params, duty))


def _in_force(view: SiteView, pages: list[PageFact]) -> list[PageFact]:
    """The newest version, its parts of the same month, and what has no date."""
    days = {p.key: w.day for p in pages if (w := view.survey.dated(p)).claimed and w.day is not None and not w.bulk}
    newest = max((d for d in days.values() if d is not None), default=None)
    return [p for p in pages if newest is None or (days.get(p.key) or newest) >= newest - PARTS]
