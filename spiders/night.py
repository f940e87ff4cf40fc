"""One night's crawl of some sites in one process: opens the run, hands each spider its job, closes the searches."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

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
from db.errors import ConfigError
from db.facts import SiteFacts
from db.queries import hosts_asked, newest_fetch, site_facts
from db.tables import RunRow
from db.urls import page_key
from db.words import Question, Reason, Site
from spiders.base import SiteSpider
from spiders.budget import GOES_ON, about, nights_before
from spiders.job import Job, Tell
from spiders.plan import Step, questions_of, steps
from spiders.reparse import begin_run, catch_up, end_run, run_record

RESUME_WITHIN = timedelta(hours=12)  # an unfinished run of the same sites that began within it is gone on with
AHEAD = timedelta(minutes=5)  # by which clocks of two machines may differ
PAUSE = timedelta(minutes=2)  # longer ago than any host's delay


class _Process(AsyncCrawlerProcess):
    """Scrapy's process, told of a signal at once: the first one lets what is on its way end, the second one ends at once."""

    job: Job

    def _signal_shutdown(self, signum: int, frame: Any) -> None:
        self.job.break_off(None)
        super()._signal_shutdown(signum, frame)


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
        catch_up(session, archive)
        job = _job(session, archive, rows, editions, clock)
        job.render = sites.render
        job.budget = budget
        if tell is not None:
            job.tell = tell
        _fetch(sites, rows, job)
        if job.fatal is not None:
            raise job.fatal
        if job.interrupted or job.ended != {s.id for s in rows}:
            raise KeyboardInterrupt  # the run stays open: the same command goes on with it
        job.nights = {site: progress(job.facts[site], job.questions[site], job.run, job.began)
                      for site, why in job.stopped.items() if why in GOES_ON}
        ended = clock.now()
        job.patiently(lambda: _finish(job, rows, ended))
        if job.fatal is not None:
            raise job.fatal
    return job


def _finish(job: Job, rows: tuple[Site, ...], ended: datetime) -> None:
    end_run(job.session, job.archive, job.run, job.run_sha, ended, job.stopped)
    close_searches(job.session, rows, job.questions, job.run, ended)
    job.session.commit()


def _job(session: Session, archive: Archive, rows: tuple[Site, ...], editions: list[tuple[Edition, int | None]], clock: Clock) -> Job:
    now = clock.now()
    _check_clock(session, clock, now)
    run, sha, began = _run(session, archive, rows, clock, now)
    today = now.astimezone(CHINA).date()
    asked = {s.id: questions_of(editions, s, today) for s in rows}
    facts = {s.id: site_facts(session, s, now, outlines=True) for s in rows}
    job = Job(session, archive, clock, run, sha, began, asked, facts)
    for site, known in facts.items():
        before = nights_before(known, run, began)
        if before:
            job.pass_began[site] = before[-1].began_at
    if clock.fixed is None:
        for host, address, at in hosts_asked(session, now - PAUSE):
            job.pace.asked_before(host, address, max(0.0, (now - at).total_seconds()))
    return job


def _check_clock(session: Session, clock: Clock, now: datetime) -> None:
    """A clock that was put back would make what is read tonight older than what is known."""
    newest = newest_fetch(session)
    if clock.fixed is None and newest is not None and newest > now + AHEAD:
        raise ConfigError(f"the clock says {now:%Y-%m-%d %H:%M} UTC, but something was fetched at {newest:%Y-%m-%d %H:%M}; "
                          "put the clock right (NTP) and run again")


def progress(facts: SiteFacts, asked: tuple[Question, ...], run: int, began: datetime) -> tuple[int, int]:
    """(n, m): night n of about m of the pass over a site, by what is known to be left."""
    before = nights_before(facts, run, began)
    runs = {r.id for r in before} | {run}
    spent = sum(1 for p in facts.pages.values() for f in p.fetches if f.run in runs)
    since = before[-1].began_at if before else began
    left = sum(1 for s in steps(facts, asked, since, None, began) if not facts_has(facts, s, since))
    return len(runs), about(len(runs), spent, left)


def facts_has(facts: SiteFacts, step: Step, since: datetime) -> bool:
    """Whether a wanted page was tried in this pass."""
    page = facts.pages.get(page_key(step.want.ref))
    return page is not None and page.last is not None and page.last.at >= since


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
    process = _Process(Settings(settings(sites)))
    process.job = job
    for site in rows:
        cls = type(f"Spider_{site.id}", (SiteSpider,), {"name": site.id, "site": site})
        process.crawl(cls, job=job)
    process.start()


def close_searches(session: Session, rows: tuple[Site, ...], asked: dict[str, tuple[Question, ...]], run: int,
                   until: datetime) -> dict[str, dict[str, str]]:
    """Compute and keep each search as it stands at the end of a run."""
    out: dict[str, dict[str, str]] = {}
    for site in rows:
        facts = site_facts(session, site, until, outlines=True)
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
    return _job(session, archive, (site,), editions_of(sites, []), Clock(sites.clock))


__all__ = ["Job", "crawl", "editions_of", "lone_job", "progress", "unreadable_sites"]
