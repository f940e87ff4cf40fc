"""WARC files of our own or anyone else's, read as `db.archive.Record`s; broken ones as far as they go."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from db.archive import Place, Record, parse_time
from db.words import PageRef, Reason

MAX_BODY = 64 << 20  # a larger body is not a page; it is read up to here and reported as cut by the reader


def read_file(path: Path, name: str, offset: int = 0) -> Iterator[Record]:
    """Records of one file from ``offset`` on: responses, revisits, resources and our failures."""
    posts = _post_requests(path) if not offset and not name.startswith("gongkai-") else {}
    with path.open("rb") as stream:
        stream.seek(offset)
        try:
            for raw in ArchiveIterator(stream, parse_http=True, quirks_mode=True):
                record = _record(raw, name, posts)
                if record is not None:
                    yield record
        except (OSError, ValueError, EOFError, RuntimeError):
            return  # a torn or garbled tail: what stood before it was handed out


def _record(raw: Any, name: str, posts: dict[str, PageRef]) -> Record | None:
    fields = {k.lower(): v for k, v in raw.headers.items()}
    kind = raw.record_type
    uri = fields.get("warc-target-uri", "").strip("<>")
    try:
        at = parse_time(fields["warc-date"])
    except (KeyError, ValueError):
        return None
    method = fields.get("x-gongkai-method", "GET")
    payload = base64.b64decode(fields.get("x-gongkai-payload", "") or b"")
    ref = PageRef(uri, method, payload, fields.get("x-gongkai-payload-type", ""))
    ref = posts.get(fields.get("warc-record-id", ""), ref)
    own: dict[str, Any] = {
        "run": fields.get("x-gongkai-run", ""),
        "site": fields.get("x-gongkai-site"),
        "address": fields.get("warc-ip-address", ""),
        "fields": fields,
    }
    offset = int(raw.stream_pos)
    if kind in (WarcRecordType.response, WarcRecordType.revisit):
        status: int | None = None
        headers: tuple[tuple[str, str], ...] = ()
        if raw.http_headers is not None:
            status = raw.http_headers.status_code
            headers = tuple((k, v) for k, v in raw.http_headers.items())
        body = b"" if kind == WarcRecordType.revisit else raw.reader.read(MAX_BODY)
        body = _decoded(body, headers)
        place = Place(name, offset, hashlib.sha256(body).hexdigest())
        type_ = "revisit" if kind == WarcRecordType.revisit else "response"
        return Record(type_, ref, at, body, place, status=status, headers=headers, **own)
    if kind in (WarcRecordType.resource, WarcRecordType.metadata):
        body = raw.reader.read(MAX_BODY)
        place = Place(name, offset, hashlib.sha256(body).hexdigest())
        if fields.get("x-gongkai-type") == "failure":
            said = dict(line.split(": ", 1) for line in body.decode("utf-8", "replace").splitlines() if ": " in line)
            try:
                reason = Reason(said.get("reason", ""))
            except ValueError:
                reason = Reason.UNREADABLE
            return Record("failure", ref, at, b"", place, reason=reason, detail=said.get("detail", ""), **own)
        if kind == WarcRecordType.resource:
            kinds = (("Content-Type", fields.get("content-type", "")),)
            return Record("resource", ref, at, body, place, headers=kinds, **own)
    return None


def _decoded(body: bytes, headers: tuple[tuple[str, str], ...]) -> bytes:
    """Foreign files may hold chunked or compressed bodies as sent; ours never do."""
    names = {k.lower(): v.lower() for k, v in headers}
    if "chunked" in names.get("transfer-encoding", ""):
        body = _dechunk(body)
    coding = names.get("content-encoding", "").strip()
    if coding in ("gzip", "x-gzip", "deflate"):
        import zlib

        for bits in (47, -15):
            try:
                return zlib.decompressobj(bits).decompress(body, MAX_BODY)
            except zlib.error:
                continue
    return body


def _dechunk(body: bytes) -> bytes:
    out: list[bytes] = []
    at = 0
    while (end := body.find(b"\r\n", at)) > 0:
        try:
            size = int(body[at:end].split(b";")[0], 16)
        except ValueError:
            return body if not out else b"".join(out)
        if size == 0:
            break
        out.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(out) if out else body


def _post_requests(path: Path) -> dict[str, PageRef]:
    """For foreign files: response id -> the POST that it answers, from the request records beside it."""
    found: dict[str, PageRef] = {}
    try:
        for raw in ArchiveIterator(str(path), parse_http=True, record_types=WarcRecordType.request):
            http = raw.http_headers
            if http is None or not (http.status_line or "").upper().startswith("POST"):
                continue
            fields = {k.lower(): v for k, v in raw.headers.items()}
            kinds = {k.lower(): v for k, v in http.items()}
            ref = PageRef(fields.get("warc-target-uri", "").strip("<>"), "POST", raw.reader.read(1 << 20),
                          kinds.get("content-type", ""))
            found[fields.get("warc-concurrent-to", "")] = ref
    except (OSError, ValueError, EOFError, RuntimeError):
        pass
    found.pop("", None)
    return found
