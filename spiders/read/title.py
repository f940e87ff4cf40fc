"""The title a page shows, from the sources that agree: heading on the page, <title>, metas."""

from __future__ import annotations

import re
from functools import lru_cache

from db.document import Claim
from spiders.read.blocks import Block, Page, squeeze
from spiders.read.datetext import has_day

_SEP = re.compile(r"\s*(?:[_|｜—–»>＞«<]+|-{2,})\s*|\s+-\s*|\s*-\s+|(?<=[\u4e00-\u9fff）)】])-(?=[\u4e00-\u9fff])")
_SITE = re.compile(
    r"(?:网|网站|门户|网站群!?|平台|官网|政府|局|委员会|委|厅|部|处|办公室|办|中心|院|会|学校|大学|学院|集团|公司|首页|系统|专栏|频道|街道|镇|乡|海关|税务局|在线|之窗|信息港|政务公开|信息公开|政府信息公开)!?$")
_CLASS = re.compile(r"(?:^|[\s_\-])(?:\w*title\w*|\w*tit\d*|\w*headline\w*|bt\w*|\w*biaoti\w*|\w*_bt|h1|\w*subject\w*|\w*heading\w*|tith?|art_?t\w*)(?:$|[\s_\-])")
_ACT = re.compile(r"关于|通知|公告|公示|成立|召开|印发|任命|\d")
_INFO = re.compile(r"来源|发布|时间|日期|浏览|点击|阅读|字体|作者|打印|字号|次数|信息员")
_NOT = re.compile(r"^(?:首页|网站首页|当前位置|您的位置|登录|注册|搜索|打印|关闭|分享|返回|更多|上一篇|下一篇|相关|附件|扫一扫|无障碍|繁体|简体|English|来源|发布|时间|日期)|位置[:：]"
    r"|^【\s*(?:字|大|中|小|打印|关闭|收藏|分享|返回|纠错|浏览|阅读|来源|发布|时间|日期|作者|责任|编辑|推荐|加入|全屏|放大|缩小|默认|保护|我要|名\s*称|标\s*题)")
_NAME = re.compile(r"^[【\[]?(?:信息|文件)?(?:名\s*称|标\s*题)[】\]]?\s*[:：]?$")
_NAMED = re.compile(r"^[【\[]?(?:信息|文件)?(?:名\s*称|标\s*题)[】\]]?\s*[:：]\s*(\S.{3,140})$")
_CALLED = re.compile(r"位置|标\s*题|名\s*称")
_META = ("articletitle", "article_title", "og:title", "title", "contenttitle", "dc.title", "pagetitle")


_CENTRE = re.compile(r"text-align:\s*center|align=")
_LABELLED = re.compile(r"(?:发布|来源|时间|日期)\s*[:：]")
_ONE_SORT = str.maketrans("()“”‘’<>[]﹝﹞:,;!?-－—", "（）\"\"''《》〔〕〔〕：，；！？———")


@lru_cache(maxsize=8192)
def norm(text: str) -> str:
    """For comparison: without spaces and with one sort of brackets and quotes."""
    return "".join(text.split()).translate(_ONE_SORT)


def head_names(title: str, site: str) -> list[str]:
    """What <title> may say of the page once the site's name is off, likeliest first."""
    title = squeeze(title).strip("!-_| ")
    bracket = re.match(r"^\[([^\]]{2,60})\][-_]", title)
    if bracket:
        return [bracket[1].strip("！!"), title]
    parts = [p for p in _SEP.split(title) if p]
    pieces: list[str] = []
    seps = [m[0] for m in _SEP.finditer(title)]
    for i, p in enumerate(parts):
        pieces.append(p)
        if i < len(parts) - 1 and i < len(seps):
            pieces.append(seps[i])
    out = []
    keep = pieces[:]
    while len(keep) > 2 and (_SITE.search(keep[-1]) or keep[-1] == site or (site and keep[-1] in site)):
        keep = keep[:-2]
    if keep:
        out.append("".join(keep).strip())
    if len(parts) > 1:
        out.append(parts[0])
        if _SITE.search(parts[0]) and (parts[0] == site or re.search(r"(?:网|网站|门户|政府|平台)$", parts[0])):
            out.insert(0, parts[-1])
    out.append(title)
    return list(dict.fromkeys(x for x in out if x))


