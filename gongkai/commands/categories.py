"""The vocabulary: every category, or one with its words and legal basis.

  gongkai categories
  gongkai categories power_list
"""

from __future__ import annotations

import argparse
import json

from db.errors import GongkaiError

NEEDS_HOME = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """An id to look at."""
    parser.add_argument("id", nargs="?", help="one category")


def run(args: argparse.Namespace, home: object) -> int:
    """Print the table or one entry."""
    from audit.classify import categories

    known = categories()
    if args.id and args.id not in known:
        raise GongkaiError(f"{args.id}: no such category; `gongkai categories` lists them")
    chosen = [known[args.id]] if args.id else list(known.values())
    if args.json:
        print(json.dumps([{"id": c.id, "zh": c.zh, "parent": c.parent, "is": c.is_, "basis": c.basis,
                           "catch_all": c.catch_all, "columns": list(c.columns), "words": list(c.words)} for c in chosen],
                         ensure_ascii=False, indent=1))
        return 0
    for c in chosen:
        print(f"{'  ' if c.parent else ''}{c.id:<32}{c.zh}")
        if args.id:
            print(f"  含义：{c.is_}\n  上级：{c.parent or '—'}\n  依据：{c.basis or '—'}\n"
                  f"  栏目名：{'、'.join(c.columns) or '—'}\n  标题词：{'、'.join(c.words) or '—'}")
    return 0
