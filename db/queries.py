"""Typed reads: what is known of a site at a moment, the pages for export, an assessment as its document."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.docjson import document_from_json
from db.document import Document
from db.facts import FetchFact, PageFact, ProbeFact, RunFact, Sighting, SiteFacts, outline
from db.tables import (
    AssessmentRow,
    FetchRow,
    FindingRow,
    LabelRow,
    PageRow,
    ProbeRow,
    ReadingRow,
    RunRow,
    ScoreRow,
    SightingRow,
    SiteRow,
)
from db.words import Fact, Fault, Host, Kind, Label, Level, Outcome, PageRef, Reason, Role, Site, fault_of

MIDDLE = 400  # ids a statement; SQLite takes 32,766 variables, PostgreSQL plans short lists better
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def site_from_row(row: dict[str, Any]) -> Site:
    """The Site that `db.store.site_to_row` wrote."""
    return Site(
        id=row["id"], name=row["name"], level=Level(row["level"]),
        hosts=tuple(Host(h["url"], Role(h["role"]), h["scope"]) for h in row["hosts"]),
        entry=tuple(row["entry"]), units=tuple(row["units"]), formerly=tuple(row["formerly"]),
        short_names=tuple(row["short_names"]), family=row["family"], source=row["source"],
        read_on=date.fromisoformat(row["read_on"]) if row["read_on"] else None,
        facts={k: Fact(f["value"], f["source"], date.fromisoformat(f["read_on"])) for k, f in row["facts"].items()},
    )


def sites(session: Session) -> list[Site]:
    """Every site that a run has used, as its newest run used it."""
    return [site_from_row(r) for r in session.execute(select(SiteRow.row).order_by(SiteRow.id)).scalars()]


def run_facts(session: Session, site: str, until: datetime) -> tuple[RunFact, ...]:
    """Runs that looked at a site, ended by ``until``, oldest first."""
    rows = session.execute(select(RunRow).where(RunRow.began_at <= until, RunRow.stage != "accept").order_by(RunRow.began_at, RunRow.id))
    return tuple(
        RunFact(r.id, r.stage, r.began_at, r.ended_at, r.clock, r.vantage, complete=site not in r.stopped,
                stopped=str(r.stopped.get(site, "")))
        for r in rows.scalars() if site in r.sites
    )


def _fetch_fact(f: Any) -> FetchFact:
    return FetchFact(f.at, f.run_id, Outcome(f.outcome), f.status, Reason(f.reason) if f.reason else None,
                     Fault(f.fault) if f.fault else None, f.blob, f"{f.warc}:{f.offset}", f.redirected_to, f.rendered)


def page_ref(p: Any) -> PageRef:
    """The request that a page's row stands for."""
    return PageRef(p.url, p.method, p.payload.encode("latin-1"), p.content_type)


def newest_readings(session: Session, wanted: dict[int, str],
                    outlined: Callable[[int], bool] = lambda page: False) -> dict[int, tuple[Document, tuple[Label, ...]]]:
    """page id -> the newest reading of its blob, with its newest labels; ``wanted`` maps page ids to blobs."""
    chosen: dict[int, int] = {}
    for page, reading, blob in _in_parts(session, select(ReadingRow.page_id, ReadingRow.id, ReadingRow.blob), ReadingRow.page_id, wanted):
        if blob == wanted[page] and reading > chosen.get(page, -1):
            chosen[page] = reading
    labels = _labels_of(session, sorted(chosen.values()))
    whole = select(ReadingRow.page_id, ReadingRow.id, ReadingRow.doc, ReadingRow.text)
    return {page: (outline(document_from_json(doc, text)) if outlined(page) else document_from_json(doc, text), labels.get(reading, ()))
            for page, reading, doc, text in _in_parts(session, whole, ReadingRow.id, chosen.values())}


def _in_parts(session: Session, query: Any, key: Any, ids: Iterable[int]) -> Iterator[Any]:
    """Rows of a query whose key is one of many ids. Plain rows: objects that the session keeps cost twice as much."""
    every = sorted(ids)
    for start in range(0, len(every), MIDDLE):
        yield from session.execute(query.where(key.in_(every[start : start + MIDDLE])))


