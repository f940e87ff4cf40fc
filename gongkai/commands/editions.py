"""The rule sets: list, show, check, explain, compare, import them.

  gongkai editions list
  gongkai editions show shanghai-2019
  gongkai editions check my-edition.toml                     every fault at once, with its line
  gongkai editions explain shanghai-2019 24.2                one indicator in plain words
  gongkai editions diff shanghai-2019 my-edition.toml        on what was crawled: which sites move, and why
  gongkai editions diff shanghai-2019 --what-if weight:03.1=6 --what-if drop:24.2
  gongkai editions diff shanghai-2019 --robust               how far ranks move while each weight is halved and doubled
  gongkai editions import rules.csv --id my-scheme --name 考核标准 --source 文号 --out my-scheme.toml
  gongkai editions schema > edition.schema.json              for editors that complete TOML
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from db.home import Home

NEEDS_HOME = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which."""
    sub = parser.add_subparsers(dest="action", required=True)
    sub.add_parser("list", help="ids and names")
    for name, words in (("show", "tasks and indicators with deadlines and weights"), ("check", "every fault at once")):
        child = sub.add_parser(name, help=words)
        child.add_argument("id", metavar="ID|FILE")
    child = sub.add_parser("explain", help="one indicator in plain words")
    child.add_argument("id", metavar="ID|FILE")
    child.add_argument("indicator", nargs="*", metavar="INDICATOR", help="default all")
    child.add_argument("--year", type=int, metavar="Y", help="default: the edition's, else this year's")
    child = sub.add_parser("diff", help="two editions, or one and a changed one, on what was crawled")
    child.add_argument("id", metavar="ID|FILE")
    child.add_argument("other", nargs="?", metavar="ID|FILE")
    child.add_argument("--what-if", action="append", default=[], metavar="CHANGE", help="e.g. weight:03.1=6, kind:24.2=info, drop:24.2; may be repeated")
    child.add_argument("--robust", action="store_true", help="halve and double each weight, one at a time")
    child.add_argument("--year", type=int, metavar="Y")
    child.add_argument("--as-of", type=date.fromisoformat, metavar="DATE")
    child = sub.add_parser("import", help="a published scheme (CSV: rule_id, section, text) as a draft edition")
    child.add_argument("file", type=Path, metavar="CSV")
    child.add_argument("--id", required=True)
    child.add_argument("--name", required=True)
    child.add_argument("--source", required=True, help="who issued it, under which number")
    child.add_argument("--times", type=float, default=5, metavar="N", help="how often one rule counts at most where the source sets no limit (default 5)")
    child.add_argument("--out", type=Path, required=True, metavar="FILE.toml")
    sub.add_parser("schema", help="JSON schema of an edition's file")


def run(args: argparse.Namespace, home: Home | None) -> int:
    """Print."""
    if args.action == "schema":
        from audit.schema import schema

        print(json.dumps(schema(), ensure_ascii=False, indent=1))
        return 0
    if args.action == "import":
        return _import(args)
    if args.action == "diff":
        from gongkai.editions_diff import diff

        return diff(args, home)
    return _list(args) if args.action == "list" else _explain(args) if args.action == "explain" else _show(args)


def _list(args: argparse.Namespace) -> int:
    from audit.edition import known, load

    rows = [load(k) for k in known()]
    if args.json:
        print(json.dumps([{"id": e.id, "name": e.name, "source": e.source, "year": e.year, "tasks": len(e.task),
                           "indicators": len(e.indicator)} for e in rows], ensure_ascii=False))
    else:
        for e in rows:
            print(f"{e.id:18} {e.year or '任何年份'}\t{e.name}（{e.source}）：{len(e.task)}项任务，{len(e.indicator)}项指标")
    return 0


def _show(args: argparse.Namespace) -> int:
    from audit.edition import load

    edition = load(args.id)
    if args.action == "check":
        print(f"{args.id}: in order: {len(edition.task)} tasks, {len(edition.clause)} clauses, {len(edition.indicator)} indicators")
        return 0
    if args.json:
        print(edition.model_dump_json())
        return 0
    print(f"{edition.id}  {edition.name}（{edition.source}）  sha256 {edition.sha256}")
    for task in edition.task:
        inside = [i.id for i in edition.indicator if i.task == task.id]
        print(f"{task.id:>3}  {task.deadline_words}\t{task.text}\n     牵头：{'、'.join(task.units)}  指标：{'、'.join(inside) or f'（无：{task.why}）'}")
    for clause in edition.clause:
        held = "、".join(clause.indicators) or f"（无：{clause.why}）"
        print(f"{clause.id:>5}  {clause.text}\n     指标：{held}")
    print()
    for i in edition.indicator:
        due = i.due if isinstance(i.due, str) else ", ".join(f"{k} {v}" for k, v in (i.due or {}).items())
        counts = f"-{i.deduct.per:g}≤{i.deduct.cap:g}" if i.deduct is not None else f"{i.weight:g}"
        print(f"{i.id:6} {i.kind:7} {counts:>7}  {due or '-':12} {'/'.join(i.levels):28} {i.check:18} {i.title}")
    return 0


def _explain(args: argparse.Namespace) -> int:
    from audit.edition import load
    from audit.explain import explain
    from db.errors import GongkaiError

    edition = load(args.id)
    rows = {i.id: i for i in edition.indicator}
    for key in args.indicator:
        if key not in rows:
            raise GongkaiError(f"{key}: {edition.id} has no such indicator; there are: {', '.join(rows)}")
    year = args.year or edition.year or date.today().year
    told = {key: explain(edition, rows[key], year) for key in args.indicator or rows}
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print("\n\n".join("\n".join(lines) for lines in told.values()))
    return 0


def _import(args: argparse.Namespace) -> int:
    from audit.edition import load
    from audit.importing import as_toml, drafts

    chapters, rules = drafts(args.file)
    args.out.write_text(as_toml(chapters, rules, ident=args.id, name=args.name, source=args.source, times=args.times), "utf-8")
    edition = load(str(args.out))
    unseen = [r for r in rules if all(d.why for d in r.drafted)]
    hand = [(d.id, d.by_hand, d.title) for r in rules for d in r.drafted if d.by_hand]
    if args.json:
        print(json.dumps({"rules": len(rules), "indicators": len(edition.indicator), "not_observable": [r.id for r in unseen],
                          "by_hand": [list(h) for h in hand]}, ensure_ascii=False))
    else:
        for key, what, title in hand:
            print(f"{key}\t{what}\t{title}")
    print(f"{args.out}: {len(rules)} rules: {len(edition.indicator)} indicators, {len(unseen)} rules that a website cannot show (each with why); "
          f"{len(hand)} guesses to look at", file=sys.stderr)
    return 0
