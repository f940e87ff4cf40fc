"""The row of a list that a link stands in: the element that repeats, and what of its text belongs to the link."""

from __future__ import annotations

from typing import Any

_ROWS = frozenset(("li", "tr", "dl", "dd", "dt", "p", "div", "h3", "h4", "h5", "ul", "article", "section"))


def heads(row: Any, link: Any) -> bool:
    """The link is the heading of a block that holds a list: the dates in the block are not its own."""
    if row.tag in ("li", "tr"):
        return False
    others = [a for a in row.iter("a") if a is not link and len("".join(a.itertext()).strip()) >= 8]
    return len(others) >= 2


def text_near(row: Any, limit: int) -> str:
    parts, size = [], 0
    for piece in row.itertext():
        parts.append(piece)
        size += len(piece)
        if size > limit:
            break
    return " ".join(parts)


def row_of(el: Any) -> tuple[Any, Any]:
    """The row element around a link and the element that holds the rows."""
    if el.tag in ("li", "tr", "dl"):
        return el, el.getparent()
    node, steps = el.getparent(), 0
    while node is not None and steps < 6:
        if node.tag in ("li", "tr", "dl"):
            return node, node.getparent()
        node, steps = node.getparent(), steps + 1
    node, steps, lone = el.getparent(), 0, None
    while node is not None and steps < 4:
        parent = node.getparent()
        if parent is None:
            break
        if node.tag in _ROWS and sum(1 for c in parent if c.tag == node.tag) >= 2:
            if any(c is not node and c.tag == node.tag and next(c.iter("a"), None) is not None for c in parent):
                return node, parent
            lone = lone or (node, parent)  # its like hold no link: the parts of one entry, which is further up
        node, steps = parent, steps + 1
    if lone is not None and (entry := lone[1]).tag in _ROWS and entry.getparent() is not None and _only(entry, el):
        return entry, entry.getparent()
    return lone or (el.getparent(), el.getparent())


def _only(entry: Any, el: Any) -> bool:
    """Whether an element holds this link only, and no more text than an entry of a list has."""
    return all(a is el or a.get("href") == el.get("href") for a in entry.iter("a")) and len(text_near(entry, 500)) < 500


def alone(row: Any, link: Any) -> bool:
    """The row is of this link: it is a row by its tag, or holds no other."""
    return row.tag in ("li", "tr", "dl", "dd") or all(a is link or a.get("href") == link.get("href") for a in row.iter("a"))


def beside(link: Any) -> str:
    """What stands between a link and the next, where many share one element."""
    parts = [link.tail or ""]
    for other in link.itersiblings():
        if other.tag in ("a", "br", "p", "div") or next(other.iter("a"), None) is not None:
            break
        parts += [*other.itertext(), other.tail or ""]
    return " ".join(parts)
