"""Was a standing list or rule adjusted since a day: versions over time?

Why: 动态调整, 及时更新 ask for change, not for presence. A change shows by the day of a version (its page's, the words
2019年版/修订/调整), by several versions of different days, or because we saw the content change between two looks.
pass: a version dated, or a change seen, from ``since`` to as_of.
partial: the newest version is older; whether there was anything to adjust a website does not show, so it never fails.
unknown: no version shows a day and no change was seen.
not_applicable: there is no list (its absence is another indicator's), the body says that it has none, or the row's fact says so.

Example:
  check = "versions_dated"
  params = { category = "intermediary_list", since = "01-01" }
"""

from __future__ import annotations

from audit.checks._ask import asked
from audit.checks._better import unless_better
from audit.checks._versions import AsksSince, newer, standing, versions
from audit.duty import Duty, day
from audit.model import Finding
from audit.view import SiteView
from db.words import Needs, Question, Reason, Status

NEEDS = (Needs.ONE,)


class Params(AsksSince):
    """See the module and _versions.AsksSince."""


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The list itself, and one dated since."""
    return (*asked(params, duty), *newer(params, duty))


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    there = standing(view, params, duty, "，无从核对调整情况")
    if isinstance(there, Finding):
        return there
    pages, what, searches = there
    since = day(params.since, duty.year)
    found = sorted({(d, by, p.key) for p in pages for d, by in versions(view, p) if d <= duty.as_of}, reverse=True)
    if not found:
        return Finding(Status.UNKNOWN, Reason.NO_DATE, f"{what}没有版本或日期，也未见到内容变化", tuple(view.evidence(p) for p in pages[:2]), searches)
    newest, by, key = found[0]
    count = len({d for d, _, _ in found})
    shown = tuple(view.evidence(p, f"{newest}（{by}）") for p in pages if p.key == key)
    if newest >= since:
        return Finding(Status.PASS, Reason.PUBLISHED, f"{what}最近一次调整为{newest}（{by}），见{count}个版本", shown, searches, count=count)
    words = f"{what}最近的版本为{newest}（{by}），早于{since}，未见其后的调整"
    return unless_better(view, duty, Finding(Status.PARTIAL, Reason.NOT_UPDATED, words, shown, searches, count=count), newer(params, duty))
