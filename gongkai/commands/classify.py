"""Read JSON lines of titles and columns, write them back with categories.

Each line: {"title", "column": [...], "url", "excerpt"}, all optional; a row without title is a column.
Written back in the same order with "categories": [{"id", "score", "why"}], best first.

  echo '{"title": "某区2019年部门预算"}' | gongkai classify
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from db.errors import GongkaiError
from db.words import PageFacts

NEEDS_HOME = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def facts(row: dict[str, Any]) -> PageFacts:
    """The row as the classifier takes it; null is as absent, a single name is a path of one."""
    column = row.get("column") or ()
    if isinstance(column, str):
        column = [column]
    return PageFacts(title=str(row.get("title") or ""), column=tuple(str(c) for c in column if c),
                     url=str(row.get("url") or ""), excerpt=str(row.get("excerpt") or "")[:2000])


def run(args: argparse.Namespace, home: object) -> int:
    """Stream stdin to stdout."""
    from audit.classify import classify

    stdin = sys.stdin.buffer
    rows = []
    for n, line in enumerate(stdin, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("not an object")
        except ValueError as exc:
            raise GongkaiError(f"stdin:{n}: not a JSON object ({exc}); give one object a line") from exc
        row["categories"] = [{"id": x.category, "score": x.score, "why": list(x.why)} for x in classify(facts(row))]
        if args.json:
            rows.append(row)
        else:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    if args.json:
        print(json.dumps(rows, ensure_ascii=False))
    return 0
