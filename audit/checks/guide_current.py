"""Was the disclosure guide updated after the new Regulation came into force, and does it tell the right period for answers?

pass: a guide of this body that names 国令711's period of 20 working days for answers, and whose date is not before
``since`` (month and day of the year held), or whose text names the new Regulation.
partial: the right period, but an older date (or seen by us as early) and no word of the new Regulation, nor a newer guide.
fail: every guide tells another period for answers (国令492's 15 working days); or there is none; each after an exhausted search.
unknown: no period can be read, or the guide could not be read; the right period, but no day that can be trusted.
What counts is the period for answering requests (答复, 依申请), not that for disclosing (主动公开), which is 20 working
days in both Regulations (国令711 art. 26 and 33).
"""

from __future__ import annotations

import re
from dataclasses import replace

from pydantic import Field

from audit.checks._absence import absent
from audit.checks._better import unless_better
from audit.duty import Duty, day
from audit.model import Finding, Parameters
from audit.view import SiteView
from audit.wording import REASONS
from db.words import Needs, Question, Reason, Status

NEEDS = (Needs.ONE,)

_PERIOD = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,3})\s*个?\s*工作日")
_ANSWER = re.compile(r"答复|予以回复|作出答复|书面答复")
_OTHER = re.compile(r"主动公开|形成或者?变更|自.{0,12}形成|补正|征求第三方|第三方")
_NEW = re.compile(r"国令第?711号|2019年5月15日|国务院令第711号|(?:新修订|修订后)的?《?(?:中华人民共和国)?政府信息公开条例")
_DAYS = r"(?:20|二十)个?工作日"
_RIGHT = ((rf"(?:答复|回复)[^。；;\n]{{0,60}}{_DAYS}|{_DAYS}[^。；;\n]{{0,30}}(?:答复|回复)",),)  # a guide worth reading beside one that is wrong
_HAN = {"十五": 15, "二十": 20, "十": 10, "七": 7, "五": 5, "三十": 30}


class Params(Parameters):
    """since: month and day of the year held from which a date shows that it was updated."""

    since: str = Field(pattern=r"^(?:[+-]\d )?\d\d-\d\d$")


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The guide; one that tells the right period; one dated since."""
    guide = duty.question("disclosure_guide")
    return guide, replace(guide, holding=_RIGHT), replace(guide, since=day(params.since, duty.year))


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    question, right, newer = questions(params, duty)
    pages = view.answers(question)
    searches = (view.search(question),)
    if not pages:
        return absent(view, duty, (question,), "政府信息公开指南")
    told = {p.key: answer_periods(view.text_of(p)) for p in pages}
    page = max(pages, key=lambda p: (20 in told[p.key], view.survey.dated(p).claimed, view.survey.dated(p).day or duty.as_of, p.ref.url))
    text, periods = view.text_of(page), told[page.key]
    title = view.survey.title_of(page)
    if not periods:
        return Finding(Status.UNKNOWN, Reason.FIELDS_MISSING, f"“{title}”中读不出答复期限", (view.evidence(page),), searches)
    shown = (view.evidence(page, f"答复期限：{'、'.join(f'{p}个工作日' for p in sorted(periods))}", (r"个?\s*工作日",)),)
    if 20 not in periods:
        words = f"“{title}”所写答复期限为{min(periods)}个工作日，与现行条例的20个工作日不符"
        return unless_better(view, duty, Finding(Status.FAIL, Reason.NOT_UPDATED, words, shown, searches), (right,))
    when = view.survey.dated(page)
    since = day(params.since, duty.year)
    shown_day = when.day is not None and when.by not in ("sighting", "none")
    if (shown_day and when.day is not None and when.day >= since) or _NEW.search(text):
        return Finding(Status.PASS, Reason.PUBLISHED, f"“{title}”已按新条例更新，答复期限为20个工作日", shown, searches)
    if when.day is None or (not shown_day and when.day >= since):
        why = Reason.BULK_DATE if when.bulk else Reason.NO_DATE
        return Finding(Status.UNKNOWN, why, f"“{title}”答复期限正确，但{REASONS[why]}，不能判断是否已按新条例更新", shown, searches)
    words = f"“{title}”答复期限正确，但日期早于{since}，看不出已按新条例更新"
    return unless_better(view, duty, Finding(Status.PARTIAL, Reason.NOT_UPDATED, words, shown, searches), (newer,))


def answer_periods(text: str) -> set[int]:
    """Working days that a guide gives for answers, sentence by sentence; those for disclosing and supplements set aside."""
    found: set[int] = set()
    for sentence in re.split(r"[。；;\n]", text):
        if not _ANSWER.search(sentence) or _OTHER.search(sentence):
            continue
        for m in _PERIOD.finditer(sentence):
            if re.search(r"延长|延期", sentence[max(0, m.start() - 14) : m.start()]):
                continue
            value = int(m[1]) if m[1].isdigit() else _HAN.get(m[1], 0)
            if value:
                found.add(value)
    return found
