"""Pages, labels, findings, fetches or searches for analysts: JSON lines, CSV for Excel, or Parquet.

  gongkai export pages > pages.jsonl
  gongkai export findings --format csv --out findings.csv
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from db.errors import GongkaiError
from db.home import Home

WHAT = ("pages", "labels", "findings", "fetches", "searches")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, in which format, where to."""
    parser.add_argument("what", choices=WHAT)
    parser.add_argument("--format", choices=("jsonl", "csv", "parquet"), default="jsonl")
    parser.add_argument("--out", type=Path, metavar="PATH", help="a file; default standard output (not for parquet)")


def safe(value: Any) -> Any:
    """A cell that a spreadsheet does not take for a formula; lists and objects as JSON."""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t"):
        return "'" + value
    return value


def run(args: argparse.Namespace, home: Home) -> int:
    """Write the rows."""
    from db import frames
    from db.queries import export_pages
    from db.session import open_db, session_on

    engine = open_db(home.db_url)
    with session_on(engine) as session:
        rows: Iterable[dict[str, Any]] = export_pages(session) if args.what == "pages" else frames.rows(session, args.what)
        if args.format == "parquet":
            if args.out is None:
                raise GongkaiError("parquet cannot go to standard output; give --out PATH")
            import pandas as pd

            pd.DataFrame([{k: safe(v) if isinstance(v, list | dict) else v for k, v in r.items()} for r in rows]
                         ).to_parquet(args.out)
        elif args.out is not None:
            with args.out.open("w", encoding="utf-8-sig" if args.format == "csv" else "utf-8", newline="") as f:
                _write(rows, args.format, f)
        else:
            _write(rows, args.format, sys.stdout)
    engine.dispose()
    return 0


def _write(rows: Iterable[dict[str, Any]], form: str, out: Any) -> None:
    if form == "jsonl":
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        return
    it: Iterator[dict[str, Any]] = iter(rows)
    first = next(it, None)
    if first is None:
        return
    writer = csv.DictWriter(out, fieldnames=list(first))
    writer.writeheader()
    writer.writerow({k: safe(v) for k, v in first.items()})
    writer.writerows({k: safe(v) for k, v in r.items()} for r in it)
