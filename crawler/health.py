"""Did this night go well? Each site's figures against its own history, and what must be looked at before anyone is judged.

A redesign, a hijack or a block changes what can be found without changing what was published: verdicts on such a site
are held back until a person has looked, or the next night has seen the new site whole. A first night has no history
and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from statistics import median
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.tables import FetchRow, LinkRow, PageRow, ReadingRow, RunRow, SearchRow, SightingRow
from db.urls import host_of
from db.words import Outcome, Reason, SearchState

ACCEPT = "accept"  # stage of a run that is a person's word on what held a site back
HISTORY = 7  # nights that a night is held against
OVERLAP = 0.2  # of the home page's links: below it the site was made anew
LINKS = 10  # a home page with fewer says nothing by them
MANY = 8  # pages, below which a share says nothing
HALF = 0.5
BLOCKED = 0.3  # of the night's requests
RESET = 0.6  # of the pages looked at again that now say something else
FEWER = 0.8  # of the answers of a usual night
_REFUSING = (Reason.BLOCKED.value, Reason.NEEDS_LOGIN.value)
_NETWORK = (Reason.TIMEOUT.value, Reason.REFUSED.value, Reason.DNS.value, Reason.RESOLVER.value)


class Sign(StrEnum):
    """What a night shows of a site. Those of HOLD hold its verdicts back."""

    FIRST = "first"
    SILENT = "silent"
    BLOCKED = "blocked"
    HIJACKED = "hijacked"
    MOVED = "moved"
    REDESIGN = "redesign"
    RESET = "reset"
    FEWER = "fewer"


HOLD = frozenset({Sign.BLOCKED, Sign.HIJACKED, Sign.MOVED, Sign.REDESIGN, Sign.RESET})


@dataclass(slots=True)
class Figures:
    """One site in one night. errors: (reason, fault) -> pages; again: pages looked at again, changed: of which say something else;
    gone: pages that were read before and are not there; hijacked: pages of the site's own hosts that someone else filled; home: targets
    of the home page's links; away: the host that it leads to."""

    run: int
    at: datetime
    asked: int = 0
    read: int = 0
    again: int = 0
    changed: int = 0
    gone: int = 0
    hijacked: int = 0
    errors: Counter[tuple[str, str]] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    home: frozenset[str] = frozenset()
    away: str = ""
    stopped: str = ""

    @property
    def answered(self) -> int:
        """Questions that were decided: found, or searched to the end."""
        return self.answers[SearchState.ANSWERED.value] + self.answers[SearchState.EXHAUSTED.value]

    def failing(self, reasons: Iterable[str]) -> int:
        """Pages that failed for one of these reasons."""
        wanted = set(reasons)
        return sum(n for (reason, _), n in self.errors.items() if reason in wanted)


def signs(now: Figures, before: list[Figures]) -> list[Sign]:
    """What a night shows; ``before``: earlier nights of the same site, newest first."""
    out: list[Sign] = []
    if not before:
        out.append(Sign.FIRST)
    if now.hijacked:
        out.append(Sign.HIJACKED)
    if now.away:
        out.append(Sign.MOVED)
    refused = now.failing(_REFUSING)
    usual = median(b.failing(_REFUSING) / max(1, b.asked) for b in before) if before else 0.0
    if before and now.asked and (refused >= MANY or refused == now.asked) and refused / now.asked >= BLOCKED and usual < BLOCKED / 3:
        out.append(Sign.BLOCKED)
    elif now.asked and now.read == 0:
        out.append(Sign.SILENT)
    old = next((b.home for b in before if b.home), frozenset())
    new_home = len(now.home) >= LINKS <= len(old) and len(now.home & old) < OVERLAP * len(now.home | old)
    if new_home or (now.gone >= MANY and now.gone >= HALF * (now.again + now.gone)):
        out.append(Sign.REDESIGN)
    elif now.again >= 2 * MANY and now.changed >= RESET * now.again:
        out.append(Sign.RESET)
    if len(before) >= 2 and not now.stopped and now.answered < FEWER * median(b.answered for b in before):
        out.append(Sign.FEWER)
    return out


def holding(session: Session, site: str, now: Figures, before: list[Figures]) -> frozenset[Sign]:
    """The signs that hold a site's verdicts back: those that no person has accepted since the first night that showed them.

    What was accepted holds as long as every night shows it; a second redesign holds again.
    """
    held = HOLD & set(signs(now, before))
    said = [(r.began_at, str(r.stopped.get(site, "")).split(",")) for r in session.execute(
        select(RunRow).where(RunRow.stage == ACCEPT)).scalars() if site in r.sites] if held else []
    return frozenset(s for s in held if not any(at >= _since(s, [now, *before]) and s.value in what for at, what in said))


