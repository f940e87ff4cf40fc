"""SiteSpider: fetch what the questions want of one site, best first, each answer archived, read and stored.

One request per host at a time. The plan is made anew when the last one is used up; it stands on what is stored, so a
killed crawl goes on where it stood by running the same command.
"""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from twisted.python.failure import Failure

from audit.survey import Survey
from crawler.clock import Clock
from crawler.failures import reason_of
from crawler.sites import DEFAULT_DELAY
from db.archive import Archive, Record
from db.facts import FetchFact, PageFact, SiteFacts
from db.tables import PageRow
from db.urls import canonical, host_of, page_key
from db.words import Outcome, PageRef, Question, Reason, Site, fault_of
from spiders.index import Indexed, index
from spiders.plan import Step, steps
from spiders.robots import Robots

REQUESTS = 2000  # a night's budget where the row sets none
BATCH = 12  # pages fetched before the plan is made anew


class SiteSpider(Spider):
    """See the module. The runner hands in the session, archive, run and questions."""

    site: Site
    custom_settings: dict[str, Any] = {}  # noqa: RUF012

    def __init__(self, *, job: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if job is None:
            from spiders.night import lone_job

            job = lone_job(self.site)
        self.job = job
        self.session: Session = job.session
        self.archive: Archive = job.archive
        self.clock: Clock = job.clock
        self.run, self.run_sha = job.run, job.run_sha
        self.began: datetime = job.began
        self.asked: tuple[Question, ...] = job.questions[self.site.id]
        self.facts: SiteFacts = job.facts[self.site.id]
        self.budget = self.site.budget.get("requests", job.budget or REQUESTS)
        self.robots: dict[str, Robots] = {}
        self.busy: set[str] = set()
        self.plan: list[Step] = []
        self.asked_for: set[str] = set()
        self.counts = {"requested": 0, "changed": 0, "unchanged": 0, "failed": 0, "refused": 0}
        self.stopped: str | None = None
        self.survey: Survey | None = None
        self.download_delay = self.site.delay if self.site.delay is not None else DEFAULT_DELAY

    async def start(self) -> AsyncIterator[Any]:
        """The first requests."""
        for request in self.pump():
            yield request

    # -- choosing ---------------------------------------------------------------------------------------------------

    def pump(self) -> Iterator[Request]:
        """Requests for hosts that are idle."""
        for _ in range(3):
            if not self.plan and not self.busy:
                self.survey = Survey.of(self.facts, self.survey)
                self.plan = [s for s in steps(self.facts, self.asked, self.began, self.survey)
                             if page_key(s.want.ref) not in self.asked_for][: BATCH * 4]
            kept: list[Step] = []
            served = False
            for step in self.plan:
                host = host_of(step.want.ref.url)
                if host in self.busy or not host:
                    kept.append(step) if host else None
                    continue
                made = self._request(step, host)
                if made is not None:
                    served = True
                    yield made
            self.plan = kept
            if served or self.busy or self.stopped:
                return

    def _request(self, step: Step, host: str) -> Request | None:
        if self.counts["requested"] >= self.budget:
            self.stopped = Reason.BUDGET.value
            self.plan = []
            return None
        robots = self.robots.get(host)
        if robots is None:
            self.plan.insert(0, step)
            scheme = step.want.ref.url.split("://")[0]
            return self._make(PageRef(f"{scheme}://{host}/robots.txt"), host, self.robots_read, self.robots_failed, step, {})
        refused = robots.refuses(step.want.ref.url)
        key = page_key(step.want.ref)
        if key in self.asked_for:
            return None
        self.asked_for.add(key)
        if refused is not None:
            self.counts["refused"] += 1
            self._fail(step.want.ref, refused, "robots.txt")
            return None
        hint = {"name": step.want.name, "column": list(step.want.column)} if step.want.name or step.want.column else {}
        return self._make(step.want.ref, host, self.read, self.failed, step, hint)

    def _make(self, ref: PageRef, host: str, ok: Any, bad: Any, step: Step, hint: dict[str, Any]) -> Request:
        self.busy.add(host)
        self.counts["requested"] += 1
        headers = {}
        same = ""
        known = self.facts.pages.get(page_key(ref))
        if known is not None and known.sightings and ref.method == "GET":
            row = self.session.execute(select(PageRow.etag, PageRow.last_modified).where(PageRow.key_sha == known.key)).first()
            if row is not None and (row.etag or row.last_modified):
                same = known.sightings[-1].content_sha
                if row.etag:
                    headers["If-None-Match"] = row.etag
                if row.last_modified:
                    headers["If-Modified-Since"] = row.last_modified
        if ref.content_type:
            headers["Content-Type"] = ref.content_type
        self.job.told(self.site.id, self.counts, step, ref)
        return Request(ref.url, method=ref.method, body=ref.payload, headers=headers, callback=ok, errback=bad, dont_filter=True,
                       meta={"ref": ref, "download_slot": host, "hint": hint, "same_as": same, "step": step,
                             "handle_httpstatus_all": True})

    # -- answers ----------------------------------------------------------------------------------------------------

    def robots_read(self, response: Response) -> Iterator[Request]:
        """Keep what a host allows."""
        host = response.meta["download_slot"]
        record: Record = response.meta["record"]
        self.robots[host] = robots = Robots.of(response.status, response.body)
        if robots.delay is not None and robots.delay > self.download_delay:
            self._slow(host, min(robots.delay, 60.0))
        self._store(record, index(self.session, self.run, self.site.id, record))
        self.busy.discard(host)
        yield from self.pump()

    def robots_failed(self, failure: Failure) -> Iterator[Request]:
        """A host that gives no robots.txt is waited for; one that does not answer at all fails as such."""
        request = failure.request  # type: ignore[attr-defined]
        host = request.meta["download_slot"]
        reason, detail = reason_of(failure.value or ConnectionError())
        self._fail(request.meta["ref"], reason, detail)
        self.counts["failed"] += 1
        self.robots[host] = Robots(unreadable=True)
        for step in [s for s in self.plan if host_of(s.want.ref.url) == host] or [request.meta["step"]]:
            key = page_key(step.want.ref)
            if key not in self.asked_for:
                self.asked_for.add(key)
                self._fail(step.want.ref, reason, detail)
        self.plan = [s for s in self.plan if host_of(s.want.ref.url) != host]
        self.busy.discard(host)
        yield from self.pump()

    def read(self, response: Response) -> Iterator[Request]:
        """Read and store an answer, then go on."""
        record: Record = response.meta["record"]
        hint = response.meta["hint"]
        host = response.meta["download_slot"]
        if response.status in (429, 503):
            self._slow(host, max(2 * self.download_delay, float(_seconds(response.headers.get("Retry-After")) or 1)))
        try:
            done = index(self.session, self.run, self.site.id, record, same_as=response.meta["same_as"] or None,
                         name=hint.get("name", ""), column=tuple(hint.get("column", ())))
        except Exception:  # a bug of ours on one page must not end the site; its bytes are archived, it is told at the end
            self.session.rollback()
            self.job.bugs.append(f"{record.ref.url} ({record.place.file}:{record.place.offset})\n{traceback.format_exc()}")
            self._fail(record.ref, Reason.UNREADABLE, "our reader failed")
        else:
            self._store(record, done)
        self.busy.discard(host)
        if record.status and 300 <= record.status < 400 and record.status != 304:
            self._follow(response, hint)
        yield from self.pump()

    def _follow(self, response: Response, hint: dict[str, Any]) -> None:
        location = (response.headers.get("Location") or b"").decode("latin-1")
        target = canonical(response.urljoin(location)) if location else ""
        step: Step = response.meta["step"]
        if not target or page_key(PageRef(target)) in self.asked_for or response.meta.get("hops", 0) > 5:
            return
        from dataclasses import replace

        self.plan.insert(0, Step(replace(step.want, ref=PageRef(target)), step.question))

    def failed(self, failure: Failure) -> Iterator[Request]:
        """Archive and store a failure, then go on."""
        request = failure.request  # type: ignore[attr-defined]
        reason, detail = reason_of(failure.value or ConnectionError())
        self.counts["failed"] += 1
        self._fail(request.meta["ref"], reason, detail)
        self.busy.discard(request.meta["download_slot"])
        yield from self.pump()

    def _fail(self, ref: PageRef, reason: Reason, detail: str) -> None:
        at = self.clock.now()
        place = self.archive.write_failure(ref, at, reason, detail, run=self.run_sha, site=self.site.id)
        record = Record("failure", ref, at, b"", place, reason=reason, detail=detail, run=self.run_sha, site=self.site.id)
        self._store(record, index(self.session, self.run, self.site.id, record))

    def _slow(self, host: str, delay: float) -> None:
        slot = self.crawler.engine.downloader.slots.get(host) if self.crawler.engine else None
        if slot is not None:
            slot.delay = max(slot.delay, delay)

    def _store(self, record: Record, done: Indexed) -> None:
        """Commit, and keep the facts in step without reading them again."""
        self.session.commit()
        key = page_key(record.ref)
        old = self.facts.pages.get(key)
        headers = {k.lower(): v for k, v in record.headers}
        outcome = Outcome.FAILED if record.type == "failure" else Outcome.NOT_MODIFIED if record.type == "revisit" else (
            Outcome.REDIRECT if headers.get("location") and record.status and 300 <= record.status < 400 else Outcome.OK)
        reason = record.reason or (done.doc.reason if done.doc is not None and not done.doc.kind.readable else None)
        location = headers.get("location")
        fetch = FetchFact(record.at, self.run, outcome, record.status, reason, fault_of(reason),
                          record.place.sha256 if outcome is Outcome.OK else None, f"{record.place.file}:{record.place.offset}",
                          canonical(_joined(record.ref.url, location)) if location else None)
        from db.queries import sightings_of

        kept = old is not None and old.doc is not None and (
            done.doc is None or (old.doc.kind.readable and not done.doc.kind.readable))
        doc, labels = (old.doc, old.labels) if kept and old is not None else (done.doc, done.labels)
        if outcome is Outcome.OK and old is not None and old.read is not None:
            self.counts["changed" if old.read.sha256 != fetch.sha256 else "unchanged"] += 1
        elif outcome is Outcome.NOT_MODIFIED:
            self.counts["unchanged"] += 1
        elif outcome is Outcome.OK:
            self.counts["changed"] += 1
        seen = sightings_of(self.session, done.page)
        fetches = (*(old.fetches if old is not None else ()), fetch)
        self.facts.pages[key] = PageFact(key, record.ref, host_of(record.ref.url), fetches, doc, labels, seen)

    def closed(self, reason: str) -> None:
        """Tell the job how this site ended."""
        left = steps(self.facts, self.asked, self.began)
        self.job.done(self.site.id, self.counts, self.stopped or (Reason.BUDGET.value if left and reason != "finished" else None))


def _joined(base: str, location: str) -> str:
    from urllib.parse import urljoin

    return urljoin(base, location)


def _seconds(value: bytes | None) -> int | None:
    return min(int(value), 3600) if value and value.isdigit() else None
