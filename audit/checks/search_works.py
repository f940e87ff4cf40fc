"""Does the site's own search find a title that is known to be there? From the answer that the crawl archived.

pass: it does. fail, on ``looks`` days: it answers, finds other things by the same words, or none, but not that page nor its title.
not_applicable: no search of its own was seen; icons and scripts hide many, so that is no fault.
unknown: it was not asked, did not answer, or was asked on one day only.
"""

from __future__ import annotations

from audit.checks._probes import day, in_window, newest_each_day
from audit.duty import Duty
from audit.model import Evidence, Finding, Parameters
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import ProbeFact
from db.words import Question, Reason, Status


class Params(Parameters):
    """looks: on how many days it must fail."""

    looks: int = 2


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of its own: the crawl proves the search before it uses it."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    probes = in_window(view, duty, "search.home")
    if isinstance(probes, Finding):
        return probes
    each = newest_each_day(probes)
    good = [p for p in each if p.value.get("answer") == "works"]
    if good:
        return Finding(Status.PASS, Reason.IN_ORDER, f"站内搜索能找到已知标题“{good[-1].value['title']}”", _as(good[-1]))
    last = each[-1]
    answer = last.value.get("answer")
    if answer == "none":
        return Finding(Status.NOT_APPLICABLE, Reason.NOT_VISIBLE, f"{last.value.get('why', '')}；未见不等于没有", _as(last))
    if answer == "finds_nothing":
        days = {day(p) for p in each if p.value.get("answer") == "finds_nothing" and p.value.get("fetched")}
        words = f"站内搜索找不到已知标题“{last.value['title']}”"
        if len(days) < params.looks:
            return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"{words}，须另一日再试", _as(last))
        return Finding(Status.FAIL, Reason.SEARCH_FAILS, words, _as(last))
    reason = Reason.NOT_FETCHED if answer in ("not_asked", "not_read") else next((r for r in Reason if r.value == last.value.get("why")), Reason.NOT_FETCHED)
    return Finding(Status.UNKNOWN, reason, f"站内搜索未能验证：{REASONS[reason]}", _as(last))


def _as(probe: ProbeFact) -> tuple[Evidence, ...]:
    v = probe.value
    return (Evidence(str(v.get("address") or f"search.home:{probe.host}"), str(v.get("title", "")), fetched=probe.at, sha256=v.get("sha256"),
                     warc=v.get("warc") or probe.warc, excerpt=str(v.get("answer", "")), note="站内搜索"),)
