"""Documents that come as JSON: what a shell draws its page from (the city platform's /gwk/policy/detail and its kin).

An object with a title and a text of HTML is a document; its dates, numbers and issuer stand in named fields.
"""

from __future__ import annotations

import re
from typing import Any

from db.document import AttachmentRef, Claim, DateClaim, DateRole, Document
from db.urls import join
from db.words import Kind, PageRef
from spiders.families import policy_platform
from spiders.read import fields
from spiders.read.blocks import parse
from spiders.read.datetext import any_date
from spiders.read.version import READER

_BODY = ("txt", "content", "docContent", "articleContent", "infoContent", "body", "html")
_TITLE = ("title", "docTitle", "infoTitle", "name")
_PUBLISHED = ("displayDate", "display_date", "publishDate", "publish_time", "pubDate", "releaseTime", "date")
_WRITTEN = ("writtenDate", "signDate", "dispatchDate", "docDate")
_ISSUER = ("agency", "dispatch_agency", "publisher", "issuer", "source", "draftUnit")
_FILE = re.compile(r"pdf|file|attach", re.I)


def read_detail(data: Any, ref: PageRef) -> Document | None:
    """The document that an answer holds, or None where it holds none."""
    found = _document(data, 0)
    if found is None:
        return None
    title = re.sub(r"<[^>]{1,40}>", "", str(next(found[k] for k in _TITLE if found.get(k)))).strip()
    url = policy_platform.shown_at(ref) or ref.url
    page = parse(str(next(found[k] for k in _BODY if found.get(k))))
    blocks = page.blocks if page is not None else []
    attrs = found.get("attrs") if isinstance(found.get("attrs"), dict) else {}
    both = {**attrs, **found} if isinstance(attrs, dict) else found
    dates = [DateClaim(DateRole.PUBLISHED, day, f"json:{k}", 0.9, str(both[k])[:40]) for k in _PUBLISHED if (day := any_date(both.get(k)))]
    dates += [DateClaim(DateRole.WRITTEN, day, f"json:{k}", 0.9, str(both[k])[:40]) for k in _WRITTEN if (day := any_date(both.get(k)))]
    published = next((d for d in dates if d.role is DateRole.PUBLISHED and d.precision == "day"), None)
    files = {target: a.text or a.title for b in blocks for a in b.links if (target := join(url, a.href)) and _ext(target)}
    for key, value in both.items():
        if isinstance(value, str) and _FILE.search(key) and (target := join(url, value)) and _ext(target):
            files.setdefault(target, "")
    return Document(
        url, Kind.DETAIL, title=title, published=published, text=fields.body_text(blocks, 0, len(blocks), title),
        doc_no=_doc_no(both, blocks, title), issuer=str(next((both[k] for k in _ISSUER if both.get(k)), ""))[:60],
        index_no=str(both.get("indexNo") or "")[:60], titles=(Claim(title, "json", 0.95),), dates=tuple(dates),
        attachments=tuple(AttachmentRef(u, name, _ext(u)) for u, name in files.items()),
        family=policy_platform.NAME if url != ref.url else "generic", charset="utf-8", charset_rule="content", reader=READER)


def _document(data: Any, depth: int) -> dict[str, Any] | None:
    if not isinstance(data, dict) or depth > 3:
        return None
    if any(isinstance(data.get(k), str) and data[k] for k in _TITLE) and any(
            isinstance(data.get(k), str) and "<" in data[k] for k in _BODY):
        return data
    return next((d for v in data.values() if (d := _document(v, depth + 1)) is not None), None)


def _doc_no(row: dict[str, Any], blocks: list[Any], title: str) -> str:
    kind, year, number = (str(row.get(k) or "").strip() for k in ("docType", "docYear", "docNo"))
    if kind and year.isdigit() and number.isdigit():
        return f"{kind}〔{year}〕{number}号"
    whole = str(row.get("docNum") or (number if "号" in number else ""))
    return fields.normal_doc_no(whole) if whole else fields.read_doc_no(blocks, title)


def _ext(url: str) -> str:
    from spiders.read.html import file_ext

    ext = file_ext(url)
    return "" if ext in ("jpg", "jpeg", "png", "txt") else ext
