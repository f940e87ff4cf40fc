"""The farm audited as a campaign: ``python tests/farm/confusion.py [--home DIR] [--suite] [ID...]``, or `make farm`.

Crawls the second city on its nights, audits it under both editions and prints the confusion table (truth × verdict) of each, the same for
both cities together where the first was asked for too, and every difference.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.conftest import gongkai
from tests.farm.home import write_home
from tests.farm.model import FarmSite
from tests.farm.province import NIGHTS, province
from tests.farm.second import second
from tests.farm.serve import Farm
from tests.farm.traps import EARLY
from tests.farm.truth import RULES, truth

STATUSES = ("pass", "partial", "fail", "unknown", "not_applicable")
Documents = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Compared:
    """cells: (truth, verdict) -> how many; wrong: each difference in words."""

    cells: Counter[tuple[str, str]]
    wrong: list[str]


def crawled(home: Path, sites: list[FarmSite], *, editions: tuple[str, ...] = tuple(RULES), timeout: float = 1800) -> int:
    """Crawl and probe the sites on their nights into a home; the number of requests."""
    with Farm(sites, NIGHTS[0]) as farm:
        early = [s.id for s in sites if s.early]
        for night in ([EARLY] if early else []) + list(NIGHTS):
            farm.set_night(night)
            write_home(home, farm, editions, timeout=20.0)
            done = gongkai(home, "crawl", *(early if night == EARLY else ()), timeout=timeout)
            assert done.code in (0, 4), done.err
            if night in NIGHTS:
                done = gongkai(home, "probe", timeout=timeout)
                assert done.code == 0, done.err
        return len(farm.asked)


def audited(home: Path, *, timeout: float = 1800) -> Documents:
    """Edition -> the document of its assessment."""
    out = {}
    for edition in RULES:
        done = gongkai(home, "audit", "--edition", edition, "--as-of", "2019-12-31", "--json", timeout=timeout)
        assert done.code == 0, done.err
        out[edition] = done.json
    return out


def compared(sites: list[FarmSite], documents: Documents, edition: str) -> Compared:
    """Every verdict beside its truth."""
    cards = {c["site"]: {f["indicator"]: f for f in c["findings"]} for c in documents[edition]["sites"]}
    out = Compared(Counter(), [])
    for site in sites:
        for key, right in truth(site, edition).items():
            f = cards[site.id][key]
            out.cells[right.status, f["status"]] += 1
            if f["status"] != right.status:
                out.wrong.append(f"{site.id} ({site.family}) {key}: {right.status} ({right.why}), but the audit says {f['status']} ({f['reason']}): {f['words']}")
    return out


def table(cells: Counter[tuple[str, str]]) -> str:
    """Truth down, verdict across."""
    rows = [["truth \\ verdict", *STATUSES], *([a, *(str(cells[a, b]) for b in STATUSES)] for a in STATUSES)]
    return "\n".join("  ".join(x.rjust(15) for x in row) for row in rows)


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*", help="only these sites")
    parser.add_argument("--home", type=Path, help="keep what was crawled here; where it was crawled before it is only audited again")
    parser.add_argument("--suite", action="store_true", help="only the sites that the suite crawls")
    parser.add_argument("--first", action="store_true", help="the first city too")
    args = parser.parse_args()
    sites = [s for s in [*(province() if args.first else []), *second(suite=args.suite)] if not args.ids or s.id in args.ids]
    with tempfile.TemporaryDirectory() as folder:
        home = args.home or Path(folder)
        requests = crawled(home, sites) if not (home / "var").exists() else 0
        documents = audited(home)
    wrong = 0
    for edition in RULES:
        found = compared(sites, documents, edition)
        wrong += len(found.wrong)
        print(f"{edition}: {len(sites)} sites × {len(RULES[edition])} indicators, {requests} requests\n{table(found.cells)}\n" + "\n".join(found.wrong) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
