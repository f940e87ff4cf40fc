"""SiteSpider: fetch what the questions want of one site, best first, each answer archived, read and stored.

One request per host at a time. The plan is made anew when the last one is used up; it stands on what is stored, so a
killed crawl goes on where it stood by running the same command.
"""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from audit.dating import CHINA
from audit.survey import Survey
from crawler.failures import reason_of
from crawler.politeness import BrokenOff, retry_after
from crawler.sites import DEFAULT_DELAY
from db.archive import Record
from db.document import Document
from db.errors import ArchiveError
from db.urls import host_of, page_key
from db.words import DRAW, Kind, PageRef, Question, Reason, Site
from spiders import frontier
from spiders.budget import Budget
from spiders.drawing import Drawing, asked_by_page
from spiders.hosts import TRIES, Hosts, location, robots_of
from spiders.job import Job
from spiders.known import conditional, in_order, keep
from spiders.plan import Step, steps

BATCH, SHARE = 16, 8  # pages fetched before the plan is made anew, or an eighth of what is known: a plan's cost grows with it
BAND = 1.5  # of priority: what is wanted less than that waits for what the better ones say
MAX_HOPS = 5  # redirects followed one after another, as RFC 9309 has it for robots.txt


class SiteSpider(Spider):
    """See the module. The runner hands in the job: session, archive, run, pace and questions."""

    site: Site
    custom_settings: dict[str, Any] = {}  # noqa: RUF012

    def __init__(self, *, job: Job | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if job is None:
            from spiders.night import lone_job

            job = lone_job(self.site)
        self.job = job
        self.archive, self.clock, self.run_sha = job.archive, job.clock, job.run_sha  # the archiver's
        self.asked: tuple[Question, ...] = job.questions[self.site.id]
        self.facts = job.facts[self.site.id]
        self.budget = Budget.of(self.site, self.facts, job.run, job.budget)
        self.hosts = Hosts()
        self.busy: set[str] = set()
        # later: asked once in vain, asked once more when all else is done
        self.plan, self.later = frontier.load(job.session, job.run, self.facts)
        again = {page_key(s.want.ref) for s in (*self.plan, *self.later)}
        self.asked_for = {k for k, p in self.facts.pages.items() if p.last is not None and p.last.run == job.run} - again
        self.counts = {"requested": 0, "changed": 0, "unchanged": 0, "failed": 0, "refused": 0, "bytes": 0}
        self.stopped: str | None = None
        self.survey: Survey | None = None
        self.drawing = Drawing(job.render, lambda ref, host: asked_by_page(self, ref, host))

    async def start(self) -> AsyncIterator[Any]:
        """The first requests."""
        for request in self.pump():
            yield request

    def pump(self) -> Iterator[Request]:
        """Requests for hosts that are idle; a bug of ours ends this site only, and is told."""
        try:
            yield from self._pump()
        except Exception:
            self.job.session.rollback()
            self.job.bugs.append(f"{self.site.id}\n{traceback.format_exc()}")
            self.stopped = "bug"

    def _pump(self) -> Iterator[Request]:
        for _ in range(3):
            if not self.plan and not self.busy:
                in_order(self.facts)
                self.survey = Survey.of(self.facts, self.survey)
                wanted = [s for s in self._wanted() if page_key(s.want.ref) not in self.asked_for]
                self.plan = [s for s in wanted if s.worth >= wanted[0].worth - BAND][: max(BATCH, len(self.facts.pages) // SHARE)]
                if not self.plan:
                    self.plan, self.later = self.later or self.drawing.steps(self.facts, self.asked, self.survey), []
                    self.asked_for -= {page_key(s.want.ref) for s in self.plan}
                self.job.patiently(lambda: frontier.save(self.job.session, self.job.run, self.site.id, self.plan, self.later))
            kept: list[Step] = []
            served = False
            for step in self.plan:
                host = host_of(step.want.ref.url)
                if host in self.busy or not host:
                    kept.append(step) if host else None
                    continue
                if not self.hosts.known(host):
                    kept.append(step)  # its turn comes after robots.txt
                made = self._request(step, host)
                if made is not None:
                    served = True
                    yield made
            self.plan = kept
            if served or self.busy or self.stopped:
                return

    def _wanted(self) -> list[Step]:
        since = self.job.pass_began.get(self.site.id, self.job.began)
        return steps(self.facts, self.asked, since, self.survey, self.job.began)

    def _request(self, step: Step, host: str) -> Request | None:
        self.stopped = self.stopped or self.job.broken or self._spent()
        if self.stopped:
            self.plan = []
            return None
        key = page_key(step.want.ref)
        if key in self.asked_for:
            return None
        if not self.hosts.known(host):
            self.job.pace.agree(host, self._agreed(host))
            return self._make(step, host, robots_of(step.want.ref, host), self.robots_read)
        self.asked_for.add(key)
        if step.want.ref.method == DRAW and self.drawing.idle:
            self.drawing.left_out(self, step.want.ref)
            return None
        refused = self.hosts.refuses(host, step.want.ref.url)
        if refused is not None:
            self.counts["refused"] += 1
            self.fail(step.want.ref, *refused)
            return None
        if step.want.ref.method == DRAW:
            states = self.drawing.states(step, self.plan)
            self.asked_for |= {page_key(r) for r in states}
            return self._make(step, host, PageRef(step.want.ref.url), self.read, states=states)
        return self._make(step, host, step.want.ref, self.read)

    def _spent(self) -> str | None:
        return self.budget.ended(self.counts, self.clock.now().astimezone(CHINA))

    def _agreed(self, host: str) -> float:
        """Who agreed to be asked faster agreed for its own hosts only."""
        own = self.site.delay if self.site.delay is not None else DEFAULT_DELAY
        return own if self.site.host_named(host) is not None else max(own, DEFAULT_DELAY)

    def _make(self, step: Step, host: str, ref: PageRef, ok: Any, **meta: Any) -> Request:
        self.busy.add(host)
        self.counts["requested"] += 1
        headers, same = self.job.patiently(lambda: conditional(self.facts, self.job.session, ref)) or ({}, "")
        if page_key(ref) in self.drawing.tried:
            headers, same = {}, ""  # a browser needs the whole page
        if ref.content_type:
            headers["Content-Type"] = ref.content_type
        self.job.told(self.site.id, self.counts, step, ref)
        want = step.want
        hint = {"name": want.name, "column": list(want.column)} if ok == self.read and (want.name or want.column) else {}
        bad = self.robots_failed if ok == self.robots_read else self.failed
        return Request(ref.url, method=ref.method, body=ref.payload, headers=headers, callback=ok, errback=bad, dont_filter=True,
                       meta={"ref": ref, "download_slot": host, "hint": hint, "same_as": same, "step": step,
                             "handle_httpstatus_all": True, "host": host, **meta})

    # -- robots.txt -------------------------------------------------------------------------------------------------

    def robots_read(self, response: Response) -> Iterator[Request]:
        """Keep what a host allows; a redirect is followed, a server in trouble is waited for."""
        host, step, hops = response.meta["host"], response.meta["step"], response.meta.get("hops", 0)
        self.store(response.meta["record"], response.meta["same_as"])
        target = location(response)
        if target and hops < MAX_HOPS:
            yield self._make(step, host, PageRef(target), self.robots_read, hops=hops + 1, tries=response.meta.get("tries", 0))
            return
        wait = retry_after((response.headers.get("Retry-After") or b"").decode("latin-1"))
        if response.status >= 500 or response.status == 429:
            yield from self._robots_again(response.meta, Reason.ROBOTS_UNREADABLE, f"status {response.status}", wait)
            return
        delay = self.hosts.allow(host, response.status, response.body)
        if delay is not None:
            self.job.pace.agree(host, delay)
        self.busy.discard(host)
        yield from self.pump()

    def robots_failed(self, failure: Failure) -> Iterator[Request]:
        """A host whose robots.txt does not come is waited for; one that does not answer at all fails as such."""
        if self._broken_off(failure):
            return
        meta = failure.request.meta  # type: ignore[attr-defined]
        reason, detail = reason_of(failure.value or ConnectionError())
        self.counts["failed"] += 1
        self.fail(meta["ref"], reason, detail)
        yield from self._robots_again(meta, reason, detail, None)

    def _robots_again(self, meta: dict[str, Any], reason: Reason, detail: str, wait: float | None) -> Iterator[Request]:
        host, step, tries = meta["host"], meta["step"], meta.get("tries", 0)
        wait = self.hosts.robots_wait(tries, wait, waiting=self.clock.fixed is None)
        if wait is not None and not self.job.broken:
            self.job.pace.wait(host, wait)
            yield self._make(step, host, robots_of(step.want.ref, host), self.robots_read, tries=tries + 1)
            return
        self.hosts.give_up(host, reason, detail)
        self.busy.discard(host)
        yield from self.pump()

    # -- answers ----------------------------------------------------------------------------------------------------

    async def read(self, response: Response) -> AsyncIterator[Request]:
        """Read and store an answer, draw it where nothing else shows it, then go on."""
        record: Record = response.meta["record"]
        step: Step = response.meta["step"]
        host = response.meta["host"]
        self.counts["bytes"] += len(response.body)
        hint = response.meta["hint"]
        said = {"name": hint.get("name", ""), "column": tuple(hint.get("column", ()))}
        doc = self.store(record, response.meta["same_as"], **said)
        reason = doc.reason if doc is not None and doc.kind in (Kind.BLOCKED, Kind.ERROR) else None
        if self.drawing.wanted(doc, response) and (drawn := await self.drawing.draw(self, response)) is not None:
            self.store(drawn, **said)
        await self.drawing.draw_states(self, response)
        wait = retry_after((response.headers.get("Retry-After") or b"").decode("latin-1"))
        self.job.pace.heard(host, response.status, wait)
        self.hosts.heard(host, response.status, reason, wait)
        if response.status in (429, 502, 503, 504) or reason is Reason.TRUNCATED:
            self._once_more(step)
        self.busy.discard(host)
        target = location(response)
        if target and page_key(PageRef(target)) not in self.asked_for:
            if step.hops < MAX_HOPS:
                self.plan.insert(0, Step(replace(step.want, ref=PageRef(target)), step.question, step.hops + 1))
            else:
                self.fail(PageRef(target), Reason.UNREADABLE, f"more than {MAX_HOPS} redirects one after another")
        for request in self.pump():
            yield request

    def failed(self, failure: Failure) -> Iterator[Request]:
        """Archive and store a failure, then go on."""
        if self._broken_off(failure):
            return
        request = failure.request  # type: ignore[attr-defined]
        host = request.meta["host"]
        reason, detail = reason_of(failure.value or ConnectionError())
        self.counts["failed"] += 1
        self.fail(request.meta["ref"], reason, detail)
        self.hosts.heard(host, None, reason, None, detail)
        if reason in (Reason.TIMEOUT, Reason.REFUSED, Reason.RESOLVER):
            self._once_more(request.meta["step"])
        self.busy.discard(host)
        yield from self.pump()

    def _broken_off(self, failure: Failure) -> bool:
        """Whether the request was never sent, or what came could not be archived: then it is asked again another time."""
        if isinstance(failure.value, ArchiveError):
            self.job.break_off(failure.value)
        return isinstance(failure.value, BrokenOff | ArchiveError) or self.job.fatal is not None

    def _once_more(self, step: Step) -> None:
        if step.tries < TRIES:
            self.later.append(replace(step, tries=step.tries + 1))
            self.job.patiently(lambda: frontier.put_off(self.job.session, self.job.run, self.site.id, self.later[-1]))

    def fail(self, ref: PageRef, reason: Reason, detail: str) -> None:
        """Archive and store that a page could not be had."""
        at = self.clock.now()
        try:
            place = self.archive.write_failure(ref, at, reason, detail, run=self.run_sha, site=self.site.id)
        except ArchiveError as exc:
            self.job.break_off(exc)
            return
        self.store(Record("failure", ref, at, b"", place, reason=reason, detail=detail, run=self.run_sha, site=self.site.id))

    def store(self, record: Record, same_as: str = "", **hint: Any) -> Document | None:
        """Index and commit; what it was read as. A page on which our reader fails is unknown, and told."""
        try:
            done = self.job.index(self.site.id, record, same_as=same_as or None, **hint)
        except Exception:  # a bug of ours on one page must not end the site; its bytes are archived, it is told at the end
            self.job.session.rollback()
            self.job.bugs.append(f"{record.ref.url} ({record.place.file}:{record.place.offset})\n{traceback.format_exc()}")
            if record.type != "failure":
                self.fail(record.ref, Reason.UNREADABLE, "our reader failed")
            return None
        if done is None:
            return None
        change = self.job.patiently(lambda: keep(self.facts, self.job.session, self.job.run, record, done))
        if change is not None and not record.ref.url.endswith("/robots.txt"):
            self.counts[change] += 1
        return done.doc

    async def closed(self, reason: str) -> None:
        """Let the browser go, and tell the job how this site ended."""
        await self.drawing.close()
        self.job.done(self.site.id, self.counts, self.stopped or self.job.broken)
