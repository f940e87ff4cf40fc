"""Bytes to a Document: the one reader for crawl, ingest, reparse and evaluation.

Pure: no clock, no network; the same bytes give an equal Document. Never raises: what cannot be read is a Document of
an unreadable kind or with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from db.document import Document
from db.words import DRAW, Kind, PageRef, Reason
from spiders.read.jsonlist import read_json
from spiders.read.sitemap import read_sitemap
from spiders.read.sniff import sniff
from spiders.read.version import READER

MAX_BYTES = 50 << 20
_CODE = re.compile(r"javascript|ecmascript|text/css", re.I)


def read(body: bytes, *, url: str, headers: Mapping[str, str] | None = None, status: int = 200,
         family: str | None = None, name: str = "", ref: PageRef | None = None) -> Document:
    """Read one answer. ref: the request, where it was not a plain GET; name: an attachment's shown name."""
    from spiders.read.html import read_html

    low = {k.lower(): v for k, v in (headers or {}).items()}
    ref = ref or PageRef(url)
    if ref.method == DRAW:  # what a person opens to see the same
        url = f"{url}#{ref.payload.decode('utf-8', 'replace').lstrip('#')}"
    kind = sniff(body, low.get("content-type", ""))
    if kind == "json" and (doc := read_json(body, ref)) is not None:
        return doc
    if kind != "html" and _CODE.search(low.get("content-type", "")):
        return Document(url, Kind.ATTACHMENT, title=name, family="script", reader=READER)  # what a browser draws with
    if kind in ("xml", "text", "html") and status == 200 and (doc := read_sitemap(body, url)) is not None:
        return doc
    if kind in ("html", "json", "text", "xml", "empty"):
        return read_html(body, url, low, status, family)
    if len(body) > MAX_BYTES:
        return Document(url, Kind.ATTACHMENT, title=name, reason=Reason.TOO_LARGE, reader=READER)
    from spiders.read.attachments import read_attachment

    return read_attachment(body, url=url, name=name, headers=low)
