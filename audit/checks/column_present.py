"""Is there a column, or an entrance, of a kind that every site must have (e.g. an online channel for questions)?

pass: a column or link of one of the categories is there. not_applicable: the row's fact says that the body has no such thing.
unknown: none was seen: such things often stand behind icons and scripts, so not seeing one is no proof of absence.
"""

from __future__ import annotations

from pydantic import Field

from audit.checks._absence import excused
from audit.checks._columns import Categories
from audit.classify import THRESHOLD, categories, is_a
from audit.duty import Duty
from audit.links import column_labels_for
from audit.model import Evidence, Finding, Parameters
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import PageFact
from db.words import Fault, Kind, Needs, Question, Reason, Status

NEEDS = (Needs.ONE,)


class Params(Parameters):
    """categories: any of them will do. what: how it is called."""

    categories: Categories = Field(min_length=1)
    what: str = ""


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The home page and the columns' first pages: what is not seen there is not said to be absent, so no list is read further."""
    return (duty.question(params.categories[0], also=params.categories[1:], since=duty.as_of),)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    what = params.what or categories()[params.categories[0]].zh
    searches = tuple(view.search(q) for q in questions(params, duty))
    for column in view.survey.columns:
        label = column.labels[0]
        if label.score >= THRESHOLD and any(is_a(label.category, c) for c in params.categories):
            page, reason, _ = view.survey.resolve(column.ref)
            if page is None and reason is not None:
                continue  # an entrance that does not open is none
            at = page or _leading(view, column.ref.url)
            if at is not None:
                shown = view.evidence(at, f"{what}：“{column.name}”")
                return Finding(Status.PASS, Reason.PUBLISHED, f"有{what}：“{column.name}”",
                               (Evidence(column.ref.url, column.name, None, "", shown.fetched, shown.sha256, shown.warc, shown.excerpt, shown.note),),
                               searches)
    for link in view.survey.outward:
        if any(is_a(x.category, c) for x in column_labels_for((link.title,))[:1] for c in params.categories):
            at = _leading(view, link.ref.url)
            if at is not None:
                return Finding(Status.PASS, Reason.PUBLISHED, f"有{what}的入口：“{link.title}”", (view.evidence(at, f"链接“{link.title}”→{link.ref.url}"),),
                               searches)
    stopped = next((s.reason for s in searches if s.reason is not None), None)
    if stopped is not None:
        return Finding(Status.UNKNOWN, stopped, f"未见{what}：{REASONS[stopped]}", (), searches)
    return Finding(Status.UNKNOWN, Reason.NOT_VISIBLE, f"未见{what}；此类内容常以图标或互动系统提供，未见不等于没有", (), searches, blame=Fault.OURS)


def _leading(view: SiteView, url: str) -> PageFact | None:
    """The page that shows the link."""
    return next((p for p in view.facts.pages.values() if p.doc is not None and p.doc.kind in (Kind.HOME, Kind.PORTAL, Kind.LIST)
                 and any(x.target == url for x in p.doc.links)), None)
