"""The stored bytes: are they what they were?

  gongkai archive verify
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from db.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    sub = parser.add_subparsers(dest="action", required=True)
    sub.add_parser("verify", help="every record's digest, and that every fetch's record is where the database says")


def run(args: argparse.Namespace, home: Home) -> int:
    """Read all, tell what is wrong; 1 where anything is."""
    from db.errors import ArchiveError
    from db.session import open_db, session_on
    from db.verify import verify
    from gongkai.progress import counting

    if not home.archive_dir.is_dir():
        raise ArchiveError(f"{home.archive_dir}: no archive here; run `gongkai crawl` or `gongkai ingest` first")
    sqlite = home.db_url.removeprefix("sqlite:///")
    known = not home.db_url.startswith("sqlite") or Path(sqlite).exists()
    with counting("records verified") as tell:
        if known:
            engine = open_db(home.db_url)
            with session_on(engine) as session:
                found = verify(home.archive_dir, session, tell)
            engine.dispose()
        else:
            found = verify(home.archive_dir, None, tell)
    if args.json:
        print(json.dumps({"records": found.records, "bytes": found.size, "wrong": found.wrong}, ensure_ascii=False))
    else:
        for line in found.wrong:
            print(line)
    print(f"{found.records} records, {found.size} bytes, {len(found.wrong)} wrong", file=sys.stderr)
    return 1 if found.wrong else 0
