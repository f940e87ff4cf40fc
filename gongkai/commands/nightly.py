"""One night, left alone: crawl, probe, audit of every edition, reports. Locked; what was broken off goes on when run again.

A stage that fails is told and the next ones still run, on what is known. Made for cron or a systemd timer:

  10 1 * * *  gongkai --home /srv/gongkai nightly >> /srv/gongkai/var/nightly.log 2>&1
"""

from __future__ import annotations

import argparse
import fcntl
import sys
from collections.abc import Callable
from datetime import datetime

from db.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which sites."""
    parser.add_argument("sites", nargs="*", metavar="SITE", help="ids of rows; default all")
    parser.add_argument("--clock", type=datetime.fromisoformat, metavar="TIME", help="a fixed, simulated clock (tests, the farm)")


def run(args: argparse.Namespace, home: Home) -> int:
    """The stages in order; the worst exit code, 5 where another night is running."""
    from crawler.sites import load_sites

    sites = load_sites(home.sites_file)
    home.var.mkdir(parents=True, exist_ok=True)
    with (home.var / "nightly.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print(f"{home.var / 'nightly.lock'}: another night is running; this one is held back", file=sys.stderr)
            return 5
        codes = {"crawl": _stage("crawl", home, [*args.sites, *_clock(args)])}
        if len(sites.resolvers) >= 2 and sites.control:
            codes["probe"] = _stage("probe", home, [*args.sites, *_clock(args), "--unless-within", "6"])
        for edition in sites.editions:
            name, _, year = edition.partition(":")
            more = ["--year", year] if year else []
            codes[f"audit {name}"] = _stage("audit", home, ["--edition", name, *more, *args.sites])
            out = str(home.var / "reports" / name)
            codes[f"report {name}"] = _stage("report", home, ["--edition", name, "--out", out, "--format", "html,xlsx,csv,json"])
    print("night: " + "; ".join(f"{k} {v}" for k, v in codes.items()), file=sys.stderr)
    worst = max((c for c in codes.values() if c != 4), default=0)
    return worst or (4 if 4 in codes.values() else 0)


def _clock(args: argparse.Namespace) -> list[str]:
    return ["--clock", args.clock.isoformat()] if args.clock else []


def _stage(verb: str, home: Home, words: list[str]) -> int:
    """One verb in a process of its own: Scrapy's reactor starts once a process, and a crash stays where it is."""
    import subprocess

    call: Callable[..., subprocess.CompletedProcess[bytes]] = subprocess.run
    place = ["--home", str(home.root), "--db", home.db_url, "--sites", str(home.sites_file)]
    done = call([sys.executable, "-m", "gongkai", *place, verb, *words], stdout=sys.stderr, check=False)
    return done.returncode
