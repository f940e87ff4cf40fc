"""What a box of a page is called: 更多 and a bare picture lead to the column whose name stands as the heading beside them."""

from __future__ import annotations

import re
from typing import Any

from spiders.read.blocks import squeeze

MORE = re.compile(r"^[\[【(（]?\s*(?:更多\S{0,4}|查看更多|查看全部|全部|more\S?|\+|[>»›]{1,3})\s*[\]】)）]?[>»+\s]*$", re.I)
_NAME = re.compile(r"[\u4e00-\u9fff]{2}")
_HEADING = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "strong", "b", "legend", "caption")
_SHOWS = ("ul", "ol", "table", "dl", "p")
LONGEST = 16  # characters of a column's name
UP = 5  # elements


def box_name(el: Any, tabs: dict[str, str]) -> str:
    """The heading beside a link, or of the tab that it stands in; empty where there is none. tabs: from id to what opens it."""
    node = el
    for _ in range(UP):
        up = node.getparent()
        if up is None or up.tag in ("body", "html"):
            return ""
        if node.get("id") in tabs:
            return tabs[node.get("id")]
        for other in _around(node):
            text = squeeze("".join(other.itertext()))
            text = re.sub(r"[>»›+\s]+$|^[·•|>\s]+", "", re.sub(r"(?i)更多\S{0,2}|more", "", text)).strip()
            if 2 <= len(text) <= LONGEST and _NAME.search(text) and not re.search(r"\d{4}|\d-\d", text):
                return text
        if name := _by_place(node, up):
            return name
        node = up
    return ""


def _around(node: Any) -> list[Any]:
    """What may be the heading: what stands before, nearest first, then what follows if it is a heading by its tag."""
    before = [x for x in node.itersiblings(preceding=True) if isinstance(x.tag, str) and x.tag not in _SHOWS and not _alike(x, node)]
    after = [x for x in node.itersiblings() if isinstance(x.tag, str) and x.tag in _HEADING]
    return [*before[:3], *after[:1]]


def _alike(one: Any, other: Any) -> bool:
    """Boxes of one row: their names are their own."""
    return bool(one.tag == other.tag and one.get("class") == other.get("class") and one.tag not in ("span", "a"))


def _by_place(node: Any, up: Any) -> str:
    """The n-th of several panes goes by the n-th of as many names before them."""
    panes = [x for x in up if isinstance(x.tag, str) and x.tag == node.tag]
    if len(panes) < 2:
        return ""
    for row in up.itersiblings(preceding=True):
        for holder in (row, *row.iter("ul", "ol", "dl")):
            names = [squeeze("".join(x.itertext())) for x in holder if isinstance(x.tag, str)]
            if len(names) == len(panes) and all(2 <= len(n) <= LONGEST for n in names):
                return names[panes.index(node)]
    return ""


def tabs_of(root: Any) -> dict[str, str]:
    """Which tab opens which pane, where an address within the page says so."""
    found: dict[str, str] = {}
    for a in root.iter("a"):
        href = (a.get("href") or "").strip()
        name = squeeze("".join(a.itertext()))
        if len(href) > 1 and href[0] == "#" and "/" not in href and 2 <= len(name) <= LONGEST and _NAME.search(name):
            found.setdefault(href[1:], name)
    return found
