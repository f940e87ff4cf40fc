"""The archived bytes behind a verdict, their digest verified.

  gongkai evidence show 3f8a… > page.html
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from types import SimpleNamespace
from typing import Any

from db.errors import ArchiveError, GongkaiError
from db.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The digest, whole or a beginning that only one has."""
    sub = parser.add_subparsers(dest="action", required=True)
    show = sub.add_parser("show", help="print the bytes to standard output")
    show.add_argument("sha256", metavar="SHA256")


def run(args: argparse.Namespace, home: Home) -> int:
    """Find, read, verify, print."""
    from sqlalchemy import select

    from db.archive import Archive
    from db.session import open_db, session_on
    from db.tables import FetchRow, PageRow

    wanted = args.sha256.lower()
    engine = open_db(home.db_url)
    with session_on(engine) as session:
        rows: list[Any] = list(session.execute(
            select(FetchRow.blob, FetchRow.warc, FetchRow.offset, FetchRow.at, PageRow.url)
            .join(PageRow, PageRow.id == FetchRow.page_id).where(FetchRow.blob.startswith(wanted)).order_by(FetchRow.id)
        ).all())
        if not rows:
            rows = _captures(session, wanted)
    engine.dispose()
    blobs = {r.blob for r in rows}
    if not rows:
        raise GongkaiError(f"{args.sha256}: no archived bytes of this digest in {home.db_url}")
    if len(blobs) > 1:
        raise GongkaiError(f"{args.sha256}: {len(blobs)} digests begin so; give more of it")
    row = rows[0]
    record = Archive(home.archive_dir).read(row.warc, row.offset)
    found = hashlib.sha256(record.body).hexdigest()
    if found != row.blob:
        raise ArchiveError(f"{row.warc}:{row.offset}: the bytes have digest {found}, not {row.blob}; "
                           "run `gongkai archive verify` and restore the file")
    print(f"{row.url}\nfetched {row.at:%Y-%m-%dT%H:%M:%SZ} · {row.warc}:{row.offset} · sha256 {found} verified", file=sys.stderr)
    sys.stdout.buffer.write(record.body)
    return 0


def _captures(session: Any, wanted: str) -> list[Any]:
    """What probes saw and kept: pages over one family of addresses, which no crawl fetched."""
    from sqlalchemy import select

    from db.tables import ProbeRow

    out = []
    for probe in session.execute(select(ProbeRow).where(ProbeRow.kind.in_(("http4.home", "http6.home"))).order_by(ProbeRow.id)).scalars():
        for digest, place in probe.value.get("captures", {}).items():
            if digest.startswith(wanted):
                file, _, offset = place.rpartition(":")
                out.append(SimpleNamespace(blob=digest, warc=file, offset=int(offset), at=probe.at, url=f"{probe.kind}:{probe.host}"))
    return out
