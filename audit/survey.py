"""A site's pages seen together: which are columns, which links lead where, what each may be about. Made once of a
SiteFacts and asked by every question, so that titles are classified once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from audit.classify import THRESHOLD, categories, flagged
from audit.dating import Dated, bulk_days, dated
from audit.links import (
    DETAILLIKE,
    DULL,
    FILE,
    LISTLIKE,
    MORE,
    Candidate,
    Column,
    captured_as,
    column_labels_for,
    fits,
    labels_with,
    results_of,
)
from audit.listed import Digest, ancestors, digest, entry_itself, leads_on
from audit.states import states
from audit.traps import Trapped, list_path, rounds, trapped
from db.document import Document, Region
from db.facts import PageFact, SiteFacts
from db.urls import canonical, page_key
from db.words import Host, Kind, Label, Outcome, PageRef, Reason, Site

MAX_COLUMNS = 3000


@dataclass(slots=True)
class Survey:
    """See the module."""

    facts: SiteFacts
    starts: tuple[PageRef, ...]
    columns: list[Column] = field(default_factory=list)
    lists: list[PageFact] = field(default_factory=list)
    why_unfetched: Reason = Reason.BUDGET
    hosts: dict[str, Host] = field(default_factory=dict)  # of the row, by name
    outward: list[Candidate] = field(default_factory=list)  # links to other hosts whose words name a category
    bulk: frozenset[date] = frozenset()
    _answers: dict[str, list[PageFact]] | None = None
    held: dict[object, bool] = field(default_factory=dict)  # what audit.matching.holds found, page by page
    _digests: dict[str, Digest] = field(default_factory=dict)
    fitting: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)  # lists that may hold a category; catch-alls under ""
    _later: set[str] = field(default_factory=set)
    _resolved: dict[tuple[PageRef, bool], tuple[PageFact | None, Reason | None, datetime | None]] = field(default_factory=dict)
    _links: dict[str, tuple[str, tuple[str, ...], str | None]] = field(default_factory=dict)
    trapped: Trapped = field(default_factory=Trapped)
    length: Counter[tuple[str, ...]] = field(default_factory=Counter)  # pages read of each list
    shared: Counter[str] | None = None  # see audit.menus, once it was asked for
    offered: dict[str, list[PageFact]] | None = None  # see audit.matching, carriers
    targets: set[str] | None = None  # the same, _linked
    round: set[str] = field(default_factory=set)  # pages of lists that go round
    _sources: dict[str, set[str]] = field(default_factory=dict)
    modified: dict[str, str] = field(default_factory=dict)  # address -> day of its last change, as a sitemap says

    @classmethod
    def of(cls, facts: SiteFacts, before: Survey | None = None) -> Survey:
        """Look over a site. before: an earlier survey of it, whose work on unchanged pages is kept."""
        starts = [PageRef(h.url + "/") for h in facts.site.hosts if h.role.value == "own"]
        starts += [PageRef(e) for e in facts.site.entry]
        view = cls(facts, tuple({page_key(r): r for r in starts}.values()))
        view.hosts = {h.name: h for h in reversed(facts.site.hosts)}
        view.why_unfetched = Reason.BUDGET if any(r.stage == "crawl" for r in facts.runs) else Reason.NOT_CAPTURED
        view._scan(before)
        view.bulk = bulk_days(facts.pages.values())
        return view

    def _scan(self, before: Survey | None) -> None:
        columns: dict[str, Column] = {}
        items: dict[str, tuple[str, str]] = {}
        searches = {p.doc.search for p in self.facts.pages.values() if p.doc is not None and p.doc.search}
        for page in self.facts.pages.values():
            doc = page.doc
            if doc is not None and doc.family == "sitemap":
                self.modified.update((x.target, x.list_date) for x in doc.links if x.list_date)
            if doc is None or not self.inside(page.ref.url) or results_of(searches, page.ref):
                continue  # results of the site's own search are asked for by themselves
            if doc.kind in (Kind.HOME, Kind.PORTAL, Kind.LIST) or (doc.kind is Kind.SHELL and doc.frames):
                self._column_links(page, doc, columns)
            if doc.kind in (Kind.LIST, Kind.PORTAL) or (doc.kind is Kind.HOME and doc.items):
                self.lists.append(page)
                old_digest = before._digests.get(page.key) if before is not None else None
                said = self._digests[page.key] = old_digest if old_digest is not None and old_digest.doc is doc else digest(page)
                for category in (*said.fits, *(("",) if said.catch_all else ())):
                    self.fitting.setdefault(category, set()).add(list_path(doc))
                for item in doc.items:
                    key = self.key(item.ref)
                    items[key] = (item.ref.url, item.title)
                    self._sources.setdefault(key, set()).add(page.key)
                    old = self._links.get(key)
                    path = doc.column if doc.kind is not Kind.HOME else ()
                    if old is None or (len(path) > len(old[1])) or (old[2] is None and item.date):
                        self._links[key] = (item.title, path or (old[1] if old else ()), item.date or (old[2] if old else None))
                self._later.update(self.key(r) for r in doc.next_pages)
        for key, column, source in list(states(self.facts, columns)):
            columns[key], self._sources[key] = column, {source}
        self.length, self.round = rounds(self.lists)
        self.trapped = trapped(columns, items, self._sources, self.facts.pages)
        kept = [c for k, c in columns.items() if k not in self.trapped.left]
        self.columns = kept[:MAX_COLUMNS]
        for column in kept[MAX_COLUMNS:]:
            self.trapped.leave("crowd", [self.key(column.ref)])
            self.trapped.capped[self.key(column.ref)] = column.ref.url

    def _column_links(self, page: PageFact, doc: Document, columns: dict[str, Column]) -> None:
        dated = {self.key(i.ref) for i in doc.items if i.date and not (len(i.title) <= 8 and LISTLIKE.search(i.ref.url))}
        links = [(x.anchor, x.target) for x in doc.links if x.region is not Region.FOOT]
        links += [("", f.url) for f in doc.frames if f.method == "GET"]
        for anchor, target in links:
            if not self.inside(target):
                if 3 <= len(anchor) <= 24 and not DULL.match(anchor):
                    label = column_labels_for((anchor,))[0]
                    if label.score >= THRESHOLD and not categories()[label.category].catch_all:
                        self.outward.append(Candidate(PageRef(target), anchor, (*doc.column, anchor), None, label.score))
                continue
            if DETAILLIKE.search(target) or FILE.search(urlsplit(target).path) or len(anchor) > 24:
                continue
            bare = not anchor or MORE.match(anchor)
            if (DULL.match(anchor) and not bare) or (bare and not doc.frames and not (
                    doc.kind in (Kind.HOME, Kind.PORTAL) and LISTLIKE.search(target))):
                continue
            ref = PageRef(target)
            key = self.key(ref)
            self._sources.setdefault(key, set()).add(page.key)
            if key in columns or key in dated or key in self._later or key == page.key:
                continue
            known = self.facts.pages.get(key)
            if known is not None and known.doc is not None and known.doc.kind in (Kind.DETAIL, Kind.ATTACHMENT):
                continue
            if not LISTLIKE.search(target) and len(anchor) > 14:
                continue
            path = (*doc.column, anchor) if doc.kind is not Kind.HOME and doc.column and anchor not in doc.column else (anchor,)
            columns[key] = Column(ref, anchor, path, column_labels_for(path if path != ("",) else ("框架",)))

    # -- pages -----------------------------------------------------------------------------------------------------

    @staticmethod
    def key(ref: PageRef) -> str:
        """The page's identity."""
        return page_key(ref)

    @property
    def site(self) -> Site:
        """The row."""
        return self.facts.site

    def inside(self, url: str) -> bool:
        """On one of the row's hosts, within its scope."""
        name, _, path = canonical(url).split("://", 1)[-1].partition("/")
        host = self.hosts.get(name)
        if host is None or not host.scope:
            return host is not None
        prefix = host.scope.get("path")
        if prefix and not ("/" + path).startswith(str(prefix)):
            return False
        wanted = host.scope.get("param") or {}
        query = path.partition("?")[2].split("&")
        return all(f"{k}={v}" in query for k, v in wanted.items() if any(p.startswith(f"{k}=") for p in query))

    def unlisted(self, ref: PageRef) -> bool:
        """Whether no page that was read leads there."""
        key = self.key(ref)
        return key not in self._sources and key not in self._later and key not in self.trapped.left

    def was_fetched(self, key: str) -> bool:
        """Whether the page was ever asked for."""
        page = self.facts.pages.get(key)
        return page is not None and bool(page.fetches)

    @staticmethod
    def looked(page: PageFact) -> datetime:
        """When its content was last seen to stand."""
        return (page.good or page.fetches[-1]).at

    def continues(self, page: PageFact) -> bool:
        """Whether a list is a further page of another."""
        return page.key in self._later

    def behind(self, ref: PageRef, *, standing: bool = False) -> PageRef:
        """What must be asked for next to read a page: itself, or what the shell that it answered with draws it from."""
        for _ in range(4):
            page = self.facts.pages.get(self.key(ref))
            ref = (leads_on(page.doc, standing) if page is not None else None) or ref
        return ref

    def resolve(self, ref: PageRef, *, standing: bool = False) -> tuple[PageFact | None, Reason | None, datetime | None]:
        """(page, None, when) where it was read; (None, reason, when) where it could not be; all None where never asked.

        standing: a document once read stays read, though a later attempt failed; a list must be read by its newest.
        """
        known = self._resolved.get((ref, standing))
        if known is None:
            known = self._resolved[ref, standing] = self._resolve(ref, standing)
        return known

    def _resolve(self, ref: PageRef, standing: bool) -> tuple[PageFact | None, Reason | None, datetime | None]:
        key = self.key(ref)
        for _ in range(8):
            page = self.facts.pages.get(key)
            if page is None and self.why_unfetched is Reason.NOT_CAPTURED:
                page = captured_as(self.facts.pages, ref)
            if page is None or page.last is None:
                return None, None, None
            if page.doc is not None and page.doc.kind.readable and page.good is not None and (standing or not page.misses):
                return page, None, self.looked(page)
            if page.last.outcome is Outcome.REDIRECT and page.last.redirected_to and not (standing and page.last.reason is Reason.GONE):
                onward = PageRef(canonical(page.last.redirected_to))
                if self.key(onward) == key:
                    return None, Reason.UNREADABLE, page.last.at
                key = self.key(onward)
                continue
            if (more := leads_on(page.doc, standing)) is not None:
                key = self.key(more)
                continue
            return None, page.last.reason or (page.doc.reason if page.doc else None) or Reason.UNREADABLE, page.last.at
        return None, Reason.UNREADABLE, None

    def own_lists(self, category: str) -> list[PageFact]:
        """Pages of columns that are of the category themselves, not only hold it among others."""
        return [p for p in self.lists if category in self._digests[p.key].own]

    def candidates(self, category: str, fitting: set[str]) -> list[Candidate]:
        """Items that may answer: by their words anywhere; by their place in a column of the category itself."""
        found: dict[str, Candidate] = {}

        def add(key: str, candidate: Candidate) -> None:
            old = found.get(key)
            if old is None or candidate.score > old.score:
                found[key] = candidate

        for page in self.lists:
            said = self._digests[page.key]
            for key, candidate in said.hits.get(category, ()):
                add(key, candidate)
            if page.key in fitting and (category in said.own or category in said.below):
                for key, candidate, near, weak in said.rest:
                    if weak or (category in near and category in said.own):
                        add(key, candidate)
        for link in self.outward:
            key = self.key(link.ref)
            if key not in found and any(fits(x.category, category) for x in column_labels_for((link.title,))[:1]):
                found[key] = link
        return sorted((c for k, c in found.items() if k not in self.trapped.left), key=lambda c: (-c.score, c.date or "", c.ref.url))

    def answering(self, category: str) -> list[PageFact]:
        """Read pages whose own label is the category, at the threshold, or attachments of such pages by their words."""
        if self._answers is None:
            self._answers = {}
            for page in self.facts.pages.values():
                doc = page.doc
                if doc is None or doc.kind not in (Kind.DETAIL, Kind.ATTACHMENT, Kind.LIST):
                    continue
                single = entry_itself(doc, *self._links.get(page.key, ("", (), None)))
                if doc.kind is Kind.LIST and not single and not doc.items:
                    continue
                for x in self.labels_of(page)[:1]:
                    if x.score >= THRESHOLD:
                        for c in ancestors(x.category):
                            if doc.kind is not Kind.LIST or single or flagged(c, "column_answers"):
                                self._answers.setdefault(c, []).append(page)
        return self._answers.get(category, [])

    def labels_of(self, page: PageFact) -> tuple[Label, ...]:
        """The page's labels, helped by the words and the column of the link that led to it."""
        return labels_with(page, *self._links.get(page.key, ("", (), None))[:2])

    def title_of(self, page: PageFact) -> str:
        """The page's title, or what the link to a file said."""
        assert page.doc is not None
        return page.doc.title or self._links.get(page.key, ("", (), None))[0]

    def list_day(self, key: str) -> str | None:
        """The date that a list shows beside its link to a page, read or not."""
        return self._links.get(key, ("", (), None))[2]

    def column_of(self, page: PageFact) -> tuple[str, ...]:
        """Its column, its own or that of the list which links to it."""
        assert page.doc is not None
        return page.doc.column or self._links.get(page.key, ("", (), None))[1]

    def columns_of(self, page: PageFact) -> list[tuple[str, ...]]:
        """Its own column and that of the list which links to it."""
        assert page.doc is not None
        return [c for c in (page.doc.column, self._links.get(page.key, ("", (), None))[1]) if c]

    def dated(self, page: PageFact) -> Dated:
        """When it was public, and what says so."""
        return dated(page, self.list_day(page.key), self.bulk)
