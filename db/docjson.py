"""Document to JSON and back, without loss: the form in which a whole reading lies in the database.

The law (tested): ``document_from_json(document_to_json(d), text) == d``. Empty values are left out.
"""

from __future__ import annotations

import base64
from typing import Any

from db.document import AttachmentRef, Claim, DateClaim, DateRole, Document, Item, Link, Region
from db.words import Kind, PageRef, Reason

_REGIONS = {r.value: r for r in Region}  # a link's region is looked up ten thousand times a site


def ref_to_json(ref: PageRef) -> Any:
    """A GET is its address; anything else a list."""
    if ref.method == "GET" and not ref.payload and not ref.content_type:
        return ref.url
    return [ref.url, ref.method, base64.b64encode(ref.payload).decode(), ref.content_type]


def ref_from_json(value: Any) -> PageRef:
    """The reverse."""
    if isinstance(value, str):
        return PageRef(value)
    return PageRef(value[0], value[1], base64.b64decode(value[2]), value[3])


def _date(d: DateClaim | None) -> Any:
    return None if d is None else [d.role.value, d.value, d.place, d.confidence, d.raw]


def _undate(v: Any) -> DateClaim | None:
    return None if v is None else DateClaim(DateRole(v[0]), v[1], v[2], v[3], v[4])


def document_to_json(d: Document) -> dict[str, Any]:
    """All of a Document but its text."""
    full: dict[str, Any] = {
        "url": d.url, "kind": d.kind.value, "title": d.title, "published": _date(d.published),
        "column": list(d.column), "doc_no": d.doc_no, "issuer": d.issuer, "index_no": d.index_no,
        "titles": [[c.value, c.place, c.confidence] for c in d.titles],
        "dates": [_date(c) for c in d.dates],
        "columns": [[c.value, c.place, c.confidence] for c in d.columns],
        "links": [[x.target, x.anchor, x.position, x.region.value, x.list_date, x.title] for x in d.links],
        "items": [[i.title, ref_to_json(i.ref), i.date, i.pinned, i.outside] for i in d.items],
        "scripted": [[i.title, ref_to_json(i.ref), i.date, i.pinned, i.outside] for i in d.scripted], "unwritten": d.unwritten,
        "next_pages": [ref_to_json(r) for r in d.next_pages],
        "claimed": d.claimed, "claimed_pages": d.claimed_pages, "capped": d.capped, "empty_words": d.empty_words,
        "attachments": [[a.url, a.name, a.ext] for a in d.attachments],
        "frames": [ref_to_json(r) for r in d.frames], "search": d.search, "meta": [list(m) for m in d.meta], "family": d.family,
        "charset": d.charset, "charset_rule": d.charset_rule, "reason": d.reason.value if d.reason else None, "reader": d.reader,
    }
    return {k: v for k, v in full.items() if not (v is None or v is False or v == "" or v == [])}  # a claim of 0 is a claim


def document_from_json(j: dict[str, Any], text: str) -> Document:
    """The Document again."""
    get = j.get
    return Document(
        url=get("url", ""), kind=Kind(j["kind"]), title=get("title", ""), published=_undate(get("published")),
        column=tuple(get("column", ())), text=text, doc_no=get("doc_no", ""), issuer=get("issuer", ""),
        index_no=get("index_no", ""),
        titles=tuple(Claim(*c) for c in get("titles", ())),
        dates=tuple(c for c in (_undate(v) for v in get("dates", ())) if c is not None),
        columns=tuple(Claim(*c) for c in get("columns", ())),
        links=tuple(Link(x[0], x[1], x[2], _REGIONS[x[3]], x[4], x[5]) for x in get("links", ())),
        items=tuple(Item(i[0], ref_from_json(i[1]), i[2], i[3], i[4]) for i in get("items", ())),
        scripted=tuple(Item(i[0], ref_from_json(i[1]), i[2], i[3], i[4]) for i in get("scripted", ())), unwritten=get("unwritten", False),
        next_pages=tuple(ref_from_json(r) for r in get("next_pages", ())),
        claimed=get("claimed"), claimed_pages=get("claimed_pages"), capped=get("capped", False), empty_words=get("empty_words", ""),
        attachments=tuple(AttachmentRef(*a) for a in get("attachments", ())),
        frames=tuple(ref_from_json(r) for r in get("frames", ())), search=get("search", ""),
        meta=tuple((m[0], m[1]) for m in get("meta", ())),
        family=get("family", ""), charset=get("charset", ""), charset_rule=get("charset_rule", ""),
        reason=Reason(j["reason"]) if get("reason") else None, reader=get("reader", ""),
    )