def read_title(page: Page, site: str, column: tuple[str, ...], crumb_at: int | None) -> tuple[str, list[Claim], int | None]:
    """Title, every title read (best first), index of the block it stands in."""
    metas = [page.metas[n] for n in _META if page.metas.get(n) and len(page.metas[n]) < 250]
    names = head_names(page.title, site) if page.title else []
    known = [(norm(m), 6.0) for m in metas[:1]] + [(norm(n), 5.0 if k == 0 else 3.0) for k, n in enumerate(names[:2])]
    if named := _labelled_name(page):
        known.append((norm(named), 5.0))
    heads = _heads(page.title)
    scored: list[tuple[float, str, int, str]] = []
    seen: set[int] = set()
    infos = [_info(b.text) for b in page.blocks[:1504]]
    for i, block in enumerate(page.blocks[:1500]):
        if block.hidden or len(block.text) < 2 or len(block.text) > 300:
            continue
        text, place, el_id = _element_text(page, i)
        if el_id in seen:
            continue
        seen.add(el_id)
        score = _score(page, i, text, block, place, known, infos, column, site, crumb_at)
        if (score > 0 and place != "block" and norm(text) in heads) or (norm(text) in heads and len(text) > 7):
            score += 2.5
        if score > 3:
            scored.append((score, text, i, place))
    claims: list[Claim] = []
    at = None
    if scored:
        scored.sort(key=lambda s: (-s[0], s[2]))
        top, text, at, place = scored[0]
        claims.append(Claim(text, place, min(0.98, 0.5 + top / 25)))
    claims += [Claim(named, "label", 0.85)] if named else []
    claims += [Claim(m, "meta", 0.8) for m in metas[:1]]
    claims += [Claim(n, "title", 0.6 if k == 0 else 0.3) for k, n in enumerate(names[:2])]
    if not claims:
        return "", [], None
    if scored and scored[0][0] < 6 and (named or metas or names):
        # no heading that anything else confirms: believe the head rather than a guess, unless the head only names the site
        other = next(c for c in claims if c.place != claims[0].place)
        if not (scored[0][0] >= 4.5 and other.place == "title" and _SITE.search(other.value) and not _ACT.search(other.value)):
            claims.remove(other)
            claims.insert(0, other)
            at = next((i for i, b in enumerate(page.blocks) if norm(b.text) == norm(other.value)), None)
    return claims[0].value, claims, at


def _labelled_name(page: Page) -> str:
    """What the header table of a document calls it: 名称： | 某某办法."""
    for i, block in enumerate(page.blocks[:200]):
        if len(block.text) <= 8 and _NAME.match(block.text) and i + 1 < len(page.blocks):
            value = page.blocks[i + 1].text
            return value if 4 <= len(value) <= 150 and not value.endswith(("：", ":")) else ""
        if len(block.text) < 160 and (m := _NAMED.match(block.text)):
            return m[1]
    return ""


def _heads(title: str) -> set[str]:
    """Every beginning of <title> that ends at a separator: one of them may be the page's own name."""
    out, at = set(), 0
    for m in _SEP.finditer(title):
        out.add(norm(title[: m.start()]))
        at = m.end()
    if at:
        out.add(norm(title[at:]))
    return {x for x in out if len(x) >= 4}


def _element_text(page: Page, i: int) -> tuple[str, str, int]:
    """The block's own text, or the whole heading element where a <br> or a span broke the heading into lines."""
    block = page.blocks[i]
    el, top = block.el, block.head
    if top is not None:
        text = squeeze("".join(top.itertext()))
        if len(text) <= 200:
            return text, top.tag, id(top)
    if block.tag == "br":
        parent = el.getparent()
        el = parent if parent is not None else el
    if el.tag in ("div", "td", "p", "span", "li") and _titled(f"{el.get('class') or ''} {el.get('id') or ''}".lower()) and len(el):
        blocks = [b for b in page.blocks[i : i + 3] if b.el is el or b.el.getparent() is el]
        if len(blocks) > 1:
            text = squeeze("".join(el.itertext()))
            if len(text) <= 160 and not _INFO.search(text):
                return text, "class", id(el)
    return block.text, block.tag if block.tag in ("h4", "h5") else "block", -i - 1


