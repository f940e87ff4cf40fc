"""Hold an edition against what is known of sites: findings with evidence, scores, ranks.

  gongkai audit --edition regulation-2019
  gongkai audit --edition shanghai-2019 --as-of 2019-12-31 huangpu
  gongkai audit --edition shanghai-2019 --year 2026        the same duties against another year

The assessment is archived and stored; the same inputs are the same assessment.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from db.home import Home

_STATUS_ZH = {"pass": "达标", "partial": "部分", "fail": "不达标", "unknown": "未判定", "not_applicable": "不适用"}


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return at if at.tzinfo else at.replace(hour=at.hour or 23, minute=at.minute or 59, second=59, tzinfo=UTC)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is held against whom, as of when."""
    parser.add_argument("sites", nargs="*", metavar="SITE", help="ids of rows; default all")
    parser.add_argument("--edition", required=True, metavar="ID", help="`gongkai editions list`, or the path of a .toml")
    parser.add_argument("--year", type=int, metavar="Y", help="hold the duties against this year")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="default: the year's end or the newest fetch")
    parser.add_argument("--observed-until", type=_moment, metavar="DATE", help="use nothing fetched later; default: the newest fetch")


def run(args: argparse.Namespace, home: Home) -> int:
    """Assess, archive, store, tell."""
    from audit.edition import load
    from audit.parallel import assess_stored
    from audit.review import decision_of
    from audit.run import Order, default_as_of
    from crawler.sites import load_sites
    from db.archive import Archive, parse_time
    from db.assess import store_assessment
    from db.base import clean_json
    from db.errors import GongkaiError
    from db.queries import newest_fetch
    from db.reviews import reviews
    from db.session import open_db, session_on
    from gongkai.main import engine_version
    from gongkai.progress import counting

    edition = load(args.edition)
    rows = load_sites(home.sites_file).chosen(args.sites)
    engine = open_db(home.db_url)
    with session_on(engine) as session:
        newest = newest_fetch(session)
        if newest is None:
            raise GongkaiError(f"{home.db_url}: nothing was fetched yet; run `gongkai crawl` or `gongkai ingest FILE` first")
        until = min(args.observed_until or newest, newest)
        as_of = args.as_of or default_as_of(edition, args.year, until)
        order = Order(edition, rows, as_of, until, engine_version(), args.year)
        made = [decision_of(r.finding_key, r.by, r.at, r.action, r.status, r.ground)
                for r in reviews(session, f"{edition.id}/{order.held}/")]
    order = replace(order, decisions=tuple(made))
    with counting("sites audited") as tell:
        document = clean_json(assess_stored(home.db_url, order, tell))
    with session_on(engine) as session:
        number = store_assessment(session, document)
        _archive_once(Archive(home.archive_dir), document, parse_time(document["observed"][1]))
    engine.dispose()
    _say(document, number, args.json)
    unread = [c["site"] for c in document["sites"] if all(f["status"] in ("unknown", "not_applicable") for f in c["findings"])]
    for site in unread:
        print(f"{site}: nothing could be judged", file=sys.stderr)
    return 0


def _archive_once(archive: Any, document: dict[str, Any], at: datetime) -> None:
    """The assessment as a record of its own, written when its digest is new."""
    from spiders.reparse import ASSESSMENT

    sha = document["inputs_sha256"]
    index = archive.folder / "assessments.txt"
    known = set(index.read_text().split()) if index.exists() else set()
    if sha in known:
        return
    archive.open()
    try:
        archive.write_json(ASSESSMENT, at, document)
        with index.open("a") as f:
            f.write(sha + "\n")
    finally:
        archive.close()


def _say(document: dict[str, Any], number: int, as_json: bool) -> None:
    if as_json:
        print(json.dumps(document, ensure_ascii=False))
        return
    edition = document["edition"]
    own = f"（{edition['own_year']}年的要求，按{edition['year']}年执行）" if edition["own_year"] not in (None, edition["year"]) else ""
    print(f"《{edition['name']}》{own} 审计日 {document['as_of']}，第{number}号评估", file=sys.stderr)
    for card in sorted(document["sites"], key=lambda c: (c["level"], c["rank"]["at"] if c["rank"] else 999, c["site"])):
        counts: dict[str, int] = {}
        for f in card["findings"]:
            counts[f["status"]] = counts.get(f["status"], 0) + 1
        place = f"{card['rank']['at']}/{card['rank']['of']}" if card["rank"] else "未定级"
        span = "{}–{}".format(*card["range"]) if card["range"] else "-"
        score = "-" if card["score"] is None else card["score"]
        told = " ".join(f"{_STATUS_ZH[k]}{v}" for k, v in sorted(counts.items()))
        print(f"{card['level']}\t{place}\t{card['site']}\t{card['name']}\t{score}\t[{span}]\t{told}")
