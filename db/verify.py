"""Are the stored bytes what they were? Every record's digest, and every fetch's place, checked."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fastwarc.warc import ArchiveIterator
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.archive import Archive
from db.tables import FetchRow

RUN = "urn:gongkai:run"


@dataclass(slots=True)
class Checked:
    """What was found: records and bytes read, and what is wrong, each with its place."""

    records: int = 0
    size: int = 0
    wrong: list[str] = field(default_factory=list)


def verify(folder: Path, session: Session | None, progress: Callable[[int], None] = lambda n: None) -> Checked:
    """Read every WARC file of an archive; with a session, also whether each fetch's record is where the database says."""
    out = Checked()
    places: set[tuple[str, int]] = set()
    files = sorted(p for p in folder.rglob("*.warc*") if p.is_file() and ".part" not in p.name)
    for path in files:
        name = str(path.relative_to(folder))
        try:
            for record in ArchiveIterator(str(path), parse_http=False):
                block = record.reader.read()
                out.records += 1
                out.size += len(block)
                places.add((name, int(record.stream_pos)))
                said = record.headers.get("WARC-Block-Digest") or ""
                if said.startswith("sha256:") and said[7:] != base64.b32encode(hashlib.sha256(block).digest()).decode():
                    out.wrong.append(f"{name}:{record.stream_pos}: the bytes are not those of their digest")
                progress(out.records)
        except (OSError, ValueError, EOFError) as exc:
            out.wrong.append(f"{name}: cannot be read to its end: {exc}")
    if session is not None:
        for file, offset in session.execute(select(FetchRow.warc, FetchRow.offset)):
            if not file.startswith("foreign/") and (file, offset) not in places:
                out.wrong.append(f"{file}:{offset}: the database names a record that is not there; run `gongkai rebuild`")
    return out


def unneeded(archive: Archive) -> list[tuple[Path, str]]:
    """Files that no record of the archive needs, each with why: captures half copied, captures that no run ingested."""
    named = {json.loads(r.body).get("file") for r in archive.records() if r.type == "resource" and r.ref.url == RUN}
    out = []
    for path in sorted((archive.folder / "foreign").glob("*")):
        if path.suffix == ".part":
            out.append((path, "half copied"))
        elif f"foreign/{path.name}" not in named:
            out.append((path, "no run names it: its ingest was broken off; run it again or let it go"))
    return out
