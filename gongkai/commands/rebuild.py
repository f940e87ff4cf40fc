"""Make the database again from the archive alone.

With SQLite the new file takes the old one's place only when it is whole; other databases must be empty.

  gongkai rebuild
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from db.errors import DatabaseError
from db.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(args: argparse.Namespace, home: Home) -> int:
    """Replay every record."""
    from sqlalchemy import func, select
    from sqlalchemy.engine import make_url

    from db.archive import Archive
    from db.session import open_db, session_on
    from db.tables import RunRow
    from gongkai.progress import counting
    from spiders.reparse import rebuild

    url = make_url(home.db_url)
    target = Path(url.database) if url.drivername.startswith("sqlite") and url.database else None
    fresh = target.with_suffix(".rebuild") if target else None
    if fresh is not None:
        for path in fresh.parent.glob(fresh.name + "*"):
            path.unlink()
    engine = open_db(f"sqlite:///{fresh}" if fresh else home.db_url, create=True)
    with session_on(engine) as session:
        if fresh is None and session.execute(select(func.count(RunRow.id))).scalar_one():
            raise DatabaseError(f"{home.db_url}: not empty; rebuild into an empty database")
        with counting("replaying the archive") as tell:
            count = rebuild(session, Archive(home.archive_dir), tell)
    engine.dispose()
    if fresh is not None and target is not None:
        for old in target.parent.glob(target.name + "-*"):
            old.unlink()
        fresh.rename(target)
    print(f"{count} records replayed", file=sys.stderr)
    return 0
