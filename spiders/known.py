"""What the spider knows of its site, kept in step with what it stores, without reading it again."""

from __future__ import annotations

from urllib.parse import urljoin

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.archive import Record
from db.facts import FetchFact, PageFact, SiteFacts, outline
from db.queries import sightings_of
from db.tables import FetchRow, PageRow
from db.urls import canonical, host_of, page_key
from db.words import Outcome, PageRef, fault_of
from spiders.index import Indexed, led_off, was_drawn


def keep(facts: SiteFacts, session: Session, run: int, record: Record, done: Indexed) -> str | None:
    """Add what a stored record says; ``changed`` or ``unchanged`` against the last look, None for failures and redirects."""
    key = page_key(record.ref)
    old = facts.pages.get(key)
    headers = {k.lower(): v for k, v in record.headers}
    location = headers.get("location")
    redirect = bool(location and record.status and 300 <= record.status < 400)
    outcome = (Outcome.FAILED if record.type == "failure" else Outcome.NOT_MODIFIED if record.type == "revisit" else
               Outcome.REDIRECT if redirect else Outcome.OK)
    unread = done.doc.reason if done.doc is not None and not done.doc.kind.readable else None
    reason = led_off(record) if redirect else record.reason or unread
    fetch = FetchFact(record.at, run, outcome, record.status, reason, fault_of(reason),
                      record.place.sha256 if outcome is Outcome.OK else None, f"{record.place.file}:{record.place.offset}",
                      canonical(urljoin(record.ref.url, location)) if location else None, was_drawn(record))
    kept = old is not None and old.doc is not None and (
        done.doc is None or (old.doc.kind.readable and not done.doc.kind.readable))
    read = outline(done.doc) if done.doc is not None and record.ref.method == "GET" else done.doc  # what was posted is an answer to us
    doc, labels = (old.doc, old.labels) if kept and old is not None else (read, done.labels)
    seen = sightings_of(session, done.page)
    fetches = (*(old.fetches if old is not None else ()), fetch)
    facts.pages[key] = PageFact(key, record.ref, host_of(record.ref.url), fetches, doc, labels, seen)
    if outcome is Outcome.NOT_MODIFIED:
        return "unchanged"
    if outcome is not Outcome.OK:
        return None
    return "unchanged" if old is not None and old.read is not None and old.read.sha256 == fetch.sha256 else "changed"


def in_order(facts: SiteFacts) -> None:
    """Put the pages in the order in which the database gives them: what a plan holds must not hang on who answered first."""
    rows = sorted(facts.pages.items(), key=lambda kp: (kp[1].ref.url, kp[1].ref.method, kp[0]))
    facts.pages.clear()
    facts.pages.update(rows)


def conditional(facts: SiteFacts, session: Session, ref: PageRef) -> tuple[dict[str, str], str]:
    """(fields, digest of what would still stand) by which a server may answer 304."""
    known = facts.pages.get(page_key(ref))
    if known is None or not known.sightings or ref.method != "GET":
        return {}, ""
    row = session.execute(select(PageRow.id, PageRow.etag, PageRow.last_modified).where(PageRow.key_sha == known.key)).first()
    fields: dict[str, str] = {}
    drawn = select(FetchRow.id).where(FetchRow.page_id == row.id, FetchRow.rendered.is_(True)).limit(1) if row is not None else None
    if drawn is not None and session.execute(drawn).first():
        return {}, ""  # that its shell is what it was says nothing of what a browser drew
    if row is not None and row.etag:
        fields["If-None-Match"] = row.etag
    if row is not None and row.last_modified:
        fields["If-Modified-Since"] = row.last_modified
    newest = max(known.sightings, key=lambda s: (s.last_at, s.first_at))
    return fields, newest.content_sha if fields else ""
