"""Downloader middleware: every answer goes to the archive before any spider sees it.

Failures have no response to pass through a middleware on every path (a body above the limit fails inside Scrapy), so
the spider's errback archives them through the same archive.
"""

from __future__ import annotations

from collections.abc import Iterable

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from db.archive import Record
from db.words import PageRef

MAX_FIELDS = 65_536  # characters of header fields kept: real servers send a few thousand


def bounded(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Header fields as long as they fit; what comes after says that it was cut."""
    out: list[tuple[str, str]] = []
    left = MAX_FIELDS
    for name, value in fields:
        left -= len(name) + len(value)
        if left < 0:
            out.append(("X-Gongkai-Cut", "header fields beyond this length were not kept"))
            break
        out.append((name, value))
    return tuple(out)


class Archiver:
    """Writes the record and leaves it in ``request.meta['record']``."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Archiver:
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Archive one answer."""
        spider = self.crawler.spider
        ref: PageRef = request.meta["ref"]
        at = spider.clock.now()  # type: ignore[union-attr]
        headers = bounded((k.decode("latin-1"), v.decode("latin-1")) for k, vs in response.headers.items() for v in vs)
        sent = tuple((k.decode("latin-1"), b",".join(v).decode("latin-1")) for k, v in request.headers.items())
        address = str(response.ip_address) if response.ip_address else ""
        archive, run, site = spider.archive, spider.run_sha, spider.site.id  # type: ignore[union-attr]
        if response.status == 304:
            same = request.meta.get("same_as", "")
            place = archive.write_revisit(ref, at, 304, headers, run=run, site=site, address=address, sha256=same)
            record = Record("revisit", ref, at, b"", place, status=304, headers=headers, run=run, site=site, address=address,
                            fields={"x-gongkai-same-as": same})
        else:
            torn = "dataloss" in response.flags
            place = archive.write_response(ref, at, response.status, headers, response.body, run=run, site=site,
                                           address=address, request_headers=sent, hint=request.meta.get("hint") or None, torn=torn)
            record = Record("response", ref, at, response.body, place, status=response.status, headers=headers, run=run, site=site,
                            address=address, fields={"warc-truncated": "disconnect"} if torn else {})
        request.meta["record"] = record
        return response
