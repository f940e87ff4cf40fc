"""How well pages, titles and columns are read, against labels; each rate with its n and Wilson's 95% interval.

Pages are JSON lines with sha256, kind, title, published, column and category, beside a WARC that holds them; titles and columns
are JSON lines with title, column and category. Each error is listed below the table, then what was taken for what.

  gongkai evaluate labels.jsonl --warc pages.warc.gz
  gongkai evaluate labels.jsonl --by family
  gongkai evaluate labels.jsonl --perturb all
  gongkai evaluate titles.jsonl --by site
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import GongkaiError
from gongkai.evaluation.perturb import PERTURBATIONS

if TYPE_CHECKING:
    from gongkai.evaluation.measure import Tally

NEEDS_HOME = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The labels, the pages that they are of, and how to look at the result."""
    parser.add_argument("labels", type=Path, metavar="LABELS", help="JSON lines: pages, or titles and columns")
    parser.add_argument("--warc", type=Path, metavar="FILE", help="the pages' WARC; default pages.warc.gz beside the labels")
    parser.add_argument("--by", choices=("family", "site"), help="the rates for each family or each site as well")
    parser.add_argument("--perturb", action="append", default=[], choices=(*PERTURBATIONS, "all"), metavar="HOW",
                        help=f"read each page said otherwise: {', '.join(PERTURBATIONS)}; all: each in turn, one column each")


def run(args: argparse.Namespace, home: object) -> int:
    """Measure and print."""
    from gongkai.evaluation.measure import pages, titles

    try:
        rows = [json.loads(x) for x in args.labels.read_text("utf-8").splitlines() if x.strip()]
    except (OSError, ValueError) as exc:
        raise GongkaiError(f"{args.labels}: not JSON lines: {exc}") from exc
    if not rows or "kind" not in rows[0]:
        if args.perturb:
            raise GongkaiError(f"{args.labels}: titles and columns have no page to perturb; give labels of pages")
        return _print(titles(rows), args)
    warc = args.warc or args.labels.parent / "pages.warc.gz"
    if not warc.is_file():
        raise GongkaiError(f"{warc}: no such file; name the pages with --warc FILE")
    names = list(PERTURBATIONS) if "all" in args.perturb else list(dict.fromkeys(args.perturb))
    if len(names) > 1:
        return _side_by_side({"as saved": pages(rows, warc), **{n: pages(rows, warc, PERTURBATIONS[n]) for n in names}}, args.json)
    return _print(pages(rows, warc, PERTURBATIONS[names[0]] if names else None), args)


def _print(tally: Tally, args: argparse.Namespace) -> int:
    f1 = {what: round(tally.macro_f1(what), 4) for what in tally.confused}
    if args.json:
        said: dict[str, Any] = {"measures": tally.table(), "macro_f1": f1, "errors": tally.errors, "confusion": {
            what: [{"wanted": w, "got": g, "n": n} for (w, g), n in sorted(cells.items())] for what, cells in tally.confused.items()}}
        if args.by:
            said[f"by_{args.by}"] = tally.by(args.by)
        print(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    _rates(tally.table())
    for what, score in f1.items():
        print(f"{what + ', macro-F1':<38}{len({w for w, _ in tally.confused[what]}):>6}{score:>8.3f}   (n: classes)")
    for name, rows in (tally.by(args.by) if args.by else {}).items():
        print(f"\n{args.by} {name}")
        _rates(rows)
    for error in tally.errors:
        print(f"{error['measure']}\t{error['where'][:90]}\t{error['wanted']}\t→ {error['got']}")
    for what, cells in tally.confused.items():
        wrong = {pair: n for pair, n in cells.items() if pair[0] != pair[1]}
        print(f"{what}: {sum(cells.values()) - sum(wrong.values())} of {sum(cells.values())} as wanted; taken for another: "
              + ("; ".join(f"{w} → {g} {n}" for (w, g), n in sorted(wrong.items(), key=lambda x: (-x[1], x[0]))) or "none"))
    return 0


def _rates(rows: list[dict[str, Any]]) -> None:
    print(f"{'measure':<38}{'n':>6}{'rate':>8}   95%")
    for row in rows:
        print(f"{row['measure']:<38}{row['n']:>6}{row['rate']:>8.3f}   {row['low']:.3f}-{row['high']:.3f}")


def _side_by_side(tallies: dict[str, Tally], as_json: bool) -> int:
    if as_json:
        print(json.dumps({name: tally.table() for name, tally in tallies.items()}, ensure_ascii=False, indent=1))
        return 0
    print(f"{'measure':<38}{'n':>6}" + "".join(f"{name:>17}" for name in tallies))
    for row in tallies["as saved"].table():
        rates = [next((r["rate"] for r in t.table() if r["measure"] == row["measure"]), None) for t in tallies.values()]
        print(f"{row['measure']:<38}{row['n']:>6}" + "".join(f"{'–' if r is None else format(r, '.3f'):>17}" for r in rates))
    return 0
