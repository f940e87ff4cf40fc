"""Shanghai's city platform: one host for many bodies, told apart by siteId; lists and documents are drawn by POST JSON.

A document's own address, /zhengce/detail?businessId=…&siteId=…, answers with an empty shell; its text comes from
/gwk/policy/detail. Facts from public descriptions of the platform, 2026.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urljoin, urlsplit

from db.words import PageRef

NAME = "policy_platform"
PAGE_SIZE = 20
_ADDRESS = re.compile(r"/zhengce/(?:detail|list|more)\b")
_SITES = re.compile(r"""["']?siteIdList["']?\s*[:=]\s*\[([^\]]{0,400})\]""")


def signs(html: str, url: str) -> str | None:
    """Its address, or the API's in the page."""
    if m := _ADDRESS.search(urlsplit(url).path):
        return f"address as {m[0]}"
    return "names /gwk/policy/" if "/gwk/policy/" in html else None


def requests(html: str, url: str) -> list[PageRef]:
    """The document behind a shell, or the first page of the list that a page draws."""
    asked = parse_qs(urlsplit(url).query)
    site, business = asked.get("siteId", [""])[0], asked.get("businessId", [""])[0]
    if business:
        return [detail_request(url, business, site)]
    if not (_ADDRESS.search(urlsplit(url).path) or "/gwk/policy/page" in html):
        return []
    sites = [site] if site and site != "all" else re.findall(r"[\w-]+", m[1]) if (m := _SITES.search(html)) else []
    if not sites:
        return []
    return [_post(urljoin(url, "/gwk/policy/page"), {"siteIdList": sites, "pageNo": 1, "pageSize": PAGE_SIZE})]


def detail_request(base: str, business: str, site: str) -> PageRef:
    """The request for one document."""
    return _post(urljoin(base, "/gwk/policy/detail"), {"businessId": business, "siteId": site})


def shown_at(ref: PageRef) -> str:
    """Where a person sees the document that a request of detail_request brings; empty for any other request."""
    if not urlsplit(ref.url).path.endswith("/gwk/policy/detail"):
        return ""
    try:
        ask = json.loads(ref.payload)
        return urljoin(ref.url, f"/zhengce/detail?businessId={ask['businessId']}&siteId={ask['siteId']}")
    except (ValueError, KeyError, TypeError):
        return ""


def _post(url: str, ask: dict[str, object]) -> PageRef:
    return PageRef(url, "POST", json.dumps(ask, separators=(",", ":")).encode(), "application/json")
