"""Tables of what was read: pages, sightings, readings with their dates, links and attachments, columns, labels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class PageRow(Base):
    """One resource: method, canonical URL and payload."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("key_sha"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key_sha: Mapped[str]
    method: Mapped[str]
    url: Mapped[str]
    payload_sha: Mapped[str]
    payload: Mapped[str]  # latin-1 text of the bytes sent
    content_type: Mapped[str]
    host: Mapped[str] = mapped_column(index=True)
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")


class SightingRow(Base):
    """How long one content stood at a page."""

    __tablename__ = "sighting"
    __table_args__ = (UniqueConstraint("page_id", "content_sha"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    content_sha: Mapped[str]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]


class ReadingRow(Base):
    """What one version of the readers made of a page's blob; ``doc`` holds the whole Document but its text."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("page_id", "blob", "reader"), Index(None, "blob"))
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    blob: Mapped[str]
    reader: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    published: Mapped[str | None]
    doc_no: Mapped[str]
    issuer: Mapped[str]
    index_no: Mapped[str]
    text: Mapped[str]
    reason: Mapped[str | None]
    doc: Mapped[dict[str, Any]]


class DateClaimRow(Base):
    """One date read on a page, with its meaning and place."""

    __tablename__ = "date_claim"
    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("reading.id"), index=True)
    role: Mapped[str]
    value: Mapped[str]
    precision: Mapped[str]
    place: Mapped[str]
    confidence: Mapped[float]


class LinkRow(Base):
    """One outgoing link of a reading."""

    __tablename__ = "link"
    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("reading.id"), index=True)
    position: Mapped[int]
    target: Mapped[str]
    anchor: Mapped[str]
    list_date: Mapped[str | None]


class AttachmentRow(Base):
    """A file that a page offers."""

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("reading.id"), index=True)
    url: Mapped[str]
    name: Mapped[str]
    page_key: Mapped[str] = mapped_column(index=True)


class ColumnRow(Base):
    """栏目: a named list of pages, by its path; unique per page that shows it."""

    __tablename__ = "column"
    __table_args__ = (UniqueConstraint("key_sha"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key_sha: Mapped[str]
    site_id: Mapped[str | None]
    host: Mapped[str]
    path: Mapped[list[Any]]


class ItemRow(Base):
    """A page seen in a column, from when to when."""

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("column_id", "page_key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    column_id: Mapped[int] = mapped_column(ForeignKey("column.id"))
    page_key: Mapped[str]
    title: Mapped[str]
    date: Mapped[str | None]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class LabelRow(Base):
    """A category given to a reading or a column, and why; added, never overwritten."""

    __tablename__ = "label"
    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int | None] = mapped_column(ForeignKey("reading.id"), index=True)
    column_id: Mapped[int | None] = mapped_column(ForeignKey("column.id"), index=True)
    category: Mapped[str]
    score: Mapped[float]
    why: Mapped[list[Any]]
    categories_sha256: Mapped[str] = mapped_column(index=True)
