"""Which day a page was published, and every other date that it shows, with the place each was read from.

Order of trust (DOMAIN.md section 14): displayed label > META PubDate > bare date in the line under the title >
script that prints it. Dates in the running text and in the address decide nothing.
"""

from __future__ import annotations

import re

from db.document import DateClaim, DateRole
from spiders.read.blocks import Block, Page
from spiders.read.datetext import find_days, parse_date

# label → role; longest first. 时间/日期 alone mean publication only near the title.
_LABELS: tuple[tuple[str, DateRole, float], ...] = (
    (r"(?:信息)?(?:发布|公布|公开|发文|颁布|刊登|上网|上传|发表|登载|提供|挂网|公示|发稿|推送|添加|录入|编辑)(?:日期|时间|时问|于)|发布\s*于|发布[：:]",
     DateRole.PUBLISHED, 0.95),
    (r"(?:成文|生成|形成|制发|签发|成稿|文件|制文|起草)(?:日期|时间)", DateRole.WRITTEN, 0.9),
    (r"印发(?:日期|时间)", DateRole.PRINTED, 0.9),
    (r"(?:施行|实施|生效|执行|有效)(?:日期|时间|期)|废止(?:日期|时间)|失效(?:日期|时间)", DateRole.EFFECTIVE, 0.9),
    (r"(?:最后|最近)?(?:更新|修改)(?:日期|时间|于)|更新[：:]", DateRole.MODIFIED, 0.9),
    (r"(?:截止|截至|开标|报名|会议|活动|开始|结束|办理|考试|答复|回复|受理|来信|留言|写信|提问|访谈|起始|征集|反馈)(?:日期|时间)",
     DateRole.UNKNOWN, 0.5),
    (r"日\s*期|时\s*间|Date|date|Time", DateRole.PUBLISHED, 0.8),
)
_LABEL = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (pattern, _, _) in enumerate(_LABELS)))
_GAP = re.compile(r"^[\s:：\]】)）|>是为\-]{0,6}$")
_META_NAMES = ("pubdate", "publishdate", "pub_date", "publish_date", "article:published_time", "og:release_date",
               "createdate", "publishedtime", "publishtime", "datepublished", "pubtime", "firstpublishedtime", "dc.date")
_INFO = re.compile(
    r"来源|作者|浏览|点击|阅读|访问|字体|字号|打印|分享|编辑|责编|次数|信息员|发布人|发布机构|审核|稿源|供稿|收藏|大\s*中\s*小")
_YEARISH = re.compile("19[89][0-9]|20[0-4][0-9]|２０|二[〇○零OＯ0]")
_TODAY = re.compile(r"星期|周[一二三四五六日]|农历|今天是|现在是")
_SCRIPT = re.compile(
    r"""(?:pub(?:lish)?_?(?:date|time)|fbsj|fbrq|docreltime|releasetime|createtime|发布(?:时间|日期)[:：]?)["'\s:=+(]{0,12}["']([^"'<]{6,30})["']""",
    re.I)
_WRITTEN = re.compile(r"""document\.write(?:ln)?\s*\(\s*["']((?:19|20)\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}[^"']{0,20})["']""", re.I)
_WRITE = re.compile(r"""document\.write(?:ln)?\s*\(\s*["']([^"']{0,80}?(?:时间|日期|发布)[^"']{0,60})["']""", re.I)


