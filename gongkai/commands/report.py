"""Write scorecards: HTML pages, an Excel workbook, CSV, JSON.

  gongkai report --out report                       the newest assessment, as HTML and JSON
  gongkai report --assessment 3 --format html,xlsx,csv,json --out report
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from db.home import Home

FORMATS = ("html", "xlsx", "json", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which assessment, as what, where to."""
    parser.add_argument("--assessment", type=int, metavar="N", help="default: the newest")
    parser.add_argument("--edition", metavar="ID", help="the newest assessment of this edition")
    parser.add_argument("--format", default="html,json", metavar="LIST", help="of: " + ", ".join(FORMATS))
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")


def run(args: argparse.Namespace, home: Home) -> int:
    """Write the files and name them."""
    from audit.report.pages import write_html
    from audit.report.tables import write_csv, write_xlsx
    from db.errors import GongkaiError
    from db.queries import assessments, scorecards
    from db.session import open_db, session_on

    wanted = args.format.split(",")
    wrong = [f for f in wanted if f not in FORMATS]
    if wrong:
        raise GongkaiError(f"--format {', '.join(wrong)}: no such format; there are: {', '.join(FORMATS)}")
    engine = open_db(home.db_url)
    with session_on(engine) as session:
        every = assessments(session)
        if not every:
            raise GongkaiError("there is no assessment yet; run `gongkai audit --edition ID` first")
        of = [a for a in every if args.edition in (None, a.edition)]
        if not of:
            raise GongkaiError(f"--edition {args.edition}: no assessment of it; there are {', '.join(sorted({a.edition for a in every}))}")
        number = args.assessment or of[-1].id
        document = scorecards(session, number)
        if document is None:
            raise GongkaiError(f"--assessment {number}: there are {', '.join(str(a.id) for a in every)}")
    engine.dispose()
    makers: dict[str, Callable[[dict[str, Any], Path], list[Path]]] = {
        "html": lambda d, out: write_html(d, out, args.lang, number), "xlsx": write_xlsx, "csv": write_csv, "json": write_json}
    paths = [p for form in wanted for p in makers[form](document, args.out)]
    if args.json:
        print(json.dumps([str(p) for p in paths], ensure_ascii=False))
    else:
        print(paths[0])
    print(f"{len(paths)} files in {args.out}", file=sys.stderr)
    return 0


def write_json(document: dict[str, Any], folder: Path) -> list[Path]:
    """scorecards.json, in one spelling."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "scorecards.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return [path]
