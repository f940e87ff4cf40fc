"""Reading side by side with its peers, in one run: titles and dates of labelled pages, and the time a page takes.

The peers (GNE, trafilatura, htmldate) live in a venv of their own: ``make bench`` makes it. Without one, ours is printed alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

PEER = r'''
import json, sys, time
rows = [json.loads(x) for x in sys.stdin]
out = {}
def run(name, f):
    began = time.perf_counter(); got = []
    for r in rows:
        try: got.append(f(r["html"], r["url"]))
        except Exception: got.append((None, None))
    out[name] = {"got": got, "ms": 1000 * (time.perf_counter() - began) / max(len(rows), 1)}
try:
    from gne import GeneralNewsExtractor
    g = GeneralNewsExtractor()
    def gne(html, url):
        d = g.extract(html); return d.get("title"), (d.get("publish_time") or "")[:10]
    run("GNE", gne)
except ImportError: pass
try:
    import trafilatura
    def tra(html, url):
        d = trafilatura.bare_extraction(html, url=url, with_metadata=True); d = d if isinstance(d, dict) else (d.as_dict() if d else {})
        return d.get("title"), d.get("date")
    run("trafilatura", tra)
except ImportError: pass
try:
    import htmldate
    run("htmldate", lambda html, url: (None, htmldate.find_date(html, url=url, original_date=True)))
except ImportError: pass
print(json.dumps(out))
'''


def main() -> int:
    """See the module."""
    from db.warc import read_file
    from gongkai.evaluation.measure import wilson
    from spiders.read import read
    from spiders.read.charset import decode
    from spiders.read.title import norm

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("warc", type=Path)
    parser.add_argument("--peers", type=Path, help="python of a venv with the peers")
    args = parser.parse_args()
    labels = {r["sha256"]: r for r in map(json.loads, args.labels.read_text("utf-8").splitlines())}
    rows, records = [], []
    for record in read_file(args.warc, args.warc.name):
        row = labels.get(record.place.sha256)
        if row is not None and row["kind"] == "detail" and record.type == "response":
            rows.append(row)
            records.append(record)
    began = time.perf_counter()
    docs = [read(r.body, url=r.ref.url, headers=dict(r.headers), status=r.status or 200) for r in records]
    ours = 1000 * (time.perf_counter() - began) / max(len(records), 1)
    table = {"gongkai": {"got": [(d.title, d.published.value if d.published else None) for d in docs], "ms": ours}}
    if args.peers:
        lines = "\n".join(json.dumps({"html": decode(r.body, "").text, "url": r.ref.url}) for r in records)
        done = subprocess.run([str(args.peers), "-c", PEER], input=lines, capture_output=True, text=True, check=False)
        table.update(json.loads(done.stdout) if done.returncode == 0 else {})
        if done.returncode:
            print(done.stderr[-500:], file=sys.stderr)
    print(f"{len(rows)} detail pages; title right / date right / date wrong (of pages that show one) / ms a page")
    for name, result in table.items():
        print(f"{name:12} " + _line(rows, result, norm, wilson))
    return 0


def _line(rows: list[dict], result: dict, norm: object, wilson: object) -> str:  # type: ignore[type-arg]
    titles = dates = wrong = shown = 0
    for row, (title, day) in zip(rows, result["got"], strict=True):
        titles += bool(title) and norm(str(title)) == norm(row["title"])  # type: ignore[operator]
        right = {row.get("published"), *(row.get("published_also") or [])} - {None}
        if right:
            shown += 1
            dates += day in right
            wrong += bool(day) and day not in right
    span = "{:.2f}-{:.2f}"
    return (f"{titles / len(rows):.3f} ({span.format(*wilson(titles, len(rows)))})  {dates / max(shown, 1):.3f} "  # type: ignore[operator]
            f"({span.format(*wilson(dates, shown))})  {wrong / max(shown, 1):.3f}  {result['ms']:.1f} ms")  # type: ignore[operator]


if __name__ == "__main__":
    sys.exit(main())
