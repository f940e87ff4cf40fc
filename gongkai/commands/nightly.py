"""One night, left alone: crawl, probe, health, audit of every edition, reports. Locked; what was broken off goes on when run again.

A stage that fails is told and the next ones still run, on what is known. var/morning.html says in the morning what was read, what
could not be read and why; a site that was redesigned, hijacked, moved or began to refuse us is held back from the audits (exit 5).
Made for cron or a systemd timer:

  10 1 * * *  gongkai --home /srv/gongkai nightly >> /srv/gongkai/var/nightly.log 2>&1
"""

from __future__ import annotations

import argparse
import fcntl
import signal
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from db.home import Home
from db.words import Site

if TYPE_CHECKING:
    from crawler.sites import Sites


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
        stages = Stages(home)
        codes = {"crawl": stages.run("crawl", [*args.sites, *_clock(args)])}
        if codes["crawl"] == 130:
            return 130
        if len(sites.resolvers) >= 2 and sites.control:
            codes["probe"] = stages.run("probe", [*args.sites, *_clock(args), "--unless-within", "6"])
        rows = sites.chosen(args.sites)
        held = set(_morning(home, sites, rows, codes))
        judged = args.sites if not held else [s.id for s in rows if s.id not in held]
        for edition in sites.editions if judged or not held else ():
            name, _, year = edition.partition(":")
            more = ["--year", year] if year else []
            codes[f"audit {name}"] = stages.run("audit", ["--edition", name, *more, *judged])
            out = str(home.var / "reports" / name)
            codes[f"report {name}"] = stages.run("report", ["--edition", name, "--out", out, "--format", "html,xlsx,csv,json"])
            if stages.stopped:
                return 130
        held = set(_morning(home, sites, rows, codes))
    for site in sorted(held):
        print(f"{site}: held back, no verdict of this night; see {home.var / 'morning.html'}, then `gongkai sites accept {site}`",
              file=sys.stderr)
    print("night: " + "; ".join(f"{k} {v}" for k, v in codes.items()), file=sys.stderr)
    found = {*codes.values(), *([5] if held else [])}
    return next((c for c in (3, 2, 1, 5, 4) if c in found), max(found))


def _morning(home: Home, sites: Sites, rows: tuple[Site, ...], codes: dict[str, int]) -> list[str]:
    """Write the morning page; the sites that are held back."""
    import json

    from db.session import open_db, session_on
    from gongkai.morning import morning, write
    from spiders.night import editions_of

    engine = open_db(home.db_url, create=True)
    with session_on(engine) as session:
        document = morning(session, rows, editions_of(sites, []), codes)
    engine.dispose()
    write(document, home.var / "morning.html")
    (home.var / "morning.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    held: list[str] = document["held"]
    return held


def _clock(args: argparse.Namespace) -> list[str]:
    return ["--clock", args.clock.isoformat()] if args.clock else []


class Stages:
    """Verbs, each in a process of its own: Scrapy's reactor starts once a process, and a crash stays where it is.

    A signal is handed on to the verb that runs, which ends as it does by itself; no other follows it.
    """

    def __init__(self, home: Home) -> None:
        self.place = ["--home", str(home.root), "--db", home.db_url, "--sites", str(home.sites_file)]
        self.stopped = False
        self._now: subprocess.Popen[bytes] | None = None
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hand_on)

    def _hand_on(self, number: int, frame: object) -> None:
        self.stopped = True
        if self._now is not None and number == signal.SIGTERM:  # a terminal's Ctrl-C reaches the verb by itself
            self._now.send_signal(number)

    def run(self, verb: str, words: list[str]) -> int:
        """Its exit code; 130 where the night was stopped."""
        if self.stopped:
            return 130
        with subprocess.Popen([sys.executable, "-m", "gongkai", *self.place, verb, *words], stdout=sys.stderr) as self._now:
            code = self._now.wait()
        self._now = None
        return 130 if self.stopped else code
