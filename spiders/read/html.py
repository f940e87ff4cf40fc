"""One HTML page to a Document: charset, blocks, kind, title, dates, column, body, links, lists, attachments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.blocked import judge
from db.document import AttachmentRef, Claim, DateClaim, Document, Item, Link, Region
from db.urls import canonical, join, sent_up
from db.words import Kind, PageRef, Reason
from spiders.families import detect, menu_of, requests_of
from spiders.read import fields, kind, lists
from spiders.read.blocks import Page, parse
from spiders.read.boxes import MORE, box_name, tabs_of
from spiders.read.charset import Decoded, decode
from spiders.read.column import read_column
from spiders.read.dates import read_dates
from spiders.read.scripted import entries
from spiders.read.scriptmenu import below, nodes
from spiders.read.searchform import search_address
from spiders.read.title import head_names, norm, read_title
from spiders.read.version import READER

FILES = re.compile(r"\.(pdf|docx?|xlsx?|wps|et|ofd|zip|rar|7z|pptx?|csv|txt|jpg|jpeg|png|mp3|mp4)$", re.I)
FEW_LINKS = 6  # any site's home or hub has more
_NOT_FILES = frozenset(("jpg", "jpeg", "png", "txt"))
_CRUMB_REGION = re.compile(r"crumb|position|location|weizhi|dqwz")
_NAV_REGION = re.compile(r"nav|menu|head|top|sidebar|left")
_FOOT_REGION = re.compile(r"foot|copyright|bottom|link")
_REFRESH = re.compile(r"url\s*=\s*['\"]?\s*([^'\">\s]+)", re.I)
_SCRIPT_GO = re.compile(r"(?:window\.|self\.|top\.|parent\.|document\.)?location(?:\.href|\.replace)?\s*(?:=|\()\s*['\"]([^'\"]{1,300})['\"]")


def read_html(body: bytes, url: str, headers: Mapping[str, str], status: int, family: str | None) -> Document:
    """Read a page; unreadable ones keep what title they show."""
    decoded = decode(body, headers.get("content-type", ""))
    base: dict[str, Any] = {"charset": decoded.charset, "charset_rule": decoded.rule, "reader": READER}
    page = parse(decoded.text)
    shown = sum(len(b.text) for b in page.blocks if not b.hidden) if page else 0
    verdict = judge(status, headers, body, url, decoded.text, shown)
    if page is None:
        if verdict is not None:
            return Document(url, verdict.kind, reason=verdict.reason, **base)
        return Document(url, Kind.SHELL, reason=Reason.NEEDS_RENDERING, **base)
    if verdict is not None:
        title = page.title if verdict.kind is Kind.ERROR else ""
        return Document(url, verdict.kind, title=title, reason=verdict.reason, **base)
    return _read_page(page, decoded, url, family, base)


def _read_page(page: Page, decoded: Decoded, url: str, family: str | None, base: dict[str, Any]) -> Document:
    root_url = join(url, page.base) or url if page.base else url
    site = page.metas.get("sitename", "")
    # a first look at the crumbs: neither title nor list is sought above them
    first, _, crumb_at = read_column(page, "", own=True)
    if crumb_at is not None and _at_foot(page, crumb_at):
        crumb_at = None  # there it says where the page lies, not where its content begins
    listing = lists.read_listing(page, root_url, decoded.text, crumb_at)
    title, titles, title_at = read_title(page, site, first, crumb_at)
    family = family or detect(decoded.text, url)[0]
    behind = requests_of(decoded.text, url, family)
    page.menu = [*nodes(page, root_url), *menu_of(decoded.text, url, family)]
    shape = kind.measure(page, listing, title_at, below(page, root_url, canonical(url)), bool(behind))
    start, end = fields.body_range(page, title, title_at)
    published, dates = read_dates(page, title_at, start, end)
    frames = tuple(PageRef(f) for f in dict.fromkeys(join(root_url, f) for f in page.frames) if f)
    if kind.is_shell(page, shape, decoded.text, title) and not listing.main and not listing.empty_words:
        return _shell(page, title, titles, url, root_url, (*behind, *frames), {**base, "family": family})
    path, _, _ = read_column(page, title, own=True)
    plain = not page.metas.get("columnname") and not path
    what = kind.decide(page, url, shape, listing, published, title_at, path, title, plain)
    own = what not in (Kind.DETAIL, Kind.HOME)
    if what is Kind.DETAIL and path and (not title or titles[0].place == "title") and (
            norm(title) in (norm(site), norm(page.title)) or _BODY.search(title)) and len(path[-1]) <= 20:
        # nothing on the page is its heading and <title> names the site: the last crumb is what it is called
        title, titles = path[-1], [Claim(path[-1], "crumbs", 0.7), *titles]
    name = _own_name(page, title, site) if own and not path else title
    column, columns, _ = read_column(page, name, own=own, url=url)
    if what is Kind.HOME:
        title, titles = _home_title(page, titles)
        column, columns = (), []
    elif own:
        title, titles, column = _list_title(page, title, titles, column, site)
    if what is not Kind.DETAIL:
        published = None
        start, end = 0, len(page.blocks)
    items = tuple(listing.all if what in (Kind.HOME, Kind.PORTAL) else listing.main if own else ())
    items = tuple(_outside(i, url) for i in items)
    text = fields.body_text(page.blocks, start, end, title)
    reason = Reason.MOJIBAKE if decoded.damaged else Reason.TRUNCATED if page.truncated else None
    refs = _file_links(page, root_url, start if what is Kind.DETAIL else 0)
    return Document(
        url, what, title=title, published=published, column=column, text=text,
        doc_no=fields.read_doc_no(page.blocks, title) if what is Kind.DETAIL else "",
        issuer=fields.read_issuer(page.blocks, page.metas) if what is Kind.DETAIL else "",
        index_no=fields.read_index_no(page.blocks) if what is Kind.DETAIL else "",
        titles=tuple(titles), dates=tuple(dates), columns=tuple(columns), links=_links(page, root_url),
        items=items, scripted=entries(page, url), unwritten=what is not Kind.DETAIL and (what is not Kind.LIST or not (listing.main or listing.empty_words)) and _left_to_scripts(page), next_pages=tuple(dict.fromkeys([*behind, *listing.next_pages])) if own else (),
        claimed=listing.claimed if own else None, claimed_pages=listing.claimed_pages if own else None, empty_words=listing.empty_words if own and not any(i.date for i in items) else "",
        attachments=refs, frames=frames, search=search_address(page, root_url), meta=tuple(sorted(page.metas.items())), family=family, reason=reason, **base)


def _left_to_scripts(page: Page) -> bool:
    """Whether next to no link stands on a page whose scripts may write more."""
    there = sum(1 for b in page.blocks for a in b.links if a.href and a.href[0] != "#")
    return there < FEW_LINKS and (page.sources > 0 or any("document.write" in s or "innerHTML" in s for s in page.scripts))


def _at_foot(page: Page, at: int) -> bool:
    """Whether a breadcrumb closes the page: late, and with more text and lists before it than after."""
    if at <= 0.6 * len(page.blocks):
        return False
    before, after = (sum(len(b.text) for b in part if not b.hidden and len(b.text) > 12) for part in (page.blocks[:at], page.blocks[at + 1 :]))
    return before > after


def _shell(page: Page, title: str, titles: list[Claim], url: str, root: str, frames: tuple[PageRef, ...],
           base: dict[str, Any]) -> Document:
    onward = list(frames)
    if m := _REFRESH.search(page.refresh):
        onward.append(PageRef(join(root, m[1])))
    for script in page.scripts:
        if m := _SCRIPT_GO.search(script):
            onward.append(PageRef(join(root, m[1])))
    kept = tuple(dict.fromkeys(x for x in onward if x.url and (x.method != "GET" or x.url != canonical(url))))
    column = (page.metas["columnname"],) if page.metas.get("columnname") else ()
    if len(kept) == 1 and not frames and sent_up(url, kept[0].url):  # to its column or the front page: how a page says that it is gone
        return Document(url, Kind.ERROR, title=title, titles=tuple(titles), frames=kept, column=column, reason=Reason.GONE, **base)
    return Document(url, Kind.SHELL, title=title, titles=tuple(titles), frames=kept, column=column, links=_links(page, root),
                    reason=Reason.NEEDS_RENDERING, meta=tuple(sorted(page.metas.items())), **base)


def _home_title(page: Page, titles: list[Claim]) -> tuple[str, list[Claim]]:
    name = page.title or page.metas.get("sitename", "")
    return name, [Claim(name, "title", 0.9), *titles] if name else titles


def _own_name(page: Page, title: str, site: str) -> str:
    """What a list without breadcrumb is called."""
    for value in (page.metas.get("columnname", ""), *head_names(page.title, site)[:1], title):
        if value and value != site and len(value) <= 60:
            return value
    return title


def _list_title(page: Page, title: str, titles: list[Claim], column: tuple[str, ...], site: str,
                ) -> tuple[str, list[Claim], tuple[str, ...]]:
    """A list is called what its column is called: the last crumb, else ColumnName, else what the head says."""
    name = page.metas.get("columnname", "")
    if column:
        last = column[-1]
        return last, [Claim(last, "crumbs", 0.9), *titles], column
    for value, place in ((name, "meta:columnname"), *((n, "title") for n in head_names(page.title, site)[:1]), (title, "block")):
        if value and value != site and len(value) <= 60:
            return value, [Claim(value, place, 0.7), *titles], (value,)
    return title, titles, ()


def _outside(item: Item, url: str) -> Item:
    here, there = urlsplit(url).hostname or "", urlsplit(item.ref.url).hostname or ""
    same = here.split(".")[-3:] == there.split(".")[-3:]
    return item if same else Item(item.title, item.ref, item.date, item.pinned, outside=True)


_BODY = re.compile(r"^[\u4e00-\u9fff]{2,16}(?:局|委员会|政府|办公室|厅|网|网站|中心)$")
_SCRIPT = 200_000  # characters; a longer script is a library, not a page's own
_WRITTEN = re.compile(r"""<a\b[^<>]{0,200}?href=\\?["']?([^"'\\<>\s]{3,300})[^<>]{0,200}>([^<]{0,160})""", re.I)


def _file_links(page: Page, url: str, start: int) -> tuple[AttachmentRef, ...]:
    found: dict[str, AttachmentRef] = {}
    for block in page.blocks[start:]:
        for a in block.links:
            target = join(url, a.href)
            ext = file_ext(target)
            if ext and ext not in _NOT_FILES and target not in found:
                found[target] = AttachmentRef(target, a.name, ext)
    for script in page.scripts:  # TRS templates write their attachments by script
        if "<a" not in script or len(script) > _SCRIPT:
            continue
        for m in _WRITTEN.finditer(script):
            target = join(url, m[1])
            if (ext := file_ext(target)) and ext not in _NOT_FILES and target not in found:
                found[target] = AttachmentRef(target, re.sub(r"\s+", " ", m[2]).strip(), ext)
    if page.frames:
        for src in page.frames:
            target = join(url, src)
            inner = re.search(r"[?&]file=([^&]+)", target)
            target = join(url, unquote(inner[1])) if inner else target
            if (ext := file_ext(target)) and ext not in _NOT_FILES:
                found.setdefault(target, AttachmentRef(target, "", ext))
    return tuple(found.values())


def file_ext(url: str) -> str:
    """The file extension an address shows, in its path or its query (Shanghai's city platform)."""
    parts = urlsplit(url)
    if m := FILES.search(parts.path):
        return m[1].lower()
    for piece in parts.query.split("&"):
        if m := FILES.search(unquote(piece)):
            return m[1].lower()
    return ""


def _links(page: Page, url: str) -> tuple[Link, ...]:
    out: list[Link] = []
    tabs: dict[str, str] | None = None
    for block in page.blocks:
        if not block.links:
            continue
        region = Region.OTHER
        if _CRUMB_REGION.search(block.cls) or "位置" in block.text[:12]:
            region = Region.CRUMB
        elif _FOOT_REGION.search(block.cls):
            region = Region.FOOT
        elif _NAV_REGION.search(block.cls):
            region = Region.NAV
        elif block.tag in ("li", "tr", "td", "dd"):
            region = Region.LIST
        for a in block.links:
            target = join(url, a.href)
            if target and MORE.match(a.text):
                tabs = tabs_of(page.root) if tabs is None else tabs
                out.append(Link(target, box_name(a.el, tabs) or a.text, len(out), Region.OTHER, None, ""))
            elif target:
                out.append(Link(target, a.text[:200], len(out), region, None, a.title[:200] if a.title != a.text else ""))
    for a in page.pictures:
        if target := join(url, a.href):
            tabs = tabs_of(page.root) if tabs is None else tabs
            out.append(Link(target, a.title[:60] or box_name(a.el, tabs), len(out), Region.OTHER))
    for a in page.choices:
        if (target := join(url, a.href)) and len(a.text) >= 2:
            out.append(Link(target, a.text, len(out), Region.OTHER))
    for node in nodes(page, url):
        if node.url and 2 <= len(node.name) <= 60:
            out.append(Link(node.url, node.name, len(out), Region.NAV))
    return tuple(out)


__all__ = ["DateClaim", "norm", "read_html"]
