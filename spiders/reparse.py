"""The archive to rows again: ingest of foreign captures, reparse after a change of readers, rebuild of the database."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import store
from db.archive import Archive, Place, Record, parse_time, warc_time
from db.errors import ArchiveError
from db.queries import newest_readings, page_ref, site_from_row
from db.tables import FetchRow, PageRow, ProbeRow, ReadingRow, RunRow
from db.urls import host_of, page_key
from db.warc import read_file
from db.words import Outcome, Site
from spiders.index import index, read_record

RUN, RUN_END, PROBE, ASSESSMENT = "urn:gongkai:run", "urn:gongkai:run-end", "urn:gongkai:probe", "urn:gongkai:assessment"
REVIEW = "urn:gongkai:review"
Progress = Callable[[int], None]
COMMIT_EVERY = 200


def run_record(stage: str, at: datetime, clock: str, engine: str, vantage: str, sites: list[Site], **extra: Any) -> dict[str, Any]:
    """What a run says of itself, as archived before it does anything."""
    return {"stage": stage, "began_at": warc_time(at), "clock": clock, "engine": engine, "vantage": vantage,
            "sites": [store.site_to_row(s) for s in sites], **extra}


def begin_run(session: Session, archive: Archive, record: dict[str, Any], sha: str = "") -> tuple[int, str]:
    """Archive and store a run; its id and digest. sha: the same work done again is the same run."""
    body = json.dumps(record, ensure_ascii=False, sort_keys=True).encode()
    sha = sha or hashlib.sha256(body).hexdigest()
    known = session.execute(select(RunRow.id).where(RunRow.sha == sha)).scalar_one_or_none()
    if known is not None:
        return known, sha
    at = parse_time(record["began_at"])
    archive.write_resource(RUN, at, "application/json", body, run=sha)
    return _store_run(session, sha, record), sha


def _store_run(session: Session, sha: str, record: dict[str, Any]) -> int:
    for row in record["sites"]:
        store.upsert_site(session, site_from_row(row))
    return store.begin_run(session, sha=sha, stage=record["stage"], clock=record["clock"], engine=record["engine"],
                           vantage=record["vantage"], at=parse_time(record["began_at"]),
                           sites=[r["id"] for r in record["sites"]])


def end_run(session: Session, archive: Archive, run: int, sha: str, at: datetime, stopped: dict[str, str]) -> None:
    """Archive and store a run's end."""
    archive.write_json(RUN_END, at, {"run": sha, "ended_at": warc_time(at), "stopped": stopped}, run=sha)
    store.end_run(session, run, at, stopped)
    session.commit()


def ingest(session: Session, archive: Archive, path: Path, sites: list[Site], now: datetime, engine: str, clock: str,
           progress: Progress = lambda n: None) -> tuple[int, int]:
    """Read one WARC made by anyone; (records read, records that were new)."""
    if not path.is_file():
        raise ArchiveError(f"{path}: no such file")
    for inner in _unpacked(path, archive.folder):
        return _ingest_one(session, archive, inner, path.name, sites, now, engine, clock, progress)
    raise ArchiveError(f"{path}: no WARC inside; give a .warc, .warc.gz or .wacz")


def _unpacked(path: Path, folder: Path) -> Iterator[Path]:
    with path.open("rb") as f:
        head = f.read(4)
    if head != b"PK\x03\x04":
        yield path
        return
    import tempfile
    import zipfile

    with zipfile.ZipFile(path) as z, tempfile.TemporaryDirectory() as scratch:
        names = [n for n in z.namelist() if n.endswith((".warc", ".warc.gz"))]
        target = Path(scratch) / "joined.warc.gz"
        with target.open("wb") as out:
            for name in names:
                with z.open(name) as part:
                    shutil.copyfileobj(part, out)
        if names:
            yield target


def _ingest_one(session: Session, archive: Archive, path: Path, name: str, sites: list[Site], now: datetime, engine: str,
                clock: str, progress: Progress) -> tuple[int, int]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    packed = path.read_bytes()[:2] == b"\x1f\x8b"
    kept = archive.folder / "foreign" / f"{digest}.warc{'.gz' if packed else ''}"
    archive.open()
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, kept.with_suffix(".part"))
        kept.with_suffix(".part").rename(kept)
    record = run_record("ingest", now, clock, engine, "", sites, file=f"foreign/{kept.name}", name=name, file_sha256=digest)
    before = session.query(FetchRow.id).count()
    run, sha = begin_run(session, archive, record, hashlib.sha256(f"ingest {digest}".encode()).hexdigest())
    count = _replay_foreign(session, archive, run, record, progress)
    end_run(session, archive, run, sha, now, {})
    new = session.query(FetchRow.id).count() - before
    if count == 0:
        raise ArchiveError(f"{path}: no record of a page could be read; is it a WARC file?")
    return count, new


