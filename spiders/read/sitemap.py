"""sitemap.xml (sitemaps.org): addresses with the day of their last change; read without an XML parser, so that no entity grows."""

from __future__ import annotations

import html
import re

from db.document import Document, Link
from db.urls import join
from db.words import Kind, Reason
from spiders.read.version import READER

MOST = 20_000  # addresses kept; the protocol allows 50,000 a file
_IS = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex)[\s>]", re.I)
_ENTRY = re.compile(r"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)[^<]*(?:\]\]>)?\s*</(?:\w+:)?loc>|<(?:\w+:)?lastmod>\s*(\d{4}-\d\d-\d\d)", re.I)


def read_sitemap(body: bytes, url: str) -> Document | None:
    """Its addresses as links, of family ``sitemap`` or, where they lead to more of them, ``sitemap_index``; None for anything else."""
    kind = _IS.search(body[:4096])
    if kind is None:
        return None
    found: list[list[str | None]] = []
    reason = None
    for m in _ENTRY.finditer(body.decode("utf-8", "replace")):
        if m[1]:
            if len(found) >= MOST:
                reason = Reason.TRUNCATED
                break
            found.append([join(url, html.unescape(m[1])), None])
        elif found:
            found[-1][1] = m[2]
    links = tuple(Link(target, "", n, list_date=day) for n, (target, day) in enumerate(found) if target)
    family = "sitemap" if kind[1].lower() == b"urlset" else "sitemap_index"
    return Document(url, Kind.ATTACHMENT, links=links, family=family, reason=reason, reader=READER)
