"""A page as lines of text in reading order, each with its element, its links and the classes around it.

One walk over the tree; everything else (title, dates, column, lists, body) reads these blocks. Limits: size before
parsing, number of blocks and of links after, so that a hostile page costs no more than a large honest one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from spiders.read.href import goes, href_of, looks_like_address

MAX_CHARS = 4_000_000  # a longer page is cut here and said to be truncated
MAX_BLOCKS = 20_000
MAX_LINKS = 20_000
MAX_PICTURES = 300
MAX_DEPTH = 200  # deeper elements are flattened into their ancestor
_BREAKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "br", "button", "center", "dd", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "ucaptitle", "ucapcontent"]
)
_SKIP = frozenset(("script", "style", "noscript", "template", "head", "select", "textarea", "svg", "object"))
_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(slots=True)
class Anchor:
    """A link as it stands on the page."""

    text: str
    href: str
    title: str
    el: Any

    @property
    def name(self) -> str:
        """What it is called in full: its text, or its title where the text is cut."""
        cut = self.text.rstrip(".… ")
        whole = self.title.startswith(cut) and (len(cut) < len(self.text) or len(self.title) > len(self.text))
        return self.title if self.title and (not self.text or whole) else self.text


@dataclass(slots=True)
class Block:
    """One line of text. tag: the nearest block element; cls: class and id of it and two ancestors."""

    text: str
    tag: str
    cls: str
    el: Any
    links: list[Anchor] = field(default_factory=list)
    hidden: bool = False
    cell: bool = False  # stands in a table row
    head: Any = None  # the heading element it stands in, at most two elements up

    @property
    def link_chars(self) -> int:
        """How much of the text is anchors."""
        return sum(len(a.text) for a in self.links)


@dataclass(slots=True)
class Page:
    """The parsed page. title: of <title>; metas: names in lower case; scripts: their texts; truncated: cut at a limit."""

    root: Any
    blocks: list[Block]
    title: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    base: str = ""
    refresh: str = ""
    truncated: bool = False
    forms: int = 0
    sources: int = 0  # scripts that stand elsewhere
    images: int = 0
    crumbs: list[tuple[int, list[str]]] | None = None  # once they were sought
    choices: list[Anchor] = field(default_factory=list)  # of drop-down menus that lead on
    pictures: list[Anchor] = field(default_factory=list)  # anchors that show only a picture
    ids: dict[str, str] = field(default_factory=dict)  # of anchors without text: where scripts find their addresses
    menu: list[Any] | None = None  # what the scripts' menus hold, once it was sought


def squeeze(text: str) -> str:
    """Runs of any white space to one space, ends stripped."""
    if "\u200b" in text or "\ufeff" in text:
        text = text.replace("\u200b", " ").replace("\ufeff", " ")
    return " ".join(text.split())


_PARSER_OPTIONS: dict[str, Any] = {"recover": True, "huge_tree": True, "remove_pis": True, "remove_comments": True, "encoding": "utf-8"}


def parse(text: str) -> Page | None:
    """Parse decoded HTML; None where there is no element in it."""
    truncated = len(text) > MAX_CHARS
    if truncated:
        text = text[:MAX_CHARS]
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.count("<") > 300_000:
        text = text[: _nth(text, "<", 300_000)]
        truncated = True
    data = text.encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, etree.HTMLParser(**_PARSER_OPTIONS))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    if root is None:  # nothing but white space or comments
        return None
    page = Page(root, [], truncated=truncated)
    _Walk(page).run()
    _unhide(page)
    return page


def _nth(text: str, char: str, n: int) -> int:
    at = 0
    for _ in range(n):
        at = text.find(char, at) + 1
    return at


def _head(page: Page, el: Any, tag: str) -> None:
    if tag == "title":
        if not page.title:
            page.title = squeeze("".join(el.itertext()))
    elif tag == "meta":
        name = (el.get("name") or el.get("property") or "").strip().lower()
        content = el.get("content") or ""
        if name and content and name not in page.metas:
            page.metas[name] = squeeze(content)[:2000]
        if (el.get("http-equiv") or "").lower() == "refresh" and not page.refresh:
            page.refresh = content
    elif tag == "script":
        page.sources += bool(el.get("src"))
        if el.text and len(page.scripts) < 300:
            page.scripts.append(el.text)
    elif tag in ("iframe", "frame"):
        if el.get("src"):
            page.frames.append(el.get("src"))
    elif tag == "base":
        page.base = el.get("href") or ""
    elif tag == "form":
        page.forms += 1
    elif tag == "img":
        page.images += 1
    elif tag == "option" and looks_like_address(el.get("value") or "") and len(page.choices) < MAX_PICTURES:
        page.choices.append(Anchor(squeeze("".join(el.itertext()))[:60], el.get("value"), "", el))


_CELLS = frozenset(("td", "th"))
_HEADISH = frozenset(("option", "title", "meta", "script", "iframe", "frame", "base", "form", "img"))


_HEADINGS = frozenset(("h1", "h2", "h3", "ucaptitle"))


def _around(el: Any) -> tuple[str, Any]:
    """Classes and ids of an element and the two above it, and the heading among the three."""
    out, head = [], None
    for _ in range(3):
        if el is None:
            break
        if head is None and el.tag in _HEADINGS:
            head = el
        said = el.attrib
        if said:
            out.append(f"{said.get('class') or ''} {said.get('id') or ''}")
        else:
            out.append(" ")
        el = el.getparent()
    return " ".join(out).lower(), head


class _Walk:
    """One pass over the tree; what is open at the moment stands in its fields."""

    __slots__ = ("anchors", "cells", "el", "hidden", "links", "page", "parts", "tag")

    def __init__(self, page: Page) -> None:
        self.page = page
        self.parts: list[str] = []
        self.anchors: list[Anchor] = []
        self.el, self.tag = page.root, "body"
        self.hidden: list[Any] = []  # open elements that style hides
        self.cells = self.links = 0

    def flush(self) -> None:
        """Close the line that is open."""
        if self.parts:
            text = squeeze("".join(self.parts))
            self.parts.clear()
            if text and len(self.page.blocks) < MAX_BLOCKS:
                cls, head = _around(self.el)
                self.page.blocks.append(Block(text, self.tag, cls, self.el, self.anchors, bool(self.hidden), self.cells > 0, head))
            elif text:
                self.page.truncated = True
        self.anchors = []  # never cleared: the block keeps the list

    def close_link(self, el: Any, begin: int) -> None:
        """The anchor that ends here; its text is what came since it began."""
        text = squeeze("".join(self.parts[begin:]))
        if not text and el.get("id"):
            self.page.ids[el.get("id")] = el.get("href") or ""
        if self.links < MAX_LINKS:
            self.links += 1
            title = el.get("title")
            anchor = Anchor(text, href_of(el), squeeze(title) if title else "", el)
            self.anchors.append(anchor)
            if not text:
                self.parts.append("")
                self._picture(anchor)

    def _picture(self, anchor: Anchor) -> None:
        """A banner says by its picture's alt where it leads."""
        image = next(anchor.el.iter("img"), None)
        if image is not None and len(self.page.pictures) < MAX_PICTURES:
            said = anchor.title or squeeze(image.get("alt") or image.get("title") or "")
            self.page.pictures.append(Anchor("", anchor.href, said[:100], anchor.el))

    def run(self) -> None:
        """Depth-first without recursion, making a block at every block border."""
        page, parts, flush = self.page, self.parts, self.flush
        link = skip_until = None
        begin = depth = 0  # of the open link: where its text began
        for event, el in etree.iterwalk(page.root, events=("start", "end")):
            tag = el.tag
            if event == "start":
                depth += 1
                if tag in _HEADISH:
                    _head(page, el, tag)
                if skip_until is not None:
                    continue
                if tag in _SKIP:
                    skip_until = el
                    continue
                if tag in _BREAKS and depth < MAX_DEPTH:
                    if link is None:
                        if parts or self.anchors:
                            flush()
                        self.el, self.tag = el, tag
                    elif len(parts) > begin:
                        parts.append(" ")  # a block inside an anchor does not end it
                if tag in _CELLS:
                    self.cells += 1
                style = el.get("style")
                if style and _NONE.search(style):
                    self.hidden.append(el)
                if link is None and ((tag == "a" and (el.get("href") is not None or el.get("onclick"))) or goes(el)):
                    link, begin = el, len(parts)
                said = el.text
                if said and (parts or not said.isspace()):
                    parts.append(said)
                continue
            depth -= 1
            if skip_until is not None:
                if el is not skip_until:
                    continue
                skip_until = None
            else:
                if el is link:
                    self.close_link(el, begin)
                    link = None
                if tag in _BREAKS and depth < MAX_DEPTH and link is None:
                    if parts or self.anchors:
                        flush()
                    parent = el.getparent()
                    if parent is not None:
                        self.el, self.tag = parent, parent.tag
                if tag in _CELLS:
                    self.cells -= 1
                if self.hidden and el is self.hidden[-1]:
                    self.hidden.pop()
            said = el.tail
            if said and (parts or not said.isspace()):
                parts.append(said)
        flush()


def _unhide(page: Page) -> None:
    """Where a page hides most of itself a script shows it: then hidden means nothing."""
    hidden = sum(len(b.text) for b in page.blocks if b.hidden)
    if hidden * 2 > sum(len(b.text) for b in page.blocks):
        for b in page.blocks:
            b.hidden = False
