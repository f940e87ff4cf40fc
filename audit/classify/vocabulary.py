"""The categories and the rules as they stand in the data files, read once and checked."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from db.errors import ConfigError

CATEGORIES = Path(__file__).parents[1] / "categories.toml"
RULES = Path(__file__).parent / "rules.toml"


@dataclass(frozen=True, slots=True)
class Category:
    """One id of the vocabulary."""

    id: str
    zh: str
    parent: str | None = None
    is_: str = ""
    basis: str = ""
    catch_all: bool = False
    columns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of rules.toml."""

    category: str
    on: str
    re: re.Pattern[str]
    not_: re.Pattern[str] | None
    score: float
    also: str | None
    form: str | None


@cache
def categories() -> dict[str, Category]:
    """Every category by id, in the file's order."""
    data = tomllib.loads(CATEGORIES.read_text("utf-8"))
    data.pop("schema")
    out = {}
    for key, row in data.items():
        unknown = set(row) - {"zh", "parent", "is", "basis", "catch_all", "columns", "words"}
        if unknown or row.get("parent", key) not in data:
            raise ConfigError(f"{CATEGORIES.name}: [{key}]: unknown key or parent: {unknown or row['parent']}")
        out[key] = Category(key, row["zh"], row.get("parent"), row.get("is", ""), row.get("basis", ""),
                            row.get("catch_all", False), tuple(row.get("columns", ())), tuple(row.get("words", ())))
    return out


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in order."""
    known = categories()
    out = []
    for row in tomllib.loads(RULES.read_text("utf-8"))["rule"]:
        if row["category"] not in known or row.get("also", row["category"]) not in known:
            raise ConfigError(f"{RULES.name}: unknown category {row['category']}")
        out.append(Rule(row["category"], row["on"], re.compile(row["re"]),
                        re.compile(row["not"]) if "not" in row else None, row["score"], row.get("also"), row.get("form")))
    return tuple(out)


@cache
def sha256() -> str:
    """Digest of both files: labels made by other words are other labels."""
    return hashlib.sha256(CATEGORIES.read_bytes() + RULES.read_bytes()).hexdigest()


def is_a(child: str, parent: str) -> bool:
    """Whether a category is another or one of its descendants."""
    known = categories()
    here: str | None = child
    while here is not None:
        if here == parent:
            return True
        here = known[here].parent if here in known else None
    return False


def family(category: str) -> str:
    """The topmost ancestor."""
    known = categories()
    while (up := known[category].parent) is not None:
        category = up
    return category
