"""A published scheme (评分表) as CSV becomes a draft edition: what it deducts for, what of it a website can show, whom it binds.

The table's own opinion of what a machine can decide is not taken over: a rule is read by its words (import_words.toml).
What no row and no category fits, stays a task with the reason why nothing is judged, for a person to fill in.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from audit.classify import categories
from db.errors import ConfigError

WORDS = Path(__file__).parent / "import_words.toml"
NEEDED = ("rule_id", "section", "text")
_OFF = re.compile(r"扣\s*(\d+(?:\.\d+)?)\s*分")
_EACH = re.compile(r"每(?:发现|出现|通报|1|一)|发现\s*[1一]|每[1一]?[项例处]")
_SECTION = re.compile(r"^[一二三四五六七八九十]*、?\s*(?P<name>[^（(]+?)\s*[（(]\s*(?P<points>\d+(?:\.\d+)?)\s*[%分]?\s*[）)]$")
GUESSES = 6  # categories told of the words of one rule; the first is asked for
_HEAD = 36  # characters of a rule that make a title


@dataclass(frozen=True, slots=True)
class Drafted:
    """One deduction of one rule. why: why a website cannot show it, empty where it is an indicator. by_hand: what a person must look at."""

    id: str
    title: str
    per: float
    counted: bool
    check: str = ""
    params: str = ""
    units: tuple[str, ...] = ()
    fact: str = ""
    why: str = ""
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    number: int
    id: str
    chapter: str
    text: str
    drafted: tuple[Drafted, ...]


def drafts(path: Path) -> tuple[dict[str, tuple[str, float]], list[Rule]]:
    """Chapters (id -> name, points) and rules; every fault of the table at once, with its line."""
    chapters: dict[str, tuple[str, float]] = {}
    rules: list[Rule] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for line, row in _rows(path):
        section = _SECTION.match(row["section"].strip())
        key = (re.findall(r"[A-Z](?=-?\d)", row["rule_id"]) or [chr(ord("A") + len(chapters))])[-1]
        if section is None:
            faults.append(f"{path}:{line}: section: no name with points, e.g. 一、主动公开（40%） (given: {row['section'][:30]})")
            continue
        found = (section["name"], float(section["points"]))
        if chapters.setdefault(key, found) != found:
            faults.append(f"{path}:{line}: section: {key} was {chapters[key]} before")
        if row["rule_id"] in seen:
            faults.append(f"{path}:{line}: rule_id: {row['rule_id']} also in line {seen[row['rule_id']]}")
        seen[row["rule_id"]] = line
        number = len(rules) + 1
        rules.append(Rule(number, row["rule_id"], key, row["text"].strip(), tuple(_deductions(row["text"].strip(), key, number))))
    if faults:
        raise ConfigError(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}\n" + "\n".join(faults))
    return chapters, rules


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{path}: cannot be read as UTF-8: {exc}") from exc
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    missing = [n for n in NEEDED if n not in (reader.fieldnames or ())]
    if missing:
        raise ConfigError(f"{path}:1: no column {', '.join(missing)}; needed are {', '.join(NEEDED)}")
    try:
        for row in reader:
            yield reader.line_num, {k: v or "" for k, v in row.items() if k is not None and isinstance(v, str | None)}
    except csv.Error as exc:
        raise ConfigError(f"{path}:{reader.line_num}: {exc}") from exc


def _deductions(text: str, chapter: str, number: int) -> Iterator[Drafted]:
    """Each 扣…分 of a rule, with what it is taken off for."""
    at, whole = 0, list(_OFF.finditer(text))
    for n, m in enumerate(whole, 1):
        piece = text[at : m.start()].strip("，,；;。 ")
        # what it is taken off for is its last clauses; what goes before describes the duty
        ground = piece if at else "，".join(re.split(r"[，,]", re.split(r"[。；;]", piece)[-1])[-2:])
        at = m.end()
        title = text[:_HEAD].split("，")[0] if len(whole) == 1 else f"{text.split('，')[0][:_HEAD // 2]}：{ground[-_HEAD:]}"
        counted = bool(_EACH.search(text[max(0, m.start() - 24) : m.start()]))
        yield _drafted(f"{chapter}{number:03d}.{n}", title, text, ground, float(m[1]), counted)
    if not whole:
        yield Drafted(f"{chapter}{number:03d}.1", text[:_HEAD], 0.0, False, why="原文没有写明扣分，由评定机构酌情计分")


def _drafted(ident: str, title: str, text: str, ground: str, per: float, counted: bool) -> Drafted:
    field: dict[str, Any] = next((b for b in _words()["bind"] if re.search(b["match"], text)), {})
    units = tuple(field.get("units", ()))
    for row in _words()["rule"]:
        if re.search(row["match"], text if row.get("whole") else ground):
            if "no" in row:
                return Drafted(ident, title, per, counted, why=row["no"])
            return Drafted(ident, title, per, counted, row["check"], _inline(row.get("params", {})), units, row.get("fact", ""))
    if "category" in field:
        return Drafted(ident, title, per, counted, "document_present", _inline({"category": field["category"]}), units)
    found = named(text)
    if not found:
        return Drafted(ident, title, per, counted, why="导入时没有对应的类目，须由人指定判断方法", by_hand="no category")
    return Drafted(ident, title, per, counted, "document_present", _inline({"category": found[0]}), units,
                   by_hand=f"category guessed: {'、'.join(found[:GUESSES])}")


def named(text: str) -> list[str]:
    """Categories whose name or words stand in a text, longest words first; none that catches all, no parent beside its child."""
    hits: dict[str, int] = {}
    for key, row in categories().items():
        if row.catch_all or key in ("news", "other", "internal_mechanism", "site_operation"):
            continue
        long = max((len(w) for w in (row.zh, *row.columns, *row.words) if len(w) >= 4 and w in text), default=0)
        if long:
            hits[key] = long
    parents = {categories()[k].parent for k in hits}
    return [k for k in sorted(hits, key=lambda k: (-hits[k], k)) if k not in parents]


@cache
def _words() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(WORDS.read_text("utf-8"))


def _inline(value: Any) -> str:
    """A TOML value on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_inline(v)}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_inline(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def as_toml(chapters: dict[str, tuple[str, float]], rules: list[Rule], *, ident: str, name: str, source: str, times: float) -> str:
    """The edition's file. times: how many faults of one rule are counted at most, where the source sets no limit."""
    out = [f"# {name}（{source}）：由评分表导入。任务为原文；指标、约束的单位和看不到的理由是导入时按文字判断的，须由人核对。",
           f"# 原文“每发现1项”未设上限：本文件每条至多计{times:g}次（cap）；各章从满分扣起，扣完为止。",
           f"id = {_said(ident)}", f"name = {_said(name)}", f"source = {_said(source)}", 'scheme = "deductions"', "floor = 0.0",
           "min_verified = 0.8", "", "[chapters]", *(f"{k} = {_said(v[0])}" for k, v in chapters.items()), "", "# 各章满分，见原文标题",
           "[points]", *(f"{k} = {v[1]:g}" for k, v in chapters.items())]
    for rule in rules:
        ours = [d for d in rule.drafted if not d.why]
        out += ["", f"# {rule.id}", "[[task]]", f"id = {rule.number}", f"chapter = {_said(rule.chapter)}", f"text = {_said(rule.text)}"]
        whys = "；".join(dict.fromkeys(d.why for d in rule.drafted if d.why))
        if whys:
            out += [f'observable = "{"partial" if ours else "no"}"', f"why = {_said(whys)}"]
        for d in ours:
            out += ["", *_indicator(rule, d, times)]
    return "\n".join(out) + "\n"


def _indicator(rule: Rule, d: Drafted, times: float) -> list[str]:
    out = ["[[indicator]]", f"id = {_said(d.id)}", f"task = {rule.number}", f"chapter = {_said(rule.chapter)}", f"title = {_said(d.title)}",
           f"basis = {_said(rule.text)}", f"check = {_said(d.check)}", 'levels = ["bureau"]']
    if d.units:
        out.append(f"units = {_said(list(d.units))}")
    if d.fact:
        out.append(f"fact = {_said(d.fact)}")
    if d.by_hand:
        out.append(f"# 请核对：{d.by_hand}")
    return [*out, f"deduct = {{ per = {d.per:g}, cap = {d.per * (times if d.counted else 1):g} }}", f"params = {d.params or '{}'}"]


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
