"""Rates with their n and Wilson's interval, over labelled pages or labelled titles and columns; each error listed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from audit.classify import THRESHOLD, categories, classify
from db.urls import host_of
from db.warc import read_file
from db.words import PageFacts
from gongkai.evaluation.perturb import Page
from spiders.index import facts_of
from spiders.read import read
from spiders.read.charset import decode
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
    """Counts by measure, whole and by group (family, site); the errors; what was taken for what."""

    def __init__(self) -> None:
        self.right: Counter[tuple[str, str]] = Counter()  # (group, measure); "" for all
        self.n: Counter[tuple[str, str]] = Counter()
        self.errors: list[dict[str, Any]] = []
        self.confused: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        self.groups: tuple[str, ...] = ()  # of the row at hand

    def add(self, measure: str, ok: bool, where: str = "", wanted: Any = None, got: Any = None) -> None:
        """One answer."""
        for group in ("", *self.groups):
            self.n[group, measure] += 1
            self.right[group, measure] += ok
        if not ok and where:
            self.errors.append({"measure": measure, "where": where, "wanted": wanted, "got": got})

    def took(self, what: str, wanted: str, got: str) -> None:
        """One cell of a confusion matrix."""
        self.confused[what][wanted, got] += 1

    def table(self, group: str = "") -> list[dict[str, Any]]:
        """Rows of measure, n, rate and interval."""
        out = []
        for inside, name in self.n:
            if inside == group:
                right, n = self.right[group, name], self.n[group, name]
                low, high = wilson(right, n)
                out.append({"measure": name, "n": n, "rate": round(right / n, 4), "low": round(low, 4), "high": round(high, 4)})
        return out

    def by(self, dimension: str) -> dict[str, list[dict[str, Any]]]:
        """The same for each family or each site, by name."""
        names = sorted({g for g, _ in self.n if g.startswith(f"{dimension}:")})
        return {name.split(":", 1)[1]: self.table(name) for name in names}

    def macro_f1(self, what: str) -> float:
        """Mean over the wanted classes of the harmonic mean of precision and recall."""
        cells = self.confused[what]
        scores = []
        for name in {wanted for wanted, _ in cells}:
            hit = cells[name, name]
            wanted = sum(n for (w, _), n in cells.items() if w == name)
            got = sum(n for (_, g), n in cells.items() if g == name)
            scores.append(2 * hit / (wanted + got))
        return sum(scores) / len(scores) if scores else 0.0


def _up(category: str) -> str:
    return categories()[category].parent or category


def _category(tally: Tally, row: dict[str, Any], facts: PageFacts, where: str, prefix: str) -> None:
    right = {row["category"], *(row.get("category_also") or [])}
    best = classify(facts)[0]
    tally.add(f"{prefix} exact", best.category in right, where, sorted(right), best.category)
    higher = {_up(c) for c in right}
    tally.add(f"{prefix} one level up", _up(best.category) in higher)
    tally.took(prefix, best.category if best.category in right else row["category"], best.category)
    tally.took(f"{prefix}, one level up", _up(best.category) if _up(best.category) in higher else _up(row["category"]), _up(best.category))
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
        tally.groups = (f"site:{row.get('site') or ''}",)
        _category(tally, row, PageFacts(title=title, column=column), title or " > ".join(column), "title" if title else "column")
    return tally


def pages(rows: list[dict[str, Any]], warc: Path, perturb: Callable[[Page], Page] | None = None) -> Tally:
    """Labelled pages, matched to a WARC's records by digest. perturb: read each said otherwise (see perturb.py)."""
    labels = {r["sha256"]: r for r in rows}
    tally = Tally()
    for record in read_file(warc, warc.name):
        row = labels.get(record.place.sha256)
        if row is None or record.type != "response":
            continue
        body, url, headers = record.body, record.ref.url, dict(record.headers)
        if perturb is not None:
            text, url = perturb((decode(body, {k.lower(): v for k, v in headers.items()}.get("content-type", "")).text, url))
            body, headers = text.encode("utf-8", "replace"), {"content-type": "text/html; charset=utf-8"}
        doc = read(body, url=url, headers=headers, status=record.status or 200)
        tally.groups = (f"site:{row.get('site') or host_of(record.ref.url)}", f"family:{doc.family}")
        tally.took("kind", row["kind"], doc.kind.value)
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
            if row.get("category"):
                _category(tally, row, facts_of(doc), where, "page category")
    return tally