def _since(sign: Sign, nights: list[Figures]) -> datetime:
    """When the nights began that show a sign one after another up to the newest."""
    first = nights[0].at
    for n, night in enumerate(nights[:-1]):
        if sign not in signs(night, nights[n + 1 :]):
            break
        first = night.at
    return first


def cut_off(nights: Iterable[Figures]) -> bool:
    """Whether most sites were silent for reasons of the network at once: then it is ours, and the night says nothing of anybody."""
    asked = [n for n in nights if n.asked]
    silent = [n for n in asked if n.read == 0 and n.failing(_NETWORK) >= HALF * n.asked]
    return len(asked) >= 3 and len(silent) > HALF * len(asked)


def crawls(session: Session, site: str, until: int | None = None) -> list[RunRow]:
    """Crawls that looked at a site, newest first."""
    rows = session.execute(select(RunRow).where(RunRow.stage == "crawl").order_by(RunRow.began_at.desc(), RunRow.id.desc())).scalars()
    found = [r for r in rows if site in r.sites]
    start = next((n for n, r in enumerate(found) if r.id == until), 0) if until is not None else 0
    return found[start : start + HISTORY + 1]


def figures(session: Session, run: RunRow, site: str, homes: Iterable[str]) -> Figures:
    """A site's night from what is stored. homes: addresses of its home pages."""
    homes = list(homes)
    out = Figures(run.id, run.began_at, stopped=str(run.stopped.get(site, "")))
    pages = select(PageRow.id).where(PageRow.url.like("%/robots.txt"))
    query = select(FetchRow.outcome, FetchRow.reason, FetchRow.fault, func.count()).where(
        FetchRow.run_id == run.id, FetchRow.site_id == site, FetchRow.page_id.not_in(pages)).group_by(
        FetchRow.outcome, FetchRow.reason, FetchRow.fault)
    for outcome, reason, fault, count in session.execute(query):
        out.asked += count
        if reason:
            out.errors[(reason, fault or "")] += count
        elif outcome != Outcome.REDIRECT.value:
            out.read += count
    own = {host_of(home) for home in homes}
    out.hijacked = session.execute(select(func.count()).select_from(FetchRow).join(PageRow, PageRow.id == FetchRow.page_id).where(
        FetchRow.run_id == run.id, FetchRow.site_id == site, FetchRow.reason == Reason.HIJACKED.value, PageRow.host.in_(own))).scalar_one()
    _again(session, run, site, out)
    for state, count in session.execute(select(SearchRow.state, func.count()).where(
            SearchRow.run_id == run.id, SearchRow.site_id == site).group_by(SearchRow.state)):
        out.answers[state] += count
    for home in homes:
        _home(session, run, home, out)
    return out


def _again(session: Session, run: RunRow, site: str, out: Figures) -> None:
    """Pages that an earlier night had read: how many were looked at again, changed, or are gone."""
    mine = select(FetchRow.page_id).where(FetchRow.run_id == run.id, FetchRow.site_id == site)
    known = set(session.execute(select(FetchRow.page_id).where(
        FetchRow.run_id < run.id, FetchRow.site_id == site, FetchRow.reason.is_(None), FetchRow.blob.is_not(None),
        FetchRow.page_id.in_(mine))).scalars())
    now: dict[int, set[str | None]] = {}
    for page, reason in session.execute(select(FetchRow.page_id, FetchRow.reason).where(
            FetchRow.run_id == run.id, FetchRow.site_id == site)):
        now.setdefault(page, set()).add(reason)
    fresh = set(session.execute(select(SightingRow.page_id).where(
        SightingRow.page_id.in_(mine), SightingRow.first_at >= run.began_at)).scalars())
    for page in known:
        if None in now[page]:
            out.again += 1
            out.changed += page in fresh
        elif Reason.GONE.value in now[page]:
            out.gone += 1


def _home(session: Session, run: RunRow, home: str, out: Figures) -> None:
    row = session.execute(select(FetchRow, PageRow).join(PageRow, PageRow.id == FetchRow.page_id).where(
        FetchRow.run_id <= run.id, PageRow.url == home, PageRow.method == "GET").order_by(
        FetchRow.at.desc(), FetchRow.id.desc()).limit(1)).first()
    if row is None:
        return
    fetch = row[0]
    if fetch.redirected_to and fetch.run_id == run.id:
        to, own = urlsplit(fetch.redirected_to).netloc, urlsplit(home).netloc
        if to.removeprefix("www.") != own.removeprefix("www."):
            out.away = to
    if fetch.blob is None:
        return
    reading = select(func.max(ReadingRow.id)).where(ReadingRow.page_id == fetch.page_id, ReadingRow.blob == fetch.blob)
    links = session.execute(select(LinkRow.target).where(LinkRow.reading_id == reading.scalar_subquery())).scalars()
    out.home = out.home | frozenset(links)
