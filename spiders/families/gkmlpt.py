"""Guangdong's disclosure platform (gkmlpt): columns are numbers behind a # in the address, lists come by GET JSON.

/gkmlpt/api/all/COLUMN?page=N&sid=SITE, a hundred records a page; column 0 is all of them. The page names the site (SID)
and the tree of columns in its script. Facts from public descriptions of the platform, 2026.
"""

from __future__ import annotations

import json
import re
from typing import Any

from db.urls import join
from db.words import PageRef
from spiders.read.scriptmenu import Node

NAME = "gkmlpt"
_SID = re.compile(r"""\bSID["']?\s*[:=]\s*["']?(\d{1,12})""")
_TREE = re.compile(r"""\bTREE["']?\s*[:=]\s*(?=\[)""")
MAX_NODES = 400


def signs(html: str, url: str) -> str | None:
    """Its address, or the site's number beside its path."""
    if "/gkmlpt/" in url:
        return "address under /gkmlpt/"
    return f"names SID {m[1]}" if "gkmlpt" in html and (m := _SID.search(html)) else None


def requests(html: str, url: str) -> list[PageRef]:
    """The list of all that the platform holds of this site, from the page that draws it."""
    sid = _SID.search(html)
    base = _base(url)
    return [PageRef(join(url, f"{base}api/all/0?page=1&sid={sid[1]}"))] if sid and base and "/content/" not in url else []


def menu(html: str, url: str) -> list[Node]:
    """Its columns, each at the address of its list."""
    sid, at = _SID.search(html), _TREE.search(html)
    base = _base(url)
    if sid is None or at is None or not base:
        return []
    try:
        tree, _ = json.JSONDecoder().raw_decode(html, at.end())
    except (ValueError, RecursionError):
        return []
    out: list[Node] = []
    _grow(tree, (), join(url, f"{base}api/all/"), sid[1], out)
    return out


def _grow(tree: Any, above: tuple[str, ...], api: str, sid: str, out: list[Node]) -> None:
    for node in tree if isinstance(tree, list) else ():
        if not isinstance(node, dict) or len(out) >= MAX_NODES or len(above) > 8:
            return
        name, number = str(node.get("name") or node.get("title") or "").strip(), str(node.get("id", ""))
        if name and number.isdigit():
            out.append(Node(name, f"{api}{number}?page=1&sid={sid}", above))
        _grow(node.get("children"), (*above, name) if name else above, api, sid, out)


def _base(url: str) -> str:
    """The path down to the platform: it may lie in the folder of a body."""
    head, mark, _ = url.partition("/gkmlpt/")
    return f"{head}/gkmlpt/" if mark else ""
