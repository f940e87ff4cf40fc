"""One night's crawl of some sites in one process: opens the run, hands each spider its job, closes the searches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from audit.dating import CHINA
from audit.edition import Edition, load
from audit.search import state
from audit.survey import Survey
from crawler.clock import Clock
from crawler.settings import VERSION, settings
from crawler.sites import Sites
from db import store
from db.archive import Archive
from db.facts import SiteFacts
from db.queries import site_facts
from db.tables import RunRow
from db.words import PageRef, Question, Reason, Site
from spiders.base import SiteSpider
from spiders.plan import Step, questions_of
from spiders.reparse import begin_run, end_run, run_record

RESUME_WITHIN = timedelta(hours=12)  # an unfinished run of the same sites that began within it is gone on with
Tell = Callable[[str, dict[str, int], Step | None, PageRef | None], None]


@dataclass(slots=True)
class Job:
    """What the spiders of one run share."""

    session: Session
    archive: Archive
    clock: Clock
    run: int
    run_sha: str
    began: datetime
    questions: dict[str, tuple[Question, ...]]
    facts: dict[str, SiteFacts]
    budget: int | None = None
    tell: Tell = lambda site, counts, step, ref: None
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    stopped: dict[str, str] = field(default_factory=dict)
    bugs: list[str] = field(default_factory=list)  # pages on which our own code failed, with the traceback

    def told(self, site: str, counts: dict[str, int], step: Step, ref: PageRef) -> None:
        """A request goes out."""
        self.counts[site] = counts
        self.tell(site, counts, step, ref)

    def done(self, site: str, counts: dict[str, int], stopped: str | None) -> None:
        """A site has ended."""
        self.counts[site] = counts
        if stopped:
            self.stopped[site] = stopped
        self.tell(site, counts, None, None)


def editions_of(sites: Sites, named: list[str]) -> list[tuple[Edition, int | None]]:
    """``ID`` or ``ID:YEAR``, as given or as the head of sites.toml says."""
    out = []
    for name in named or list(sites.editions):
        ident, _, year = name.partition(":")
        out.append((load(ident), int(year) if year else None))
    return out


def crawl(engine: Engine, archive: Archive, sites: Sites, rows: tuple[Site, ...], editions: list[tuple[Edition, int | None]],
          clock: Clock, *, budget: int | None = None, tell: Tell | None = None) -> Job:
    """Crawl some rows; the job tells what happened."""
    archive.open()
    with Session(engine, expire_on_commit=False) as session:
        now = clock.now()
        run, sha, began = _run(session, archive, rows, clock, now)
        today = now.astimezone(CHINA).date()
        asked = {s.id: questions_of(editions, s, today) for s in rows}
        facts = {s.id: site_facts(session, s, now) for s in rows}
        job = Job(session, archive, clock, run, sha, began, asked, facts, budget)
        if tell is not None:
            job.tell = tell
        _fetch(sites, rows, job)
        ended = clock.now()
        end_run(session, archive, run, sha, ended, job.stopped)
        close_searches(session, rows, asked, run, ended)
        session.commit()
    return job


def _run(session: Session, archive: Archive, rows: tuple[Site, ...], clock: Clock, now: datetime) -> tuple[int, str, datetime]:
    ids = sorted(s.id for s in rows)
    query = select(RunRow).where(RunRow.stage == "crawl", RunRow.began_at >= now - RESUME_WITHIN).order_by(RunRow.id.desc())
    for row in session.execute(query).scalars():
        same_night = row.began_at == now and clock.fixed is not None
        if row.sites == ids and (row.state == "open" or same_night):
            return row.id, row.sha, row.began_at
    record = run_record("crawl", now, clock.kind, VERSION, "", list(rows))
    run, sha = begin_run(session, archive, record)
    session.commit()
    return run, sha, now


def _fetch(sites: Sites, rows: tuple[Site, ...], job: Job) -> None:
    process = AsyncCrawlerProcess(Settings(settings(sites)))
    for site in rows:
        cls = type(f"Spider_{site.id}", (SiteSpider,), {"name": site.id, "site": site})
        process.crawl(cls, job=job)
    process.start()


def close_searches(session: Session, rows: tuple[Site, ...], asked: dict[str, tuple[Question, ...]], run: int,
                   until: datetime) -> dict[str, dict[str, str]]:
    """Compute and keep each search as it stands at the end of a run."""
    out: dict[str, dict[str, str]] = {}
    for site in rows:
        facts = site_facts(session, site, until)
        survey = Survey.of(facts)
        for question in asked[site.id]:
            search = state(facts, question, survey=survey)
            out.setdefault(site.id, {})[question.key] = search.state.value
            store.store_search(session, run, site.id, {
                "question": question.key, "oldest_at": search.oldest_at, "newest_at": search.newest_at,
                "state": search.state.value, "reason": search.reason.value if search.reason else None,
                "claimed": search.claimed, "read": search.read, "columns": list(search.columns), "queries": list(search.queries)})
    return out


def unreadable_sites(job: Job) -> dict[str, Reason]:
    """Sites of which nothing could be read this night, and why."""
    out: dict[str, Reason] = {}
    for site, facts in job.facts.items():
        if any(p.doc is not None and p.doc.kind.readable for p in facts.pages.values()):
            continue
        reasons = [p.last.reason or (p.doc.reason if p.doc else None) for p in facts.pages.values() if p.last]
        out[site] = next((r for r in reasons if r is not None), Reason.NOT_FETCHED)
    return out


def lone_job(site: Site) -> Job:
    """For ``scrapy crawl SITE``: a job of its own in the home of the current folder."""
    from crawler.sites import load_sites
    from db.home import find_home
    from db.session import open_db

    home = find_home(None, None, None)
    sites = load_sites(home.sites_file)
    archive = Archive(home.archive_dir)
    archive.open()
    session = Session(open_db(home.db_url, create=True), expire_on_commit=False)
    clock = Clock(sites.clock)
    now = clock.now()
    run, sha, began = _run(session, archive, (site,), clock, now)
    asked = {site.id: questions_of(editions_of(sites, []), site, now.astimezone(CHINA).date())}
    return Job(session, archive, clock, run, sha, began, asked, {site.id: site_facts(session, site, now)})


__all__ = ["Job", "crawl", "editions_of", "lone_job", "unreadable_sites"]
