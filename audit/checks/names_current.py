"""Does a standing list name only bodies that exist, and was it adjusted after they changed?

pass: no ended name in the list, and a version or date inside ``since`` (an offset in years and a month-day) .. as_of.
partial: no ended name, but the date is older.
fail: the list still names a body that a reform ended (the row's ``formerly``, the edition's ``ended_names``).
unknown: no date tells when it was last adjusted, or a file of the list could not be read.
not_applicable: there is no list to judge (its absence is another indicator's), or the body has none or says so.
"""

from __future__ import annotations

import re

from audit.checks._ask import asked
from audit.checks._versions import CHANGED, AsksSince, standing, versions
from audit.duty import Duty, day
from audit.matching import unread_files
from audit.model import Finding
from audit.view import SiteView
from audit.wording import REASONS
from db.words import Needs, Question, Reason, Status

NEEDS = (Needs.ONE,)


class Params(AsksSince):
    """See the module and _versions.AsksSince."""


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The list itself."""
    return asked(params, duty)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    there = standing(view, params, duty, "可供核对")
    if isinstance(there, Finding):
        return there
    pages, what, searches = there
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
    since = day(params.since, duty.year)
    newest = max((d for p in pages for d, by in versions(view, p) if by != CHANGED and d <= duty.as_of), default=None)
    shown = tuple(view.evidence(p) for p in pages[:2])
    if newest is None:
        return Finding(Status.UNKNOWN, Reason.NO_DATE, f"{what}没有版本或日期，不能判断何时调整", shown, searches)
    if newest >= since:
        return Finding(Status.PASS, Reason.PUBLISHED, f"{what}于{newest}更新，所列单位名称现行有效", shown, searches)
    return Finding(Status.PARTIAL, Reason.NOT_UPDATED, f"{what}的日期为{newest}，早于{since}，未见其后的调整", shown, searches)
