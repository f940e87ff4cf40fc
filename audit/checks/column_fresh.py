"""Was a column that must be kept up to date updated lately?

Why: 国办秘函〔2019〕19号 counts columns that were not updated (动态要闻 two weeks, 通知公告 six months); a column whose
newest entry is years old passes a question for presence and tells the public nothing.
pass: the newest dated entry of the category's columns is at most ``max_age`` days older than as_of.
partial: older, but at most ``half_age``.
fail: older, or the columns are empty, and the columns were read inside the window of days.
unknown: no entry shows a date, the list could not be read (script, blocked), or it was looked at too early or too late.
An entry without a date is never taken for an old one.
not_applicable: the row's fact says that the body has no such thing.

Example:
  check = "column_fresh"
  params = { category = "news", max_age = 14 }
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from audit.checks._absence import absent, excused
from audit.checks._ask import Asks
from audit.dating import CHINA, day_of
from audit.duty import Duty
from audit.model import Evidence, Finding
from audit.view import SiteView
from audit.wording import REASONS
from audit.workdays import NAMES, Unit, days_between
from db.facts import PageFact
from db.words import Needs, Question, Reason, SearchState, Status

NEEDS = (Needs.LATEST,)


class Params(Asks):
    """See the module and _ask.Asks. max_age, half_age: in ``unit`` (calendar or working days)."""

    max_age: int = Field(ge=1)
    half_age: int | None = None
    unit: Unit = "calendar"


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The newest entries of every fitting column: its first page."""
    return (duty.question(params.category, also=params.also, needs=Needs.LATEST),)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    question, what = questions(params, duty)[0], params.name(duty)
    lists = [p for c in question.categories for p in view.survey.own_lists(c)]
    dated, undated = _entries(view, lists, duty.as_of)
    search, why = view.latest(question, duty)
    looked = min(duty.as_of, search.newest_at.astimezone(CHINA).date()) if search.newest_at else duty.as_of
    if dated:
        day, title, page = max(dated, key=lambda x: (x[0], x[1]))
        age = days_between(day, looked, params.unit)
        if age is None:
            return Finding(Status.UNKNOWN, Reason.NO_LIMIT, f"{day}至{looked}的工作日历未收录", (), (search,))
        shown = (_shown(view, page, day, title),)
        words = f"{what}最近一条是{day}的“{title}”，至{looked}已{max(age, 0)}{NAMES[params.unit]}；限{params.max_age}{NAMES[params.unit]}"
        if age <= params.max_age:
            return Finding(Status.PASS, Reason.PUBLISHED, words, shown, (search,), count=max(age, 0))
        if why is None and undated >= len(dated):  # a link or two among dated entries is no undated column
            why = Reason.NO_DATE
        if why is not None:
            return Finding(Status.UNKNOWN, why, f"{words}；是否另有更新的：{REASONS[why]}", shown, (search,))
        near = params.half_age is not None and age <= params.half_age
        return Finding(Status.PARTIAL if near else Status.FAIL, Reason.STALE, words, shown, (search,), count=age)
    if why is not None:
        return Finding(Status.UNKNOWN, why, f"未能判定{what}是否更新：{REASONS[why]}", tuple(view.evidence(p) for p in lists[:1]), (search,))
    if undated:
        return Finding(Status.UNKNOWN, Reason.NO_DATE, f"{what}有{undated}条内容，都没有日期，不能判断是否更新",
                       tuple(view.evidence(p) for p in lists[:1]), (search,))
    if not lists and search.state is SearchState.ANSWERED:  # other columns were read, none is of the kind itself
        return absent(view, duty, (duty.question(params.category, also=params.also),), f"{what}的内容")
    return absent(view, duty, (question,), f"{what}的内容")


def _entries(view: SiteView, lists: list[PageFact], as_of: date) -> tuple[list[tuple[date, str, PageFact]], int]:
    """Dated entries up to as_of, with the list each stands in; and how many show no date."""
    dated, undated = [], 0
    for page in lists:
        assert page.doc is not None
        for item in page.doc.items:
            day = day_of(item.date)
            if day is None:
                read = view.survey.resolve(item.ref, standing=True)[0]
                when = view.survey.dated(read) if read is not None and read.doc is not None else None
                day = when.day if when is not None and when.claimed and not when.bulk else None
            if day is None:
                undated += 1
            elif day <= as_of:
                dated.append((day, item.title, page))
    return dated, undated


def _shown(view: SiteView, page: PageFact, day: date, title: str) -> Evidence:
    return view.evidence(page, f"{day}　{title[:40]}")
