"""One spider per row of sites.toml: ``scrapy list`` prints site ids, ``scrapy crawl SITE`` crawls one."""

from __future__ import annotations

from typing import Any

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from crawler.sites import Sites, load_sites
from db.home import find_home
from spiders.base import SiteSpider


class SiteLoader:
    """Scrapy's spider loader over the rows."""

    def __init__(self, settings: BaseSettings) -> None:
        self.sites: Sites = load_sites(find_home(None, None, None).sites_file)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> SiteLoader:
        """Scrapy's constructor."""
        return cls(settings)

    def load(self, spider_name: str) -> type[Spider]:
        """The spider class of a site."""
        site = next((s for s in self.sites.rows if s.id == spider_name), None)
        if site is None:
            raise KeyError(f"Spider not found: {spider_name}")
        return type(f"Spider_{site.id}", (SiteSpider,), {"name": site.id, "site": site})

    def list(self) -> list[str]:
        """The ids."""
        return [s.id for s in self.sites.rows]

    def find_by_request(self, request: Request) -> Any:
        """Ids of the sites on a request's host."""
        return [s.id for s in self.sites.rows if s.host_named(request.url.split("/")[2])]
