"""Idempotent writers, used by crawl, ingest, reparse and rebuild alike: writing the same thing twice stores it once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.archive import Place
from db.base import Base, clean_json
from db.docjson import document_to_json
from db.document import Document
from db.gone import missed, seen
from db.tables import (
    AttachmentRow,
    BlobRow,
    ColumnRow,
    DateClaimRow,
    FetchRow,
    HostRow,
    ItemRow,
    LabelRow,
    LinkRow,
    PageRow,
    ProbeRow,
    ReadingRow,
    RunRow,
    SearchRow,
    SightingRow,
    SiteRow,
)
from db.urls import canonical, host_of, page_key
from db.words import Fault, Label, Outcome, PageRef, Reason, Site, fault_of


@dataclass(frozen=True, slots=True)
class FetchRecord:
    """One attempt as the writers take it. reason: set for failures and for answers that could not be read."""

    ref: PageRef
    at: datetime
    outcome: Outcome
    place: Place
    status: int | None = None
    reason: Reason | None = None
    sha256: str | None = None
    size: int = 0
    type: str = ""
    address: str = ""
    redirected_to: str | None = None
    etag: str = ""
    last_modified: str = ""
    rendered: bool = False
    fault: Fault | None = None


@lru_cache(maxsize=64)
def _once(dialect: str, table: type[Base]) -> Any:
    make: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(table.__table__).on_conflict_do_nothing()


def insert_once(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert rows, leaving out those whose unique key is there already."""
    if rows:
        connection = session.connection()
        connection.execute(_once(connection.dialect.name, table), rows)


# The statements of every page are built once and speak to tables, not to mapped classes: half the time of a page's storing was that.
_PAGES: Any = PageRow.__table__
_SIGHTINGS: Any = SightingRow.__table__
_READINGS: Any = ReadingRow.__table__
_LABELS: Any = LabelRow.__table__
_PAGE_ID = select(_PAGES.c.id).where(_PAGES.c.key_sha == bindparam("key"))
_PAGE_VALIDATORS = update(_PAGES).where(_PAGES.c.id == bindparam("page")).values(
    etag=bindparam("new_etag"), last_modified=bindparam("new_modified"))
_SIGHTING = select(_SIGHTINGS.c.id, _SIGHTINGS.c.first_at, _SIGHTINGS.c.last_at).where(
    _SIGHTINGS.c.page_id == bindparam("page"), _SIGHTINGS.c.content_sha == bindparam("sha"))
_WIDEN = update(_SIGHTINGS).where(_SIGHTINGS.c.id == bindparam("row")).values(
    first_at=bindparam("since"), last_at=bindparam("until"))
_READING_ID = select(_READINGS.c.id).where(
    _READINGS.c.page_id == bindparam("page"), _READINGS.c.blob == bindparam("sha"), _READINGS.c.reader == bindparam("version"))
_LABELLED = {name: select(_LABELS.c.id).where(
                _LABELS.c[name] == bindparam("value"), _LABELS.c.categories_sha256 == bindparam("sha")).limit(1)
             for name in ("reading_id", "column_id")}


def _sha(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode("utf-8", "replace")).hexdigest()


def site_to_row(site: Site) -> dict[str, Any]:
    """A Site as JSON, as stored beside its runs and in the archive."""
    return {
        "id": site.id, "name": site.name, "level": site.level.value, "entry": list(site.entry),
        "hosts": [{"url": h.url, "role": h.role.value, "scope": h.scope} for h in site.hosts],
        "units": list(site.units), "formerly": list(site.formerly), "short_names": list(site.short_names),
        "family": site.family, "source": site.source, "read_on": str(site.read_on) if site.read_on else None,
        "facts": {k: {"value": f.value, "source": f.source, "read_on": str(f.read_on)} for k, f in site.facts.items()},
    }


def upsert_site(session: Session, site: Site) -> None:
    """The row as the newest run uses it."""
    row = clean_json(site_to_row(site))
    found = session.get(SiteRow, site.id)
    if found is None:
        session.add(SiteRow(id=site.id, name=site.name, level=site.level.value, row=row))
    else:
        found.name, found.level, found.row = site.name, site.level.value, row
    session.flush()
    hosts = [{"site_id": site.id, "url": h.url, "role": h.role.value, "scope": h.scope} for h in site.hosts]
    insert_once(session, HostRow, hosts)


