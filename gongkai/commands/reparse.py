"""Read the archive again after a change of readers, families or categories; no network.

Older readings and labels stay; assessments made from them stay as they are.

  gongkai reparse
"""

from __future__ import annotations

import argparse
import json
import sys

from db.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which sites."""
    parser.add_argument("sites", nargs="*", metavar="SITE")


def run(args: argparse.Namespace, home: Home) -> int:
    """Index every archived blob again."""
    from db.archive import Archive
    from db.session import open_db, session_on
    from gongkai.progress import counting
    from spiders.reparse import reparse

    engine = open_db(home.db_url)
    with session_on(engine) as session, counting("reading again") as tell:
        count = reparse(session, Archive(home.archive_dir), args.sites, tell)
    engine.dispose()
    print(f"{count} pages read again", file=sys.stderr)
    if args.json:
        print(json.dumps({"read": count}))
    return 0
