"""One site's scorecard as the JSON object that DESIGN.md fixes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from audit.edition import Edition, Indicator
from audit.model import Evidence, Finding
from audit.score import Line, Total, total
from audit.search import Search
from audit.view import SiteView
from db.archive import warc_time
from db.words import Fault, Reason, Status

_SHOWN = (Reason.NO_DATE, Reason.NO_START, Reason.BULK_DATE, Reason.FIELDS_MISSING)  # the thing can be seen, only not dated


def site_card(view: SiteView, edition: Edition, findings: dict[str, Finding]) -> tuple[dict[str, Any], Total]:
    """The card and its total; ranks are set when all cards are there."""
    lines = {i.id: _line(i, findings[i.id]) for i in edition.indicator}
    whole = total(x for x in lines.values() if x is not None)
    rated = whole.score is not None and whole.verified is not None and whole.verified >= edition.min_verified
    chapters = []
    for chapter in dict.fromkeys(i.chapter for i in edition.indicator if i.chapter):
        part = total(x for i in edition.indicator if i.chapter == chapter and (x := lines[i.id]) is not None)
        chapters.append({"id": chapter, "name": edition.chapters.get(chapter, ""), "score": part.score, "range": _range(part)})
    card = {
        "site": view.site.id, "name": view.site.name, "level": view.site.level.value, "score": whole.score,
        "range": _range(whole), "verified": whole.verified, "rated": rated, "grade": None, "rank": None, "chapters": chapters,
        "hidden": _hidden(edition, findings),
        "findings": [_finding(i, findings[i.id]) for i in edition.indicator],
    }
    return card, whole


def _line(item: Indicator, finding: Finding) -> Line | None:
    if item.kind == "info":
        return None
    return Line(finding.status, finding.score, item.weight, bonus=item.kind == "bonus")


def _range(t: Total) -> list[float] | None:
    return None if t.low is None or t.high is None else [t.low, t.high]


def _hidden(edition: Edition, findings: dict[str, Finding]) -> list[str]:
    """Indicators that the site itself made unreadable, by name, so that hiding never pays quietly."""
    return [i.id for i in edition.indicator
            if findings[i.id].status is Status.UNKNOWN and findings[i.id].fault is Fault.SITE
            and findings[i.id].reason not in _SHOWN]


def _finding(item: Indicator, f: Finding) -> dict[str, Any]:
    return {
        "indicator": item.id, "title": item.title, "basis": item.basis, "task": item.task, "kind": item.kind,
        "status": f.status.value, "score": f.score, "count": f.count, "weight": item.weight if item.kind != "info" else 0,
        "reason": f.reason.value, "fault": f.fault.value if f.fault else None, "words": f.words,
        "advice": item.advice or None if f.status in (Status.FAIL, Status.PARTIAL) else None,
        "searches": [_search(s) for s in f.searches], "evidence": [_evidence(e) for e in f.evidence],
    }


def _search(s: Search) -> dict[str, Any]:
    return {"question": s.question.key, "state": s.state.value, "reason": s.reason.value if s.reason else None,
            "columns": list(s.columns), "claimed": s.claimed, "read": s.read, "queries": list(s.queries),
            "between": [_time(s.oldest_at), _time(s.newest_at)], "unread": [[u, r.value] for u, r in s.unread[:10]]}


def _evidence(e: Evidence) -> dict[str, Any]:
    return {"url": e.url, "title": e.title, "published": e.published, "dated_by": e.dated_by, "fetched": _time(e.fetched),
            "sha256": e.sha256, "warc": e.warc, "excerpt": e.excerpt, "note": e.note}


def _time(at: datetime | None) -> str | None:
    return warc_time(at) if at is not None else None
