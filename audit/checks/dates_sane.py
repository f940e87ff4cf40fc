"""Does any page show a day of publication that had not come when we looked? One day of tolerance for clocks and zones.

pass: dated pages were read and none does. partial: some do, each cited; whether a date was forged is for a person
(伪造发稿日期 is a veto of 国办秘函〔2019〕19号 that no machine may pronounce).
unknown: nothing dated was read.
"""

from __future__ import annotations

from datetime import timedelta

from audit.dating import CHINA, day_of
from audit.duty import Duty
from audit.model import Evidence, Finding, Parameters
from audit.view import SiteView
from db.words import Kind, Question, Reason, Status

_SHOWN = 5

NEEDS: tuple[()] = ()  # what is read anyway


class Params(Parameters):
    """tolerance: days by which a day shown may lie ahead."""

    tolerance: int = 1


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of its own: what is read anyway is looked at."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    dated = ahead = 0
    shown: list[Evidence] = []
    example = None
    for page in view.facts.pages.values():
        if page.doc is None or page.doc.kind is not Kind.DETAIL or page.read is None or page.doc.published is None or not view.survey.inside(page.ref.url):
            continue
        day = day_of(page.doc.published.value)
        if day is None:
            continue
        dated += 1
        example = example or page
        looked = page.read.at.astimezone(CHINA).date()
        if day > looked + timedelta(days=params.tolerance):
            ahead += 1
            if len(shown) < _SHOWN:
                shown.append(view.evidence(page, f"所示发布日期{day}晚于查看日{looked}"))
    if not dated:
        return Finding(Status.UNKNOWN, Reason.NOT_SEARCHED, "没有读到有日期的页面")
    if ahead:
        return Finding(Status.PARTIAL, Reason.FUTURE_DATE, f"所读{dated}个有日期的页面中，{ahead}个的发布日期晚于查看当天（是否造假须人工核实）", tuple(shown), count=ahead)
    assert example is not None
    return Finding(Status.PASS, Reason.IN_ORDER, f"所读{dated}个有日期的页面，发布日期均不晚于查看当天", (view.evidence(example),), count=0)
