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

import re
from datetime import date

from pydantic import Field

from audit.checks._absence import declared_none, excused
from audit.checks._ask import Asks, asked, opening
from audit.dating import CHINA
from audit.duty import Duty, day
from audit.model import Finding
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import PageFact
from db.words import Needs, Question, Reason, SearchState, Status

NEEDS = (Needs.ONE,)

_VERSION = re.compile(r"(20\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?(?:版|修订|调整|更新|公布)")
HEAD = 2000  # characters in which a text names its version


class Params(Asks):
    """See the module and _ask.Asks. since: month and day of the year held, ``-1 11-01`` of the year before."""

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
            return Finding(Status.NOT_APPLICABLE, Reason.ABSENT, f"没有{what}，无从核对调整情况", (), searches)
        reason = searches[0].reason or Reason.NOT_SEARCHED
        return Finding(Status.UNKNOWN, reason, f"未能判定{what}是否调整：{REASONS[reason]}", (), searches)
    since = day(params.since, duty.year)
    found = sorted({(d, by, p.key) for p in pages for d, by in versions(view, p) if d <= duty.as_of}, reverse=True)
    if not found:
        return Finding(Status.UNKNOWN, Reason.NO_DATE, f"{what}没有版本或日期，也未见到内容变化", tuple(view.evidence(p) for p in pages[:2]), searches)
    newest, by, key = found[0]
    count = len({d for d, _, _ in found})
    shown = tuple(view.evidence(p, f"{newest}（{by}）") for p in pages if p.key == key)
    if newest >= since:
        return Finding(Status.PASS, Reason.PUBLISHED, f"{what}最近一次调整为{newest}（{by}），见{count}个版本", shown, searches, count=count)
    return Finding(Status.PARTIAL, Reason.NOT_UPDATED, f"{what}最近的版本为{newest}（{by}），早于{since}，未见其后的调整", shown, searches, count=count)


def versions(view: SiteView, page: PageFact) -> list[tuple[date, str]]:
    """Days on which the page was new: as it shows, as its text names, as we saw its content change."""
    when = view.survey.dated(page)
    found = [(when.day, "所示日期")] if when.day is not None and when.claimed and not when.bulk else []
    for m in _VERSION.finditer(view.text_of(page)[:HEAD]):
        try:
            found.append((date(int(m[1]), int(m[2] or 12), int(m[3] or 28)), f"文中“{m[0]}”"))
        except ValueError:
            continue
    found += [(s.first_at.astimezone(CHINA).date(), "看到内容变化") for s in page.sightings[1:]]
    return found
