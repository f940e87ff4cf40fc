"""One record of the archive to rows: the single path for crawl, ingest, reparse and rebuild."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from audit.classify import CATEGORIES_SHA256, classify
from db import store
from db.archive import Record
from db.document import Document
from db.urls import join, sent_up
from db.words import Kind, Label, Outcome, PageFacts, PageRef, Reason
from spiders.read import read

HEAD = 600  # characters of the text that the classifier sees


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of a record."""

    page: int
    doc: Document | None
    labels: tuple[Label, ...] = ()


def was_drawn(record: Record) -> bool:
    """Whether a browser drew what the record holds."""
    return '"rendered"' in record.fields.get("x-gongkai-hint", "")


def led_off(record: Record) -> Reason | None:
    """GONE for an answer that leads to a front page or the folder above instead of to a page; with a cookie it may be meant for us."""
    fields = {k.lower(): v for k, v in record.headers}
    target = join(record.ref.url, fields.get("location", ""))
    return Reason.GONE if target and "set-cookie" not in fields and sent_up(record.ref.url, target) else None


def facts_of(doc: Document) -> PageFacts:
    """What the classifier looks at in a reading."""
    return PageFacts(title=doc.title, column=doc.column, url=doc.url, excerpt=doc.text[:HEAD], kind=doc.kind,
                     attachments=tuple(a.name for a in doc.attachments), issuer=doc.issuer)


def read_record(record: Record, name: str = "") -> Document:
    """The Document of a response record."""
    return read(record.body, url=record.ref.url, headers=dict(record.headers), status=record.status or 200, name=name,
                ref=record.ref)


def label_document(doc: Document) -> tuple[Label, ...]:
    """Labels of a readable document."""
    return classify(facts_of(doc)) if doc.kind.readable else ()


def index(session: Session, run: int, site: str | None, record: Record, *, doc: Document | None = None,
          same_as: str | None = None, name: str = "", column: tuple[str, ...] = ()) -> Indexed:
    """Store a record's fetch and, where it has a body, its reading and labels.

    same_as: for a 304, the digest of the bytes that still stand. name, column: what the link to an attachment or a
    page said, where the page itself does not.
    """
    if record.type == "failure":
        fetch = store.FetchRecord(record.ref, record.at, Outcome.FAILED, record.place, reason=record.reason,
                                  address=record.address)
        return Indexed(store.store_fetch(session, run, site, fetch), None)
    headers = {k.lower(): v for k, v in record.headers}
    location = headers.get("location") if record.status and 300 <= record.status < 400 else None
    if record.type == "revisit":
        same = same_as or record.fields.get("x-gongkai-same-as", "")
        fetch = store.FetchRecord(record.ref, record.at, Outcome.NOT_MODIFIED, record.place, status=record.status,
                                  address=record.address)
        page = store.store_fetch(session, run, site, fetch)
        if same:
            store.store_sighting(session, page, same, record.at)
        return Indexed(page, None)
    if location is not None:
        fetch = store.FetchRecord(record.ref, record.at, Outcome.REDIRECT, record.place, status=record.status, reason=led_off(record),
                                  address=record.address, redirected_to=join(record.ref.url, location) or location[:2000])
        return Indexed(store.store_fetch(session, run, site, fetch), None)
    doc = doc or read_record(record, name)
    if column and not doc.column and doc.kind in (Kind.DETAIL, Kind.ATTACHMENT, Kind.LIST):
        from dataclasses import replace

        doc = replace(doc, column=column)
    if record.fields.get("warc-truncated"):  # what is missing may be what was asked for
        doc = Document(doc.url, Kind.ERROR, doc.title, reason=Reason.TRUNCATED, charset=doc.charset, charset_rule=doc.charset_rule)
    labels = label_document(doc)
    reason = doc.reason if not doc.kind.readable else None
    fetch = store.FetchRecord(
        record.ref, record.at, Outcome.OK, record.place, status=record.status, reason=reason,
        sha256=record.place.sha256, size=len(record.body), type=headers.get("content-type", "")[:100],
        address=record.address, etag=headers.get("etag", "")[:200], last_modified=headers.get("last-modified", "")[:60],
        rendered=was_drawn(record))
    page = store.store_fetch(session, run, site, fetch)
    if doc.kind not in (Kind.ERROR, Kind.BLOCKED):  # what stands in place of a page was never the page
        store.store_sighting(session, page, content_sha(doc, record.place.sha256), record.at)
    column_labels = tuple(classify(PageFacts(column=doc.column))) if doc.items and doc.column else ()
    store.store_reading(session, page, record.place.sha256, doc, labels, CATEGORIES_SHA256, column_labels, site, record.at)
    return Indexed(page, doc, labels)


_COUNTER = re.compile(r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?[:：]?\s*\d*\s*次?|今天是\S{0,20}|星期[一二三四五六日]")


def content_sha(doc: Document, blob: str) -> str:
    """Digest of what a page says, without counters and today's date; of its bytes where it has no text."""
    if not doc.text and not doc.items:
        return blob
    text = _COUNTER.sub("", f"{doc.title}\n{doc.text}")
    items = "\n".join(f"{i.title} {i.ref.url} {i.date}" for i in doc.items)
    return hashlib.sha256(f"{text}\n{items}".encode("utf-8", "replace")).hexdigest()


__all__ = ["Indexed", "PageRef", "Reason", "content_sha", "facts_of", "index", "label_document", "read_record"]
