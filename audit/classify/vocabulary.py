"""The categories and the rules as they stand in the data files, read once and checked."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import Pattern

from db.errors import ConfigError

CATEGORIES = Path(__file__).parents[1] / "categories.toml"
RULES = Path(__file__).parent / "rules.toml"
FLAGS = ("catch_all", "any_body", "content", "legible", "column_answers")


@dataclass(frozen=True, slots=True)
class Category:
    """One id of the vocabulary.

    any_body: pages of other bodies on the site count too. content: a title without readable content is nothing.
    legible: a page of which nothing but the title can be read is not yet the thing (a picture of it we cannot read).
    column_answers: a filled column is itself the disclosure, though no page of it is the one document.
    """

    id: str
    zh: str
    parent: str | None = None
    is_: str = ""
    basis: str = ""
    catch_all: bool = False
    any_body: bool = False
    content: bool = False
    legible: bool = False
    column_answers: bool = False
    columns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()  # as sites call the column in addresses, by the first letters of its name in pinyin


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of rules.toml."""

    category: str
    on: str
    re: Pattern[str]
    not_: Pattern[str] | None
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
        unknown = set(row) - {"zh", "parent", "is", "basis", "columns", "words", "folders", *FLAGS}
        if unknown or row.get("parent", key) not in data:
            raise ConfigError(f"{CATEGORIES.name}: [{key}]: unknown key or parent: {unknown or row['parent']}")
        out[key] = Category(key, row["zh"], row.get("parent"), row.get("is", ""), row.get("basis", ""),
                            columns=tuple(row.get("columns", ())), words=tuple(row.get("words", ())), folders=tuple(row.get("folders", ())),
                            **{flag: bool(row.get(flag, False)) for flag in FLAGS})
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


def flagged(category: str, flag: str) -> bool:
    """Whether a category or one of its ancestors carries a flag."""
    known = categories()
    here: str | None = category
    while here is not None:
        if getattr(known[here], flag):
            return True
        here = known[here].parent
    return False
