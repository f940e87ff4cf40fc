"""Are letters answered in time (互动回应差)? Of the letters that the site shows, those without an answer after ``days``.

Only letters of the last ``within`` days before as_of count, by the day they were asked. Columns of interviews, solicitations, petitions
(信访) and reports of misconduct do not count.
pass: letters were read, and each is answered or still in time. fail: the page itself says that a letter which is older than ``days``
has no answer (未回复, 办理中…), seen on ``looks`` days; whether the letter was a valid one is for a person, so the letter is cited.
unknown: no letter can be seen (many sites hide them), or what was read tells neither answer nor day.
Source: DOMAIN.md section 3.3, 国办秘函〔2019〕19号 单项否决 互动回应差 (2).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pydantic import Field

from audit.checks._columns import Categories
from audit.classify import THRESHOLD, is_a
from audit.dating import CHINA
from audit.duty import Duty
from audit.links import column_labels_for
from audit.model import Finding, Parameters
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import PageFact
from db.words import Fault, Kind, Needs, Question, Reason, Status

_DAY = r"[:：\s]*(20\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})"
_ASKED = re.compile(r"(?:来信|写信|提交|留言|咨询|提问|受理|投诉)(?:时间|日期)" + _DAY)
_ANSWERED = re.compile(r"(?:答复|回复|办结|处理|反馈)(?:时间|日期)" + _DAY)
_WAIT = r"(?:未(?:予)?(?:回复|答复|办理|处理)|待(?:回复|答复|办理|处理)|(?:正在)?(?:办理|处理|受理)中|尚未(?:回复|答复)|暂无(?:回复|答复)?)"
# only where the page says it of the letter; its writer may complain of the same
_WAITING = re.compile(r"(?:状态|进度|结果|情况|内容|回复|答复|意见)\s*[:：]?\s*" + _WAIT + r"|^\s*[\[【（(]?" + _WAIT + r"[\]】）)]?\s*$", re.M)
_REPLY = re.compile(r"(?:答复|回复|办理|处理)(?:内容|单位|部门|情况|结果|意见|如下)?\s*[:：]\s*(?!" + _WAIT + r")\S{4}|(?:答复|回复)如下")
_REPLY_TITLE = re.compile(r"(?:及|的)(?:回复|答复)")
_NOT_COUNTED = re.compile(r"访谈|征集|信访|举报|监督|调查")
_SHOWN = 4

NEEDS = (Needs.ONE,)


class Params(Parameters):
    """See the module. ask: categories of the columns."""

    days: int = Field(92, ge=1)
    within: int = Field(365, ge=1)
    looks: int = Field(2, ge=1)
    ask: Categories = ("hotline_mailbox",)


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """Letters of the last year."""
    return (duty.question(params.ask[0], since=duty.as_of - timedelta(days=params.within), also=params.ask[1:]),)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    searches = tuple(view.search(q) for q in questions(params, duty))
    letters = [(p, *_read(view, p)) for p in _letters(view, params)]
    oldest = duty.as_of - timedelta(days=params.within)
    mine = [(p, asked, state) for p, asked, state in letters if asked is None or oldest <= asked <= duty.as_of]
    if not mine:
        stopped = next((s.reason for s in searches if s.reason is not None), None)
        if stopped is not None:
            return Finding(Status.UNKNOWN, stopped, f"未能读到来信：{REASONS[stopped]}", (), searches)
        return Finding(Status.UNKNOWN, Reason.NOT_VISIBLE, "页面上看不到近一年的来信及答复，不能判定是否及时答复", (), searches, blame=Fault.OURS)
    limit = duty.as_of - timedelta(days=params.days)
    overdue = [p for p, asked, state in mine if state == "waiting" and asked is not None and asked < limit]
    if overdue:
        seen = min(len({f.at.astimezone(CHINA).date() for f in p.fetches if f.reason is None}) for p in overdue)
        shown = tuple(view.evidence(p, "页面显示尚未答复", (_WAITING.pattern,)) for p in overdue[:_SHOWN])
        words = f"所读{len(mine)}件来信中，{len(overdue)}件超过{params.days}天未答复（是否有效留言须人工核实）"
        if seen < params.looks:
            return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"{words}，须另一日再看", shown, searches, count=len(overdue))
        return Finding(Status.FAIL, Reason.UNANSWERED, words, shown, searches, count=len(overdue))
    unclear = [p for p, asked, state in mine if state == "unclear" or (state == "waiting" and asked is None)]
    answered = [p for p, _, state in mine if state == "answered"]
    if unclear:
        return Finding(Status.UNKNOWN, Reason.NO_DATE, f"所读{len(mine)}件来信中，{len(unclear)}件看不出是否答复或来信日期",
                       tuple(view.evidence(p) for p in unclear[:_SHOWN]), searches)
    shown = tuple(view.evidence(p, "已答复", (_REPLY.pattern,)) for p in answered[:_SHOWN]) or tuple(view.evidence(p) for p, _, _ in mine[:1])
    return Finding(Status.PASS, Reason.IN_ORDER, f"所读{len(mine)}件来信均已答复或未到期限", shown, searches, count=len(mine))


def _letters(view: SiteView, params: Params) -> list[PageFact]:
    """Details in columns of the categories."""
    out = []
    for page in view.facts.pages.values():
        if page.doc is None or page.doc.kind is not Kind.DETAIL or page.misses:
            continue
        for path in view.survey.columns_of(page):
            label = column_labels_for(path)[0]
            if label.score >= THRESHOLD and any(is_a(label.category, c) for c in params.ask) and not _NOT_COUNTED.search(path[-1]):
                out.append(page)
                break
    return sorted(out, key=lambda p: p.ref.url)


def _read(view: SiteView, page: PageFact) -> tuple[date | None, str]:
    """(when it was asked, answered, waiting or unclear)."""
    assert page.doc is not None
    title, text = view.survey.title_of(page), page.doc.text
    asked = _day(_ASKED.search(text)) or view.survey.dated(page).day
    if _day(_ANSWERED.search(text)) is not None or _REPLY.search(text) or (_REPLY_TITLE.search(title) and not _WAITING.search(text)):
        return asked, "answered"
    return asked, "waiting" if _WAITING.search(text) else "unclear"


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return date(*(int(x) for x in found.groups())) if found else None
    except ValueError:
        return None