def _replay_foreign(session: Session, archive: Archive, run: int, record: dict[str, Any], progress: Progress) -> int:
    rows = [site_from_row(r) for r in record["sites"]]
    file = record["file"]
    count = 0
    for item in read_file(archive.folder / file, file):
        if item.type != "response" or not item.ref.url.startswith("http"):
            continue
        name = host_of(item.ref.url)
        site = next((s.id for s in rows if s.host_named(name) is not None), None)
        index(session, run, site, item)
        count += 1
        progress(count)
        if count % COMMIT_EVERY == 0:
            session.commit()
    session.commit()
    return count


def catch_up(session: Session, archive: Archive) -> int:
    """Read what was archived after the last thing that the database knows: a kill or a lost database came between.

    An empty database beside an archive is made again whole. The number of records read.
    """
    last = session.execute(select(FetchRow.warc, FetchRow.offset).where(FetchRow.warc.like("gongkai-%")).order_by(
        FetchRow.warc.desc(), FetchRow.offset.desc()).limit(1)).first()
    runs = {str(sha): int(run) for sha, run in session.execute(select(RunRow.sha, RunRow.id))}
    if last is None:
        return 0 if runs else rebuild(session, archive)
    return replay(session, archive, archive.records(str(last[0]), int(last[1])), runs)


def rebuild(session: Session, archive: Archive, progress: Progress = lambda n: None) -> int:
    """Make the rows again from the archive alone; the number of records read."""
    return replay(session, archive, archive.records(), {}, progress)


def replay(session: Session, archive: Archive, records: Iterator[Record], runs: dict[str, int],
           progress: Progress = lambda n: None) -> int:
    """Store what records say. runs: ids of the runs known so far, by digest."""
    docs: dict[str, str] = {}
    count = 0
    for record in records:
        count += 1
        progress(count)
        if record.type == "resource":
            _resource(session, archive, record, runs, progress)
        elif record.run in runs:
            same = docs.get(page_key(record.ref)) if record.type == "revisit" else None
            done = index(session, runs[record.run], record.site, record, same_as=same, **_hint(record))
            if record.type == "response" and done.doc is not None:
                from spiders.index import content_sha

                docs[page_key(record.ref)] = content_sha(done.doc, record.place.sha256)
        if count % COMMIT_EVERY == 0:
            session.commit()
    session.commit()
    return count


def _hint(record: Record) -> dict[str, Any]:
    """What the link to the page said, kept with the record by the crawl."""
    raw = record.fields.get("x-gongkai-hint")
    if not raw:
        return {}
    hint = json.loads(raw)
    return {"name": hint.get("name", ""), "column": tuple(hint.get("column", ()))}


def _resource(session: Session, archive: Archive, record: Record, runs: dict[str, int], progress: Progress) -> None:
    uri = record.ref.url
    if uri == RUN and record.run not in runs:
        said = json.loads(record.body)
        runs[record.run] = _store_run(session, record.run, said)
        if said["stage"] == "ingest":
            _replay_foreign(session, archive, runs[record.run], said, lambda n: None)
    elif uri == RUN_END and record.run in runs:
        said = json.loads(record.body)
        store.end_run(session, runs[record.run], parse_time(said["ended_at"]), said["stopped"])
    elif uri == PROBE and record.run in runs:
        said = json.loads(record.body)
        store.store_probe(session, runs[record.run], record.site, host=said["host"], kind=said["kind"],
                          vantage=said["vantage"], at=record.at, value=said["value"], place=record.place)
    elif uri == REVIEW:
        from db.reviews import store_review

        store_review(session, json.loads(record.body))
    elif uri == ASSESSMENT:
        from db.assess import store_assessment

        store_assessment(session, json.loads(record.body))


def reparse(session: Session, archive: Archive, sites: list[str], progress: Progress = lambda n: None) -> int:
    """Read again every blob whose newest reading or labels are of older readers or categories; how many were read."""
    query = select(FetchRow, PageRow).join(PageRow, PageRow.id == FetchRow.page_id).where(
        FetchRow.blob.is_not(None), FetchRow.outcome == Outcome.OK.value)
    if sites:
        query = query.where(FetchRow.site_id.in_(sites))
    count = 0
    done: set[tuple[int, str]] = set()
    for fetch, page in session.execute(query.order_by(FetchRow.id)).all():
        blob = str(fetch.blob)
        if (page.id, blob) in done:
            continue
        done.add((page.id, blob))
        record = archive.read(fetch.warc, fetch.offset)
        place = Place(fetch.warc, fetch.offset, blob)
        again = Record("response", page_ref(page), fetch.at, record.body, place, status=fetch.status, headers=record.headers,
                       address=fetch.address)
        index(session, fetch.run_id, fetch.site_id, again, **_hint(record))
        count += 1
        progress(count)
        if count % COMMIT_EVERY == 0:
            session.commit()
    session.commit()
    return count


__all__ = ["ProbeRow", "ReadingRow", "begin_run", "end_run", "ingest", "newest_readings", "read_record", "rebuild", "reparse",
           "run_record"]