def read_dates(page: Page, title_at: int | None, head: int, tail: int) -> tuple[DateClaim | None, list[DateClaim]]:
    """The deciding claim and all claims. title_at: index of the title's block; head..tail: blocks of the body."""
    claims: list[DateClaim] = []
    blocks = page.blocks
    zone_end = min(head + 3, len(blocks)) if title_at is not None else min(60, len(blocks))
    for i, block in enumerate(blocks):
        if block.hidden or len(block.text) > 400 or not (_YEARISH.search(block.text) or (i + 1 < len(blocks)
                                                         and len(block.text) < 40 and _YEARISH.search(blocks[i + 1].text))):
            continue
        inside = head + 3 <= i < tail
        near = title_at is not None and i - title_at >= -12 and i < zone_end
        claims += _labelled(blocks, i, near, inside, title_at)
        if not inside and near and title_at is not None and i > title_at:
            claims += _bare(block, i - title_at)
    for name in _META_NAMES:
        value = page.metas.get(name)
        if value and (day := parse_date(value)):
            claims.append(DateClaim(DateRole.PUBLISHED, day, f"meta:{name}", 0.75, value[:40]))
    for script in page.scripts:
        if len(script) < 300 and (m := _WRITTEN.search(script)) and (day := parse_date(m[1])):
            claims.append(DateClaim(DateRole.PUBLISHED, day, "script", 0.55, m[1][:40]))
        if len(script) < 20_000 and ("ate" in script or "ime" in script or "sj" in script or "时间" in script):
            for m in (*_WRITE.finditer(script), *_SCRIPT.finditer(script)):
                if day := parse_date(m[1]):
                    claims.append(DateClaim(DateRole.PUBLISHED, day, "script", 0.6, m[1][:40]))
    return _decide(claims), claims


def _labelled(blocks: list[Block], i: int, near: bool, inside: bool, title_at: int | None) -> list[DateClaim]:
    text = blocks[i].text
    out = []
    for m in _LABEL.finditer(text):
        n = next(k for k in range(len(_LABELS)) if m.group(f"r{k}"))
        _, role, confidence = _LABELS[n]
        bare_word = n == len(_LABELS) - 1
        day, raw, place = _value_after(blocks, i, m.end())
        if day is None:
            continue
        if bare_word and (not near or (m.start() > 0 and re.match(r"[\u4e00-\u9fff]", text[m.start() - 1])
                          and not _INFO.search(text))):
            role, confidence = DateRole.UNKNOWN, 0.3
        if _TODAY.search(text) and role is DateRole.PUBLISHED and bare_word:
            continue
        if inside and not blocks[i].cell:
            # a sentence of the body that happens to say 发布日期 is weak unless it stands alone at its foot
            confidence *= 0.5 if len(text) > 40 else 0.8
        if not near and title_at is not None and not inside:
            confidence *= 0.9
        out.append(DateClaim(role, day, f"label:{m[0].strip('：: ')}{place}", round(confidence, 3), raw[:40]))
    return out


def _value_after(blocks: list[Block], i: int, at: int) -> tuple[str | None, str, str]:
    rest = blocks[i].text[at : at + 40]
    for start, end, day in find_days(rest):
        if _GAP.match(rest[:start]):
            return day, rest[start:end], ""
        break
    if _GAP.match(rest) and i + 1 < len(blocks) and len(blocks[i + 1].text) < 60:
        nxt = blocks[i + 1].text
        for start, end, day in find_days(nxt):
            if start <= 3:
                return day, nxt[start:end], ":next"
            break
    return None, "", ""


def _bare(block: Block, distance: int) -> list[DateClaim]:
    text = block.text
    if len(text) > 200 or (_TODAY.search(text) and not _INFO.search(text)) or _LABEL.search(text) or (block.links and block.link_chars > 20):
        return []
    days = list(find_days(text))
    if not days or len(days) > 2:
        return []
    start, end, day = days[0]
    rest = text[:start] + text[end:]
    if block.link_chars > 0.5 * len(rest) and not _INFO.search(text):
        return []  # the row of a list, be it the only one
    info = bool(_INFO.search(text))
    left = len(re.sub(r"[\d:：\s\-/.\[\]【】()（）|,，年月日时分秒]", "", rest))
    if not info and left > (40 if distance == 1 and start == 0 else 12):
        return []
    return [DateClaim(DateRole.PUBLISHED, day, "line", 0.85 if info else 0.7 if left <= 2 else 0.55, text[start:end])]


def _decide(claims: list[DateClaim]) -> DateClaim | None:
    best: DateClaim | None = None
    for claim in claims:
        if claim.role is DateRole.PUBLISHED and claim.precision == "day" and (
                best is None or claim.confidence > best.confidence):
            best = claim
    if best is None or best.confidence < 0.5:
        modified = [c for c in claims if c.role is DateRole.MODIFIED and c.confidence >= 0.7 and c.precision == "day"]
        best = modified[0] if modified else best
    return best if best is not None and best.confidence >= 0.5 else None
