"""The same labelled pages said otherwise: what reading owes to one template's habits falls away, what it understands stays.

Each perturbation takes a page's text and address and gives both back changed, with the label still true. Nothing is random.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from lxml import etree

from spiders.read.blocks import parse
from spiders.read.column import read_column

Page = tuple[str, str]  # text, address
_META = re.compile(r"<meta\b[^>]*>", re.I)
_TITLE = re.compile(r"<title\b.*?</title\s*>", re.I | re.S)
_NAMED = re.compile(r"""(\s(?:class|id)\s*=\s*)(["'])([^"'<>]{0,300})\2""", re.I)
_MARKUP = re.compile(r"(<script\b.*?</script\s*>|<style\b.*?</style\s*>|<[^>]*>)", re.I | re.S)
_DAY = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?![\d/.-])|(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")


def _digest(text: str) -> int:
    return int(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8], 16)


def metas_off(page: Page) -> Page:
    """Every <meta> taken out."""
    return _META.sub("", page[0]), page[1]


def head_off(page: Page) -> Page:
    """<title> taken out."""
    return _TITLE.sub("", page[0]), page[1]


def classes_renamed(page: Page) -> Page:
    """Every class and id called otherwise, the same name always the same."""
    def other(m: re.Match[str]) -> str:
        return m[1] + m[2] + " ".join(f"k{_digest(name):x}" for name in m[3].split()) + m[2]

    return _NAMED.sub(other, page[0]), page[1]


def address_hidden(page: Page) -> Page:
    """An address that tells nothing: no folder, date or number."""
    parts = urlsplit(page[1])
    return page[0], f"{parts.scheme}://{parts.netloc}/p{_digest(page[1]):x}"


def dates_respelt(page: Page) -> Page:
    """Days in the text written another way than the template does."""
    def other(m: re.Match[str]) -> str:
        year, month, day = (m[1], m[2], m[3]) if m[1] else (m[4], m[5], m[6])
        spelt = (f"{year}年{int(month)}月{int(day)}日", f"{year}/{month}/{day}", f"{year}.{int(month)}.{int(day)}", f"{year}-{month}-{day}")
        return spelt[_digest(page[1] + m[0]) % len(spelt)]

    pieces = _MARKUP.split(page[0])
    return "".join(p if n % 2 else _DAY.sub(other, p) for n, p in enumerate(pieces)), page[1]


def crumbs_moved(page: Page) -> Page:
    """The breadcrumb at the foot of the page."""
    tree = parse(page[0])
    if tree is None:
        return page
    _, _, at = read_column(tree, "", own=True)
    if at is None:
        return page
    moved, body = tree.blocks[at].el, tree.root.find("body")
    if body is None or moved is body or moved.tag in ("td", "tr", "tbody", "table", "br") or len("".join(moved.itertext())) > 300:
        return page
    moved.getparent().remove(moved)
    body.append(moved)
    return etree.tostring(tree.root, method="html", encoding="unicode"), page[1]


PERTURBATIONS: dict[str, Callable[[Page], Page]] = {
    "metas-off": metas_off, "head-off": head_off, "classes-renamed": classes_renamed, "address-hidden": address_hidden,
    "dates-respelt": dates_respelt, "crumbs-moved": crumbs_moved,
}