def _labels_of(session: Session, readings: list[int]) -> dict[int, tuple[Label, ...]]:
    found: dict[int, list[Any]] = defaultdict(list)
    query = select(LabelRow.reading_id, LabelRow.id, LabelRow.categories_sha256, LabelRow.category, LabelRow.score, LabelRow.why)
    for row in _in_parts(session, query, LabelRow.reading_id, readings):
        found[row.reading_id or 0].append(row)
    newest: dict[int, tuple[Label, ...]] = {}
    for reading, rows in found.items():
        sha = max(rows, key=lambda r: r.id).categories_sha256
        kept = sorted((r for r in rows if r.categories_sha256 == sha), key=lambda r: (-r.score, r.category))
        newest[reading] = tuple(Label(r.category, r.score, tuple(r.why)) for r in kept)
    return newest


def _blob_verdicts(session: Session, pages: list[int]) -> dict[tuple[int, str], Reason | None]:
    """(page, blob) -> why its newest reading found nothing to read, None where it did."""
    found: dict[tuple[int, str], tuple[int, Reason | None]] = {}
    query = select(ReadingRow.id, ReadingRow.page_id, ReadingRow.blob, ReadingRow.kind, ReadingRow.reason)
    for row in _in_parts(session, query, ReadingRow.page_id, pages):
        key = (row.page_id, row.blob)
        if key not in found or row.id > found[key][0]:
            bad = not Kind(row.kind).readable
            found[key] = (row.id, (Reason(row.reason) if row.reason else Reason.UNREADABLE) if bad else None)
    return {k: v for k, (_, v) in found.items()}


def _judged(fetch: FetchFact, reason: Reason | None) -> FetchFact:
    """A fetch with the reason that today's readers give its bytes."""
    if fetch.outcome is not Outcome.OK or fetch.reason is reason:
        return fetch
    return replace(fetch, reason=reason, fault=fault_of(reason))


def site_facts(session: Session, site: Site, until: datetime, *, outlines: bool = False) -> SiteFacts:
    """Everything known of a site up to ``until``. outlines: of each document only what a search looks at."""
    fetches: dict[int, list[FetchFact]] = defaultdict(list)
    for f in session.execute(select(*FetchRow.__table__.columns).where(FetchRow.site_id == site.id, FetchRow.at <= until)):
        fetches[f.page_id].append(_fetch_fact(f))
    sightings: dict[int, list[Sighting]] = defaultdict(list)
    ids = sorted(fetches)
    pages: dict[int, Any] = {p.id: p for p in _in_parts(session, select(*PageRow.__table__.columns), PageRow.id, ids)}
    for s in _in_parts(session, select(*SightingRow.__table__.columns), SightingRow.page_id, ids):
        if s.first_at <= until:
            gone = s.gone_at if s.gone_at is not None and s.gone_at <= until else None
            sightings[s.page_id].append(Sighting(s.content_sha, s.first_at, min(s.last_at, until), gone))
    verdicts = _blob_verdicts(session, ids)
    blobs = {}
    for page, rows in fetches.items():
        rows[:] = [_judged(f, verdicts.get((page, f.sha256 or ""))) for f in rows]
        # of attempts of one instant (a simulated clock) the one that brought something came last: it ended the trying
        rows.sort(key=lambda f: (f.at, f.run, f.reason is None, f.rendered, f.outcome.value, f.sha256 or ""))
        had = [f for f in rows if f.sha256 is not None and f.outcome is Outcome.OK]
        read = next((f for f in reversed(had) if f.reason is None), had[-1] if had else None)
        if read is not None and read.sha256 is not None:
            blobs[page] = read.sha256
    readings = newest_readings(session, blobs, lambda page: outlines and pages[page].method == "GET")  # what was posted is an answer to us
    facts = []
    for page, row in pages.items():
        doc, labels = readings.get(page, (None, ()))
        seen = tuple(sorted(sightings[page], key=lambda s: (s.first_at, s.content_sha)))
        facts.append(PageFact(row.key_sha, page_ref(row), row.host, tuple(fetches[page]), doc, labels, seen))
    facts.sort(key=lambda p: (p.ref.url, p.ref.method, p.key))
    return SiteFacts(site, until, {p.key: p for p in facts}, run_facts(session, site.id, until),
                     probe_facts(session, site.id, until))


def sightings_of(session: Session, page: int) -> tuple[Sighting, ...]:
    """What was seen at one page and when."""
    rows = session.execute(select(SightingRow).where(SightingRow.page_id == page)).scalars()
    return tuple(sorted((Sighting(s.content_sha, s.first_at, s.last_at, s.gone_at) for s in rows),
                        key=lambda s: (s.first_at, s.content_sha)))


