"""Are the columns that must stay current so? Counts columns whose newest entry is older than their limit (栏目不更新).

``limits``: category -> days without a new entry. ``at``: as many such columns together fail.
A column that leads to others is not counted beside them, and columns of one name count once.
pass: fewer, even if every column that could not be judged were stale.
fail: so many or more, each seen on ``looks`` days.
unknown: columns that could not be read or dated decide, or one look only. An entry without a date is never taken for an old one.
Source of method: DOMAIN.md section 3.3, 国办秘函〔2019〕19号 单项否决 栏目不更新.
"""

from __future__ import annotations

from pydantic import Field, field_validator

from audit.checks._columns import cited, columns_of, first_pages, known, once, unread_words
from audit.duty import Duty
from audit.model import Finding, Parameters
from audit.view import SiteView
from audit.wording import REASONS
from db.words import Needs, Question, Reason, Status

_SHOWN = 6

NEEDS = (Needs.ALL,)


class Params(Parameters):
    """See the module."""

    limits: dict[str, int] = Field(min_length=1)
    at: int = Field(5, ge=1)
    looks: int = Field(2, ge=1)

    @field_validator("limits")
    @classmethod
    def _categories(cls, value: dict[str, int]) -> dict[str, int]:
        known(tuple(value))
        return value


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The first page of every such column."""
    return first_pages(tuple(params.limits), duty)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    asked = questions(params, duty)
    searches = tuple(view.search(q) for q in asked)
    every = [c for c in columns_of(view, duty) if c.is_of(tuple(params.limits))]
    if not every:
        reason = next((s.reason for s in searches if s.reason is not None), Reason.NOT_SEARCHED)
        return Finding(Status.UNKNOWN, reason, f"未见须及时更新的栏目：{REASONS[reason]}", (), searches)
    stale = once([c for c in every if any(c.is_of((k,)) and c.stale(days, duty) for k, days in params.limits.items())], every)
    blank = [c for c in every if c.blank]
    open_ = [c for c in every if not c.judged]
    sure = [c for c in stale if len(c.days) >= params.looks]
    shown = tuple(cited(view, c, f"最新一条{c.newest}") for c in (stale or [c for c in every if c.newest])[:_SHOWN])
    what = f"须及时更新的{len(every)}个栏目中，超过期限未更新的{len(stale)}个"
    if len(sure) >= params.at:
        return Finding(Status.FAIL, Reason.STALE, f"{what}（{unread_words(stale)}），达到{params.at}个", shown, searches, count=len(stale))
    if len(stale) >= params.at:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"{what}，须另一日再看", shown, searches, count=len(stale))
    if len(stale) + len(open_) < params.at:
        rest = f"，另有{len(open_)}个未能判定" if open_ else ""
        return Finding(Status.PASS, Reason.UPDATED, f"{what}，不到{params.at}个{rest}" + (f"；空白{len(blank)}个另计" if blank else ""),
                       shown or tuple(cited(view, c, "空白") for c in blank[:1]), searches, count=len(stale))
    reason = next((c.reason for c in open_ if c.reason is not None), Reason.NO_DATE)
    return Finding(Status.UNKNOWN, reason, f"{what}，{unread_words(open_)}未能判定：{REASONS[reason]}", shown, searches, count=len(stale))
