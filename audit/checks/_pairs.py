"""Which document belongs to which: a policy and its interpretation, a draft and what became of the opinions on it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from audit.view import SiteView
from db.facts import PageFact

LEAST = 5  # characters that a bare title must have to be told from others
_QUOTED = re.compile(r"《([^《》]{4,80})》")
_DRAFT = re.compile(r"[（(【\[][^（()）]{0,12}(?:征求意见|草案|送审|审议|讨论|公开征集)[^（()）]{0,8}[)）】\]]|(?:征求意见|送审)稿")
_HEAD = re.compile(r"^.{0,30}?关于(?:印发|公布|发布|转发|批转|修订|公开征[求集]|征[求集])?")
_TAIL = re.compile(r"(?:的?(?:通知|公告|通告|决定|批复|意见函|函)|的?(?:政策)?解读|的?起草说明|(?:公开)?征求意见.*|意见采纳情况.*|征集结果.*|反馈.*)$")
_DOC_NO = re.compile(r"[\u4e00-\u9fff]{2,12}〔20\d\d〕\d{1,4}号")


def bare(title: str) -> str:
    """What a title is about, without issuer, verb and kind: the quoted name, else what is left.

    >>> bare("云山区人民政府关于印发《云山区公共停车管理办法》的通知")
    '云山区公共停车管理办法'
    >>> bare("关于加强养犬管理的若干规定（征求意见稿）公开征求意见的公告")
    '加强养犬管理的若干规定'
    """
    title = re.sub(r"\s", "", unicodedata.normalize("NFKC", title)).replace("(", "（").replace(")", "）")
    quoted = _QUOTED.search(title)
    if quoted:
        return _DRAFT.sub("", quoted[1]).strip()
    title = _DRAFT.sub("", title)
    title = _TAIL.sub("", _TAIL.sub("", title))
    return _HEAD.sub("", title) if "关于" in title else title


def number(page: PageFact) -> str:
    """Its 文号, where it shows one."""
    assert page.doc is not None
    found = page.doc.doc_no or next(iter(_DOC_NO.findall(page.doc.text[:200])), "")
    return re.sub(r"\s", "", found)


@dataclass(frozen=True, slots=True)
class Pair:
    """left: the document; right: what belongs to it, the earliest, None where there is none. by: 文号 or 标题."""

    left: PageFact
    right: PageFact | None
    by: str = ""


def matched(view: SiteView, lefts: list[PageFact], rights: list[PageFact]) -> list[Pair]:
    """Each left with its right, by number first, then by name; one right may serve several lefts."""
    texts = [(p, _plain(view.survey.title_of(p)), _plain(view.text_of(p)[:3000])) for p in rights]
    out = []
    for left in lefts:
        no, name = number(left), _plain(bare(view.survey.title_of(left)))
        short = re.sub(r"^.{2,8}?(?:省|市|区|县|局|委)", "", name)
        best: PageFact | None = None
        by = ""
        if no:
            best, by = next((p for p, _, text in texts if _plain(no) in text and p.key != left.key), None), "文号"
        for wanted in (name, short):
            if best is None and len(wanted) >= LEAST:
                best, by = next((p for p, title, text in texts if p.key != left.key and (wanted in title or f"《{wanted}》" in text)), None), "标题"
        out.append(Pair(left, best, by if best is not None else ""))
    return out


def named(view: SiteView, page: PageFact) -> bool:
    """Whether it has a name of its own, not only that of the column it stands in."""
    return not any(view.survey.title_of(page) in path for path in view.survey.columns_of(page))


def _plain(text: str) -> str:
    return re.sub(r"[\s]", "", unicodedata.normalize("NFKC", text)).replace("[", "〔").replace("]", "〕")


def day(view: SiteView, page: PageFact) -> date | None:
    """The day a page shows, where it can be trusted."""
    when = view.survey.dated(page)
    return when.day if when.claimed and not when.bulk else None


def linked(view: SiteView, source: PageFact, target: PageFact) -> bool:
    """Whether one page shows a link to the other."""
    assert source.doc is not None
    links = [x.target for x in source.doc.links] + [a.url for a in source.doc.attachments] + [i.ref.url for i in source.doc.items]
    from db.words import PageRef

    return any(view.survey.key(PageRef(url)) == target.key for url in links)
