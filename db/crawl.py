"""Tables written while fetching: runs, sites, hosts, fetches, blobs, frontier, searches, probes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class SiteRow(Base):
    """A row of sites.toml as it stood when a run last used it; ``row`` is the whole Site as JSON."""

    __tablename__ = "site"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[str]
    row: Mapped[dict[str, Any]]


class HostRow(Base):
    """Where a site publishes."""

    __tablename__ = "host"
    __table_args__ = (UniqueConstraint("site_id", "url"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"))
    url: Mapped[str]
    role: Mapped[str]
    scope: Mapped[dict[str, Any]]


class RunRow(Base):
    """One run: a night's stage. ``sha`` (digest of its WARC record) makes a rebuild find the same row."""

    __tablename__ = "run"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha: Mapped[str] = mapped_column(unique=True)
    stage: Mapped[str]  # crawl, probe, ingest; accept: a person has looked at what held a site back
    state: Mapped[str]  # open, done, broken
    clock: Mapped[str]  # real, simulated
    engine: Mapped[str]
    vantage: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    sites: Mapped[list[Any]]
    stopped: Mapped[dict[str, Any]]  # site -> reason, where a site was not finished


class BlobRow(Base):
    """Bytes by digest."""

    __tablename__ = "blob"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    size: Mapped[int]


class FetchRow(Base):
    """One attempt at a page and how it ended."""

    __tablename__ = "fetch"
    __table_args__ = (UniqueConstraint("key_sha"), Index(None, "page_id", "at"))
    id: Mapped[int] = mapped_column(primary_key=True)
    key_sha: Mapped[str]  # run, page, at, outcome, status, blob
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    site_id: Mapped[str | None] = mapped_column(index=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    at: Mapped[datetime]
    outcome: Mapped[str]
    status: Mapped[int | None]
    reason: Mapped[str | None]
    fault: Mapped[str | None]
    address: Mapped[str]
    blob: Mapped[str | None] = mapped_column(index=True)
    warc: Mapped[str]
    offset: Mapped[int]
    rendered: Mapped[bool] = mapped_column(default=False)
    redirected_to: Mapped[str | None]


class FrontierRow(Base):
    """A page still to be asked for: survives a kill, so that the same command goes on where it stood."""

    __tablename__ = "frontier"
    __table_args__ = (UniqueConstraint("site_id", "page_key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[str]
    page_key: Mapped[str]
    ref: Mapped[dict[str, Any]]
    question: Mapped[str]
    why: Mapped[str]
    priority: Mapped[float]
    state: Mapped[str]  # waiting, asked


class SearchRow(Base):
    """What was read to answer one question on one site by the end of one run."""

    __tablename__ = "search"
    __table_args__ = (UniqueConstraint("run_id", "site_id", "question"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    site_id: Mapped[str]
    question: Mapped[str]
    oldest_at: Mapped[datetime | None]
    newest_at: Mapped[datetime | None]
    state: Mapped[str]
    reason: Mapped[str | None]
    claimed: Mapped[int | None]
    read: Mapped[int]
    columns: Mapped[list[Any]]
    queries: Mapped[list[Any]]


class ProbeRow(Base):
    """One probe's answer, as received."""

    __tablename__ = "probe"
    __table_args__ = (UniqueConstraint("key_sha"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key_sha: Mapped[str]
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    site_id: Mapped[str | None] = mapped_column(index=True)
    host: Mapped[str]
    kind: Mapped[str]
    vantage: Mapped[str]
    at: Mapped[datetime]
    value: Mapped[dict[str, Any]]
    warc: Mapped[str]
    offset: Mapped[int]
