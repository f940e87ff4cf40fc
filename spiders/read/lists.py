"""Lists: items with title, link and date, further pages of every sort, what the list claims, what it says when empty.

Rows are found by the element that repeats: the nearest li, tr, dl, dd or small div around a link. Hidden lists are
read too: Hanweb's <datastore>, XML or HTML inside scripts and comments, createPageHTML, inline JSON.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from lxml import etree

from db.document import Item
from db.urls import canonical, join
from db.words import PageRef
from spiders.read.blocks import Anchor, Page, parse, squeeze
from spiders.read.datetext import month_day, parse_date
from spiders.read.rows import alone, beside, heads, row_of, text_near
from spiders.read.scripted import further, state_entry

_MORE = re.compile(r"^(?:更多|more|查看更多|\+|>>|详情|详细|查看|阅读全文|\[详细\]|\[更多\])[>》»\s]*$", re.I)
_FOOT = re.compile(r"foot|copyright|friend|yqlj|youlink")
_PAGER = re.compile(r"^(?:[<《«]*\s*(?:上一?页|下一?页|首\s*页|尾\s*页|末\s*页|前一?页|后一?页|第一页|最后一?页|上页|下页|next|prev\w*|last|first)\s*[>》»]*|\d{1,4}|[<>»«]+|\.{3}|…)$", re.I)
_NEXT = re.compile(r"^\s*[<《«]*\s*(?:下一?页|后一?页|下页|next(?:\s*page)?|>|»|›|﹥)\s*[>》»]*\s*$", re.I)
EMPTY = re.compile(r"(?:本栏目|该栏目|当前栏目|此栏目|栏目|目前|本页|该?列表)?\s*(?:暂无|没有|尚无|还没有|无)(?:相关|任何|此类|该类)?(?:的)?(?:内容|信息|数据|记录|文章|资料|文件)(?:[，,。！!]?敬请(?:期待|关注))?[！!。.]?$|(?:没有|未能?)(?:找到|检索到|搜索到|查询到|查到).{0,12}(?:内容|信息|结果|记录)|内容建设中|栏目建设中|(?:本栏目|内容)(?:正在)?(?:建设|更新|整理)中")
_CLAIMED = re.compile(r"(?:共|总共|总计|共有|合计|找到(?:相关结果)?约?)\s*[:：]?\s*(\d{1,7})\s*(?:条|篇|个(?!页)|项|件|记录)|总(?:记录|条)数\s*[:：]?\s*(\d{1,7})")
_PAGES = re.compile(r"共\s*(\d{1,4})\s*页|(?:第|页次|当前)[^\d\n]{0,6}\d{1,4}\s*/\s*(\d{1,4})\s*页?|\d{1,4}\s*/\s*(\d{1,4})\s*页")
_CREATE = re.compile(
    r"createPageHTML\w*\s*\(\s*(?:[\"'][^\"']*[\"']\s*,\s*)?(\d+|[A-Za-z_$]\w*)\s*,\s*(\d+|[A-Za-z_$]\w*)\s*,\s*[\"']([^\"']+)[\"']\s*,\s*[\"'](s?html?|htm|aspx?|jsp)[\"'](?:\s*,\s*(\d+))?", re.I)
_BULLET = re.compile(r"^[·•\-\s▪■◆●>»]+")
_YEAR = re.compile(r"\d{4}[-/.年]")
_DATED = re.compile(r"^(.{4,}?)\s*[\[(（]?\s*((?:20|19)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s*[\])）]?$")
_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.S)


@dataclass(slots=True)
class Listing:
    """What a page lists. groups: items by the element that holds their rows, largest first."""

    groups: list[list[Item]] = field(default_factory=list)
    next_pages: list[PageRef] = field(default_factory=list)
    claimed: int | None = None
    claimed_pages: int | None = None
    empty_words: str = ""

    @property
    def main(self) -> list[Item]:
        """The items of the list that the page is about."""
        return self.groups[0] if self.groups else []

    @property
    def all(self) -> list[Item]:
        """Every item, each page once, in reading order of the groups."""
        seen: dict[PageRef, Item] = {}
        for group in self.groups:
            for item in group:
                old = seen.get(item.ref)
                if old is None or (old.date is None and item.date is not None):
                    seen[item.ref] = item
        return list(seen.values())


def read_listing(page: Page, url: str, html: str, crumb_at: int | None = None) -> Listing:
    """Items, paging and claims of a page. crumb_at: block of the breadcrumb; what stands above it is navigation."""
    out = Listing()
    rows: dict[int, list[Item]] = defaultdict(list)
    tops: dict[int, Any] = {}
    menus: set[int] = set()  # a group with a link to this page itself is a menu of its siblings
    for block in page.blocks[crumb_at + 1 if crumb_at is not None else 0 :]:
        if block.links and _FOOT.search(block.cls):
            continue
        for anchor in block.links:
            item, top = _item(anchor, url)
            if item is None and top is not None:
                menus.add(id(top))
            if item is not None and top is not None:
                rows[id(top)].append(item)
                tops[id(top)] = top
    rows = _merge_tables({k: v for k, v in rows.items() if k not in menus or any(i.date for i in v)}, tops)
    groups = [_unique(g) for g in rows.values()]
    single = [g for g in groups if len(g) == 1 and len(g[0].title) >= 8]
    groups = [g for g in groups if len(g) >= 2 or (g and g[0].date)]
    if crumb_at is not None and not any(i.date for g in groups for i in g):
        groups += single  # a column of one undated page
    groups.sort(key=lambda g: -_weight(g))
    out.groups = groups
    hidden = _hidden(page, url, html)
    if hidden:
        out.groups.insert(0, hidden)
    out.next_pages = _next_pages(page, url) or (further(page, url) if out.main else [])
    text = "\n".join(b.text for b in page.blocks if len(b.text) < 120)
    if m := _CLAIMED.search(text):
        out.claimed = int(m[1] or m[2])
    if m := _PAGES.search(text):
        out.claimed_pages = int(m[1] or m[2] or m[3])
    for block in page.blocks:
        if len(block.text) <= 24 and not block.hidden and EMPTY.search(block.text):
            out.empty_words = block.text
            break
    return out


def _merge_tables(rows: dict[int, list[Item]], tops: dict[int, Any]) -> dict[int, list[Item]]:
    """Five rows a <ul> and five in the next are one list: groups whose holders are siblings are joined."""
    joined: dict[int, list[Item]] = {}
    owner: dict[tuple[int, str], int] = {}
    for key, items in rows.items():
        top = tops[key]
        parent = top.getparent()
        sign = (id(parent), f"{top.tag}.{top.get('class') or ''}")
        dated = sum(i.date is not None for i in items)
        if parent is not None and dated and sign in owner and any(i.date for i in joined[owner[sign]]):
            joined[owner[sign]] += items
        else:
            owner[sign] = key
            joined[key] = list(items)
    return joined


def _unique(items: list[Item]) -> list[Item]:
    seen: dict[PageRef, Item] = {}
    for i in items:
        old = seen.get(i.ref)
        if old is None or (old.date is None and i.date) or len(i.title) > len(old.title) + 4:
            seen[i.ref] = i if old is None or i.date or not old.date else Item(i.title, i.ref, old.date)
    return list(seen.values())


def _weight(group: list[Item]) -> float:
    dated = sum(i.date is not None for i in group)
    long = sum(len(i.title) >= 10 for i in group)
    return 3 * dated + 1.2 * long + 0.1 * len(group)


def _item(anchor: Anchor, url: str) -> tuple[Item | None, Any]:
    text = anchor.title if len(anchor.title) > len(anchor.text) and (
        anchor.text.rstrip(".…") in anchor.title or not anchor.text) else anchor.name
    text = squeeze(_BULLET.sub("", text))
    if len(text) < 2 or _MORE.match(text) or _PAGER.match(text):
        return None, None
    entry = state_entry(anchor, url)
    target = join(url, anchor.href)
    if not target and entry is None:
        return None, None
    if target == canonical(url):
        return None, row_of(anchor.el)[1]
    row, top = row_of(anchor.el)
    date = None
    if row is not None and not heads(row, anchor.el):
        around = squeeze(text_near(row, 600)) if alone(row, anchor.el) else squeeze(f"{anchor.text} {beside(anchor.el)}")
        if len(around) < 500:
            rest = around.replace(anchor.text, " ", 1) if anchor.text else around
            date = parse_date(rest) if len(rest) < 200 else None
            if date is not None and len(date) < 7 and not _YEAR.search(rest):
                date = None
            if date is None:
                date = next((d for d in (month_day(t) for t in rest.split(" ")) if d), None)
            if date is None and len(anchor.text) > 12 and anchor.text != text:
                date = parse_date(anchor.text[-14:])
    inner = _DATED.match(text)
    if inner:
        date = date or parse_date(inner[2])
        text = inner[1].strip()
    return Item(text, PageRef(target) if entry is None else entry.ref, date), top


def _hidden(page: Page, url: str, html: str) -> list[Item]:
    """Items that a script draws: <record> CDATA of Hanweb's datastore, li's inside scripts or comments."""
    if "<record>" not in html:
        return []
    items: list[Item] = []
    for m in _RECORD.finditer(html):
        items += fragment_items(m[1], url)
        if len(items) > 5000:
            break
    return _unique(items)


def list_items(html: str, url: str) -> tuple[list[Item], str]:
    """Items of the main list of a piece of HTML that came by itself, and the words by which it says that there are none."""
    page = parse(html)
    if page is None:
        return [], ""
    listing = read_listing(page, url, html)
    return listing.main, listing.empty_words if not listing.main else ""


def fragment_items(fragment: str, url: str) -> list[Item]:
    """Items of a piece of HTML."""
    try:
        root = lxml.html.fragment_fromstring(fragment.strip(), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return []
    out = []
    for a in root.iter("a"):
        text = squeeze(a.text_content())
        title = squeeze(a.get("title") or "")
        if len(title) > len(text):
            text = title
        target = join(url, a.get("href") or "")
        if not target or not text or _MORE.match(text):
            continue
        rest = squeeze(root.text_content()).replace(squeeze(a.text_content()), " ", 1)
        out.append(Item(text, PageRef(target), parse_date(rest)))
    return out[:1] if len(out) > 1 and len({i.ref.url for i in out}) == 1 else out


def _next_pages(page: Page, url: str) -> list[PageRef]:
    found: dict[str, None] = {}
    for script in page.scripts:
        m = _CREATE.search(script)
        if m:
            total, now, name, ext = _number(m[1], page), _number(m[2], page), m[3], m[4]
            if 1 < total <= 5000 and now + 1 < total:
                for n in range(now + 1, total):
                    found[join(url, f"{name}_{n}.{ext}")] = None
    numbered: list[tuple[int, str]] = []
    for block in page.blocks:
        for a in block.links:
            label = a.text or a.title
            if _NEXT.match(label):
                target = _pager_target(a, url)
                if target:
                    found[target] = None
            elif label.isdigit() and 1 < int(label) < 5000 and len(block.text) < 200:
                target = _pager_target(a, url)
                if target and _same_list(target, url):
                    numbered.append((int(label), target))
    for _, target in sorted(numbered):
        found[target] = None
    found.pop("", None)
    found.pop(canonical(url), None)
    return [PageRef(u) for u in found]


def _number(said: str, page: Page) -> int:
    """A number, or that of the variable which the page's scripts set; 0 where none does."""
    if said.isdigit():
        return int(said)
    found = (re.search(rf"\b{re.escape(said)}\s*=\s*[\"']?(\d{{1,5}})\b", s) for s in page.scripts)
    return next((int(m[1]) for m in found if m), 0)


def _pager_target(a: Anchor, url: str) -> str:
    href = a.href
    m = re.search(r"(?:location(?:\.href)?\s*=|open\(|goto\w*\()\s*['\"]([^'\"]+)['\"]", href or "") if href.startswith("javascript") else None
    return join(url, m[1] if m else href)


def _same_list(target: str, url: str) -> bool:
    here, there = url.split("?")[0].rsplit("/", 1), target.split("?")[0].rsplit("/", 1)
    return here[0].split("://")[-1] == there[0].split("://")[-1] or there[0].startswith(here[0])
