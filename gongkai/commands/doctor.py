"""Is this machine fit: Python, database, disk, clock, Chromium, fonts; what can it measure: resolvers, IPv4, IPv6, TLS; what for.

  gongkai doctor
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from db.home import Home

NEEDED = 2 << 30  # bytes free: a night of some fifty sites


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(args: argparse.Namespace, home: Home) -> int:
    """Look at each thing; 1 where something that every night needs is not in order."""
    rows = list(_look(home))
    if args.json:
        print(json.dumps([{"what": w, "state": s, "words": t} for w, s, t in rows], ensure_ascii=False))
    else:
        for what, state, words in rows:
            print(f"{state:8}{what:12}{words}")
    return 1 if any(state == "broken" for _, state, _ in rows) else 0


def _look(home: Home) -> Iterator[tuple[str, str, str]]:
    from crawler.sites import load_sites
    from db.errors import GongkaiError
    from db.session import open_db
    from gongkai.probing.here import measurable

    sites = None
    yield "python", "ok", sys.version.split()[0]
    try:
        sites = load_sites(home.sites_file)
        contact = sites.contact or "no contact set: say at the head of the file who may be asked about the crawl"
        yield "sites", "ok" if sites.contact else "missing", f"{len(sites.rows)} sites in {home.sites_file}; {contact}"
    except GongkaiError as exc:
        yield "sites", "broken", str(exc).splitlines()[0]
    try:
        open_db(home.db_url, create=True).dispose()
        yield "database", "ok", home.db_url
    except GongkaiError as exc:
        yield "database", "broken", str(exc)
    home.var.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home.var).free
    yield "disk", "ok" if free > NEEDED else "broken", f"{free >> 30} GiB free at {home.var}"
    now = datetime.now(UTC)
    yield "clock", "ok" if now.year >= 2024 else "broken", f"{now:%Y-%m-%d %H:%M} UTC; keep it right by NTP, every record carries it"
    yield from measurable(sites)
    browser = next((b for b in ("chromium", "chromium-browser", "google-chrome") if shutil.which(b)), None)
    yield "chromium", "ok" if browser else "missing", browser or "pages drawn by script stay unknown: needs_rendering"
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout if shutil.which("fc-list") else b""
    words = "Chinese fonts for charts" if fonts else "charts fall back to site ids; install fonts-noto-cjk"
    yield "fonts", "ok" if fonts else "missing", words
