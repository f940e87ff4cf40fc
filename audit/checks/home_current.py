"""Is the home page kept current (首页不更新)? Something on it must be no older than ``days``.

pass: an entry dated within ``days`` before as_of (or before our look), or content that changed between two looks within them. A home page
that is only a menu is judged by the columns that it leads to.
fail: every entry is dated and older, seen so on ``looks`` days; or the same content at two looks ``days`` apart.
unknown: nothing tells a date and the looks lie closer together; the page was not read; one look only.
Source: DOMAIN.md section 3.3, 国办秘函〔2019〕19号 单项否决 首页不更新: two visits so many days apart, or dated entries.
"""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field

from audit.checks._columns import Categories, Column, claimed_day, columns_of, first_pages
from audit.dating import CHINA, day_of
from audit.duty import Duty
from audit.model import Evidence, Finding, Parameters
from audit.search import Search
from audit.view import SiteView
from audit.wording import REASONS
from db.document import Item, Region
from db.facts import PageFact
from db.words import Kind, Needs, PageRef, Question, Reason, Status

_HEADLINE = 8  # characters of a link that may be an entry's title
_MENU = 3  # dated entries below which a home page is a menu

NEEDS = (Needs.ALL,)


class Params(Parameters):
    """See the module. ask: categories whose columns tell where the page is only a menu."""

    days: int = Field(14, ge=1)
    looks: int = Field(2, ge=1)
    ask: Categories = ("news", "notice")


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The home page comes with any question; the columns of what changes most."""
    return first_pages(params.ask, duty)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    searches = tuple(view.search(q) for q in questions(params, duty))
    low, high = duty.window
    start = view.survey.starts[0]
    page, reason, _ = view.survey.resolve(start)
    if page is None or page.doc is None or page.doc.kind not in (Kind.HOME, Kind.PORTAL, Kind.LIST):
        reason = reason or Reason.NOT_SEARCHED
        return Finding(Status.UNKNOWN, reason, f"首页未能读取：{REASONS[reason]}", (), searches)
    looks = sorted({d for f in page.fetches if f.reason is None and low <= (d := f.at.astimezone(CHINA).date()) <= high})
    if not looks:
        late = page.last is not None and page.last.at.astimezone(CHINA).date() > high
        why = Reason.OBSERVED_TOO_LATE if late else Reason.OBSERVED_TOO_EARLY
        return Finding(Status.UNKNOWN, why, f"首页查看时间不在{low}至{high}之间", (view.evidence(page),), searches)
    since = min(duty.as_of, looks[-1]) - timedelta(days=params.days)
    dated, undated = _entries(view, page)
    newest = max(dated, default=None)
    if newest is not None and newest >= since:
        return Finding(Status.PASS, Reason.UPDATED, f"首页最新内容为{newest}", (view.evidence(page, f"最新{newest}"),), searches)
    changed = [s.first_at.astimezone(CHINA).date() for s in page.sightings[1:] if s.first_at.astimezone(CHINA).date() >= since]
    if changed:
        return Finding(Status.PASS, Reason.UPDATED, f"首页内容于{changed[-1]}前后有变化", (view.evidence(page, f"{changed[-1]}看到新内容"),), searches)
    columns = columns_of(view, duty)
    fresh = max((c for c in columns if c.newest is not None and c.newest >= since), key=lambda c: (c.newest or since, c.ref.url), default=None)
    shown: tuple[Evidence, ...] = (view.evidence(page, f"所示最新日期{newest}" if newest else "未见日期"),)
    if fresh is not None:
        assert fresh.page is not None
        shown = (*shown, view.evidence(fresh.page, f"最新{fresh.newest}"))
        if len(dated) + undated < _MENU:
            return Finding(Status.PASS, Reason.UPDATED, f"首页为栏目入口，栏目“{fresh.name}”最新一条为{fresh.newest}", shown, searches)
        return Finding(Status.UNKNOWN, Reason.NEEDS_RENDERING, f"栏目“{fresh.name}”有{fresh.newest}的内容，首页所见没有，可能由脚本显示", shown, searches)
    if len(dated) + undated < _MENU:
        return _menu(view, columns, looks, params, shown, searches)
    apart = (looks[-1] - looks[0]).days
    same = len(page.sightings) == 1 and apart >= params.days
    if same or (newest is not None and not undated and len(looks) >= params.looks):
        words = f"{looks[0]}与{looks[-1]}两次查看，" + (f"首页最新内容仍为{newest}" if newest else "首页内容没有变化")
        return Finding(Status.FAIL, Reason.STALE, f"{words}，超过{params.days}天未更新", shown, searches)
    if newest is not None and not undated:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"首页最新内容为{newest}，须另一日再看", shown, searches)
    return Finding(Status.UNKNOWN, Reason.NO_DATE, f"首页有内容没有日期，两次查看相隔{apart}天，不足{params.days}天，不能判定", shown, searches)


def _menu(view: SiteView, columns: list[Column], looks: list[date], params: Params, shown: tuple[Evidence, ...],
          searches: tuple[Search, ...]) -> Finding:
    """A home page that only leads on, none of whose columns shows anything new: stale where all of them could be judged."""
    open_ = [c for c in columns if not c.judged]
    if open_ or not columns:
        reason = next((c.reason for c in open_ if c.reason is not None), Reason.NO_DATE)
        return Finding(Status.UNKNOWN, reason, f"首页为栏目入口，{len(open_)}个栏目未能判定：{REASONS[reason]}", shown, searches)
    if min(len(looks), *(len(c.days) for c in columns)) < params.looks:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, "首页为栏目入口，各栏目均无新内容，须另一日再看", shown, searches)
    return Finding(Status.FAIL, Reason.STALE, f"首页为栏目入口，{len(columns)}个栏目在{params.days}天内均无更新", shown, searches)


def _entries(view: SiteView, page: PageFact) -> tuple[list[date], int]:
    """(days of the entries on the page, how many entries have none); links to columns are no entries."""
    assert page.doc is not None
    survey, columns = view.survey, {view.survey.key(c.ref) for c in view.survey.columns if len(c.name) < _HEADLINE}
    days, undated = [], 0
    listed = {survey.key(i.ref) for i in page.doc.items}
    # what reads like a headline and stands in no list may be an entry too
    loose = [Item(x.anchor, PageRef(x.target), x.list_date) for x in page.doc.links
             if len(x.anchor) >= _HEADLINE and x.region is not Region.FOOT and survey.inside(x.target) and survey.key(PageRef(x.target)) not in listed]
    for item in (*page.doc.items, *loose):
        key = survey.key(item.ref)
        target = survey.facts.pages.get(key)
        doc = target.doc if target is not None else None
        if doc is not None and doc.kind in (Kind.LIST, Kind.PORTAL, Kind.HOME):
            continue
        day = day_of(item.date) or claimed_day(survey, item)
        if day is not None:
            days.append(day)
        elif key not in columns:
            undated += 1
    return days, undated
