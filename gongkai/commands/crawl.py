"""Ask the editions' questions of sites: fetch politely, archive, read, store; resumable and incremental.

Run again on the same night, it goes on where it stood; on a later night it looks at lists again and reads what is new.
A site whose budget of requests, bytes or minutes ended is gone on with in the next night before anything is looked at again.
Ctrl-C or SIGTERM once lets what is on its way end, twice ends at once; either way nothing stored is lost.

  gongkai crawl                                all sites, the editions at the head of sites.toml
  gongkai crawl huangpu --edition shanghai-2019 --explain
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime

from db.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which sites, for which editions, how much."""
    parser.add_argument("sites", nargs="*", metavar="SITE", help="ids of rows; default all")
    parser.add_argument("--edition", action="append", default=[], metavar="ID[:YEAR]", help="default: editions in sites.toml")
    parser.add_argument("--budget", type=int, metavar="N", help="requests a site at most this night")
    parser.add_argument("--clock", type=datetime.fromisoformat, metavar="TIME", help="a fixed, simulated clock (tests, the farm)")
    parser.add_argument("--explain", action="store_true", help="print why each page is fetched, for which question")


def run(args: argparse.Namespace, home: Home) -> int:
    """One night."""
    from crawler.clock import Clock
    from crawler.sites import load_sites
    from db.archive import Archive
    from db.session import open_db
    from db.words import fault_of
    from gongkai.progress import counting
    from spiders.night import crawl, editions_of, unreadable_sites

    sites = load_sites(home.sites_file)
    rows = sites.chosen(args.sites)
    editions = editions_of(sites, args.edition)
    clock = Clock(args.clock or sites.clock)
    engine = open_db(home.db_url, create=True)
    archive = Archive(home.archive_dir)
    totals: dict[str, int] = {}
    with counting("requests") as count:

        def tell(site: str, counts: dict[str, int], step: object, ref: object) -> None:
            totals[site] = counts["requested"]
            count(sum(totals.values()))
            if args.explain and step is not None:
                want = step.want  # type: ignore[attr-defined]
                print(f"{site}  {want.priority:5.1f}  {step.question}  {want.why}  {ref.url}", file=sys.stderr)  # type: ignore[attr-defined]

        try:
            job = crawl(engine, archive, sites, rows, editions, clock, budget=args.budget, tell=tell)
        finally:
            archive.close()
            engine.dispose()
    dead = unreadable_sites(job)
    result = []
    for site in rows:
        c = job.counts.get(site.id, {})
        known = sum(1 for p in job.facts[site.id].pages.values() if p.doc is not None)
        line = {"site": site.id, "known": known, **c, "stopped": job.stopped.get(site.id),
                "night": list(job.nights[site.id]) if site.id in job.nights else None,
                "unreadable": dead[site.id].value if site.id in dead else None}
        result.append(line)
        words = (f"{site.id}: {known} pages known, {c.get('requested', 0)} requested, {c.get('changed', 0)} new or changed, "
                 f"{c.get('unchanged', 0)} unchanged, {c.get('failed', 0)} failed")
        if site.id in dead:
            fault = fault_of(dead[site.id])
            words += f"; could not be read: {dead[site.id].value} ({fault.value if fault else '-'})"
        if site.id in job.stopped:
            words += f"; stopped: {job.stopped[site.id]}"
            if site.id in job.nights:
                words += "; night {} of about {}, the next one goes on where it stood".format(*job.nights[site.id])
        print(words, file=sys.stderr)
    for torn in archive.torn:
        print(f"archive: {torn}", file=sys.stderr)
    if args.json:
        print(json.dumps(result, ensure_ascii=False))
    for bug in job.bugs:
        print(f"gongkai: this is a bug; the page was archived and is unknown: {bug}", file=sys.stderr)
    if job.bugs:
        return 3
    return 4 if dead else 0
