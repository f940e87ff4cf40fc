"""Pages as many systems draw them, each with one habit that has misled a reader; see habits.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from db.words import Reason
from spiders.read import read

DATA = tomllib.loads((Path(__file__).parent / "habits.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", DATA["page"], ids=[c["habit"] for c in DATA["page"]])
def test_a_page_with_this_habit_is_read_right(case: dict[str, Any]) -> None:
    html = case["html"]
    for name in ("nav", "foot", "body"):
        html = html.replace("{" + name + "}", DATA[name])
    doc = read(html.encode(), url=case["url"])
    got = {"kind": doc.kind.value, "title": doc.title, "date": doc.published.value if doc.published else None, "col": list(doc.column),
           "items": [[i.title, i.date] for i in doc.items], "last": [[i.title, i.date] for i in doc.items[-1:]], "n": len(doc.items), "claimed": doc.claimed, "doc_no": doc.doc_no,
           "index": doc.index_no, "unwritten": doc.unwritten or doc.reason is Reason.NEEDS_RENDERING,
           "next": [r.payload.decode() or r.url for r in doc.next_pages],
           "scripted": [[i.title, i.ref.payload.decode()] for i in doc.scripted]}
    if "ways" in case["wanted"]:  # names under which some addresses are reached, in their order
        wanted = {path for _, path in case["wanted"]["ways"]}
        got["ways"] = [[x.anchor, path] for x in doc.links if (path := x.target.partition("example.gov.cn")[2]) in wanted]
    assert {k: got[k] for k in case["wanted"]} == case["wanted"]
