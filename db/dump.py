"""What a database knows, in a form that two databases can be compared by: sorted, without ids, offsets, attempts and fetch times.

"The same database" of DESIGN.md means equal dumps: of a crawl and a rebuild from its archive, of a night that was killed
fifty times and one that was left alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import (
    ColumnRow,
    FetchRow,
    ItemRow,
    LabelRow,
    PageRow,
    ProbeRow,
    ReadingRow,
    SearchRow,
    SightingRow,
    SiteRow,
)


def canonical_dump(session: Session) -> Iterator[str]:
    """One JSON object a line."""
    lines = [json.dumps(row, ensure_ascii=False, sort_keys=True, default=str) for row in _rows(session)]
    yield from sorted(set(lines))


def dump_sha256(session: Session) -> str:
    """Digest of the dump."""
    return _sha("\n".join(canonical_dump(session)))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _rows(session: Session) -> Iterator[dict[str, Any]]:
    pages = {p.id: p for p in session.execute(select(PageRow)).scalars()}
    for p in pages.values():
        yield {"table": "page", "key": p.key_sha, "method": p.method, "url": p.url, "payload": p.payload, "etag": p.etag,
               "last_modified": p.last_modified}
    for s in session.execute(select(SiteRow)).scalars():
        yield {"table": "site", "row": s.row}
    for f in session.execute(select(FetchRow)).scalars():
        yield {"table": "fetch", "page": pages[f.page_id].key_sha, "site": f.site_id, "outcome": f.outcome, "status": f.status,
               "reason": f.reason, "fault": f.fault, "blob": f.blob, "to": f.redirected_to}
    for s2 in session.execute(select(SightingRow)).scalars():
        yield {"table": "sighting", "page": pages[s2.page_id].key_sha, "content": s2.content_sha, "gone": s2.gone_at is not None}
    readings: dict[int, tuple[str, str]] = {}
    for r in session.execute(select(ReadingRow)).scalars():
        readings[r.id] = (pages[r.page_id].key_sha, r.blob)
        yield {"table": "reading", "page": pages[r.page_id].key_sha, "blob": r.blob, "reader": r.reader, "kind": r.kind, "title": r.title,
               "published": r.published, "text": _sha(r.text), "reason": r.reason, "doc": r.doc}
    columns = {c.id: c for c in session.execute(select(ColumnRow)).scalars()}
    for c in columns.values():
        yield {"table": "column", "site": c.site_id, "host": c.host, "path": c.path}
    for i in session.execute(select(ItemRow)).scalars():
        yield {"table": "item", "column": columns[i.column_id].key_sha, "page": i.page_key, "title": i.title, "date": i.date}
    for x in session.execute(select(LabelRow)).scalars():
        of = readings[x.reading_id] if x.reading_id is not None else columns[x.column_id or 0].key_sha
        yield {"table": "label", "of": of, "category": x.category, "score": x.score, "why": x.why, "categories": x.categories_sha256}
    for q in session.execute(select(SearchRow)).scalars():
        yield {"table": "search", "site": q.site_id, "question": q.question, "state": q.state, "reason": q.reason, "claimed": q.claimed,
               "read": q.read, "columns": q.columns, "queries": q.queries}
    for b in session.execute(select(ProbeRow)).scalars():
        yield {"table": "probe", "site": b.site_id, "host": b.host, "kind": b.kind, "vantage": b.vantage, "value": b.value}
