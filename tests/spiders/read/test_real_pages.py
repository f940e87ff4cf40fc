"""A floor under the reader on real labelled pages; raising it is a commit of its own."""

from __future__ import annotations

import json
from pathlib import Path

from db.warc import read_file
from spiders.read import read
from spiders.read.title import norm

UNREADABLE = ("shell", "blocked", "error")


def test_real_pages_are_read_no_worse_than_pinned(shared: Path) -> None:
    rows = map(json.loads, (shared / "real" / "labels.jsonl").read_text("utf-8").splitlines())
    labels = {r["sha256"]: r for r in rows}
    title = date = wrong = details = dated = kinds = missed = pages = 0
    for record in read_file(shared / "real" / "pages.warc.gz", "pages"):
        label = labels[record.place.sha256]
        doc = read(record.body, url=record.ref.url, headers=dict(record.headers), status=record.status or 200)
        pages += 1
        kinds += doc.kind.value == label["kind"]
        missed += label["kind"] in UNREADABLE and doc.kind.value not in UNREADABLE
        if label["kind"] != "detail":
            continue
        details += 1
        title += norm(doc.title) == norm(label["title"] or "")
        if label["published"]:
            dated += 1
            found = doc.published.value if doc.published else None
            date += found == label["published"] or found in label["published_also"]
            wrong += found is not None and found != label["published"] and found not in label["published_also"]
    assert pages >= 160
    assert title / details >= 0.96
    assert date / dated >= 0.98
    assert wrong == 0
    assert kinds / pages >= 0.90
    assert missed == 0
