"""One site's scorecard as the JSON object that DESIGN.md fixes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from audit.deduct import Loss, deducted, loss
from audit.edition import Edition, Indicator
from audit.model import Evidence, Finding
from audit.score import Line, Total, capped, total
from audit.search import Search
from audit.view import SiteView
from db.archive import warc_time
from db.words import Fault, Reason, Status

_SHOWN = (Reason.NO_DATE, Reason.NO_START, Reason.BULK_DATE, Reason.FIELDS_MISSING)  # the thing can be seen, only not dated


def site_card(view: SiteView, edition: Edition, findings: dict[str, Finding]) -> tuple[dict[str, Any], Total]:
    """The card and its total; ranks are set when all cards are there."""
    whole = total_of(edition, findings)
    rated = whole.score is not None and whole.verified is not None and whole.verified >= edition.min_verified
    chapters = []
    for chapter in dict.fromkeys(i.chapter for i in edition.indicator if i.chapter):
        part = _sum(edition, findings, chapter)
        chapters.append({"id": chapter, "name": edition.chapters.get(chapter, ""), "points": edition.points.get(chapter),
                         "score": part.score, "range": _range(part)})
    best = sorted(edition.grade, key=lambda g: -g.from_) if rated and whole.score is not None else []
    grade = next((g.name for g in best if (whole.score or 0.0) >= g.from_), None)
    card = {
        "site": view.site.id, "name": view.site.name, "level": view.site.level.value, "score": whole.score,
        "range": _range(whole), "verified": whole.verified, "rated": rated, "grade": grade, "rank": None, "chapters": chapters,
        "hidden": _hidden(edition, findings),
        "findings": [_finding(i, findings[i.id]) for i in edition.indicator],
    }
    return card, whole


def total_of(edition: Edition, findings: dict[str, Finding]) -> Total:
    """The site's score under the edition's scheme and its vetoes."""
    vetoes = [(i.veto, findings[i.id].status) for i in edition.indicator if i.veto is not None]
    return capped(_sum(edition, findings), [v for v, s in vetoes if s is Status.FAIL], [v for v, s in vetoes if s is Status.UNKNOWN])


def _sum(edition: Edition, findings: dict[str, Finding], chapter: str | None = None) -> Total:
    """Of all indicators, or of one chapter's."""
    rows = [(i, findings[i.id]) for i in edition.indicator
            if chapter in (None, i.chapter) and i.kind != "info" and not _told_elsewhere(i, findings)]
    if edition.scheme == "deductions":
        points = edition.points if chapter is None else {chapter: edition.points.get(chapter, 0.0)}
        return deducted([x for i, f in rows if (x := taken(i, f)) is not None], points, edition.floor)
    lines = [Line(f.status, f.score, i.weight, bonus=i.kind == "bonus") for i, f in rows]
    return total(lines, bonus_from=edition.bonus_from if chapter is None else 0.0, bonus_cap=edition.bonus_cap)


def _told_elsewhere(item: Indicator, findings: dict[str, Finding]) -> bool:
    """Whether the same thing is scored at another line that applies: a clause and its task do not count twice."""
    other = findings.get(item.score_once_with or "")
    return other is not None and other.status is not Status.NOT_APPLICABLE


def taken(item: Indicator, f: Finding) -> Loss | None:
    """What a finding takes off, where the edition deducts."""
    if item.deduct is None:
        return None
    return loss(f.status, f.score, f.problems, f.maybe, per=item.deduct.per, cap=item.deduct.cap, chapter=item.chapter)


def _range(t: Total) -> list[float] | None:
    return None if t.low is None or t.high is None else [t.low, t.high]


def _hidden(edition: Edition, findings: dict[str, Finding]) -> list[str]:
    """Indicators that the site itself made unreadable, by name, so that hiding never pays quietly."""
    return [i.id for i in edition.indicator
            if findings[i.id].status is Status.UNKNOWN and findings[i.id].fault is Fault.SITE
            and findings[i.id].reason not in _SHOWN]


def _finding(item: Indicator, f: Finding) -> dict[str, Any]:
    off = taken(item, f)
    return {
        "indicator": item.id, "title": item.title, "basis": item.basis, "task": item.task, "kind": item.kind,
        "status": f.status.value, "score": f.score, "count": f.count, "weight": _weight(item),
        "deducted": None if off is None or item.deduct is None else {
            "points": off.sure, "worst": off.worst, "per": item.deduct.per, "cap": item.deduct.cap, "faults": f.problems},
        "reason": f.reason.value, "fault": f.fault.value if f.fault else None, "words": f.words,
        "advice": item.advice or None if f.status in (Status.FAIL, Status.PARTIAL) else None,
        "digest": f.digest, "review": f.review,
        "searches": [_search(s) for s in f.searches], "evidence": [_evidence(e) for e in f.evidence],
    }


def _weight(item: Indicator) -> float:
    if item.kind == "info":
        return 0
    return item.deduct.cap if item.deduct is not None else item.weight


def _search(s: Search) -> dict[str, Any]:
    return {"question": s.question.key, "state": s.state.value, "reason": s.reason.value if s.reason else None,
            "columns": list(s.columns), "claimed": s.claimed, "read": s.read, "queries": list(s.queries),
            "between": [_time(s.oldest_at), _time(s.newest_at)], "unread": [[u, r.value] for u, r in s.unread[:10]]}


def _evidence(e: Evidence) -> dict[str, Any]:
    return {"url": e.url, "title": e.title, "published": e.published, "dated_by": e.dated_by, "fetched": _time(e.fetched),
            "sha256": e.sha256, "warc": e.warc, "excerpt": e.excerpt, "note": e.note}


def _time(at: datetime | None) -> str | None:
    return warc_time(at) if at is not None else None
