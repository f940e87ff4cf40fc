"""`editions diff`: two editions, or one and a changed one, held against the same archive: which sites move, and why."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from db.home import Home


def diff(args: argparse.Namespace, home: Home | None) -> int:
    """Judge, add up both ways, print one line a site that moved."""
    from audit.edition import Edition, load
    from audit.model import Finding
    from audit.run import Order, default_as_of, judge
    from audit.view import SiteView
    from audit.whatif import changed, moved, places, robust
    from crawler.sites import load_sites
    from db.errors import GongkaiError
    from db.home import find_home
    from db.queries import newest_fetch, site_facts
    from db.session import open_db, session_on
    from db.words import Site
    from gongkai.main import engine_version
    from gongkai.progress import counting

    if (args.other is None) == (not args.what_if and not args.robust):
        raise GongkaiError("editions diff: give another edition, or --what-if, or --robust")
    place = home or find_home(args.home, args.db, args.sites_file)
    first = load(args.id)
    second = load(args.other) if args.other else changed(first, args.what_if)
    rows = load_sites(place.sites_file).chosen([])
    engine = open_db(place.db_url)

    with session_on(engine) as session:
        until = newest_fetch(session)
        if until is None:
            raise GongkaiError(f"{place.db_url}: nothing was fetched yet; run `gongkai crawl` or `gongkai ingest FILE` first")

        def judged(edition: Edition) -> list[tuple[Site, dict[str, Finding]]]:
            as_of = args.as_of or default_as_of(edition, args.year, until)
            order = Order(edition, rows, as_of, until, engine_version(), args.year)
            out = []
            with counting("sites judged") as tell:
                for n, site in enumerate(rows, 1):
                    facts = site_facts(session, site, until)
                    out.append((site, judge(SiteView.of(facts, lambda at, site=site: site_facts(session, site, at)), order)))  # type: ignore[misc]
                    tell(n)
            return out

        before = judged(first)
        after = judged(second) if args.other else before
    engine.dispose()
    if args.robust:
        return _say_robust(robust(first, before), places(first, before), args.json)
    why = moved(first, second)
    old, new = places(first, before), places(second, after)
    earlier = {site.id: found for site, found in before}
    changes: list[dict[str, Any]] = []
    for site, found in after:
        was = earlier[site.id]
        verdicts = [f"{k}: {was[k].status} → {f.status}" for k, f in found.items() if k in was and was[k].status is not f.status]
        if old[site.id] != new[site.id] or verdicts:
            a, b = old[site.id], new[site.id]
            changes.append({"site": site.id, "score": [a.score, b.score], "rank": [a.rank, b.rank], "verdicts": verdicts})
    if args.json:
        print(json.dumps({"edition": why, "sites": changes}, ensure_ascii=False))
        return 0
    print("\n".join(why))
    print()
    for c in changes:
        print(f"{c['site']}\tscore {_of(c['score'])}\trank {_of(c['rank'])}\t{'; '.join(c['verdicts'])}".rstrip())
    print(f"{len(changes)} of {len(after)} sites move", file=sys.stderr)
    return 0


def _of(pair: list[Any]) -> str:
    a, b = ("-" if x is None else x for x in pair)
    return f"{a}" if a == b else f"{a} → {b}"


def _say_robust(found: dict[str, tuple[int, int, str]], now: dict[str, Any], as_json: bool) -> int:
    if as_json:
        rows = {k: {"rank": now[k].rank, "best": a, "worst": b, "by": why} for k, (a, b, why) in found.items()}
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for key, (low, high, why) in sorted(found.items(), key=lambda x: (now[x[0]].rank or 0, x[0])):
        print(f"{key}\trank {now[key].rank}\t{low}–{high}\t{why or 'no single weight moves it'}")
    return 0
