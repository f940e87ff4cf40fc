"""Runs of probes: made here or taken from another machine's file; every fact to the archive first, then to the table."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.clock import Clock
from crawler.probe.asker import Resolver
from crawler.probe.history import changes
from crawler.probe.http import TIMEOUT
from crawler.probe.net import Net
from crawler.probe.run import Prober, Told
from crawler.settings import user_agent
from crawler.sites import DEFAULT_DELAY, Sites, load_sites
from db.archive import Archive, warc_time
from db.errors import ConfigError, GongkaiError
from db.facts import ProbeFact
from db.home import Home
from db.queries import probe_facts
from db.session import open_db, session_on
from db.store import store_probe
from db.tables import RunRow
from db.urls import host_of
from gongkai.main import engine_version
from gongkai.probing import carry
from gongkai.probing.subjects import subjects
from gongkai.progress import counting
from spiders.reparse import PROBE, begin_run, end_run, run_record

CAPTURE = "urn:gongkai:capture"  # bytes that a probe saw, by digest; no page of the crawl


@dataclass
class Stored:
    """What a run stored. lines: site, host, kind, vantage, at, value; changed: what differs from the probe before, in words."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def probe_sites(home: Home, ids: list[str], only: frozenset[str], vantage: str, fixed: datetime | None, export: Path | None,
                unless_within: float | None = None) -> Stored:
    """Probe rows of sites.toml from here. unless_within: hours; sites probed from this vantage since then are left out."""
    sites = load_sites(home.sites_file)
    rows = sites.chosen(ids)
    if len(sites.resolvers) < 2 or not sites.control:
        raise ConfigError(f"{home.sites_file}: [dns]: needs two resolvers and a control name, e.g. "
                          'resolvers = ["223.5.5.5", "119.29.29.29"], control = "www.tsinghua.edu.cn"')
    clock = Clock(fixed or sites.clock)
    engine = open_db(home.db_url, create=True)
    archive = Archive(home.archive_dir)
    archive.open()
    captures: dict[str, tuple[str, bytes]] = {}
    places: dict[str, str] = {}
    out = Stored()
    try:
        with session_on(engine) as session, counting("sites probed") as tell:
            now = clock.now()
            known = {s.id: probe_facts(session, s.id, now) for s in rows}
            if unless_within is not None:
                since = now - timedelta(hours=unless_within)
                rows = tuple(s for s in rows if not any(p.vantage == vantage and p.at > since for p in known[s.id]))
            if not rows:
                return out
            record = run_record("probe", now, clock.kind, engine_version(), vantage, list(rows))
            run_id, sha = begin_run(session, archive, record)
            seen: set[str | None] = {None}

            def keep(fact: Told) -> None:
                for kind, body in fact.captures:
                    captures.setdefault(hashlib.sha256(body).hexdigest(), (kind, body))
                value = _with_places(fact, archive, now, sha, places)
                _keep(session, archive, out, run_id, sha, {"site": fact.site, "host": fact.host, "kind": fact.kind, "vantage": vantage,
                                                           "at": warc_time(now), "value": value})
                seen.add(fact.site)
                tell(len(seen) - 1)

            prober = _prober(sites, vantage, only, now)
            asyncio.run(prober.run(subjects(session, archive, rows, now, only), keep))
            end_run(session, archive, run_id, sha, now, {})
            out.changed = _changed(known, out.lines)
    finally:
        archive.close()
        engine.dispose()
    if export is not None:
        head = {"vantage": vantage, "engine": engine_version(), "clock": clock.kind, "began_at": warc_time(now)}
        carry.write(export, head, out.lines, captures.values())
    return out


