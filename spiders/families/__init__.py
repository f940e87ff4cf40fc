"""Families of CMS: what the generic reader cannot know, one family a file.

A family module offers ``NAME``, ``signs(html, url) -> str | None`` (the evidence) and may offer
``requests(html, url) -> list[PageRef]``: the requests by which its column pages fetch their lists.
"""

from __future__ import annotations

from db.words import PageRef
from spiders.families import affair_api, hanweb, marks
from spiders.read.blocks import Page


def detect(html: str, url: str) -> tuple[str, str]:
    """Family and the evidence for it; ("generic", "") where nothing tells."""
    for module in (affair_api, hanweb):
        if evidence := module.signs(html, url):
            return module.NAME, evidence
    return marks.find(html, url)


def lists_of(page: Page, html: str, url: str, family: str | None) -> tuple[str, list[PageRef]]:
    """The page's family and the requests that bring what its lists do not show in the HTML."""
    name = family or detect(html, url)[0]
    if name == affair_api.NAME:
        return name, affair_api.requests(html, url)
    if name == hanweb.NAME:
        return name, hanweb.requests(html, url)
    return name, []
