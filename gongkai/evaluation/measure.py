"""Rates with their n and Wilson's interval, over labelled pages or labelled titles and columns; each error listed."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from audit.classify import THRESHOLD, categories, classify
from db.warc import read_file
from db.words import PageFacts
from spiders.index import facts_of
from spiders.read import read
from spiders.read.title import norm

UNREADABLE = ("shell", "blocked", "error")


def wilson(right: int, n: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    z, p = 1.959964, right / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


class Tally:
    """Counts by measure, and the errors."""

    def __init__(self) -> None:
        self.right: dict[str, int] = defaultdict(int)
        self.n: dict[str, int] = defaultdict(int)
        self.errors: list[dict[str, Any]] = []

    def add(self, measure: str, ok: bool, where: str = "", wanted: Any = None, got: Any = None) -> None:
        """One answer."""
        self.n[measure] += 1
        self.right[measure] += ok
        if not ok and where:
            self.errors.append({"measure": measure, "where": where, "wanted": wanted, "got": got})

    def table(self) -> list[dict[str, Any]]:
        """Rows of measure, n, rate and interval."""
        out = []
        for name in self.n:
            low, high = wilson(self.right[name], self.n[name])
            out.append({"measure": name, "n": self.n[name], "rate": round(self.right[name] / self.n[name], 4),
                        "low": round(low, 4), "high": round(high, 4)})
        return out


def _up(category: str) -> str:
    return categories()[category].parent or category


def _category(tally: Tally, row: dict[str, Any], facts: PageFacts, where: str, prefix: str) -> None:
    right = {row["category"], *(row.get("category_also") or [])}
    best = classify(facts)[0]
    tally.add(f"{prefix} exact", best.category in right, where, sorted(right), best.category)
    tally.add(f"{prefix} one level up", _up(best.category) in {_up(c) for c in right})
    if row.get("hard"):
        tally.add(f"{prefix} exact, hard", best.category in right)
    if best.score >= THRESHOLD:
        tally.add(f"{prefix} precision at threshold", best.category in right)


def titles(rows: list[dict[str, Any]]) -> Tally:
    """Titles, and columns (rows without title)."""
    tally = Tally()
    for row in rows:
        column = tuple(row.get("column") or ())
        title = row.get("title") or ""
        _category(tally, row, PageFacts(title=title, column=column), title or " > ".join(column), "title" if title else "column")
    return tally


_META = re.compile(rb"<meta\b[^>]*>", re.I)


def pages(rows: list[dict[str, Any]], warc: Path, without_meta: bool = False) -> Tally:
    """Labelled pages, matched to a WARC's records by digest. without_meta: with every <meta> taken out."""
    labels = {r["sha256"]: r for r in rows}
    tally = Tally()
    for record in read_file(warc, warc.name):
        row = labels.get(record.place.sha256)
        if row is None or record.type != "response":
            continue
        body = _META.sub(b"", record.body) if without_meta else record.body
        doc = read(body, url=record.ref.url, headers=dict(record.headers), status=record.status or 200)
        where = record.ref.url
        tally.add("kind", doc.kind.value == row["kind"], where, row["kind"], doc.kind.value)
        if row["kind"] in UNREADABLE:
            tally.add("unreadable found", doc.kind.value in UNREADABLE, where, row["kind"], doc.kind.value)
            continue
        tally.add("content not called unreadable", doc.kind.value not in UNREADABLE, where, row["kind"], doc.kind.value)
        if row["kind"] == "detail":
            tally.add("title", norm(doc.title) == norm(row["title"] or ""), where, row["title"], doc.title)
            if row["published"]:
                days = {row["published"], *row.get("published_also", [])}
                found = doc.published.value if doc.published else None
                tally.add("date right", found in days, where, sorted(days), found)
                tally.add("date not wrong", found is None or found in days)
        if row["kind"] != "home":
            path, wanted = [norm(c) for c in doc.column], [norm(c) for c in row["column"]]
            tally.add("last column", path[-1:] == wanted[-1:])
            tally.add("column path", path == wanted, where, row["column"], list(doc.column))
            _category(tally, row, facts_of(doc), where, "page category")
    return tally