def import_facts(home: Home, path: Path, fixed: datetime | None) -> Stored:
    """Take another machine's facts, for the sites that sites.toml names; the same file twice is one run."""
    head, facts, captures = carry.read(path)
    sites = load_sites(home.sites_file)
    rows = {s.id: s for s in sites.rows}
    wanted = [f for f in facts if f["site"] is None or f["site"] in rows]
    if not any(f["site"] for f in wanted):
        raise GongkaiError(f"{path}: none of its sites stands in {home.sites_file}; it has: "
                           f"{', '.join(sorted({f['site'] for f in facts if f['site']})) or 'none'}")
    late = max(datetime.fromisoformat(f["at"]) for f in wanted)
    now = Clock(fixed or sites.clock).now()
    if late > now:
        raise GongkaiError(f"{path}: a fact of {warc_time(late)} lies after this machine's clock ({warc_time(now)}); set both clocks right")
    engine = open_db(home.db_url, create=True)
    archive = Archive(home.archive_dir)
    archive.open()
    out = Stored()
    try:
        with session_on(engine) as session:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            named = [rows[s] for s in sorted({f["site"] for f in wanted if f["site"]})]
            record = run_record("probe", datetime.fromisoformat(head["began_at"]), head["clock"], head["engine"], head["vantage"], named,
                                file_sha256=digest, name=path.name)
            run_id, sha = begin_run(session, archive, record, hashlib.sha256(f"probes {digest}".encode()).hexdigest())
            if session.execute(select(RunRow.state).where(RunRow.id == run_id)).scalar_one() == "done":
                return out  # the same file again
            places = {}
            for kind, body in captures:
                name = hashlib.sha256(body).hexdigest()
                place = archive.write_resource(f"{CAPTURE}:{name}", late, kind, body, run=sha, sync=False)
                places[name] = f"{place.file}:{place.offset}"
            for fact in wanted:
                _keep(session, archive, out, run_id, sha, {**fact, "value": _here(fact["value"], places)})
            end_run(session, archive, run_id, sha, late, {})
    finally:
        archive.close()
        engine.dispose()
    return out


def _prober(sites: Sites, vantage: str, only: frozenset[str], now: datetime) -> Prober:
    """The means of a run, from the head of sites.toml and the rows' agreed delays."""
    pauses = {host_of(h.url).split(":")[0]: DEFAULT_DELAY if r.delay is None else r.delay for r in sites.rows for h in r.hosts}
    return Prober(Net(sites.resolve, pauses), [Resolver.of(r) for r in sites.resolvers], str(sites.control), list(sites.controls6),
                  user_agent(sites.contact), vantage, only, min(TIMEOUT, sites.timeout), now.date().isoformat())


def _with_places(fact: Told, archive: Archive, at: datetime, run: str, known: dict[str, str]) -> dict[str, Any]:
    """The fact's value with where its captures lie: digest -> place; archived before the fact that cites them, each once a run."""
    if not fact.captures:
        return fact.value
    places = {}
    for kind, body in fact.captures:
        digest = hashlib.sha256(body).hexdigest()
        if digest not in known:
            place = archive.write_resource(f"{CAPTURE}:{digest}", at, kind, body, run=run, site=fact.site, sync=False)
            known[digest] = f"{place.file}:{place.offset}"
        places[digest] = known[digest]
    return {**fact.value, "captures": places}


def _here(value: dict[str, Any], places: dict[str, str]) -> dict[str, Any]:
    """A foreign fact's value with places in our archive instead of theirs."""
    own = {k: v for k, v in value.items() if k != "warc"}
    if "captures" in own:
        own["captures"] = {digest: places[digest] for digest in own["captures"] if digest in places}
    return own


def _keep(session: Session, archive: Archive, out: Stored, run: int, sha: str, line: dict[str, Any]) -> None:
    """One fact to the archive, then to the table."""
    said = {k: line[k] for k in ("host", "kind", "vantage", "value")}
    at = datetime.fromisoformat(line["at"])
    body = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    place = archive.write_resource(PROBE, at, "application/json", body, run=sha, site=line["site"], sync=False)
    store_probe(session, run, line["site"], host=line["host"], kind=line["kind"], vantage=line["vantage"], at=at, value=line["value"],
                place=place)
    out.lines.append(line)


def _changed(before: dict[str, tuple[ProbeFact, ...]], lines: list[dict[str, Any]]) -> list[str]:
    """What differs from the newest earlier run of the same vantage, a line each."""
    now: dict[tuple[str, str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for x in lines:
        if x["site"] is not None:
            now[x["site"], x["host"], x["kind"], x["vantage"]].append(x["value"])
    out = []
    for (site, host, kind, vantage), values in now.items():
        old = [p for p in before.get(site, ()) if (p.host, p.kind, p.vantage) == (host, kind, vantage)]
        last = [p.value for p in old if p.at == old[-1].at]
        out += [f"{site} {host} {kind} {words}" for words in changes(kind, last, values)]
    return sorted(out)
