"""Read WARC or WACZ files made by anyone, without network; their dates count as the times of fetching.

Hosts that no row of sites.toml names are read too, with no site. The file is kept whole in the archive.

  gongkai ingest capture.warc.gz
  gongkai export pages > pages.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from db.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files."""
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)


def run(args: argparse.Namespace, home: Home) -> int:
    """Ingest each file; a file read before changes nothing."""
    from crawler.clock import Clock
    from crawler.sites import load_sites
    from db.archive import Archive
    from db.session import open_db, session_on
    from gongkai.main import engine_version
    from gongkai.progress import counting
    from spiders.reparse import ingest

    sites = load_sites(home.sites_file)
    clock = Clock(sites.clock)
    engine = open_db(home.db_url, create=True)
    archive = Archive(home.archive_dir)
    results = []
    try:
        for path in args.files:
            with session_on(engine) as session, counting(f"reading {path.name}") as tell:
                read, new = ingest(session, archive, path, list(sites.rows), clock.now(), engine_version(), clock.kind, tell)
            results.append({"file": str(path), "read": read, "new": new})
            print(f"{path}: {read} records read, {new} new", file=sys.stderr)
        for torn in archive.torn:
            print(f"archive: {torn}", file=sys.stderr)
    finally:
        archive.close()
        engine.dispose()
    if args.json:
        print(json.dumps(results, ensure_ascii=False))
    return 0
