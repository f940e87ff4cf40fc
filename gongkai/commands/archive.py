"""The stored bytes: are they what they were? What may go? Hand over what was seen of a site.

  gongkai archive verify                      every record's digest, and every place the database names
  gongkai archive gc                          what no record needs; --yes removes it
  gongkai archive export huangpu --out h.wacz  one site as WACZ, to be replayed by anyone (replayweb.page, pywb)
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.home import Home

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    sub = parser.add_subparsers(dest="action", required=True)
    sub.add_parser("verify", help="every record's digest, and that every fetch's record is where the database says")
    gc = sub.add_parser("gc", help="files of the archive that no record needs")
    gc.add_argument("--yes", action="store_true", help="remove them")
    export = sub.add_parser("export", help="one site as WACZ")
    export.add_argument("site", metavar="SITE", help="id of a row")
    export.add_argument("--out", type=Path, metavar="FILE", help="default: SITE.wacz in the current folder")


def run(args: argparse.Namespace, home: Home) -> int:
    """See the module; verify gives 1 where anything is wrong."""
    from db.errors import ArchiveError

    if not home.archive_dir.is_dir():
        raise ArchiveError(f"{home.archive_dir}: no archive here; run `gongkai crawl` or `gongkai ingest` first")
    return {"verify": _verify, "gc": _gc, "export": _export}[args.action](args, home)


@contextmanager
def _known(home: Home) -> Iterator[Session | None]:
    """The database, where there is one."""
    from db.session import open_db, session_on

    if home.db_url.startswith("sqlite") and not Path(home.db_url.removeprefix("sqlite:///")).exists():
        yield None
        return
    engine = open_db(home.db_url)
    with session_on(engine) as session:
        yield session
    engine.dispose()


def _verify(args: argparse.Namespace, home: Home) -> int:
    from db.verify import verify
    from gongkai.progress import counting

    with counting("records verified") as tell, _known(home) as session:
        found = verify(home.archive_dir, session, tell)
    if args.json:
        print(json.dumps({"records": found.records, "bytes": found.size, "wrong": found.wrong}, ensure_ascii=False))
    else:
        for line in found.wrong:
            print(line)
    print(f"{found.records} records, {found.size} bytes, {len(found.wrong)} wrong", file=sys.stderr)
    return 1 if found.wrong else 0


def _gc(args: argparse.Namespace, home: Home) -> int:
    from db.archive import Archive
    from db.verify import unneeded

    archive = Archive(home.archive_dir)
    archive.open()  # nobody writes meanwhile
    try:
        found = unneeded(archive)
        size = sum(p.stat().st_size for p, _ in found)
        for path, why in found:
            print(f"{path.relative_to(home.archive_dir)}\t{path.stat().st_size}\t{why}")
            if args.yes:
                path.unlink()
    finally:
        archive.close()
    print(f"{len(found)} files, {size} bytes {'removed' if args.yes else 'may go; say --yes to remove them'}", file=sys.stderr)
    return 0


def _export(args: argparse.Namespace, home: Home) -> int:
    from db.archive import Archive
    from db.queries import titles_of
    from db.wacz import export_site
    from gongkai.progress import counting

    out = args.out or Path.cwd() / f"{args.site}.wacz"
    with _known(home) as session:
        titles = titles_of(session, args.site) if session is not None else {}
    with counting("records written") as tell:
        count = export_site(Archive(home.archive_dir), args.site, out, datetime.now(UTC), titles, tell)
    print(out)
    print(f"{count} records, {out.stat().st_size} bytes", file=sys.stderr)
    return 0
