"""How many columns are blank (空白栏目)? A column is blank that says so itself in the place of its list.

``at``: as many fail. ``ask``: categories whose columns are read for it.
A column that leads to others is not counted beside them, and columns of one name count once.
pass: fewer, even if every column that could not be read were blank.
fail: so many or more, each seen blank on ``looks`` days.
unknown: columns that could not be read decide, or one look only. A list that a script fills was not read.
Source: DOMAIN.md section 3.3, 国办秘函〔2019〕19号 单项否决 栏目不更新 (3).
"""

from __future__ import annotations

from pydantic import Field

from audit.checks._columns import Categories, cited, columns_of, first_pages, once, unread_words
from audit.duty import Duty
from audit.model import Finding, Parameters
from audit.view import SiteView
from audit.wording import REASONS
from db.words import Kind, Needs, Question, Reason, Status

_SHOWN = 8

NEEDS = (Needs.ALL,)


class Params(Parameters):
    """See the module."""

    at: int = Field(5, ge=1)
    looks: int = Field(2, ge=1)
    ask: Categories = ()


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The first pages of the columns of each category."""
    return first_pages(params.ask, duty)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    searches = tuple(view.search(q) for q in questions(params, duty))
    every = columns_of(view, duty)
    home = [p for r in view.survey.starts if (p := view.survey.resolve(r)[0]) is not None and p.doc is not None and p.doc.kind is Kind.HOME]
    if not home:
        reason = next((s.reason for s in searches if s.reason is not None), Reason.NOT_SEARCHED)
        return Finding(Status.UNKNOWN, reason, f"首页未能读取，不知有哪些栏目：{REASONS[reason]}", (), searches)
    blank = once([c for c in every if c.blank], every)
    sure = [c for c in blank if len(c.days) >= params.looks]
    unread = [c for c in every if c.page is None]
    shown = tuple(cited(view, c, f"空白，{len(c.days)}日均如此") for c in blank[:_SHOWN])
    what = f"{len(every)}个栏目中空白{len(blank)}个"
    if len(sure) >= params.at:
        return Finding(Status.FAIL, Reason.EMPTY, f"{what}（{unread_words(blank)}），达到{params.at}个", shown, searches, count=len(blank))
    if len(blank) >= params.at:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"{what}，须另一日再看", shown, searches, count=len(blank))
    if len(blank) + len(unread) < params.at:
        rest = f"，另有{len(unread)}个未能读取（{unread_words(unread)}）" if unread else ""
        return Finding(Status.PASS, Reason.IN_ORDER, f"{what}，不到{params.at}个{rest}", shown or (view.evidence(home[0]),), searches, count=len(blank))
    reason = next((c.reason for c in unread if c.reason is not None), Reason.NOT_FETCHED)
    return Finding(Status.UNKNOWN, reason, f"{what}，{unread_words(unread)}未能读取：{REASONS[reason]}", shown, searches, count=len(blank))
