"""People's decisions on findings: kept with who, when and why, never changed, and asked again when the evidence changes.

  gongkai review list --edition shanghai-2019                      what the newest assessment found, and what was decided
  gongkai review overrule czj 01.1 --edition shanghai-2019 --status pass --by 复核人 --ground "目录在附件第3页，程序未读出"
  gongkai review confirm czj 03.1 --edition shanghai-2019 --by 复核人 --ground "已打开栏目，确为空白"
  gongkai review undo czj 01.1 --edition shanghai-2019 --by 复核人 --ground "误记"

Decide first on what `gongkai report` shows, then run `gongkai audit` again: the score follows, and the report names the decision.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

from db.home import Home

LISTED = ("fail", "partial", "unknown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is decided on what."""
    sub = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    shown = sub.add_parser("list", help="findings below pass, with the decisions on them")
    shown.add_argument("sites", nargs="*", metavar="SITE", help="ids of rows; default all")
    helps = {"overrule": "set another status", "confirm": "stand by what was found", "undo": "take the decision back"}
    for name, words in helps.items():
        one = sub.add_parser(name, help=words)
        one.add_argument("site", metavar="SITE")
        one.add_argument("indicator", metavar="INDICATOR")
        one.add_argument("--by", required=True, help="who decides")
        one.add_argument("--ground", required=True, help="why, so that a stranger can follow it")
        if name == "overrule":
            one.add_argument("--status", required=True, choices=["pass", "partial", "fail", "unknown", "not_applicable"])
    for one in sub.choices.values():
        one.add_argument("--edition", required=True, metavar="ID", help="whose newest assessment is meant")


def run(args: argparse.Namespace, home: Home) -> int:
    """List, or record."""
    from db.errors import GongkaiError
    from db.queries import assessments, scorecards
    from db.session import open_db, session_on

    engine = open_db(home.db_url)
    with session_on(engine) as session:
        mine = [a for a in assessments(session) if a.edition == args.edition]
        document = scorecards(session, mine[-1].id) if mine else None
        if document is None:
            raise GongkaiError(f"{args.edition}: no assessment of this edition yet; run `gongkai audit --edition {args.edition}` first")
        if args.action == "list":
            _list(document, set(args.sites), args.json)
        else:
            _decide(session, home, document, args)
    engine.dispose()
    return 0


def _list(document: dict[str, Any], sites: set[str], as_json: bool) -> None:
    rows = [{"site": c["site"], **{k: f[k] for k in ("indicator", "status", "reason", "words", "digest", "review")}}
            for c in document["sites"] if not sites or c["site"] in sites
            for f in c["findings"] if f["status"] in LISTED or f.get("review")]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    for r in rows:
        said = r["review"]
        told = ""
        if said is not None:
            changed = "" if said["holds"] else "; the evidence has changed since: decide again"
            told = f"\t[{said['action']} {said['status']}, {said['by']}, {said['at'][:10]}{changed}]"
        print(f"{r['site']}\t{r['indicator']}\t{r['status']}\t{r['words']}{told}")
    print(f"{len(rows)} findings of the assessment as of {document['as_of']}", file=sys.stderr)


def _decide(session: Any, home: Home, document: dict[str, Any], args: argparse.Namespace) -> None:
    from audit.review import Decision
    from db.archive import Archive
    from db.errors import GongkaiError
    from db.reviews import store_review
    from spiders.reparse import REVIEW

    card = next((c for c in document["sites"] if c["site"] == args.site), None)
    if card is None:
        there = ", ".join(c["site"] for c in document["sites"])
        raise GongkaiError(f"{args.site}: not in the newest assessment of {args.edition}; it holds {there}")
    found = next((f for f in card["findings"] if f["indicator"] == args.indicator), None)
    if found is None:
        raise GongkaiError(f"{args.indicator}: no such indicator in {args.edition}; `gongkai editions show {args.edition}` lists them")
    if not found.get("digest"):
        raise GongkaiError(f"the newest assessment is of an older version; run `gongkai audit --edition {args.edition}` again first")
    if not args.ground.strip() or not args.by.strip():
        raise GongkaiError("--by and --ground must say something")
    status = args.status if args.action == "overrule" else found["status"]
    decision = Decision(args.edition, document["edition"]["year"], args.site, args.indicator, found["digest"], args.by.strip(),
                        datetime.now(UTC).replace(microsecond=0), args.action, status, args.ground.strip())
    archive = Archive(home.archive_dir)
    archive.open()
    try:
        archive.write_json(REVIEW, decision.at, decision.row(), site=args.site)
    finally:
        archive.close()
    store_review(session, decision.row())
    session.commit()
    print(f"{args.site} {args.indicator}: {args.action} {status}; run `gongkai audit --edition {args.edition}` for the score that follows",
          file=sys.stderr)
