"""One site's records as a WACZ (https://specs.webrecorder.net/wacz/1.1.1/): hand it over, and any replayer shows what was seen.

Records are copied as they are stored, byte for byte; digests and times are those of the archive.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator

from db.archive import Archive, warc_time
from db.errors import ArchiveError

RUNS = ("urn:gongkai:run", "urn:gongkai:run-end")


@dataclass(frozen=True, slots=True)
class _Member:
    """One record where it lies. fields: of the WARC head, names in lower case; status, mime: of an answer."""

    path: Path
    offset: int
    length: int
    fields: dict[str, str]
    status: int | None
    mime: str

    def data(self) -> bytes:
        with self.path.open("rb") as f:
            f.seek(self.offset)
            return f.read(self.length)


def export_site(archive: Archive, site: str, out: Path, created: datetime, titles: dict[str, str],
                progress: Callable[[int], None] = lambda n: None) -> int:
    """Write the WACZ of a site; the number of records. titles: of pages, by address. Raises ArchiveError where there is none."""
    members = list(_of_site(archive, site))
    if not any(m.fields.get("warc-type") == "response" for m in members):
        raise ArchiveError(f"{archive.folder}: holds nothing of {site}; run `gongkai crawl {site}` first")
    lines: list[str] = []
    pages = [json.dumps({"format": "json-pages-1.0", "id": "pages", "title": f"gongkai: {site}"})]
    name = f"{site}.warc.gz"
    parts: dict[str, bytes] = {}
    out.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as z:
        digest, size = hashlib.sha256(), 0
        with z.open(zipfile.ZipInfo(f"archive/{name}"), "w", force_zip64=True) as warc:
            for n, member in enumerate(members):
                data = member.data()
                line = _cdx(member, name, size, len(data))
                if line is not None:
                    lines.append(line)
                    url = member.fields["warc-target-uri"]
                    if url in titles and "html" in member.mime:
                        pages.append(json.dumps({"id": f"p{n}", "url": url, "ts": member.fields["warc-date"], "title": titles[url]},
                                                ensure_ascii=False))
                warc.write(data)
                digest.update(data)
                size += len(data)
                progress(n + 1)
        parts["indexes/index.cdx.gz"] = gzip.compress(("\n".join(sorted(lines)) + "\n").encode(), mtime=0)
        parts["pages/pages.jsonl"] = ("\n".join(pages) + "\n").encode()
        resources = [{"name": name, "path": f"archive/{name}", "hash": f"sha256:{digest.hexdigest()}", "bytes": size}]
        for path, body in parts.items():
            z.writestr(path, body)
            digest = hashlib.sha256(body)
            resources.append({"name": Path(path).name, "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": len(body)})
        package = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "title": f"gongkai: {site}", "software": "gongkai",
                              "created": warc_time(created), "resources": resources}, ensure_ascii=False, indent=2).encode()
        z.writestr("datapackage.json", package)
        z.writestr("datapackage-digest.json", json.dumps(
            {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}))
    return len(members)


def _of_site(archive: Archive, site: str) -> Iterator[_Member]:
    """Its answers, the requests that led to them, failures and runs, in the order written."""
    ours: set[str] = set()
    for path in archive.own_files():
        for member in _members(path):
            f = member.fields
            if f.get("x-gongkai-site") == site:
                ours.add(f.get("warc-record-id", ""))
                yield member
            elif f.get("warc-concurrent-to", "") in ours or f.get("warc-type") == "warcinfo" or f.get("warc-target-uri") in RUNS:
                yield member


def _members(path: Path) -> Iterator[_Member]:
    before: tuple[int, Any] | None = None
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, parse_http=True):
            here = int(record.stream_pos)
            if before is not None:
                yield _Member(path, before[0], here - before[0], *before[1])
            http = record.http_headers
            status = http.status_code if http is not None else None
            mime = (record.http_content_type or "").split(";")[0] if http is not None else ""
            before = (here, ({k.lower(): v for k, v in record.headers.items()}, status, mime))
    if before is not None:
        yield _Member(path, before[0], path.stat().st_size - before[0], *before[1])


def _cdx(member: _Member, name: str, offset: int, length: int) -> str | None:
    """The CDXJ line of an answer, None for what is not replayed."""
    f = member.fields
    if f.get("warc-type") != "response" or not f.get("warc-target-uri", "").startswith("http"):
        return None
    url = f["warc-target-uri"]
    method = f.get("x-gongkai-method", "GET")
    if method != "GET":  # as replayers look for it: the payload becomes part of the address
        url += f"{'&' if '?' in url else '?'}__wb_method={method.lower()}&__wb_post_data={f.get('x-gongkai-payload', '')}"
    stamp = "".join(c for c in f["warc-date"][:19] if c.isdigit())
    said = {"url": url, "mime": member.mime or "unk", "status": str(member.status or ""), "digest": f.get("warc-payload-digest", ""),
            "length": str(length), "offset": str(offset), "filename": name}
    return f"{surt(url)} {stamp} {json.dumps(said, ensure_ascii=False)}"


def surt(url: str) -> str:
    """An address with its host turned round, as indexes are sorted by.

    >>> surt("http://www.example.gov.cn/a/?b=1")
    'cn,gov,example)/a/?b=1'
    """
    parts = urlsplit(url.lower())
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    return f"{','.join(reversed(host.split('.')))}{port}){parts.path or '/'}{'?' + parts.query if parts.query else ''}"