def begin_run(session: Session, *, sha: str, stage: str, clock: str, engine: str, vantage: str, at: datetime,
              sites: Iterable[str]) -> int:
    """The run's id; a run whose record is known already keeps its id."""
    insert_once(session, RunRow, [{
        "sha": sha, "stage": stage, "state": "open", "clock": clock, "engine": engine, "vantage": vantage,
        "began_at": at, "ended_at": None, "sites": sorted(sites), "stopped": {},
    }])
    return session.execute(select(RunRow.id).where(RunRow.sha == sha)).scalar_one()


def end_run(session: Session, run: int, at: datetime, stopped: dict[str, str] | None = None) -> None:
    """Close a run; ``stopped`` names the sites that were not finished, with the reason."""
    session.execute(update(RunRow).where(RunRow.id == run).values(state="done", ended_at=at, stopped=stopped or {}))


def store_page(session: Session, ref: PageRef) -> int:
    """The page's id, made if new."""
    key = page_key(ref)
    connection = session.connection()
    found = connection.execute(_PAGE_ID, {"key": key}).scalar_one_or_none()
    if found is not None:
        return int(found)
    insert_once(session, PageRow, [{
        "key_sha": key, "method": ref.method, "url": canonical(ref.url) or ref.url,
        "payload_sha": hashlib.sha256(ref.payload).hexdigest() if ref.payload else "",
        "payload": ref.payload.decode("latin-1"), "content_type": ref.content_type, "host": host_of(ref.url),
        "etag": "", "last_modified": "",
    }])
    return int(connection.execute(_PAGE_ID, {"key": key}).scalar_one())


def store_fetch(session: Session, run: int, site: str | None, fetch: FetchRecord) -> int:
    """The page's id of one attempt; stored once per run, page, time and result."""
    page = store_page(session, fetch.ref)
    if fetch.sha256 is not None:
        insert_once(session, BlobRow, [{"sha256": fetch.sha256, "type": fetch.type, "size": fetch.size}])
        if fetch.etag or fetch.last_modified:
            session.connection().execute(_PAGE_VALIDATORS, {"page": page, "new_etag": fetch.etag, "new_modified": fetch.last_modified})
    key = _sha(run, page_key(fetch.ref), fetch.at.isoformat(), fetch.outcome, fetch.status, fetch.sha256, fetch.reason)
    fault = fetch.fault or fault_of(fetch.reason)
    insert_once(session, FetchRow, [{
        "key_sha": key, "run_id": run, "site_id": site, "page_id": page, "at": fetch.at,
        "outcome": fetch.outcome.value, "status": fetch.status,
        "reason": fetch.reason.value if fetch.reason else None, "fault": fault.value if fault else None,
        "address": fetch.address, "blob": fetch.sha256, "warc": fetch.place.file, "offset": fetch.place.offset,
        "rendered": fetch.rendered, "redirected_to": fetch.redirected_to,
    }])
    if fetch.reason is Reason.GONE:
        missed(session, page)
    return page


def store_sighting(session: Session, page: int, content_sha: str, at: datetime) -> None:
    """Widen the time in which this content was seen at this page."""
    connection = session.connection()
    row = connection.execute(_SIGHTING, {"page": page, "sha": content_sha}).one_or_none()
    if row is None:
        insert_once(session, SightingRow, [{"page_id": page, "content_sha": content_sha, "first_at": at, "last_at": at, "gone_at": None}])
    elif not row.first_at <= at <= row.last_at:
        connection.execute(_WIDEN, {"row": row.id, "since": min(row.first_at, at), "until": max(row.last_at, at)})
    seen(session, page, at)


