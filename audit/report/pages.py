"""HTML: one overview and one page a site, each self-contained, opened from disk, printable."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from audit.classify import categories
from audit.dating import CHINA
from audit.report.labels import labels
from audit.wording import DATED_BY, REASONS
from db.archive import parse_time
from db.words import Reason

TEMPLATES = Path(__file__).parent / "templates"
ORDER = ("pass", "partial", "fail", "unknown", "not_applicable")
LEVELS = ("municipal", "district", "bureau")


def _environment() -> Environment:
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters["reason"] = lambda code: REASONS[Reason(code)] if code else ""
    env.filters["dated_by"] = lambda by: DATED_BY.get(by or "", "")
    env.filters["minute"] = lambda at: parse_time(at).astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if at else ""
    env.filters["question"] = question_words
    env.filters["safe_url"] = lambda url: url if url.startswith(("http://", "https://")) else ""
    return env


def question_words(key: str) -> str:
    """What was searched for, for people: 财政预决算 2019年度 (from budget:2019@2019-12-31)."""
    categories_, *said = key.partition("@")[0].split(":")
    words = ["、".join(categories()[c].zh if c in categories() else c for c in categories_.split("|"))]
    for part in said:
        if ".." in part:
            since, _, until = part.partition("..")
            words.append(f"{since}至{until}发布" if since and until else f"{since}以后发布" if since else f"{until}以前发布")
        else:
            words.append("须读全" if part == "all" else "看最近的" if part == "latest" else f"{part.replace('|', '、').replace(',', '、')}年度"
                         if part[:4].isdigit() else f"含“{part.replace('/', '”或“')}”")
    return " ".join(words)


def counts(card: dict[str, Any]) -> dict[str, int]:
    """How many findings of each status; those shown for information do not count."""
    found = Counter(f["status"] for f in card["findings"] if f["kind"] != "info")
    return {s: found[s] for s in ORDER if found[s]}


def by_rank(cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rated ones by rank, then the others by name."""
    return sorted(cards, key=lambda c: (c["rank"]["at"] if c["rank"] else 10_000, -(c["verified"] or 0), c["site"]))


def write_html(document: dict[str, Any], folder: Path, lang: str = "zh", number: int | None = None) -> list[Path]:
    """index.html and SITE.html; the paths written."""
    env = _environment()
    folder.mkdir(parents=True, exist_ok=True)
    t = labels(lang)
    common = {"d": document, "t": t, "lang": lang, "number": number, "order": ORDER}
    bound = [c for c in document["sites"] if any(f["status"] != "not_applicable" for f in c["findings"])] or document["sites"]
    levels = [(level, by_rank([c for c in bound if c["level"] == level])) for level in LEVELS]
    used = {f["indicator"] for c in document["sites"] for f in c["findings"] if f["status"] != "not_applicable"}
    hidden = [(c, f) for c in document["sites"] for f in c["findings"] if f["indicator"] in c["hidden"]]
    paths = [folder / "index.html"]
    paths[0].write_text(env.get_template("overview.html.j2").render(
        **common, levels=[x for x in levels if x[1]], hidden=hidden, counts=counts, used=used), "utf-8")
    for card in document["sites"]:
        path = folder / f"{card['site']}.html"
        path.write_text(env.get_template("site.html.j2").render(**common, card=card, counts=counts(card)), "utf-8")
        paths.append(path)
    return paths
