"""Lists that come as JSON: the district platform's affair API, the city platform's policy API, and their kin.

Any object that holds an array of records with a title and an address (or an id) is a list; its paging is that of the
request that brought it.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from db.document import Document, Item
from db.urls import canonical
from db.words import Kind, PageRef
from spiders.families import policy_platform
from spiders.read.datetext import any_date
from spiders.read.jsondetail import read_detail
from spiders.read.lists import list_items
from spiders.read.version import READER

CAP = 10_000  # the district platform never says more; a total of exactly this is a limit, not a number
_TITLE = ("title", "docTitle", "doctitle", "name", "infoTitle", "showTitle", "headline", "subject")
_URL = ("url", "post_url", "docPubUrl", "docpuburl", "linkurl", "infourl", "link", "href", "originUrl", "chnldocurl", "htmlUrl", "pageUrl", "infoUrl", "linkUrl")
_DATE = ("display_date", "displayDate", "display_publish_time", "publishDate", "pubDate", "publish_time", "first_publish_time", "infodate", "publishTime", "docRelTime", "docreltime",
         "date", "createDate", "create_time", "created_at", "releaseTime", "infoDate", "showDate", "deploytime", "time", "published")
_TOTAL = ("totalCount", "total", "totalElements", "totalRecord", "recordCount", "count", "rowCount", "totalNum")
_JSONP = re.compile(r"^\s*[\w$.]{1,80}\s*\(\s*(.*?)\s*\)\s*;?\s*$", re.S)
MAX_RECORDS = 5000


def read_json(body: bytes, ref: PageRef) -> Document | None:
    """A JSON list as a Document of kind list; None where the bytes hold no list."""
    text = body.decode("utf-8", "replace")
    if m := _JSONP.match(text):
        text = m[1]
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if (detail := read_detail(data, ref)) is not None:
        return detail
    if (drawn := _drawn(data, ref)) is not None:
        return drawn
    found = _records(data, 0)
    if found is None:
        return None
    records, holder = found
    items = []
    for r in records[:MAX_RECORDS]:
        item = _item(r, ref)
        if item is not None:
            items.append(item)
    total = next((int(holder[k]) for k in _TOTAL if str(holder.get(k, "")).isdigit()), None)
    nexts = _next(ref, holder, len(records), total)
    # an empty page within the cap ends nothing: the system has cut the list there
    capped = total == CAP and (bool(records) or _offset(ref) <= CAP)
    return Document(ref.url, Kind.LIST, items=tuple(items), claimed=total, capped=capped, next_pages=nexts,
                    family=_family(ref), charset="utf-8", charset_rule="content", reader=READER,
                    text="\n".join(i.title for i in items)[:20_000])


def _drawn(data: Any, ref: PageRef) -> Document | None:
    """A list that comes as a piece of HTML (jpaas: data.html); its next page is that of the request's paramJson."""
    inner = data.get("data") if isinstance(data, dict) else None
    html = inner.get("html") if isinstance(inner, dict) else None
    if not isinstance(html, str):
        return None
    items, empty = list_items(html, ref.url)
    ask = dict(parse_qsl(urlsplit(ref.url).query))
    try:
        page = json.loads(ask.get("paramJson", ""))
        number, size = int(page["pageNo"]), int(page["pageSize"])
    except (ValueError, KeyError, TypeError):
        page, number, size = {}, 0, 0
    nexts: tuple[PageRef, ...] = ()
    if page and len(items) >= size > 0:
        ask["paramJson"] = json.dumps({**page, "pageNo": number + 1}, separators=(",", ":"))
        nexts = (PageRef(f"{ref.url.split('?')[0]}?{urlencode(ask)}"),)
    return Document(ref.url, Kind.LIST, items=tuple(items), next_pages=nexts, empty_words=empty,
                    claimed=0 if not items and number > 1 else None, family="hanweb",  # past its end a list holds nothing more
                    charset="utf-8", charset_rule="content", reader=READER, text="\n".join(i.title for i in items)[:20_000])


