"""The archive: every answer and every failure as a WARC/1.1 record, before anything is derived from it.

Records are gzipped one by one, files are rotated by size and fsynced before a place is handed out, a torn tail is
cut on open. Fields of our own start with ``X-Gongkai-``: the run's digest, the site, the method and payload of the
request, so that `gongkai rebuild` needs nothing else. Bodies are stored as decoded from their transfer and content
coding; the original coding is kept under ``X-Archive-Orig-Content-Encoding``.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import gzip
import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from db.errors import ArchiveError
from db.torn import whole_length
from db.words import PageRef, Reason

ROTATE_AT = 1 << 30  # bytes a file; what most WARC tools take for granted
Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: file name within the archive, byte offset, sha256 of its payload."""

    file: str
    offset: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """One record read back. type: response, failure, resource or revisit; at: UTC; run: digest of the run record."""

    type: str
    ref: PageRef
    at: datetime
    body: bytes
    place: Place
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    run: str = ""
    site: str | None = None
    address: str = ""
    reason: Reason | None = None
    detail: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def warc_time(at: datetime) -> str:
    """WARC-Date form of a UTC time, to the second or, where it has them, microseconds."""
    at = at.astimezone(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ" if at.microsecond else "%Y-%m-%dT%H:%M:%SZ")


def parse_time(text: str) -> datetime:
    """The reverse; foreign files write either form."""
    return datetime.fromisoformat(text.strip().replace("Z", "+00:00")).astimezone(UTC)


def _digest(data: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()


def _line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")


class Archive:
    """The WARC files of one home: one writer at a time, any number of readers."""

    def __init__(self, folder: Path, rotate_at: int = ROTATE_AT) -> None:
        self.folder = folder
        self.rotate_at = rotate_at
        self.torn: list[str] = []  # files whose tail was cut on open, with the bytes cut
        self._file: IO[bytes] | None = None
        self._lock: IO[bytes] | None = None

    # -- writing ------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Take the writer's lock and cut a tail that an earlier writer left half written."""
        if self._lock is not None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = (self.folder / ".lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            lock.close()
            raise ArchiveError(f"{self.folder}: another process is writing to this archive; wait for it to end") from exc
        self._lock = lock
        for path in self.own_files()[-1:]:
            good = whole_length(path, self._known_whole(path))
            if good < path.stat().st_size:
                self.torn.append(f"{path.name}: {path.stat().st_size - good} bytes of a torn tail were cut")
                with path.open("r+b") as f:
                    f.truncate(good)

    def close(self) -> None:
        """Let go of the file and the lock."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._lock is not None:
            for path in self.own_files()[-1:]:
                with contextlib.suppress(OSError):  # it only spares reading the file again
                    (self.folder / ".whole").write_text(f"{path.name} {path.stat().st_size}", "ascii")
            self._lock.close()
            self._lock = None

    def _known_whole(self, path: Path) -> int:
        """How many bytes of a file the last writer left whole."""
        with contextlib.suppress(OSError, ValueError):
            name, size = (self.folder / ".whole").read_text("ascii").split()
            if name == path.name and int(size) <= path.stat().st_size:
                return int(size)
        return 0

    def write_response(
        self, ref: PageRef, at: datetime, status: int, headers: Headers, body: bytes, *, run: str = "",
        site: str | None = None, address: str = "", request_headers: Headers = (), hint: dict[str, Any] | None = None,
        torn: bool = False,
    ) -> Place:
        """Store one answer, with the request that it answers beside it. torn: the connection ended before the body did."""
        head = [f"HTTP/1.1 {status} -"]
        for name, value in headers:
            low = name.lower()
            if low in ("transfer-encoding", "content-encoding", "content-length"):
                name = f"X-Archive-Orig-{name}"
            head.append(f"{name}: {_line(value)}")
        head.append(f"Content-Length: {len(body)}")
        block = "\r\n".join(head).encode("utf-8", "replace") + b"\r\n\r\n" + body
        response_id = _record_id()
        own = self._own(ref, run, site)
        if hint:
            own.append(("X-Gongkai-Hint", json.dumps(hint)))
        if address:
            own.append(("WARC-IP-Address", address))
        if torn:
            own.append(("WARC-Truncated", "disconnect"))
        place = self._append(
            "response", ref.url, at, block, "application/http;msgtype=response", body,
            [("WARC-Payload-Digest", _digest(body)), *own], record_id=response_id,
        )
        lines = [f"{ref.method} {ref.url} HTTP/1.1", *(f"{n}: {_line(v)}" for n, v in request_headers)]
        request = "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + ref.payload
        self._append("request", ref.url, at, request, "application/http;msgtype=request", ref.payload,
                     [("WARC-Concurrent-To", response_id)])
        self._sync()
        return place

    def write_revisit(self, ref: PageRef, at: datetime, status: int, headers: Headers, *, run: str = "",
                      site: str | None = None, address: str = "", sha256: str = "") -> Place:
        """Store a 304: the server says that the bytes of ``sha256`` still stand."""
        head = "\r\n".join([f"HTTP/1.1 {status} -", *(f"{n}: {_line(v)}" for n, v in headers)])
        extra = [("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified"),
                 ("X-Gongkai-Same-As", sha256), *self._own(ref, run, site)]
        if address:
            extra.append(("WARC-IP-Address", address))
        place = self._append("revisit", ref.url, at, head.encode("utf-8", "replace") + b"\r\n\r\n",
                             "application/http;msgtype=response", b"", extra)
        self._sync()
        return place

    def write_failure(self, ref: PageRef, at: datetime, reason: Reason, detail: str = "", *, run: str = "",
                      site: str | None = None) -> Place:
        """Store that an attempt brought no answer, and why."""
        block = f"reason: {reason.value}\r\ndetail: {_line(detail)[:2000]}\r\n".encode("utf-8", "replace")
        place = self._append("metadata", ref.url, at, block, "application/warc-fields", block,
                             [("X-Gongkai-Type", "failure"), *self._own(ref, run, site)])
        self._sync()
        return place

    def write_resource(self, uri: str, at: datetime, content_type: str, body: bytes, *, run: str = "",
                       site: str | None = None, sync: bool = True) -> Place:
        """Store something that we know: a run, the rows, a probe's answer, an assessment, a review."""
        place = self._append("resource", uri, at, body, content_type, body,
                             [("WARC-Payload-Digest", _digest(body)), *self._own(PageRef(uri), run, site)])
        if sync:
            self._sync()
        return place

    def write_json(self, uri: str, at: datetime, value: Any, *, run: str = "", site: str | None = None) -> Place:
        """The same for a JSON value, in one canonical spelling."""
        body = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()
        return self.write_resource(uri, at, "application/json", body, run=run, site=site)

    @staticmethod
    def _own(ref: PageRef, run: str, site: str | None) -> list[tuple[str, str]]:
        own = [("X-Gongkai-Run", run)] if run else []
        if site:
            own.append(("X-Gongkai-Site", site))
        if ref.method != "GET" or ref.payload:
            own.append(("X-Gongkai-Method", ref.method))
            own.append(("X-Gongkai-Payload", base64.b64encode(ref.payload).decode()))
            own.append(("X-Gongkai-Payload-Type", ref.content_type))
        return own

    def _append(self, kind: str, uri: str, at: datetime, block: bytes, content_type: str, payload: bytes,
                extra: list[tuple[str, str]], record_id: str | None = None) -> Place:
        out = self._output()
        offset = out.tell()
        head = [("WARC-Type", kind), ("WARC-Record-ID", record_id or _record_id()), ("WARC-Date", warc_time(at)),
                ("WARC-Target-URI", _line(uri)), ("Content-Type", content_type),
                ("WARC-Block-Digest", _digest(block)), *extra, ("Content-Length", str(len(block)))]
        text = "WARC/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in head) + "\r\n"
        data = text.encode("utf-8", "replace") + block + b"\r\n\r\n"
        try:
            out.write(gzip.compress(data, 4, mtime=0))
            out.flush()
        except OSError as exc:
            self._give_back(out, offset)
            raise ArchiveError(f"{self.folder}: cannot write ({exc.strerror}); free some space and run again") from exc
        return Place(Path(out.name).name, offset, hashlib.sha256(payload).hexdigest())

    def _give_back(self, out: IO[bytes], offset: int) -> None:
        """Cut what a full disk took only in part: the next record would stand behind garbage."""
        self._file = None
        with contextlib.suppress(OSError):
            out.close()  # may try to write the rest once more
        with contextlib.suppress(OSError):
            os.truncate(out.name, offset)

    def _output(self) -> IO[bytes]:
        if self._lock is None:
            self.open()
        if self._file is not None and self._file.tell() >= self.rotate_at:
            self._file.close()
            self._file = None
        if self._file is None:
            own = self.own_files()
            last = own[-1] if own else None
            if last is not None and last.stat().st_size < self.rotate_at:
                path = last
            else:
                path = self.folder / f"gongkai-{len(own) + 1:05d}.warc.gz"
            self._file = path.open("ab")
            if self._file.tell() == 0:
                info = b"software: gongkai\r\nformat: WARC File Format 1.1\r\n"
                head = (f"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: {_record_id()}\r\n"
                        f"WARC-Date: {warc_time(datetime.now(UTC))}\r\nWARC-Filename: {path.name}\r\n"
                        f"Content-Type: application/warc-fields\r\nContent-Length: {len(info)}\r\n\r\n")
                self._file.write(gzip.compress(head.encode() + info + b"\r\n\r\n", 4, mtime=0))
        return self._file

    def _sync(self) -> None:
        if self._file is None:
            return
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as exc:
            raise ArchiveError(f"{self.folder}: cannot be made durable ({exc.strerror}); see to the disk and run again") from exc

    # -- reading ------------------------------------------------------------------------------------------------

    def files(self) -> list[Path]:
        """Our own files, then ingested ones, in a stable order."""
        return self.own_files() + sorted((self.folder / "foreign").glob("*.warc*"))

    def own_files(self) -> list[Path]:
        """Files that we wrote, oldest first."""
        return sorted(self.folder.glob("gongkai-*.warc.gz"))

    def records(self, since: str = "", offset: int = 0) -> Iterator[Record]:
        """Every record of our own files in the order written, from a place on; a torn tail ends a file without error."""
        from db.warc import read_file

        for path in self.own_files():
            if path.name >= since:
                yield from read_file(path, path.name, offset if path.name == since else 0)

    def read(self, file: str, offset: int) -> Record:
        """The record at a place."""
        from db.warc import read_file

        path = self.folder / file
        if not path.is_file():
            raise ArchiveError(f"{path}: no such file in the archive; restore it from a backup")
        record = next(read_file(path, file, offset), None)
        if record is None:
            raise ArchiveError(f"{path}:{offset}: no record begins here; run `gongkai archive verify`")
        return record


def _record_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"
