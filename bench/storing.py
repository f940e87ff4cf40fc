"""Stored bytes to stored rows: pages a second and memory, beside the usual script of warcio, bs4 and re, in one run.

  python bench/storing.py WARC [--pages N] [--peers PYTHON]

Ours reads each page whole (kind, title, dates, column, list, links, attachments), labels it and writes every row to SQLite; the
script finds <title>, a date by pattern and the links, and keeps nothing. Each page is taken again and again under another address.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

PEER = r'''
import re, sys, time
from bs4 import BeautifulSoup
from warcio.archiveiterator import ArchiveIterator
day = re.compile(r"(20\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})")
n, began = 0, time.process_time()
for _ in range(int(sys.argv[2])):
    with open(sys.argv[1], "rb") as f:
        for r in ArchiveIterator(f):
            if r.rec_type != "response":
                continue
            soup = BeautifulSoup(r.content_stream().read(), "lxml")
            title = soup.title.get_text() if soup.title else ""
            m = day.search(soup.get_text(" "))
            links = [(a.get("href"), a.get_text(strip=True)) for a in soup.find_all("a")]
            n += 1
print(n / (time.process_time() - began))
'''


def main() -> int:
    """See the module."""
    from db.archive import Place
    from db.session import open_db, session_on
    from db.warc import read_file
    from db.words import PageRef
    from spiders.index import index
    from spiders.reparse import _store_run, run_record

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warc", type=Path)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--peers", type=Path, help="python of a venv with the peers")
    args = parser.parse_args()
    records = [r for r in read_file(args.warc, args.warc.name) if r.type == "response"]
    at = datetime(2026, 1, 1, tzinfo=UTC)
    size = sum(len(r.body) for r in records) / len(records) / 1024
    print(f"{args.pages} pages, {size:.0f} KB on average; pages a second of processor time; memory so far")
    with tempfile.TemporaryDirectory() as scratch:
        engine = open_db(f"sqlite:///{scratch}/x.db", create=True)
        with session_on(engine) as session:
            run = _store_run(session, "bench", run_record("ingest", at, "", "", "", []))
            began, told = time.process_time(), 0
            for n in range(args.pages):
                record = records[n % len(records)]
                address = f"{record.ref.url}{'&' if '?' in record.ref.url else '?'}copy={n // len(records)}"
                index(session, run, None, replace(record, ref=PageRef(address), place=Place("x", n, record.place.sha256)))
                if n % 200 == 0:
                    session.commit()
                if n + 1 >= args.pages * (told + 1) / 5:
                    told += 1
                    rate = (n + 1) / (time.process_time() - began)
                    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                    print(f"gongkai  {n + 1:>7}  {rate:7.0f} pages/s  {memory:5.0f} MB", flush=True)
        engine.dispose()
    if args.peers:
        done = subprocess.run([str(args.peers), "-c", PEER, str(args.warc), str(max(1, 500 // len(records)))],
                              capture_output=True, text=True, check=False)
        print(f"warcio + bs4 + re  {float(done.stdout):7.0f} pages/s" if done.returncode == 0 else done.stderr[-300:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
