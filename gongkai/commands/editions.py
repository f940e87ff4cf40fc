"""The rule sets: list them, show one, check a file.

  gongkai editions list
  gongkai editions show shanghai-2019
  gongkai editions check my-edition.toml
"""

from __future__ import annotations

import argparse
import json

from db.home import Home

NEEDS_HOME = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which."""
    sub = parser.add_subparsers(dest="action", required=True)
    sub.add_parser("list", help="ids and names")
    for name, words in (("show", "tasks and indicators with deadlines and weights"), ("check", "every fault at once")):
        child = sub.add_parser(name, help=words)
        child.add_argument("id", metavar="ID|FILE")


def run(args: argparse.Namespace, home: Home | None) -> int:
    """Print."""
    from audit.edition import known, load

    if args.action == "list":
        rows = [load(k) for k in known()]
        if args.json:
            print(json.dumps([{"id": e.id, "name": e.name, "source": e.source, "year": e.year, "tasks": len(e.task),
                               "indicators": len(e.indicator)} for e in rows], ensure_ascii=False))
        else:
            for e in rows:
                print(f"{e.id:18} {e.year or '任何年份'}\t{e.name}（{e.source}）：{len(e.task)}项任务，{len(e.indicator)}项指标")
        return 0
    edition = load(args.id)
    if args.action == "check":
        print(f"{args.id}: in order: {len(edition.task)} tasks, {len(edition.indicator)} indicators")
        return 0
    if args.json:
        print(edition.model_dump_json())
        return 0
    print(f"{edition.id}  {edition.name}（{edition.source}）  sha256 {edition.sha256}")
    for task in edition.task:
        inside = [i.id for i in edition.indicator if i.task == task.id]
        print(f"{task.id:>3}  {task.deadline_words}\t{task.text}\n     牵头：{'、'.join(task.units)}  指标：{'、'.join(inside) or '（无）'}")
    print()
    for i in edition.indicator:
        due = i.due if isinstance(i.due, str) else ", ".join(f"{k} {v}" for k, v in (i.due or {}).items())
        print(f"{i.id:6} {i.kind:7} {i.weight:>4}  {due or '-':12} {'/'.join(i.levels):28} {i.check:18} {i.title}")
    return 0
