"""Hanweb (大汉): columns at /col/colN/, articles at /art/Y/M/D/, lists in a <datastore> and by dataproxy.jsp."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import urlencode, urljoin

from db.words import PageRef

NAME = "hanweb"
PAGE_SIZE = 20
_LOADER = re.compile(
    r"""<[^<>]{0,400}?\burl=["']([^"'<>]{0,100}/front/page/build/unit)["'][^<>]{0,200}?\bquery[dD]ata=(["'])([^<>]{2,800}?)\2[^<>]{0,100}>""")
_ASKED = re.compile(r"""['"](\w+)['"]\s*:\s*['"]([^'"]{0,200})['"]""")
_PROXY = re.compile(r"""["'](/?[\w/\-.]*dataproxy\.jsp\?[^"'<>]{1,400})["']""")
_NEXT_GROUP = re.compile(r"""<nextgroup>\s*<!\[CDATA\[\s*<a[^>]*href=["']([^"']+)["']""", re.I)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)|totalRecord\s*[:=]\s*['\"]?(\d+)", re.I)


def signs(html: str, url: str) -> str | None:
    """The vendor's own marks."""
    if re.search(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_|/col/col\d+/", url):
        return "address as /art/Y/M/D/ or /col/colN/"
    if "/front/page/build/unit" in html:
        return "list from /front/page/build/unit"
    if "<datastore>" in html or ("jpage" in html and "dataproxy" in html):
        return "list in <datastore>"
    return "Produced By 大汉网络" if "大汉网络" in html or "大汉版通" in html else None


def requests(html: str, url: str) -> list[PageRef]:
    """Further groups of records that the page fetches while one pages through it."""
    found = [m[1] for m in _NEXT_GROUP.finditer(html)] or [m[1] for m in _PROXY.finditer(html)]
    groups = [PageRef(urljoin(url, f.replace("&amp;", "&"))) for f in dict.fromkeys(found) if "startrecord" in f or "?" in f][:50]
    return groups + _units(html, url)


def _units(html: str, url: str) -> list[PageRef]:
    """The lists that newer sites (jpaas) fetch piece by piece: the request stands as data beside each piece."""
    out = []
    for m in _LOADER.finditer(html):
        asked = dict(_ASKED.findall(unescape(m[3])))
        if asked.get("pageType") == "column" or "list" in asked.get("tagId", "").lower() or "列表" in asked.get("tagId", ""):
            query = urlencode({**asked, "paramJson": json.dumps({"pageNo": 1, "pageSize": PAGE_SIZE}, separators=(",", ":"))})
            out.append(PageRef(f"{urljoin(url, m[1])}?{query}"))
    return list(dict.fromkeys(out))[:5]


def total(html: str) -> int | None:
    """How many records the list says it has."""
    m = _TOTAL.search(html)
    return int(m[1] or m[2]) if m else None
