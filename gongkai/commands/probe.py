"""Facts about sites that no page tells: IPv6 addresses by two resolvers, an answer over IPv6.

The resolvers and the control name that proves them stand under [dns] in sites.toml. Every answer is archived as
received. Absence of an address needs two nights; run it nightly.

  gongkai probe
  gongkai probe huangpu --only ipv6
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import datetime
from typing import Any

from db.home import Home

KINDS = ("ipv6",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which sites, which facts."""
    parser.add_argument("sites", nargs="*", metavar="SITE", help="ids of rows; default all")
    parser.add_argument("--only", default="ipv6", metavar="KINDS", help="of: " + ", ".join(KINDS))
    parser.add_argument("--clock", type=datetime.fromisoformat, metavar="TIME", help="a fixed, simulated clock (tests, the farm)")


def run(args: argparse.Namespace, home: Home) -> int:
    """Probe, archive, store."""
    from crawler.clock import Clock
    from crawler.sites import load_sites
    from db.archive import Archive
    from db.errors import ConfigError, GongkaiError
    from db.session import open_db, session_on
    from db.store import store_probe
    from gongkai.main import engine_version
    from gongkai.progress import counting
    from spiders.reparse import PROBE, begin_run, end_run, run_record

    wrong = set(args.only.split(",")) - set(KINDS)
    if wrong:
        raise GongkaiError(f"--only {', '.join(sorted(wrong))}: no such probe; there are: {', '.join(KINDS)}")
    sites = load_sites(home.sites_file)
    rows = sites.chosen(args.sites)
    if len(sites.resolvers) < 2 or not sites.control:
        raise ConfigError(f"{home.sites_file}: [dns]: needs two resolvers and a control name, e.g. "
                          'resolvers = ["223.5.5.5", "119.29.29.29"], control = "www.tsinghua.edu.cn"')
    clock = Clock(args.clock or sites.clock)
    now = clock.now()
    engine = open_db(home.db_url, create=True)
    archive = Archive(home.archive_dir)
    archive.open()
    lines: list[dict[str, Any]] = []
    try:
        with session_on(engine) as session, counting("sites probed") as tell:
            record = run_record("probe", now, clock.kind, engine_version(), "local", list(rows))
            run_id, sha = begin_run(session, archive, record)
            hosts = {s.id: _home_host(session, s, now) for s in rows}
            found = asyncio.run(_probe(sites, hosts))
            for n, site in enumerate(rows):
                host, _ = hosts[site.id]
                for kind, value in found[site.id]:
                    said = {"host": host, "kind": kind, "vantage": "local", "value": value}
                    place = archive.write_json(PROBE, now, said, run=sha, site=site.id)
                    store_probe(session, run_id, site.id, host=host, kind=kind, vantage="local", at=now, value=value, place=place)
                    lines.append({"site": site.id, **said})
                tell(n + 1)
            end_run(session, archive, run_id, sha, now, {})
    finally:
        archive.close()
        engine.dispose()
    _say(lines, args.json)
    return 0


def _home_host(session: Any, site: Any, now: datetime) -> tuple[str, bool]:
    """The host that the home page is finally served from, after its redirects, and whether by https."""
    from db.queries import site_facts
    from db.urls import host_of, page_key
    from db.words import PageRef

    url = site.hosts[0].url + "/"
    pages = site_facts(session, site, now).pages
    for _ in range(5):
        page = pages.get(page_key(PageRef(url)))
        if page is None or page.last is None or not page.last.redirected_to:
            break
        url = page.last.redirected_to
    return host_of(url).split(":")[0], url.startswith("https")


async def _probe(sites: Any, hosts: dict[str, tuple[str, bool]]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    from crawler.probe.names import Resolver, aaaa
    from crawler.probe.reach import have_ipv6, home_over_ipv6

    resolvers = [Resolver.of(r) for r in sites.resolvers]
    answers = await aaaa(resolvers, sites.control, sorted({h for h, _ in hosts.values()}))
    proved = await have_ipv6(resolvers[0], list(sites.controls6))
    out: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for site, (host, secure) in hosts.items():
        told = [("dns.aaaa", a) for a in answers[host]]
        addresses = sorted({x for a in answers[host] for x in a["addresses"]})
        told.append(("http6.home", await home_over_ipv6(resolvers[0], host, addresses, secure, proved)))
        out[site] = told
    return out


def _say(lines: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print(json.dumps(lines, ensure_ascii=False))
        return
    for line in lines:
        value = line["value"]
        what = ", ".join(value.get("addresses", ())) or value["answer"]
        by = f" @{value['resolver']}{'' if value['proved'] else ' (not proved by the control name)'}" if "resolver" in value else ""
        print(f"{line['site']}\t{line['kind']}\t{line['host']}{by}\t{what}")
    print(f"{len({x['site'] for x in lines})} sites probed", file=sys.stderr)
