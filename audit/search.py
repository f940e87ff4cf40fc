"""The state of a question on a site, from what was fetched and read: one pure function.

The spider steers by it (``wanted``), the audit judges by it. DESIGN.md, How a question is closed: answered; exhausted,
when home and hub, every fitting column to its end and every candidate were read; else stopped with a reason.
"""

from __future__ import annotations

from datetime import date, datetime

from audit import worth
from audit.asking import Asking
from audit.links import Candidate
from audit.listed import bare, past
from audit.matching import FRAMES, against, column_outside, framed
from audit.menus import is_menu, lost, menu_only, unwritten
from audit.offered import FILES
from audit.revisit import LONGEST, SLACK, due, still_gone
from audit.searched import ORDER
from audit.searched import Search as Search
from audit.searched import Want as Want
from audit.states import MOST_TOLD, onward, told
from audit.survey import Survey
from audit.traps import LIST_PAGES, list_path
from audit.years import names_other_year
from db.facts import PageFact, SiteFacts
from db.words import Kind, Needs, PageRef, Question, Reason, SearchState

LISTED = 5  # entries read of a column that is itself the disclosure: what it holds may be asked
HELD = 0.8  # share of what a list says it holds that must have been seen before its end counts as its end; the rest may be doublets


def state(facts: SiteFacts, question: Question, *, fresh_since: datetime | None = None, retry_since: datetime | None = None,
          survey: Survey | None = None) -> Search:
    """Where the search for an answer stands.

    fresh_since: lists looked at before it are wanted again where they are due (a new pass over the site);
    retry_since: what could not be read before it is wanted again (a new night); default: the same.
    """
    view = survey or Survey.of(facts)
    if not any(p.fetches for p in facts.pages.values()):
        wanted = tuple(Want(r, worth.START, "首页") for r in view.starts)
        return Search(question, SearchState.NOT_SEARCHED, Reason.NOT_SEARCHED, wanted=wanted)
    work = _Work(view, question, fresh_since, retry_since or fresh_since)
    work.navigation()
    work.columns()
    work.candidates()
    work.site_search()
    return work.result()


