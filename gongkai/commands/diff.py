"""What changed between two assessments: which inputs moved; scores and findings, each with both reasons.

  gongkai diff            the two newest of one edition
  gongkai diff 3 5
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from db.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which two."""
    parser.add_argument("numbers", nargs="*", type=int, metavar="N", help="two assessments; default the two newest of one edition")


def run(args: argparse.Namespace, home: Home) -> int:
    """Compare and print."""
    from db.errors import GongkaiError
    from db.queries import assessments, scorecards
    from db.session import open_db, session_on

    if len(args.numbers) not in (0, 2):
        raise GongkaiError("give two assessments, or none for the two newest of one edition")
    engine = open_db(home.db_url)
    with session_on(engine) as session:
        every = assessments(session)
        if args.numbers:
            chosen = args.numbers
        else:
            same = [a.id for a in every if every and a.edition == every[-1].edition]
            if len(same) < 2:
                raise GongkaiError("there are no two assessments of one edition yet; run `gongkai audit` on another night")
            chosen = same[-2:]
        documents = [scorecards(session, n) for n in chosen]
    engine.dispose()
    for n, document in zip(chosen, documents, strict=True):
        if document is None:
            raise GongkaiError(f"{n}: no such assessment; there are {', '.join(str(a.id) for a in every) or 'none'}")
    before, after = (d for d in documents if d is not None)
    changes = compare(before, after)
    inputs = moved(before, after)
    print("what moved: " + ("; ".join(inputs) or "nothing that was put in"), file=sys.stderr)
    if args.json:
        print(json.dumps(changes, ensure_ascii=False))
    else:
        for c in changes:
            print(f"{c['site']}\t{c['what']}\t{c['before']}\t→ {c['after']}\t{c['words']}")
    print(f"{len(changes)} changes between assessment {chosen[0]} and {chosen[1]}", file=sys.stderr)
    return 0


def moved(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Which inputs of the two differ, in words."""
    names = {"records": "pages and readings", "rows": "rows of sites.toml", "categories": "categories",
             "calendar": "calendar of working days", "decisions": "reviews"}
    old, new = before.get("inputs", {}), after.get("inputs", {})
    out = [words for key, words in names.items() if key in new and old.get(key) != new.get(key)]
    out += [f"{key} {before[key]} → {after[key]}" for key in ("as_of", "engine") if before[key] != after[key]]
    if before["edition"]["sha256"] != after["edition"]["sha256"]:
        out.append("the edition's text")
    if before["edition"]["year"] != after["edition"]["year"]:
        out.append(f"year {before['edition']['year']} → {after['edition']['year']}")
    return out


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """One row a change: a site's score, or one of its findings."""
    old = {c["site"]: c for c in before["sites"]}
    out: list[dict[str, Any]] = []
    for card in after["sites"]:
        was = old.get(card["site"])
        if was is None:
            out.append({"site": card["site"], "what": "site", "before": None, "after": "new", "words": ""})
            continue
        if was["score"] != card["score"]:
            out.append({"site": card["site"], "what": "score", "before": was["score"], "after": card["score"], "words": ""})
        found = {f["indicator"]: f for f in was["findings"]}
        for f in card["findings"]:
            g = found.get(f["indicator"])
            if g is not None and (g["status"], g["reason"]) != (f["status"], f["reason"]):
                out.append({"site": card["site"], "what": f["indicator"], "before": f"{g['status']} ({g['reason']})",
                            "after": f"{f['status']} ({f['reason']})", "words": f["words"]})
    here = {c["site"] for c in after["sites"]}
    out += [{"site": s, "what": "site", "before": "there", "after": None, "words": ""} for s in old if s not in here]
    return out
