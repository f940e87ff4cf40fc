"""What is known of one site at one moment, as values: the ground on which searches and audits stand.

`db.queries.site_facts` makes a SiteFacts from rows; `audit.search` and `audit.view` judge it; the spider steers by
it. Nothing in it is later than ``until``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from db.document import Document
from db.words import Fault, Kind, Label, Outcome, PageRef, Reason, Site


@dataclass(frozen=True, slots=True)
class FetchFact:
    """One attempt at a page. at: UTC. warc: ``file:offset`` of the record. sha256: of the body, None on failure."""

    at: datetime
    run: int
    outcome: Outcome
    status: int | None = None
    reason: Reason | None = None
    fault: Fault | None = None
    sha256: str | None = None
    warc: str | None = None
    redirected_to: str | None = None
    rendered: bool = False  # a browser drew it


@dataclass(frozen=True, slots=True)
class Sighting:
    """How long one content was seen at a page: first_at and last_at in UTC; gone_at: when a second day's look missed it."""

    content_sha: str
    first_at: datetime
    last_at: datetime
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PageFact:
    """One page of the site with all that was learned of it.

    key: the page's identity (hex digest of method, canonical URL and payload).
    doc, labels: of the newest fetch that brought readable bytes; None and () if none did.
    last: the newest fetch, which may be a failure after earlier successes.
    """

    key: str
    ref: PageRef
    host: str
    fetches: tuple[FetchFact, ...] = ()
    doc: Document | None = None
    labels: tuple[Label, ...] = ()
    sightings: tuple[Sighting, ...] = ()

    @property
    def last(self) -> FetchFact | None:
        """The newest attempt, or None where the page is only known from links."""
        return self.fetches[-1] if self.fetches else None

    @property
    def good(self) -> FetchFact | None:
        """The newest attempt after which its content was seen to stand."""
        return next((f for f in reversed(self.fetches)
                     if f.outcome is Outcome.NOT_MODIFIED or (f.outcome is Outcome.OK and f.reason is None)), None)

    @property
    def misses(self) -> tuple[FetchFact, ...]:
        """The attempts since then, all of which failed."""
        out: list[FetchFact] = []
        for fetch in reversed(self.fetches):
            if fetch.outcome is Outcome.NOT_MODIFIED or (fetch.outcome is Outcome.OK and fetch.reason is None):
                break
            out.append(fetch)
        return tuple(reversed(out))

    @property
    def read(self) -> FetchFact | None:
        """The newest attempt that brought the bytes which `doc` was read from."""
        had = [f for f in self.fetches if f.sha256 is not None]
        return next((f for f in reversed(had) if f.reason is None), had[-1] if had else None)


_ASKS = re.compile(r"search|query|sousuo|jiansuo|[?&](?:key\w*|words?|wd|q)=", re.I)
HEAD, FILE_HEAD = 12_000, 24_000  # characters of a page's and of a file's text by which a search judges it; most are far shorter


def outline(doc: Document) -> Document:
    """A document without what no search looks at: a crawl of a large site holds one of these for every page.

    What leads on (lists, portals, shells, results of a search) is kept whole, and so is what may be one of many copies (``?``) but
    for its links.
    """
    if doc.kind not in (Kind.DETAIL, Kind.ATTACHMENT) or _ASKS.search(doc.url) or doc.family.startswith("sitemap"):
        return doc
    head = None if "?" in doc.url else FILE_HEAD if doc.kind is Kind.ATTACHMENT else HEAD
    return replace(doc, links=(), titles=(), columns=(), meta=(), text=doc.text[:head])


@dataclass(frozen=True, slots=True)
class ProbeFact:
    """One probe answer. kind: ``dns.aaaa``, ``http6.home``, ...; value: what it says; raw: the answer as received."""

    host: str
    kind: str
    vantage: str
    at: datetime
    run: int
    value: dict[str, Any]
    warc: str | None = None


@dataclass(frozen=True, slots=True)
class RunFact:
    """One run that looked at this site: its id, stage (crawl, probe, ingest), begin and end in UTC, its clock."""

    id: int
    stage: str
    began_at: datetime
    ended_at: datetime | None
    clock: str  # real or simulated
    vantage: str = ""
    complete: bool = True  # False: budget ended, or it was broken off
    stopped: str = ""  # why it was not


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """Everything known of one site up to ``until``; pages by key, in a stable order (sorted by url, method, key)."""

    site: Site
    until: datetime
    pages: dict[str, PageFact]
    runs: tuple[RunFact, ...] = ()
    probes: tuple[ProbeFact, ...] = ()
    queries: tuple[dict[str, Any], ...] = ()  # site-search queries made: {"words", "page", "found", "works"}
