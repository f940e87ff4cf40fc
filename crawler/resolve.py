"""name → address:port for the farm and the tests, beneath Scrapy: URLs, robots and archive keep the real names."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.guard import check_url


class GuardedHandler(HTTP11DownloadHandler):
    """Downloads through the guard; a mapped name is asked at its mapped address with its own name as Host."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        table: Any = crawler.settings.getdict("GONGKAI_RESOLVE")
        self.table: dict[str, str] = {str(k): str(v) for k, v in table.items()}

    async def download_request(self, request: Request) -> Response:
        """Fetch one request."""
        parts = urlsplit(request.url)
        target = self.table.get((parts.hostname or "").lower())
        if target is None:
            check_url(request.url)
            return await super().download_request(request)
        inner = request.replace(url=urlunsplit(("http", target, parts.path, parts.query, "")))
        inner.headers["Host"] = parts.netloc
        response = await super().download_request(inner)
        return response.replace(url=request.url)
