"""Was the document published by its deadline? Whether it is there at all is another indicator's question.

pass: it was public on or before the deadline, the day itself included: by the day the page shows, its metas, the list
that links it, or because we saw it by then.
partial: published later, but before as_of, after a search for an earlier copy was exhausted; the days late are told.
fail: as for a document that is absent (published only after as_of, or never).
unknown: no date tells (no_date), the day shown is that of a bulk move (bulk_date), or an earlier copy may stand where
nothing was read yet. A document without a date is late only where an exhausted search begun after the deadline had
not found it.
A declaration that there is nothing of the kind is judged like the document.
"""

from __future__ import annotations

from datetime import timedelta

from audit.checks._absence import absent, excused, unknown_words
from audit.checks._ask import Asks, asked
from audit.dating import CHINA
from audit.duty import Duty
from audit.model import Finding
from audit.search import Search
from audit.view import SiteView
from audit.wording import DATED_BY
from db.facts import PageFact
from db.words import Needs, Question, Reason, SearchState, Status

NEEDS = (Needs.ONE,)


class Params(Asks):
    """See the module and _ask.Asks."""


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """Published in time; and, for what is late, published at all."""
    return (*asked(params, duty, until=duty.due), *asked(params, duty))


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    due, what = duty.due, params.name(duty)
    if due is None:
        return Finding(Status.UNKNOWN, Reason.NO_LIMIT, f"规则没有规定{what}的期限")
    early, whole = asked(params, duty, until=due), asked(params, duty)
    for question in early:
        pages = view.answers(question)
        if pages:
            page, when = pages[0], view.survey.dated(pages[0])
            return Finding(Status.PASS, Reason.PUBLISHED_IN_TIME, f"{what}于{when.day}公开（{DATED_BY[when.by]}），不晚于{due}",
                           (view.evidence(page),), (view.search(question),))
    found = [p for q in whole for p in view.answers(q)]
    if not found:
        return absent(view, duty, whole, what)
    searches = tuple(view.search(q) for q in early)
    late = [p for p in found if view.survey.dated(p).claimed and not view.survey.dated(p).bulk]
    if late:
        stopped = next((s for s in searches if s.state is not SearchState.EXHAUSTED), None)
        if stopped is not None:
            reason = stopped.reason or Reason.NOT_SEARCHED
            return Finding(Status.UNKNOWN, reason, "找到的一份晚于期限，是否另有按时公开的：" + unknown_words(what, reason, searches),
                           (view.evidence(late[0]),), searches)
        return _late(view, late[0], duty, what, searches)
    return _undated(view, found[0], duty, what, early, searches)


def _late(view: SiteView, page: PageFact, duty: Duty, what: str, searches: tuple[Search, ...]) -> Finding:
    when = view.survey.dated(page)
    assert when.day is not None
    assert duty.due is not None
    days = (when.day - duty.due).days
    return Finding(Status.PARTIAL, Reason.LATE, f"{what}于{when.day}公开（{DATED_BY[when.by]}），晚于期限{duty.due}共{days}天",
                   (view.evidence(page, f"晚{days}天"),), searches, count=days)


def _undated(view: SiteView, page: PageFact, duty: Duty, what: str, early: tuple[Question, ...],
             searches: tuple[Search, ...]) -> Finding:
    when = view.survey.dated(page)
    assert duty.due is not None
    if when.bulk:
        return Finding(Status.UNKNOWN, Reason.BULK_DATE, f"{what}所示日期{when.shown}为批量迁移所致，不能据以判断是否按时",
                       (view.evidence(page),), searches)
    first = page.sightings[0].first_at if page.sightings else None
    if first is not None and when.by == "sighting":
        for question in early:
            for at in view.ends_between(duty.due + timedelta(days=1), first.astimezone(CHINA).date() - timedelta(days=1)):
                if view.search_at(question, at).state is SearchState.EXHAUSTED:
                    return Finding(Status.PARTIAL, Reason.LATE, f"{what}没有日期；{at:%Y-%m-%d}查遍时尚无，{first:%Y-%m-%d}首次看到，晚于期限{duty.due}",
                                   (view.evidence(page),), (view.search_at(question, at), *searches))
    return Finding(Status.UNKNOWN, Reason.NO_DATE, f"{what}已公开，但没有发布日期，不能判断是否按时",
                   (view.evidence(page),), searches)
