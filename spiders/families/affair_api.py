"""Shanghai's district platform: columns draw their lists by POST JSON to /front/api/data/affair or /search.

The request names channel ids (an array), page number and size; the answer's total is capped at 10,000. Dates come
as epoch milliseconds or as text. Facts from public descriptions of the platform, 2026.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

from db.words import PageRef

NAME = "affair_api"
CAP = 10_000
PAGE_SIZE = 15
_API = re.compile(r"/front/api/data/(affair|search)\b")
_CHANNELS = re.compile(r"""["']?channelList["']?\s*[:=]\s*\[([^\]]{0,200})\]""")
_CHANNEL = re.compile(r"""(?:["']?channel_?[iI]d["']?\s*[:=]\s*|data-channel(?:-id)?\s*=\s*)["']?(\d{1,8})""")


def signs(html: str, url: str) -> str | None:
    """The API's address in the page, or its body container with a header table of label and value."""
    if m := _API.search(html):
        return f"names {m[0]}"
    if "ivs_content" in html and "Article_content" in html:
        return "body in div#ivs_content.Article_content"
    return None


def requests(html: str, url: str) -> list[PageRef]:
    """The first page of each list that the page draws."""
    api = _API.search(html)
    if api is None:
        return []
    channels: list[str] = []
    for m in _CHANNELS.finditer(html):
        channels += re.findall(r"\d+", m[1])
    if not channels:
        channels = [m[1] for m in _CHANNEL.finditer(html)]
    if not channels:
        return []
    return [page_request(urljoin(url, f"/front/api/data/{api[1]}"), channels, 1)]


def page_request(api: str, channels: list[str], page: int) -> PageRef:
    """The request for one page of a list."""
    ask = {"channelList": list(dict.fromkeys(channels)), "pageSize": PAGE_SIZE, "pageNo": page,
           "orderFields": ["display_date"], "orderTypes": ["desc"], "docFlag": "1"}
    return PageRef(api, "POST", json.dumps(ask, separators=(",", ":")).encode(), "application/json")
