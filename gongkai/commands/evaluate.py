"""How well pages, titles and columns are read, against labels; each rate with its n and Wilson's interval.

  gongkai evaluate labels.jsonl --warc pages.warc.gz
  gongkai evaluate titles.jsonl
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from db.errors import GongkaiError

NEEDS_HOME = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The labels, and the pages that they are of."""
    parser.add_argument("labels", type=Path, metavar="LABELS", help="JSON lines: pages, or titles and columns")
    parser.add_argument("--without-meta", action="store_true", help="take every <meta> out of the pages first")
    parser.add_argument("--warc", type=Path, metavar="FILE", help="the pages' WARC; default pages.warc.gz beside the labels")


def run(args: argparse.Namespace, home: object) -> int:
    """Measure and print."""
    from gongkai.evaluation.measure import pages, titles

    try:
        rows = [json.loads(x) for x in args.labels.read_text("utf-8").splitlines() if x.strip()]
    except ValueError as exc:
        raise GongkaiError(f"{args.labels}: not JSON lines: {exc}") from exc
    if rows and "kind" in rows[0]:
        warc = args.warc or args.labels.parent / "pages.warc.gz"
        if not warc.is_file():
            raise GongkaiError(f"{warc}: no such file; name the pages with --warc FILE")
        tally = pages(rows, warc, args.without_meta)
    else:
        tally = titles(rows)
    if args.json:
        print(json.dumps({"measures": tally.table(), "errors": tally.errors}, ensure_ascii=False, indent=1))
        return 0
    print(f"{'measure':<36}{'n':>6}{'rate':>8}   95%")
    for row in tally.table():
        print(f"{row['measure']:<36}{row['n']:>6}{row['rate']:>8.3f}   {row['low']:.3f}-{row['high']:.3f}")
    for error in tally.errors:
        print(f"{error['measure']}\t{error['where'][:90]}\t{error['wanted']}\t→ {error['got']}")
    return 0
