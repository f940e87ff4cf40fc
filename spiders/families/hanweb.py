"""Hanweb (大汉): columns at /col/colN/, articles at /art/Y/M/D/, lists in a <datastore> and by dataproxy.jsp."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from db.words import PageRef

NAME = "hanweb"
_PROXY = re.compile(r"""["'](/?[\w/\-.]*dataproxy\.jsp\?[^"'<>]{1,400})["']""")
_NEXT_GROUP = re.compile(r"""<nextgroup>\s*<!\[CDATA\[\s*<a[^>]*href=["']([^"']+)["']""", re.I)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)|totalRecord\s*[:=]\s*['\"]?(\d+)", re.I)


def signs(html: str, url: str) -> str | None:
    """The vendor's own marks."""
    if re.search(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_|/col/col\d+/", url):
        return "address as /art/Y/M/D/ or /col/colN/"
    if "<datastore>" in html or ("jpage" in html and "dataproxy" in html):
        return "list in <datastore>"
    return "Produced By 大汉网络" if "大汉网络" in html or "大汉版通" in html else None


def requests(html: str, url: str) -> list[PageRef]:
    """Further groups of records that the page fetches while one pages through it."""
    found = [m[1] for m in _NEXT_GROUP.finditer(html)] or [m[1] for m in _PROXY.finditer(html)]
    return [PageRef(urljoin(url, f.replace("&amp;", "&"))) for f in dict.fromkeys(found) if "startrecord" in f or "?" in f][:50]


def total(html: str) -> int | None:
    """How many records the list says it has."""
    m = _TOTAL.search(html)
    return int(m[1] or m[2]) if m else None