def _family(ref: PageRef) -> str:
    path = urlsplit(ref.url).path
    known = (("/gwk/", "policy_platform"), ("/front/api/", "affair_api"), ("/gkmlpt/", "gkmlpt"), ("/EpointWebBuilder/", "epoint"))
    return next((name for mark, name in known if mark in path), "generic")


def _records(data: Any, depth: int) -> tuple[list[dict[str, Any]], dict[str, Any]] | None:
    if depth > 5:
        return None
    if isinstance(data, dict):
        for key in ("list", "records", "content", "rows", "data", "items", "results", "articles", "docs", "infoList", "infodata", "infolist"):
            value = data.get(key)
            said_empty = any(str(data.get(k, "")).isdigit() for k in _TOTAL)
            if not isinstance(value, list) or (not value and depth == 0 and not said_empty) or not all(isinstance(v, dict) for v in value):
                continue
            if not value or any(t in value[0] for t in _TITLE):
                return value, data
        for value in data.values():
            if isinstance(value, dict | list) and (found := _records(value, depth + 1)):
                return found
    elif isinstance(data, list) and data and all(isinstance(v, dict) for v in data[:5]) and any(t in data[0] for t in _TITLE):
        return data, {}
    return None


def _item(r: dict[str, Any], ref: PageRef) -> Item | None:
    title = next((str(r[k]).strip() for k in _TITLE if r.get(k)), "")
    title = re.sub(r"<[^>]{1,40}>", "", title)
    url = next((str(r[k]) for k in _URL if r.get(k)), "")
    if not title or not (url or r.get("businessId")):
        return None
    target = canonical(urljoin(ref.url, url)) if url else ""
    asked = PageRef(target)
    if not url:
        asked = policy_platform.detail_request(ref.url, str(r["businessId"]), str(r.get("siteId", "")))
        target = asked.url
    if not target:
        return None
    date = next((d for k in _DATE if (d := any_date(r.get(k)))), None)
    outside = urlsplit(target).hostname != urlsplit(ref.url).hostname
    return Item(title, asked, date, pinned=bool(r.get("is_top") or r.get("isTop") or r.get("topFlag") in (1, "1")),
                outside=outside)


_PAGE_KEYS = ("pageNo", "pageNum", "page", "pageIndex", "currentPage")
_SIZE_KEYS = ("pageSize", "size", "limit", "rows")


def _offset(ref: PageRef) -> int:
    """How many records lie before the page that a request asks for; 0 where it does not say."""
    try:
        ask = json.loads(ref.payload) if ref.payload else {}
    except ValueError:
        return 0
    if not isinstance(ask, dict):
        return 0
    page = next((int(ask[k]) for k in _PAGE_KEYS if str(ask.get(k, "")).isdigit()), 1)
    size = next((int(ask[k]) for k in _SIZE_KEYS if str(ask.get(k, "")).isdigit()), 0)
    return (page - 1) * size


def _next(ref: PageRef, holder: dict[str, Any], got: int, total: int | None) -> tuple[PageRef, ...]:
    """The next page of the same request; a capped total is asked past until a page comes empty."""
    if got == 0:
        return ()
    if ref.method == "POST":
        try:
            ask = json.loads(ref.payload)
        except ValueError:
            return ()
        key = next((k for k in _PAGE_KEYS if isinstance(ask.get(k), int)), None)
        if key is None:
            return ()
        size = next((int(ask[k]) for k in _SIZE_KEYS if str(ask.get(k, "")).isdigit()), got)
        if total is not None and total != CAP and ask[key] * size >= total:
            return ()
        ask[key] += 1
        return (PageRef(ref.url, "POST", json.dumps(ask, separators=(",", ":"), ensure_ascii=False).encode(), ref.content_type),)
    m = re.search(r"([?&](?:pageNo|pageNum|page|pageIndex|currentPage)=)(\d+)", ref.url)
    if m is None:
        return ()
    size_m = re.search(r"[?&](?:pageSize|size|limit|rows)=(\d+)", ref.url)
    size = int(size_m[1]) if size_m else got
    if total is not None and total != CAP and int(m[2]) * size >= total:
        return ()
    return (PageRef(ref.url[: m.start()] + m[1] + str(int(m[2]) + 1) + ref.url[m.end() :]),)