def store_reading(session: Session, page: int, blob: str, doc: Document, labels: tuple[Label, ...],
                  categories_sha256: str, column_labels: tuple[Label, ...] = (), site: str | None = None,
                  at: datetime | None = None) -> int:
    """The reading's id; a reading of the same page, blob and reader is there already and only gains new labels."""
    connection = session.connection()
    found = connection.execute(_READING_ID, {"page": page, "sha": blob, "version": doc.reader}).scalar_one_or_none()
    if found is None:
        row: dict[str, Any] = {
            "page_id": page, "blob": blob, "reader": doc.reader, "kind": doc.kind.value, "title": doc.title,
            "published": doc.published.value if doc.published else None, "doc_no": doc.doc_no, "issuer": doc.issuer,
            "index_no": doc.index_no, "text": doc.text, "reason": doc.reason.value if doc.reason else None,
            "doc": clean_json(document_to_json(doc))}
        found = connection.execute(insert(_READINGS).returning(_READINGS.c.id), row).scalar_one()
        _store_parts(session, found, doc)
    _store_labels(session, "reading_id", found, labels, categories_sha256)
    if doc.items and doc.column and at is not None:
        _store_column(session, doc, column_labels, categories_sha256, site, at)
    return int(found)


def _store_parts(session: Session, reading: int, doc: Document) -> None:
    dates = [{"reading_id": reading, "role": d.role.value, "value": d.value, "precision": d.precision,
              "place": d.place, "confidence": d.confidence} for d in doc.dates]
    links = [{"reading_id": reading, "position": x.position, "target": x.target, "anchor": x.anchor,
              "list_date": x.list_date} for x in doc.links]
    files = [{"reading_id": reading, "url": a.url, "name": a.name, "page_key": page_key(PageRef(a.url))}
             for a in doc.attachments]
    for table, rows in ((DateClaimRow, dates), (LinkRow, links), (AttachmentRow, files)):
        if rows:
            session.connection().execute(insert(cast(Any, table).__table__), rows)


def _store_labels(session: Session, key: str, value: int, labels: tuple[Label, ...], sha: str) -> None:
    connection = session.connection()
    if not labels or connection.execute(_LABELLED[key], {"value": value, "sha": sha}).first():
        return
    connection.execute(insert(_LABELS), [
        {"reading_id": None, "column_id": None, key: value, "category": x.category, "score": x.score,
         "why": list(x.why), "categories_sha256": sha} for x in labels])


def _store_column(session: Session, doc: Document, labels: tuple[Label, ...], sha: str, site: str | None,
                  at: datetime) -> None:
    host = host_of(doc.url)
    key = _sha(site or "", host, *doc.column)
    insert_once(session, ColumnRow, [{"key_sha": key, "site_id": site, "host": host, "path": list(doc.column)}])
    column = session.execute(select(ColumnRow.id).where(ColumnRow.key_sha == key)).scalar_one()
    _store_labels(session, "column_id", column, labels, sha)
    keys = {page_key(i.ref): i for i in doc.items}
    known = {r.page_key: r for r in session.execute(
        select(ItemRow).where(ItemRow.column_id == column, ItemRow.page_key.in_(list(keys)))).scalars()}
    fresh = []
    for item_key, item in keys.items():
        row = known.get(item_key)
        if row is None:
            fresh.append({"column_id": column, "page_key": item_key, "title": item.title, "date": item.date,
                          "first_at": at, "last_at": at})
        elif at > row.last_at or at < row.first_at:
            row.first_at, row.last_at = min(row.first_at, at), max(row.last_at, at)
    insert_once(session, ItemRow, fresh)


def store_probe(session: Session, run: int, site: str | None, *, host: str, kind: str, vantage: str, at: datetime,
                value: dict[str, Any], place: Place) -> None:
    """One probe answer, once."""
    key = _sha(run, site, host, kind, vantage, at.isoformat(), place.sha256)
    insert_once(session, ProbeRow, [{
        "key_sha": key, "run_id": run, "site_id": site, "host": host, "kind": kind, "vantage": vantage, "at": at,
        "value": clean_json(value), "warc": place.file, "offset": place.offset}])


def store_search(session: Session, run: int, site: str, row: dict[str, Any]) -> None:
    """What was read for one question by the end of a run; computed again, it replaces what stood there."""
    found = session.execute(select(SearchRow).where(
        SearchRow.run_id == run, SearchRow.site_id == site, SearchRow.question == row["question"])
    ).scalar_one_or_none()
    if found is None:
        session.add(SearchRow(run_id=run, site_id=site, **row))
    else:
        for name, value in row.items():
            setattr(found, name, value)
    session.flush()
