"""How long an assessment of many stored sites takes, and whether memory stays flat.

  python bench/scoring.py HOME [--sites 1000] [--edition shanghai-2019] [--workers N]

HOME is a crawled home. The rows of its sites are copied under other ids in a copy of its database until so many sites are
stored, and that database is audited as `gongkai audit` does it.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sqlite3
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from audit.edition import load
from audit.parallel import assess_stored
from audit.run import Order
from crawler.sites import load_sites
from db.queries import newest_fetch, site_facts
from db.session import open_db, session_on
from db.words import Site


def many(database: Path, rows: tuple[Site, ...], number: int) -> tuple[Site, ...]:
    """So many sites stored: fetches, probes and runs of the real ones copied under new ids; pages and readings are shared."""
    out = tuple(replace(rows[n % len(rows)], id=f"{rows[n % len(rows)].id}~{n // len(rows)}") for n in range(number))
    with sqlite3.connect(database) as db:
        for table in ("fetch", "probe"):
            names = [r[1] for r in db.execute(f"PRAGMA table_info({table})") if r[1] != "id"]
            picked = ", ".join(f"{c} || ?" if c in ("key_sha", "site_id") else f'"{c}"' for c in names)
            quoted = ", ".join(f'"{c}"' for c in names)
            for n in range(-(-number // len(rows))):
                db.execute(f"INSERT INTO {table} ({quoted}) SELECT {picked} FROM {table} WHERE site_id NOT LIKE '%~%'", (f"~{n}", f"~{n}"))
        for ident, sites in db.execute("SELECT id, sites FROM run").fetchall():
            known = json.loads(sites)
            db.execute("UPDATE run SET sites = ? WHERE id = ?", (json.dumps([s.id for s in out if s.id.split("~")[0] in known]), ident))
    return out


def megabytes(who: int) -> int:
    """The most memory that a process has held."""
    return round(resource.getrusage(who).ru_maxrss / 1024)


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--edition", default="shanghai-2019")
    parser.add_argument("--workers", type=int, help="default: one a core")
    args = parser.parse_args()
    rows = load_sites(args.home / "config" / "sites.toml").chosen([])
    held: dict[int, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "gongkai.db"
        shutil.copy(args.home / "var" / "gongkai.db", database)
        sites = many(database, rows, args.sites)
        url = f"sqlite:///{database}"
        with session_on(open_db(url)) as session:
            until = newest_fetch(session)
            assert until is not None
            pages = sum(len(site_facts(session, s, until).pages) for s in sites[: len(rows)]) / min(len(rows), len(sites))

        def progress(n: int) -> None:
            if n in (args.sites // 10, args.sites):
                held[n] = megabytes(resource.RUSAGE_SELF)

        edition = load(args.edition)
        order = Order(edition, sites, date(edition.year or until.year, 12, 31), until, "bench")
        began = time.perf_counter()
        document = assess_stored(url, order, progress, workers=args.workers)
        seconds = time.perf_counter() - began
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    judged = sum(f["status"] in ("pass", "partial", "fail") for c in document["sites"] for f in c["findings"])
    cpu = round(sum(x.ru_utime + x.ru_stime for x in spent), 1)
    print(json.dumps({"sites": len(sites), "pages_per_site": round(pages), "indicators": len(edition.indicator), "judged": judged,
                      "seconds": round(seconds, 1), "cpu_seconds": cpu, "megabytes_after": held,
                      "megabytes_of_a_worker": megabytes(resource.RUSAGE_CHILDREN)}))


if __name__ == "__main__":
    main()
