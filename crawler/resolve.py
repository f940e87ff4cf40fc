"""The download handler: the guard, the pace, and name → address:port for the farm and the tests, beneath Scrapy.

URLs, robots and archive keep the real names.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.defer import maybe_deferred_to_future

from crawler.guard import check_url, literal


class GuardedHandler(HTTP11DownloadHandler):
    """Downloads through the guard, in turn; a mapped name is asked at its mapped address with its own name as Host."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler
        table: Any = crawler.settings.getdict("GONGKAI_RESOLVE")
        self.table: dict[str, str] = {str(k): str(v) for k, v in table.items()}

    async def download_request(self, request: Request) -> Response:
        """Fetch one request when its turn has come."""
        parts = urlsplit(request.url)
        target = self.table.get((parts.hostname or "").lower())
        inner = request
        if target is None:
            check_url(request.url)
            address = await _address(parts.hostname or "")
        else:
            address = target
            inner = request.replace(url=urlunsplit(("http", target, parts.path, parts.query, "")))
            inner.headers["Host"] = parts.netloc
        host = parts.netloc.lower()
        pace = self.crawler.spider.job.pace  # type: ignore[union-attr]
        async with pace.turn(host, address):
            response = await super().download_request(inner)
            pace.answered(host, float(inner.meta.get("download_latency", 0.0)))
        return response if inner is request else response.replace(url=request.url)


async def _address(host: str) -> str:
    """Where a name leads; the resolver is the guarded one and remembers, so that the connection goes to the same place."""
    if literal(host) is not None:
        return host
    from twisted.internet import reactor

    resolve: Any = reactor.resolve
    return str(await maybe_deferred_to_future(resolve(host)))