class _Work(Asking):
    """One question's bookkeeping."""

    def __init__(self, view: Survey, question: Question, fresh_since: datetime | None, retry_since: datetime | None) -> None:
        self.view = view
        self.q = question
        self.fresh = fresh_since
        self.retry = retry_since
        self.wanted: dict[str, Want] = {}
        self.failed: dict[str, Reason] = {}
        self.relied: dict[str, datetime] = {}
        self.fitting: dict[str, tuple[str, ...]] = {}
        self.claims: dict[tuple[str, ...], int] = {}  # what each column says it holds
        self.answers: list[PageFact] = []
        self.read: set[str] = set()
        self.queries: list[str] = []
        self.hints: dict[str, Want] = {}
        self.left: set[tuple[str, ...]] = set()  # paths of columns that need not be read to their end

    # -- one page ----------------------------------------------------------------------------------------------

    def look(self, ref: PageRef, priority: float, why: str, *, binding: bool = True, again: bool = True, name: str = "",
             column: tuple[str, ...] = (), weekly: bool = False) -> PageFact | None:
        """The page if it was read; else it is wanted, or failed. binding: its failure stops the search; weekly: once a week is enough."""
        page, reason, looked = self.view.resolve(ref, standing=not again)
        since = self.retry if page is None else self.fresh
        stale = since is not None and (looked is None or looked < since) and (again or page is None)
        if stale and self.retry is not None:
            known = self.view.facts.pages.get(self.view.key(ref))
            changed = self.view.modified.get(ref.url)
            stale = (due(page, self.retry, changed) if page is not None else not still_gone(known, self.retry)) and (
                not weekly or looked is None or self.retry - looked >= LONGEST - SLACK)
        if (page is None and reason is None) or stale:
            want = ref if page is not None else self.view.behind(ref, standing=not again)
            self.wanted.setdefault(self.view.key(want), Want(want, priority, why, name, column))
        if page is None and reason is not None:
            if binding and reason is not Reason.GONE:
                self.failed[ref.url] = reason
            elif reason is Reason.GONE and looked is not None and again:
                self.relied[self.view.key(ref)] = looked
            return None
        if page is not None and looked is not None:
            self.read.add(page.key)
            if again:  # a document stays what it was; what an absence rests on is how late the lists were seen
                self.relied[page.key] = looked
        return page

    # -- (1) home and hub, and every column's first page ---------------------------------------------------------

    def navigation(self) -> None:
        for ref in self.view.starts:
            if (start := self.look(ref, worth.START, "首页或公开入口")) and unwritten(start):
                self.failed[start.ref.url] = Reason.NEEDS_RENDERING
        for column in self.view.columns:
            priority = worth.of_column(column, self.q)
            fit, binding = priority == worth.FITTING, priority > worth.OTHER
            page = self.look(column.ref, priority, f"栏目：{column.name}", binding=binding, column=column.path)
            if page and page.doc and page.doc.kind is Kind.LIST and not page.doc.items and page.doc.next_pages:
                # its entries come by a request of their own: what they say decides what it is a column of
                self.look(page.doc.next_pages[0], priority, f"栏目内容：{column.name}", binding=binding, column=column.path)
            if page and (((fit or column.catch_all) and not column.hub and menu_only(self.view, page)) or (binding and unwritten(page))):
                self.failed[page.ref.url] = Reason.NEEDS_RENDERING
        for address in self.view.trapped.capped.values():
            self.failed[address] = Reason.LIST_CAPPED

    # -- (2) fitting columns to their end ------------------------------------------------------------------------

    def columns(self) -> None:
        cut: dict[tuple[str, ...], PageFact | None] = {}  # columns that say that they go on where nothing leads on
        held: dict[tuple[str, ...], tuple[PageFact, set[str]]] = {}  # what was seen of columns that were read to their end
        left = self.left
        # a column fits as a whole: its second page may hold nothing of the kind, and the third what is sought
        fit = set().union(*(self.view.fitting.get(c, ()) for c in ("", *self.q.categories)))
        for page in self.view.lists:
            doc = page.doc
            assert doc is not None
            path = list_path(doc)
            if path not in fit:
                continue
            self.fitting[page.key] = path
            held.setdefault(path, (page, set()))[1].update(self.view._digests[page.key].keys)
            self.relied.setdefault(page.key, self.view.looked(page))
            self.read.add(page.key)
            if bare(doc) and not self.view.continues(page) and not is_menu(self.view, page):
                self.failed[doc.url] = Reason.NEEDS_RENDERING
            if doc.claimed is not None and not doc.capped:
                self.claims[path] = max(doc.claimed, self.claims.get(path, 0))
            if doc.capped:
                left.add(path)
            if (self.q.needs is Needs.LATEST and doc.items) or past(doc, self._since()):
                cut[path] = None
                left.add(path)
                continue
            if page.key in self.view.round:  # it gives its entries again and again: this was its end
                cut[path] = None
                continue
            further = onward(self.view, page)
            if self.view.length[list_path(doc)] > LIST_PAGES or any(told(r) > MOST_TOLD for r in further):
                self.failed[doc.url] = Reason.LIST_CAPPED
                continue
            for nth, ref in enumerate(further):
                cut[path] = None
                value = worth.of_more(self.q, bool(doc.items), self.view.length[path] + nth)
                self.look(ref, value, f"续页：{doc.title}", column=doc.column)
            for frame in doc.frames[:5]:
                self.look(frame, 5, "框架页", binding=not doc.items and self.view.inside(frame.url), column=doc.column)
            if doc.capped and not doc.next_pages:
                self.failed[doc.url] = Reason.LIST_CAPPED
            if (doc.claimed_pages or 1) > 1 or ((doc.claimed or 0) > len(doc.items) > 0 and not doc.capped):
                cut.setdefault(path, page)
        for page in (p for p in cut.values() if p is not None):
            self.failed[page.ref.url] = Reason.NEEDS_RENDERING
        for path, (page, items) in held.items() if not self.wanted else ():
            if path not in left and len(items) < HELD * self.claims.get(path, 0):
                self.failed.setdefault(page.ref.url, Reason.LIST_CAPPED)  # it says that it holds more than it shows
        for address, reason in lost(self.view, self.fitting).items():
            self.failed.setdefault(address, reason)

    def _since(self) -> date | None:
        """The first day on which an answer can have been published: nothing about a year is older than the year before."""
        if self.q.since is not None or self.q.year is None:
            return self.q.since
        return date(min(self.q.years) - 1, 1, 1)

    # -- (5) every candidate, its attachments and frames ----------------------------------------------------------

    def candidates(self) -> None:
        fitting = set(self.fitting)
        dated = self.q.needs is Needs.LATEST  # how new a column is the dates in its list tell
        found = ((worth.of_candidate(x, self.q, self.view), x) for c in self.q.categories for x in self.view.candidates(c, fitting)
                 if not (self._outside(x) or (dated and x.date)))
        better: set[str] = set()
        for value, candidate in sorted(found, key=lambda f: -f[0]):
            page = self.look(candidate.ref, worth.after(value, len(better)), f"候选：{candidate.title[:30]}", again=False,
                             name=candidate.title, column=candidate.column)
            better.add(candidate.ref.url)
            if page is not None and page.doc is not None:
                self._files(page, candidate.column)
                if column_outside(self.view, page, self.q):
                    self.failed.setdefault(page.ref.url, Reason.NOT_FETCHED)
        for page in {p.key: p for c in self.q.categories for p in self.view.answering(c)}.values():
            why = against(self.view, page, self.q)
            if why is None:
                self.answers.append(page)
            elif why is Reason.WITHDRAWN and self.retry and page.fetches[-1].at < self.retry and not still_gone(page, self.retry):
                self.wanted.setdefault(page.key, Want(page.ref, 9, "是否确已撤下"))  # one miss proves nothing

    def _files(self, page: PageFact, column: tuple[str, ...]) -> list[PageRef]:
        doc = page.doc
        assert doc is not None
        refs = []
        for file in doc.attachments[:FILES]:
            if self.q.years and names_other_year(file.name, *self.q.years):
                continue
            refs.append(PageRef(file.url))
            self.look(refs[-1], worth.of_file(self.q), f"附件：{file.name[:30]}", again=False, name=file.name or doc.title, column=column)
        for frame in doc.frames[:FRAMES] if doc.kind is Kind.DETAIL and framed(self.view, page) else ():
            refs.append(frame)
            self.look(refs[-1], worth.of_file(self.q), f"正文框架：{doc.title[:30]}", again=False,
                      binding=self.view.inside(frame.url), column=column)
        return refs

    def _outside(self, candidate: Candidate) -> bool:
        q = self.q
        if q.years and names_other_year(candidate.title, *q.years):
            return True
        day, since, until = candidate.date, self._since(), q.until or q.as_of
        if day is None or len(day) != 10 or day.startswith("--"):
            return False
        if since is not None and day < since.isoformat():
            return True
        # a date beside the link may be younger than the page's own; the title decides whether to look
        return until is not None and day > until.isoformat() and candidate.score < worth.SURE

    # -- (3) sitemap and the site's own search, when all else is read and nothing was found --------------------------

    def site_search(self) -> None:
        unread = [w for k, w in self.wanted.items() if not self.view.was_fetched(k)]
        if not (self.answers or unread or self.q.needs is Needs.LATEST):
            if self.view.why_unfetched is not Reason.NOT_CAPTURED:
                self.sitemaps()
            self.ask_site()

    # -- the result -----------------------------------------------------------------------------------------------

    def result(self) -> Search:
        q = self.q
        times = sorted(self.relied.values())
        reason: Reason | None = None
        if (q.needs is Needs.ONE and self.answers) or (q.needs is Needs.LATEST and self.fitting and not self.failed and not self.wanted):
            verdict = SearchState.ANSWERED
        elif not self.wanted and not self.failed:
            verdict = SearchState.EXHAUSTED
        else:
            verdict = SearchState.STOPPED
            reasons = set(self.failed.values())
            never = [w for k, w in self.wanted.items() if not self.view.was_fetched(k)]
            if never or (not reasons and self.wanted):
                reasons.add(self.view.why_unfetched)
            reason = min(reasons, key=lambda r: (ORDER.index(r) if r in ORDER else len(ORDER), r.value)) if reasons else None
            if not reasons:
                verdict = SearchState.EXHAUSTED
        every = {**self.hints, **self.wanted}
        wanted = self._still_wanted() if verdict is SearchState.ANSWERED and q.needs is Needs.ONE else every
        times = times or sorted(self.view.looked(p) for p in self.answers)
        columns = tuple(dict.fromkeys(" > ".join(p) for p in self.fitting.values()))
        return Search(
            q, verdict, reason, columns=columns, claimed=sum(self.claims.values()) if self.claims else None,
            read=len(self.read | set(self.relied)), queries=tuple(self.queries),
            oldest_at=times[0] if times else None, newest_at=times[-1] if times else None,
            wanted=tuple(sorted(wanted.values(), key=lambda w: (-w.priority, w.ref.url, w.ref.payload))),
            answers=tuple(sorted(p.key for p in self.answers)), unread=tuple(sorted(self.failed.items())))

    def _still_wanted(self) -> dict[str, Want]:
        """An answer's own files, the first entries of one that is only a list, and a new look each night: does it still stand?"""
        keep: dict[str, Want] = {}
        if all(p.doc is not None and p.doc.kind is Kind.LIST for p in self.answers):
            for item in [i for p in self.answers[:3] if p.doc is not None for i in p.doc.items][:LISTED]:
                self.look(item.ref, 9, f"栏目内：{item.title[:30]}", again=False, binding=False, name=item.title)
                key = self.view.key(self.view.behind(item.ref, standing=True))
                keep |= {key: self.wanted[key]} if key in self.wanted else {}
        for page in self.answers[:3]:
            keys = [self.view.key(ref) for ref in self._files(page, self.view.column_of(page))]
            keep |= {key: self.wanted[key] for key in keys if key in self.wanted}
        first = min(self.answers, key=lambda p: (p.doc is None or p.doc.kind is Kind.ATTACHMENT, p.ref.url))
        seen = self.fresh is None or any(self.view.looked(p) >= self.fresh for p in self.answers)
        if not seen and due(first, self.retry or first.fetches[-1].at, watched=first.key in self.view._links):
            keep[first.key] = Want(first.ref, 7, "还在吗")
        return keep