@lru_cache(maxsize=8192)
def _titled(classes: str) -> bool:
    """Whether class or id call an element a title."""
    return bool(_CLASS.search(f" {classes} "))


SITE_NAME = 14  # characters; hardly a site is called by more
_LIFT = 5.0  # the most that looks and place on the page can add
_PLACES = {"h1": 4.0, "h2": 3.0, "h3": 2.0, "ucaptitle": 5.0, "class": 2.5}


def _known(n: str, known: list[tuple[str, float]]) -> float:
    """What it is worth that metas and <title> say the same."""
    score = 0.0
    for name, worth in known:
        if not name:
            continue
        if n == name:
            score += worth
        elif len(n) >= 6 and (name.startswith(n) or n.startswith(name)) and min(len(n), len(name)) > 0.5 * max(len(n), len(name)):
            score += worth * 0.7
        elif len(n) >= 10 and (n in name or (name in n and len(name) >= 10)):
            score += worth * 0.4
    return score


def _score(page: Page, i: int, text: str, block: Block, place: str, known: list[tuple[str, float]], infos: list[int],
           column: tuple[str, ...], site: str, crumb_at: int | None) -> float:
    """How much speaks for a line as the title; 0 where nothing could lift it above the mark."""
    if len(text) < 2 or len(text) > 200:
        return 0
    n = norm(text)
    score = _known(n, known) + _PLACES.get(place, 0.0)
    if place in ("block", "h4", "h5") and _titled(block.cls):
        score += 2
    score += _info_follows(infos, i)
    if score + _LIFT < 3:
        return 0
    if _NOT.search(text):
        return 0
    if _CENTRE.search(block.el.get("style") or "") or (block.el.get("align") or "") == "center":
        score += 1
    if crumb_at is not None and 0 < i - crumb_at <= 6:
        score += 1.5
    elif crumb_at is not None and i < crumb_at:
        score -= 1.5
    if block.links and block.link_chars > 0.6 * len(block.text):
        score -= 5
    if n == norm(site) or text in column:
        score -= 5
    below = crumb_at is not None and i > crumb_at and place in ("h1", "h2", "class")
    if _SITE.search(text) and not _ACT.search(text) and n == norm(page.title) and not (below and len(text) > SITE_NAME):
        score -= 7  # <title> names the site on every page of it; a long heading below the breadcrumb is the document's
    if len(text) <= 20 and text in column[-1:]:
        score -= 2
    if text.endswith(("。", "；")) or len(text) > 120:
        score -= 3
    if len(text) < 25 and has_day(text):
        score -= 3
    if _INFO.search(text) and len(text) < 40 and (":" in text or "：" in text):
        score -= 5
    if i and _value(page.blocks[i - 1].text):
        score -= 5
    if len(text) < 4:
        score -= 1.5
    if i > 400:
        score -= 2
    return score


def _value(before: str) -> bool:
    """Whether the line before is a label, so that this one is its value: 发布机构： | 某局."""
    return 2 <= len(before) <= 14 and before.endswith(("：", ":")) and not _CALLED.search(before)


@lru_cache(maxsize=8192)
def _info(text: str) -> int:
    """2 for a line that dates a document and says 发布 or 来源, 1 for one that only dates it, else 0."""
    if len(text) < 160 and (has_day(text) or _LABELLED.search(text)) and (_INFO.search(text) or len(text) < 24):
        return 2 if "发布" in text or "来源" in text else 1
    return 0


def _info_follows(infos: list[int], i: int) -> float:
    """What it is worth that such a line soon follows."""
    for k, info in enumerate(infos[i + 1 : i + 5], 1):
        if info:
            return (5.5 if k == 1 and info == 2 else 3.5) - 0.5 * k
    return 0.0
