"""What each source of reading and each group of words is worth: the labels measured again with one of them switched off.

  python bench/ablation.py LABELS WARC TITLES COLUMNS

A row says how many answers are lost (+: won) against the whole. A source that loses nothing anywhere on these rows is marked:
it stands for pages of other kinds, or should go.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

NEVER = re.compile(r"(?!)")
Switch = tuple[Any, str, Any]  # where, what, put in its place


def reading_switches() -> dict[str, list[Switch]]:
    """Sources of kind, title, date and column."""
    from spiders.read import column, dates, html, kind, lists, title

    def label(n: int) -> list[Switch]:
        left = tuple((p if k != n else r"(?!)", role, c) for k, (p, role, c) in enumerate(dates._LABELS))
        pattern = re.compile("|".join(f"(?P<r{i}>{p})" for i, (p, _, _) in enumerate(left)))
        return [(dates, "_LABELS", left), (dates, "_LABEL", pattern)]

    return {
        "title: metas": [(title, "_META", ())],
        "title: <title>": [(title, "head_names", lambda text, site: []), (title, "_heads", lambda text: set())],
        "title: h1-h3 and the like": [(title, "_PLACES", {})],
        "title: class names": [(title, "_titled", lambda text: False)],
        "title: a dated line follows": [(title, "_info_follows", lambda infos, i: 0.0)],
        "title: centred": [(title, "_CENTRE", NEVER)],
        "title: never navigation words": [(title, "_NOT", NEVER)],
        "title: never the site's name": [(title, "_SITE", NEVER)],
        **{f"date: label group {n + 1}": label(n) for n in range(len(dates._LABELS))},
        "date: bare, under the title": [(dates, "_bare", lambda block, distance: [])],
        "date: metas": [(dates, "_META_NAMES", ())],
        "date: scripts": [(dates, "_SCRIPT", NEVER), (dates, "_WRITE", NEVER)],
        "date: never today's": [(dates, "_TODAY", NEVER)],
        "column: 当前位置": [(column, "_MAYBE", NEVER)],
        "column: class names": [(column, "_CLASS", NEVER)],
        "column: address": [(column, "_above", lambda page, url: [])],
        "column: scripts' menus": [(column, "path_of", lambda page, url, here: [])],
        "column: 正文 and the like taken off": [(column, "_LEAF", NEVER)],
        "kind: address": [(kind, "_DETAIL_PATH", NEVER), (kind, "_LIST_PATH", NEVER)],
        "kind: pager": [(kind, "_PAGER", NEVER)],
        "kind: many stamps": [(kind, "_STAMPS", ("\0",))],
        "kind: home by address": [(kind, "_HOME_PATH", NEVER)],
        "kind: lists' claims and next pages": [(lists, "_next_pages", lambda page, url: []), (lists, "_CLAIMED", NEVER)],
        "kind: menus drawn by scripts": [(html, "below", lambda page, url, here: 0)],
    }


def word_switches() -> dict[str, list[Switch]]:
    """Evidence of categories and groups of words."""
    from audit import classify as c
    from audit.classify import columns, title, vocabulary

    every = vocabulary.rules()
    out: dict[str, list[Switch]] = {
        "columns": [(c, "_column", lambda facts: None)],
        "words of categories": [(c, "_fields", lambda core: [])],
        "forms of titles": [(c, "_by_form", lambda title, hits, fields, add: None)],
        "news by its words": [(title, "NEWS", NEVER)],
        "what a covering title covers": [(title, "_COVER", NEVER), (title, "_COVER_PLAIN", NEVER)],
        "the issuer's name taken off": [(title, "_ISSUER", NEVER), (title, "_ORG_HEAD", NEVER)],
        "exceptions of rules": [(c, "rules", lambda: tuple(replace(r, not_=None) for r in every)), (c, "_vetoed", lambda t: set())],
        "attachments' names": [(c, "_page", _without(c._page, attachments=()))],
        "the address": [(c, "_page", _without(c._page, url=""))],
        "the text's head": [(c, "_page", _without(c._page, excerpt=""))],
        "names of columns, whole": [(columns, "_names", dict)],
        "names of columns, in part": [(columns, "_patterns", tuple)],
    }
    for category in dict.fromkeys(r.category for r in every):
        left = tuple(r for r in every if r.category != category)
        out[f"title rules: {category}"] = [(c, "rules", lambda left=left: left)]
    return out


def _without(page: Callable[[Any], Any], **nothing: Any) -> Callable[[Any], Any]:
    return lambda facts: page(replace(facts, **nothing))


@contextmanager
def switched(switches: list[Switch]) -> Iterator[None]:
    """With these put in place; everything remembered from before forgotten, then and after."""
    before = [(where, what, getattr(where, what)) for where, what, _ in switches]
    for where, what, put in switches:
        setattr(where, what, put)
    _forget()
    try:
        yield
    finally:
        for where, what, old in before:
            setattr(where, what, old)
        _forget()


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith(("spiders.", "audit.classify")):
            for thing in vars(module).values():
                if hasattr(thing, "cache_clear"):
                    thing.cache_clear()


def main() -> int:
    """See the module."""
    from gongkai.evaluation.measure import Tally, pages, titles

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("labels", "warc", "titles", "columns"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    rows = {n: [json.loads(x) for x in getattr(args, n).read_text("utf-8").splitlines()] for n in ("labels", "titles", "columns")}

    def lost(whole: Tally, now: Tally, shown: list[str]) -> list[str]:
        counts = [now.right["", m] - whole.right["", m] for m in shown]
        return [f"{c:+d}" if c else "·" for c in counts]

    whole = pages(rows["labels"], args.warc)
    shown = ["kind", "unreadable found", "title", "date right", "date not wrong", "last column", "column path", "page category exact"]
    _table("switched off", shown, [whole.n["", m] for m in shown], (
        (name, lost(whole, _with(s, lambda: pages(rows["labels"], args.warc)), shown)) for name, s in reading_switches().items()))
    both = rows["titles"] + rows["columns"]
    base = titles(both)
    shown = ["title exact", "title exact, hard", "title precision at threshold", "column exact"]
    page_base = whole
    print()
    _table("switched off", [*shown, "page category exact"], [*(base.n["", m] for m in shown), whole.n["", "page category exact"]], (
        (name, [*lost(base, _with(s, lambda: titles(both)), shown),
                *lost(page_base, _with(s, lambda: pages(rows["labels"], args.warc)), ["page category exact"])])
        for name, s in word_switches().items()))
    return 0


def _with(switches: list[Switch], measure: Callable[[], Any]) -> Any:
    with switched(switches):
        return measure()


def _table(head: str, measures: list[str], sizes: list[int], rows: Iterator[tuple[str, list[str]]]) -> None:
    print(f"| {head} | " + " | ".join(f"{m} ({n})" for m, n in zip(measures, sizes, strict=True)) + " |")
    print("| --- |" + " --- |" * len(measures))
    for name, cells in rows:
        mark = "" if any(c != "·" for c in cells) else " *"
        print(f"| {name}{mark} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