def probe_facts(session: Session, site: str, until: datetime) -> tuple[ProbeFact, ...]:
    """Probe answers for a site up to ``until``, in a stable order."""
    rows = session.execute(select(ProbeRow).where(ProbeRow.site_id == site, ProbeRow.at <= until)).scalars()
    facts = [ProbeFact(p.host, p.kind, p.vantage, p.at, p.run_id, p.value, f"{p.warc}:{p.offset}") for p in rows]
    return tuple(sorted(facts, key=lambda p: (p.at, p.host, p.kind, str(sorted(p.value.items())))))


def newest_fetch(session: Session, site: str | None = None) -> datetime | None:
    """When anything was last fetched or probed."""
    newest = None
    for table in (FetchRow, ProbeRow):
        query = select(table.at).order_by(table.at.desc()).limit(1)
        if site is not None:
            query = query.where(table.site_id == site)
        at = session.execute(query).scalar_one_or_none()
        newest = max(newest or _BEGINNING, at) if at else newest
    return newest


def hosts_asked(session: Session, since: datetime) -> list[tuple[str, str, datetime]]:
    """(host, address, when) of the newest request to each host since a moment."""
    query = select(PageRow.host, FetchRow.address, func.max(FetchRow.at)).join(PageRow, PageRow.id == FetchRow.page_id).where(
        FetchRow.at >= since).group_by(PageRow.host, FetchRow.address)
    return [(host, address, at) for host, address, at in session.execute(query).all()]


def titles_of(session: Session, site: str) -> dict[str, str]:
    """Address -> title of the readable pages of a site."""
    mine = select(FetchRow.page_id).where(FetchRow.site_id == site)
    query = select(PageRow.url, ReadingRow.title).join(ReadingRow, ReadingRow.page_id == PageRow.id).where(
        PageRow.id.in_(mine), PageRow.method == "GET", ReadingRow.reason.is_(None)).order_by(ReadingRow.id)
    return {url: title or url for url, title in session.execute(query)}


def export_pages(session: Session) -> Iterator[dict[str, Any]]:
    """One object a page, as DESIGN.md fixes it: its newest fetch, the newest reading of its newest bytes."""
    newest: dict[int, FetchRow] = {}
    read: dict[int, FetchRow] = {}
    for f in session.execute(select(FetchRow).order_by(FetchRow.at, FetchRow.id)).scalars():
        newest[f.page_id] = f
        if f.blob is not None and f.outcome == Outcome.OK.value:
            read[f.page_id] = f
    pages = session.execute(select(PageRow).order_by(PageRow.url, PageRow.method, PageRow.key_sha)).scalars().all()
    for start in range(0, len(pages), MIDDLE):
        part = pages[start : start + MIDDLE]
        readings = newest_readings(session, {p.id: str(read[p.id].blob) for p in part if p.id in read})
        for p in part:
            last = newest.get(p.id)
            if last is None or p.url.endswith("/robots.txt"):  # manners, no page of the site
                continue
            doc, labels = readings.get(p.id, (None, ()))
            reason = last.reason or (doc.reason.value if doc and doc.reason else None)
            blob = read.get(p.id)
            yield {
                "url": p.url, "method": p.method, "site": last.site_id, "kind": doc.kind.value if doc else None,
                "title": doc.title if doc else None,
                "published": doc.published.value if doc and doc.published else None,
                "column": list(doc.column) if doc else [],
                "categories": [{"id": x.category, "score": x.score, "why": list(x.why)} for x in labels],
                "sha256": blob.blob if blob else None, "status": last.status, "reason": reason,
            }


def scorecards(session: Session, assessment: int) -> dict[str, Any] | None:
    """An assessment as the document of DESIGN.md, or None where there is none of that number."""
    row = session.get(AssessmentRow, assessment)
    if row is None:
        return None
    findings: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for f in session.execute(select(FindingRow).where(FindingRow.assessment_id == assessment).order_by(FindingRow.id)
                             ).scalars():
        findings[f.site_id].append(f.body)
    cards = []
    for s in session.execute(select(ScoreRow).where(ScoreRow.assessment_id == assessment).order_by(ScoreRow.id)
                             ).scalars():
        cards.append({**s.card, "findings": findings[s.site_id]})
    return {**row.head, "sites": cards}


def assessments(session: Session) -> list[AssessmentRow]:
    """All assessments, oldest first."""
    return list(session.execute(select(AssessmentRow).order_by(AssessmentRow.id)).scalars())


def payload_text(ref: PageRef) -> str:
    """A payload for people: as text where it is, else base64."""
    try:
        return ref.payload.decode("utf-8")
    except UnicodeDecodeError:
        return base64.b64encode(ref.payload).decode()
