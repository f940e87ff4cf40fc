"""One assessment: an edition held against sites at as_of, from facts up to observed_until, as one document.

The document is what DESIGN.md fixes as scorecards.json; the same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from audit.card import site_card
from audit.checks import checks
from audit.classify import CATEGORIES_SHA256
from audit.dating import CHINA
from audit.duty import bind
from audit.edition import Edition
from audit.model import Finding
from audit.review import Decision, reviewed
from audit.score import Total, ranks
from audit.view import SiteView
from audit.workdays import CALENDAR
from db.archive import warc_time
from db.facts import SiteFacts
from db.store import site_to_row
from db.words import Site, Status

SCHEMA = "gongkai/scorecards/1"
FactsOf = Callable[[Site, datetime], SiteFacts]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be audited. year: None takes the edition's, else as_of's. decisions: of people on its findings, oldest first."""

    edition: Edition
    sites: tuple[Site, ...]
    as_of: date
    observed_until: datetime
    engine: str
    year: int | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def held(self) -> int:
        """The year whose duties are held."""
        return self.year or self.edition.year_at(self.as_of)


def default_as_of(edition: Edition, year: int | None, newest: datetime) -> date:
    """The earlier of the year's last day and the newest fetch."""
    day = newest.astimezone(CHINA).date()
    held = year or edition.year
    return min(day, date(held, 12, 31)) if held else day


def judge(view: SiteView, order: Order) -> dict[str, Finding]:
    """Every indicator's finding for one site, by indicator id."""
    until = order.observed_until.astimezone(CHINA).date()
    out: dict[str, Finding] = {}
    for item in order.edition.indicator:
        duty = bind(order.edition, item, view.site, order.held, order.as_of, until)
        if duty.excuse is not None:
            out[item.id] = Finding(Status.NOT_APPLICABLE, duty.excuse, duty.excuse_words)
            continue
        check = checks()[item.check]
        out[item.id] = check.judge(view, check.Params.model_validate(item.params), duty)
    return out


@dataclass(frozen=True, slots=True)
class Examined:
    """One site's part of an assessment. inputs: its records, one line each; times: of the first and last look."""

    card: dict[str, Any]
    total: Total
    inputs: bytes
    times: tuple[datetime, ...]
    clocks: frozenset[str]


def examine(site: Site, order: Order, facts_of: FactsOf) -> Examined:
    """Judge one site and add it up; nothing of another site is needed for it."""
    facts = facts_of(site, order.observed_until)
    inputs = b"".join(line.encode("utf-8", "replace") + b"\n" for line in _inputs(facts))
    times = sorted([f.at for p in facts.pages.values() for f in p.fetches] + [p.at for p in facts.probes])
    view = SiteView.of(facts, lambda at: facts_of(site, at))
    mine = tuple(d for d in order.decisions if (d.edition, d.year, d.site) == (order.edition.id, order.held, site.id))
    card, sum_ = site_card(view, order.edition, reviewed(judge(view, order), mine))
    return Examined(card, sum_, inputs, tuple(times[:1] + times[-1:]), frozenset(r.clock for r in facts.runs if r.stage != "ingest"))


def assess(order: Order, facts_of: FactsOf, progress: Callable[[int], None] = lambda n: None) -> dict[str, Any]:
    """The whole document."""
    return assembled(order, (examine(site, order, facts_of) for site in order.sites), progress)


def assembled(order: Order, parts: Iterable[Examined], progress: Callable[[int], None] = lambda n: None) -> dict[str, Any]:
    """The document of the parts, which come in the order of the sites; ranks are set when all are there."""
    cards: list[dict[str, Any]] = []
    totals: dict[str, list[tuple[str, Total]]] = {}  # of rated sites, by level
    digest = hashlib.sha256()
    times: list[datetime] = []
    clocks: set[str] = set()
    for n, part in enumerate(parts, 1):
        digest.update(part.inputs)
        times += part.times
        clocks |= part.clocks
        cards.append(part.card)
        if part.card["rated"]:
            totals.setdefault(part.card["level"], []).append((part.card["site"], part.total))
        progress(n)
    by_id = {c["site"]: c for c in cards}
    for level in totals.values():
        for site_id, rank in ranks(level, order.edition.rank_by).items():
            by_id[site_id]["rank"] = {"of": rank.of, "at": rank.at, "range": [rank.best, rank.worst]}
    head = _head(order, times, clocks)
    moving = {"records": digest.hexdigest(), "rows": _short([site_to_row(s) for s in order.sites]), "categories": CATEGORIES_SHA256,
              "calendar": CALENDAR, "decisions": _short([d.row() for d in order.decisions]) if order.decisions else None}
    digest.update(json.dumps([head, moving], ensure_ascii=False, sort_keys=True).encode())
    return {**head, "inputs": moving, "inputs_sha256": digest.hexdigest(), "sites": cards}


def _short(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _head(order: Order, times: list[datetime], clocks: set[str]) -> dict[str, Any]:
    edition = order.edition
    observed = [warc_time(min(times)), warc_time(max(times))] if times else [warc_time(order.observed_until)] * 2
    return {
        "schema": SCHEMA, "engine": order.engine, "inputs_sha256": "", "as_of": order.as_of.isoformat(), "observed": observed,
        "clock": "simulated" if "simulated" in clocks else "real",
        "edition": {"id": edition.id, "name": edition.name, "source": edition.source, "year": order.held,
                    "own_year": edition.year, "scheme": edition.scheme, "sha256": edition.sha256, "min_verified": edition.min_verified,
                    "chapters": edition.chapters},
    }


def _inputs(facts: SiteFacts) -> Iterable[str]:
    """One line a record: what was asked, when, and what came; and which readers read it."""
    lines = [f"{p.key} {f.at.isoformat()} {f.outcome} {f.status} {f.reason} {f.sha256} {f.redirected_to}"
             for p in facts.pages.values() for f in p.fetches]
    lines += [f"{p.at.isoformat()} {p.host} {p.kind} {p.vantage} {json.dumps(p.value, ensure_ascii=False, sort_keys=True)}"
              for p in facts.probes]
    lines += [f"reader {x}" for x in {p.doc.reader for p in facts.pages.values() if p.doc is not None}]
    lines += [f"{r.stage} {r.began_at} {r.ended_at} {r.clock} {r.vantage}" for r in facts.runs]
    return sorted(lines)
