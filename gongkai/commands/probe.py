"""Facts about sites that no page tells, as a table a site: addresses, name servers, IPv6, TLS, HTTP, links, search, marks.

The resolvers and the control names that prove them and this machine's own IPv6 stand under [dns] in sites.toml. Every
answer is archived as received. Absence needs two days, so run it nightly. Where this machine has no IPv6, reachability
stays unknown (no_ipv6_here); a machine that has it can measure for this one.

  gongkai probe
  gongkai probe huangpu --only ipv6,tls
  gongkai probe --vantage ipv6-host --export probes.jsonl     there
  gongkai probe --import probes.jsonl                         here
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

from db.home import Home

GROUPS = ("ipv6", "dns", "tls", "http", "links", "search", "identity")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which sites, which facts, from where."""
    parser.add_argument("sites", nargs="*", metavar="SITE", help="ids of rows; default all")
    parser.add_argument("--only", default=",".join(GROUPS), metavar="KINDS", help="of: " + ", ".join(GROUPS) + "; default all")
    parser.add_argument("--vantage", default="local", metavar="NAME", help="what this place is called in the facts (default %(default)s)")
    parser.add_argument("--unless-within", type=float, metavar="HOURS", help="leave out sites that were probed from here so recently")
    parser.add_argument("--export", type=Path, metavar="FILE", help="also write the facts of this run as JSON lines with digests")
    parser.add_argument("--import", type=Path, metavar="FILE", dest="take", help="take the facts of such a file; nothing is probed")
    parser.add_argument("--clock", type=datetime.fromisoformat, metavar="TIME", help="a fixed, simulated clock (tests, the farm)")


def run(args: argparse.Namespace, home: Home) -> int:
    """Probe or import, archive, store, tell."""
    from db.errors import GongkaiError
    from gongkai.probing.store import Stored, import_facts, probe_sites

    wrong = set(args.only.split(",")) - set(GROUPS)
    if wrong:
        raise GongkaiError(f"--only {', '.join(sorted(wrong))}: no such probe; there are: {', '.join(GROUPS)}")
    if args.take is not None and args.export is not None:
        raise GongkaiError("--import and --export: one at a time")
    done: Stored = import_facts(home, args.take, args.clock) if args.take is not None else probe_sites(
        home, args.sites, frozenset(args.only.split(",")), args.vantage, args.clock, args.export, args.unless_within)
    _say(done.lines, done.changed, args.json)
    return 0


def _say(lines: list[dict[str, Any]], changed: list[str], as_json: bool) -> None:
    """The table on stdout; vantage, changes and count on stderr."""
    from gongkai.probing.words import said, table

    if as_json:
        print(json.dumps(lines, ensure_ascii=False))
        return
    by_site: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for x in lines:
        if x["site"] is not None:
            by_site[x["site"], x["host"]].append(x)
        elif x["kind"] == "vantage":
            v = x["value"]
            proved = [f"IPv{n}: {', '.join(v[f'controls{n}']) or 'not proved'}" for n in (4, 6)]
            print(f"vantage {x['vantage']}: {'; '.join(proved)}{'; DNS64 here' if v.get('dns64') else ''}", file=sys.stderr)
    rows = [(site, host, x["kind"], said(x["kind"], x["value"], datetime.fromisoformat(x["at"])))
            for (site, host), facts in sorted(by_site.items()) for x in facts]
    if rows:
        print(table(rows))
    for words in changed:
        print(f"changed: {words}", file=sys.stderr)
    print(f"{len({s for s, _ in by_site})} sites probed", file=sys.stderr)
