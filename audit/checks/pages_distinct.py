"""Do different pages of one column show the same text under different titles? Reposts in several columns are no fault.

pass: fewer than ``at`` such pages. partial: so many or more, the groups cited. unknown: too little was read.
"""

from __future__ import annotations

import re
from collections import defaultdict

from audit.duty import Duty
from audit.model import Finding, Parameters
from audit.view import SiteView
from db.facts import PageFact
from db.words import Fault, Kind, Question, Reason, Status

_SHOWN = 6
_MARKS = re.compile(r"[\s\d]+")

NEEDS: tuple[()] = ()  # what is read anyway


class Params(Parameters):
    """at: pages beyond the first of each group. least: characters of text below which pages are not compared. pages: read at least."""

    at: int = 3
    least: int = 120
    pages: int = 10


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of its own."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    groups: dict[tuple[tuple[str, ...], str], dict[str, PageFact]] = defaultdict(dict)
    read = 0
    for page in view.facts.pages.values():
        doc = page.doc
        if doc is None or doc.kind is not Kind.DETAIL or page.misses or not view.survey.inside(page.ref.url) or len(doc.text) < params.least:
            continue
        read += 1
        title = view.survey.title_of(page)
        groups[view.survey.column_of(page), _MARKS.sub("", doc.text.replace(title, ""))].setdefault(_MARKS.sub("", title), page)
    if read < params.pages:
        return Finding(Status.UNKNOWN, Reason.TOO_FEW, f"只读到{read}个有正文的页面，不足{params.pages}个", blame=Fault.OURS)
    same = [list(g.values()) for g in groups.values() if len(g) > 1]
    more = sum(len(g) - 1 for g in same)
    if more >= params.at:
        shown = tuple(view.evidence(p, "同一栏目内正文相同而标题不同") for g in same for p in g[:2])[:_SHOWN]
        return Finding(Status.PARTIAL, Reason.DUPLICATE, f"同一栏目内有{more}个页面与别的页面正文相同而标题不同", shown, count=more)
    first = next(p for g in groups.values() for p in g.values())
    return Finding(Status.PASS, Reason.IN_ORDER, f"所读{read}个页面中，同栏目正文重复的{more}个，不到{params.at}个", (view.evidence(first),), count=more)
