"""The column path of a page: breadcrumbs first, then what its metas say; each source kept."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from db.document import Claim
from db.urls import canonical
from spiders.read.blocks import Block, Page, squeeze
from spiders.read.datetext import has_day
from spiders.read.lists import EMPTY
from spiders.read.scriptmenu import path_of

_HERE = re.compile(
    r"(?:您|你|当前|现在|目前|所在|所处)[^，。；:：]{0,8}?(?:位置|方位)(?:是|为|在)?\s*[:：]?|(?:^|[\s【\[])位置\s*[:：]|当前(?:栏目|页面|页)\s*[:：]|^导航\s*[:：]")
_MAYBE = re.compile("位置|方位|当前|导航")
_CLASS = re.compile(r"crumb|bread|location|position|weizhi|dqwz|curpath|nowpos|local\b|site-?path|\bpath\b|dangqian|address_|wzdh|mbx|curmb|mianbao")
_SEPARATOR = re.compile(r"\s*(?:-{1,3}>|—>|=>|>>?|＞+|》|»|›|→|▶|►|::|／|(?<=\s)/(?=\s)|(?<=[\u4e00-\u9fff])/(?=[\u4e00-\u9fff])|\\|\|(?=\s)|~|﹥|(?<=\s)-(?=\s)|(?<=\s)·(?=\s))\s*")
_HOME = re.compile(
    r"^(?:网站|本站|站点|门户|主站|返回)?(?:首\s*页|主\s*页)$|^home$|^(?:网站)?首页.{0,2}$|^.{2,24}(?:首页|门户网站|政府网|官网)$", re.I)
_LEAF = re.compile(r"^(?:正文|内容|详情|详细|详细信息|正文内容|信息内容|文章内容|文章正文|内容详情|查看|阅读|浏览|详细内容|信息详情|列表|文章列表|正文页|内容页|文章|详情页|详细页|检索|搜索|信息详细|公开详情|列表页)$")
_BOOK = re.compile(r"《[^《》]{1,60}》")
_ROW = re.compile(r"^[·•\[【\d]|\d{1,2}-\d{1,2}$|日期|时间|点击|[:：]")
_INDEX = re.compile(r"(?:index|default)(?:_?\d+)?\.\w+$")
_FOLDER = re.compile(r"(?:index|default)(?:_?\d+)?\.\w+$|\.\w{3,5}$")
_TRIM = " 　:：>＞»|/\\-—·[]【】"


def _above(page: Page, url: str) -> list[str]:
    """Columns above this page by its address: links of the page to folders that hold it, with their names."""
    parts = urlsplit(url)
    here = _INDEX.sub("", parts.path)
    found: dict[str, str] = {}
    for block in page.blocks:
        for a in block.links:
            if not 2 <= len(a.text) <= 16:
                continue
            try:
                target = urlsplit(urljoin(url, a.href))
            except ValueError:
                continue
            if target.hostname != parts.hostname or target.query:
                continue
            folder = _FOLDER.sub("", target.path).rstrip("/") + "/"
            if folder != "/" and here.startswith(folder) and folder.rstrip("/") != here.rstrip("/") and folder not in found:
                found[folder] = a.text
    return [found[f] for f in sorted(found, key=len)]


def read_column(page: Page, title: str, own: bool, url: str = "") -> tuple[tuple[str, ...], list[Claim], int | None]:
    """Path, every path read, index of the crumb's block. own: the path ends with the page's own name (a list's)."""
    site = page.metas.get("sitename", "")
    claims: list[Claim] = []
    crumb_at = None
    if page.crumbs is None:
        page.crumbs = _crumbs(page)
    for rank, (i, path) in enumerate(page.crumbs):
        cleaned = _clean(path, site, title, own)
        if cleaned:
            claims.append(Claim(" > ".join(cleaned), "crumbs", 0.95 if rank == 0 else 0.6))
        if crumb_at is None:
            crumb_at = i
    if not claims:
        above = _clean(_above(page, url), site, title, own=False)
        if own and above and title and above[-1] != title:
            above.append(title)
        if above:
            claims.append(Claim(" > ".join(above), "url", 0.75))
    drawn = _clean(path_of(page, url, canonical(url)), site, title, own) if url else []
    if drawn and (not claims or (len(drawn) > claims[0].value.count(" > ") + 1 and claims[0].value.split(" > ")[-1] in drawn)):
        claims.append(Claim(" > ".join(drawn), "menu", 0.96 if claims else 0.8))
    meta = page.metas.get("columnname", "") or page.metas.get("column", "")
    if meta:
        path = _clean([p for p in re.split(r"[>＞/]|--", meta) if p.strip()], site, title, own)
        if path:
            claims.append(Claim(" > ".join(path), "meta:columnname", 0.7))
    best = max(claims, key=lambda c: c.confidence, default=None)
    return (tuple(best.value.split(" > ")) if best else ()), claims, crumb_at


def _crumbs(page: Page) -> list[tuple[int, list[str]]]:
    found: list[tuple[float, int, list[str]]] = []
    done: set[int] = set()
    for i, block in enumerate(page.blocks[:2000]):
        if i in done:
            continue
        here = _HERE.search(block.text) if len(block.text) < 400 and _MAYBE.search(block.text) else None
        if here and ("搜索" in block.text[: here.start() + 2] or "检索" in block.text[: here.start() + 2]):
            here = None
        if here and here.end() > here.start() and (here.start() < 12 or "位置" in here[0]):
            if here.start() > 30 and not block.links:
                continue
            path, used = _from_here(page, i, here.end())
            done.update(range(i, used + 1))
            if path:
                found.append((0, i, path))
        elif _CLASS.search(block.cls) and len(block.text) < 200:
            path, used = _row(page, i)
            done.update(range(i, used + 1))
            if len(path) >= 1 and _looks(path, block):
                found.append((1, i, path))
        elif block.text.startswith(("首页", "网站首页", "主页")) and _SEPARATOR.search(block.text) and len(block.text) < 200:
            path = [p for p in _parts(block.text) if p.strip(_TRIM)]
            if len(path) >= (2 if block.links else 3):
                found.append((2, i, path))
        elif _HOME.match(block.text.strip(_TRIM)) and block.links and i + 1 < len(page.blocks) \
                and re.match(r"^[>＞»›→\-]", page.blocks[i + 1].text):
            path, used = _row(page, i)
            done.update(range(i, used + 1))
            if len(path) >= 2:
                found.append((2, i, path))
    found.sort(key=lambda f: (f[0], f[1]))
    return [(i, path) for _, i, path in found]


def _looks(path: list[str], block: Block) -> bool:
    return bool(_HOME.match(path[0].strip(_TRIM))) or (len(path) >= 2 and len(block.links) >= 2)


def _from_here(page: Page, i: int, at: int) -> tuple[list[str], int]:
    block = page.blocks[i]
    rest = block.text[at:].strip()
    if rest.strip(_TRIM):
        tail, used = _tail(page, i)
        return _split(rest + tail, [a.text for a in block.links]), used
    top = block.el.getparent()
    if i + 1 < len(page.blocks) and top is not None and (
            _within(page.blocks[i + 1].el, block.el) or _within(page.blocks[i + 1].el, top)):
        return _row(page, i + 1)
    return [], i


def _tail(page: Page, i: int) -> tuple[str, int]:
    """A crumb broken over lines goes on while the next line begins with a separator or this one ends with one."""
    text, used = "", i
    for j in range(i + 1, min(i + 8, len(page.blocks))):
        before = page.blocks[j - 1].text.rstrip()
        now = page.blocks[j].text
        if len(now) > 60:
            break
        # a separator at the line's end often closes the crumb: what follows belongs to it only if it looks like a name
        hangs = (re.search(r"(?:-{1,3}>|[>＞»›→])$", before) and len(now) <= 24 and page.blocks[j].head is None
                 and not _ROW.search(now) and not has_day(now) and not EMPTY.search(now))
        if re.match(r"^\s*(?:-{1,3}>|[>＞»›→/])", now) or hangs:
            text += " " + now
        else:
            break
        used = j
    return text, used


def _row(page: Page, i: int) -> tuple[list[str], int]:
    block = page.blocks[i]
    tail, used = _tail(page, i)
    text = block.text + tail
    links = [a.text for b in page.blocks[i : used + 1] for a in b.links]
    if not _SEPARATOR.search(text) and used == i:
        # separators drawn by images or styles: the lines of one container are the parts
        container = block.el
        parts = [block.text]
        if _HOME.match(block.text.strip(_TRIM)):
            top = container.getparent()
            for j in range(i + 1, min(i + 7, len(page.blocks))):
                nxt = page.blocks[j]
                if len(nxt.text) > 40 or top is None or not _within(nxt.el, top):
                    break
                parts.append(nxt.text)
                used = j
            return [p for p in parts if p.strip(_TRIM)], used
    return _split(text, links), used


def _within(el: object, top: object) -> bool:
    for _ in range(4):
        if el is None:
            return False
        if el is top:
            return True
        el = el.getparent()  # type: ignore[attr-defined]
    return False


def _parts(text: str) -> list[str]:
    """Cut at separators; the closing mark of a title, 《…》, is none."""
    if "《" in text:
        text = _BOOK.sub(lambda m: m[0].replace("》", "\0"), text)
    return [p.replace("\0", "》") for p in _SEPARATOR.split(text)]


def _split(text: str, links: list[str]) -> list[str]:
    parts = [squeeze(p) for p in _parts(text)]
    parts = [p for p in parts if p.strip(_TRIM)]
    if len(parts) <= 1 and len(links) >= 2:
        rest = text
        for name in links:
            rest = rest.replace(name, "\x00", 1) if name else rest
        tail = squeeze(rest.split("\x00")[-1])
        parts = [x for x in links if x] + ([tail] if tail.strip(_TRIM) else [])
    return parts


def _clean(path: list[str], site: str, title: str, own: bool) -> list[str]:
    out: list[str] = []
    for part in path:
        part = part.strip(_TRIM)
        part = re.sub(r"^(?:网站)?首页\s+", "", part)
        if not part or len(part) > 60 or _HOME.match(part) or part == site or part in out[-1:]:
            continue
        if site and len(site) > 4 and (part in site and part.endswith(("网", "网站", "政府", "局", "委员会"))) and not out:
            continue
        out.append(part)
    while out and _LEAF.match(out[-1]):
        out.pop()
    if not own and out and title and len(out) >= 1:
        last = out[-1].rstrip(".…")
        if (last == title and len(title) > 8) or (len(last) >= 8 and (title.startswith(last) or last.startswith(title))):
            out.pop()
    return out
