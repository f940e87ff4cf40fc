"""What kind of page this is, from what it shows: kind comes first, since a list has no publication date to judge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from db.document import DateClaim, Item
from db.words import Kind, Reason
from spiders.read.blocks import Block, Page
from spiders.read.datetext import has_day
from spiders.read.fields import FOOT
from spiders.read.lists import Listing

_HOME_PATH = re.compile(r"^/?(?:(?:index|default|main|home)\.\w{3,5})?$", re.I)
_DETAIL_PATH = re.compile(
    r"/t?20\d{6}_\d+|/art/\d{4}/|/art_\d+|/content[/_]|/c\d{4,}/|/info/\d+/\d+|post_\d+|_\d{5,}\.s?html?|/20\d\d[/-]\d{1,2}|"
    r"[0-9a-f]{32}|/detail|article|/20\d{6}/|\d{6,}\.s?html?$|aid=|/a\d+\.|infoid|/\d{6,}/", re.I)
_LIST_PATH = re.compile(r"/$|/index(?:_?\d+)?\.\w+$|/list|/col/col\d+|column|channel|/node_|/lm\d|/lb", re.I)
_PAGER = re.compile(r"上一?页.{0,40}下一?页|首页.{0,40}下一?页.{0,30}(?:尾|末)页|第\s*\d+\s*/\s*\d+\s*页|共\s*\d+\s*页")
_STAMPS = ("发布时间", "发布日期", "发表时间", "时间：", "日期：")
_NAMED = 12  # characters: shorter are names of columns
_HEADING = 16  # characters: the names of columns are short
_QUERY = re.compile(r"查询|检索|搜索|站内搜索|search", re.I)


@dataclass(frozen=True, slots=True)
class Shape:
    """What was counted on a page."""

    shown: int  # characters a visitor sees
    text: int  # characters of lines that are not mainly links
    longest: int  # of such a line
    dated: int  # items with a date in the main list
    items: int  # items in the main list
    links: int
    rows: int  # short lines that hold a whole date, as the rows of a list do
    pager: bool  # 上一页 … 下一页
    stamps: int  # lines that begin with 发布时间 and its like: one belongs to a document, more to a list
    body: int  # characters of the longest line that soon follows the title
    drawn: int  # entries of menus that scripts draw
    fetched: bool  # a script fetches its list
    plain: int  # characters of the lines without links below the heading, however short
    leads: bool  # what follows its short heading at once is an entry that leads on, not a text


def measure(page: Page, listing: Listing, title_at: int | None = None, drawn: int = 0, fetched: bool = False) -> Shape:
    """Count once what the decisions need."""
    shown = text = longest = links = rows = stamps = 0
    pager = False
    for b in page.blocks:
        stamps += len(b.text) < 60 and b.text.startswith(_STAMPS)
        if len(b.text) <= 60:
            rows += not b.hidden and has_day(b.text)
            pager = pager or bool(_PAGER.search(b.text))
        shown += len(b.text)
        links += len(b.links)
        if b.links and b.link_chars > 0.5 * len(b.text):
            continue
        if len(b.text) >= 25 and not FOOT.search(b.text):
            text += len(b.text)
            longest = max(longest, len(b.text))
    main = listing.main
    after = page.blocks[title_at + 1 : title_at + 6] if title_at is not None else []
    body = max((len(b.text) for b in after if b.link_chars <= 0.3 * len(b.text)), default=0)
    below = page.blocks[title_at + 1 :] if title_at is not None else []
    plain = sum(len(b.text) for b in below if len(b.text) >= 10 and not b.links and not FOOT.search(b.text))
    return Shape(shown, text, longest, sum(i.date is not None for i in main), len(main), links, rows, pager, stamps, body, drawn, fetched, plain,
                 bool(after) and len(page.blocks[title_at or 0].text) <= _HEADING and any(_entry(after[0], i) for i in main))


def _entry(block: Block, item: Item) -> bool:
    return bool(block.links) and block.link_chars >= 0.6 * len(block.text) and item.title[:20] in block.text and (
        len(item.title) >= 8 or item.date is not None)


OWN_NAME = 10  # characters of a title that no column has


def is_shell(page: Page, shape: Shape, html: str, title: str) -> bool:
    """Content is missing: a script, a frame or a refresh would bring it."""
    bare = re.sub(r"\s", "", "".join(b.text for b in page.blocks[:60] if not b.hidden))
    for part in {re.sub(r"\s", "", x) for x in (title, page.title) if x}:
        bare = bare.replace(part, "")
    active = bool(page.scripts or page.frames or page.refresh or "<script" in html.lower() or "<frame" in html.lower())
    if re.search(r"(?:发布|来源|时间|日期)[^。]{0,20}20\d\d[-年/.]", bare):
        return False
    if not active and (bare or page.images) and html.lstrip()[:1] == "<":
        return False  # nothing on the page would bring more
    if shape.links <= 3 and len(bare) < 60:
        return True
    return active and shape.links < 8 and len(bare) < 30


def decide(page: Page, url: str, shape: Shape, listing: Listing, published: DateClaim | None, title_at: int | None,
           crumbs: tuple[str, ...], title: str, plain: bool = False) -> Kind:
    """home, portal, list, detail or query for a page that could be read."""
    metas = page.metas
    parts = urlsplit(url)
    path = parts.path if not parts.fragment else parts.fragment if parts.fragment[0] in "!/" else "drawn"
    article = bool(metas.get("articletitle") or (metas.get("pubdate") and not _LIST_PATH.search(path)))
    score = 0.0  # above 0: a detail
    if article:
        score += 4
    elif metas.get("columnname") and not metas.get("pubdate"):
        score -= 1.5
    if _DETAIL_PATH.search(path) or _DETAIL_PATH.search(parts.query):
        score += 1.5
    if _LIST_PATH.search(path) and not _DETAIL_PATH.search(path):
        score -= 1.5
    if published is not None and published.place.startswith(("label", "line")) and title_at is not None:
        score += 2.5
        if page.blocks[title_at].head is not None:
            score += 1
    if (shape.longest >= 120 and shape.text >= 300) or (shape.longest >= 80 and shape.text >= 250 and shape.dated == 0):
        score += 1.5
    elif shape.text < 120:
        score -= 1
    if shape.dated >= 5:
        score -= 3.5 if shape.text < 600 or shape.dated >= 12 else 1.5
    elif shape.items >= 8 and shape.text < 300:
        score -= 1.5
    elif shape.rows >= 5 and shape.longest < 120:
        score -= 3
    if listing.next_pages or listing.claimed is not None or shape.pager:
        score -= 2
    if listing.empty_words and shape.text < 200:
        score -= 2
    if shape.body >= 70 and shape.dated == 0:
        score += 1.5
    if shape.stamps >= 3:
        score -= 4
    if shape.leads and not article:
        score -= 5
    if shape.fetched and shape.longest < 120:
        score -= 3
    if score > 0:
        return Kind.DETAIL
    if shape.drawn >= 4 and shape.items == 0 and shape.text < 200 and published is None:
        return Kind.PORTAL
    if _HOME_PATH.match(path) and not parts.query and not crumbs and (shape.links >= 15 or path in ("", "/")):
        return Kind.HOME
    if plain and len(listing.groups) >= 5 and re.search(r"(?:index|default)\.\w+$|/$", path) and path.count("/") <= 1:
        return Kind.HOME
    if (page.forms and _QUERY.search(title + page.title) and shape.dated < 3 and shape.items < 15) or (
            _QUERY.search(title) and shape.dated == 0 and page.forms):
        return Kind.QUERY
    if shape.dated >= 2 or listing.next_pages or listing.claimed is not None or listing.empty_words or shape.rows >= 5 or shape.pager or shape.stamps >= 3:
        groups = [g for g in listing.groups if sum(i.date is not None for i in g) >= 3]
        if len(groups) >= 4 and not listing.next_pages:
            return Kind.PORTAL
        return Kind.LIST
    if crumbs and shape.rows and crumbs[-1] == title and shape.text < 120:
        return Kind.LIST
    if shape.fetched and shape.items == 0:
        return Kind.LIST
    if shape.items == 0 and shape.text >= 60:
        return Kind.LIST if "list" in path.lower() and shape.longest < 60 else Kind.DETAIL
    if shape.items >= 4 and shape.text < 2500 and sum(len(i.title) >= 9 for i in listing.main) >= 0.5 * shape.items:
        return Kind.LIST
    if shape.items == 0 and not shape.fetched and (
            shape.plain >= 60 or not (crumbs or listing.claimed_pages or page.scripts or page.sources or page.frames or _LIST_PATH.search(path))):
        return Kind.DETAIL  # a text in short lines; or nothing that a script would bring
    if len(title) >= _NAMED and title_at is not None and shape.dated == 0 and shape.plain >= 15 and not (listing.empty_words or shape.pager):
        return Kind.DETAIL  # what is called like a document, with a text below, however short
    names = sum(len(i.title) for i in listing.main) / shape.items if shape.items else 99
    if shape.items >= 4 and shape.text < 400 and (names < 8 or len(listing.groups) >= 3):
        return Kind.PORTAL
    if shape.items == 0 and title_at is not None and len(title) >= OWN_NAME and crumbs and title not in crumbs and page.title.startswith(title):
        return Kind.DETAIL  # it has a name of its own, and nothing below it leads on
    return Kind.DETAIL if shape.text >= 200 else Kind.LIST


def unreadable(reason: Reason) -> bool:
    """Whether a reason means that nothing of the page's content was had."""
    return reason in (Reason.NEEDS_RENDERING, Reason.UNREADABLE, Reason.TOO_LARGE)
