"""Whose page is this: the names of a body, and those of the others that pages are of."""

from __future__ import annotations

import re

from audit.survey import Survey
from db.facts import PageFact
from db.words import Kind, Site

_BELOW = re.compile(r"[（(]([^（）()]{3,20})[）)]$")  # 2019年度部门预算（区财政局）
_CONGRESS = re.compile(r"(?:政协|人大|人民代表大会)第?[一二三四五六七八九十]{0,3}届?")
_ORGAN = re.compile(
    r"[\u4e00-\u9fff]{2,18}?(?:人民政府(?:办公室|办公厅)?|街道办事处|管理局|管委会|委员会|办公室|办公厅|[^\W\d]局(?![长部限面势])|[^\W\d]委(?!员|托|派)|法院|检察院|街道|[^\W\d]镇(?![长村])|(?!城)[^\W\d]乡(?![长村镇]))")
# an institution below a body, where its own account of a year follows: 某某中心2019年度单位预算
_INSTITUTION = re.compile(
    r"[\u4e00-\u9fff]{1,24}?(?:中心|学校|小学|中学|学院|幼儿园|医院|福利院|研究[所院]|监督所|事务所|管理所|服务站|管理站|监测站|[大支总]队|图书馆|博物馆|文化馆|档案馆|体育馆|基地|公园)"
    r"(?=[（(]?(?:本级)?[)）]?(?:关于)?\s*(?:20\d\d|二[〇○]|年度|单位|部门|预算|决算))")
_COMMON = frozenset("管理委员会局办公室厅督监和与及")  # of bodies' names: two other characters must agree


def other_body(survey: Survey, page: PageFact) -> str | None:
    """The name of the other body whose page this is, by the title's beginning or the issuer shown; None for our own.

    The title goes first: a district's budget is put online by its finance bureau and stays the district's.
    """
    assert page.doc is not None
    names = own_names(survey.site)
    title = survey.title_of(page).removeprefix("关于")
    for own in (survey.site.name, *survey.site.formerly, *survey.site.short_names):
        at = title[:40].find(own) if _ORGAN.fullmatch(own) else -1
        below = organ_at(title[at + len(own) :]) if at >= 0 else ""
        if at >= 0 and (not below or below.startswith("办公")):
            return None
    if (inside := _BELOW.search(title)) and _ORGAN.fullmatch(inside[1]) and not _ours(inside[1], names):
        return inside[1]
    m = _ORGAN.match(title)
    if m is not None and len(m[0]) >= 4 and not re.match(r"[本我各全]|年", m[0]) and not _CONGRESS.search(m[0]):
        if not _ours(m[0], names):
            return m[0]
        below = organ_at(title[len(m[0]) :])
        return below if below and not below.startswith("办公") else None
    if (below := organ_at(title)) and not re.match(r"[本我各全]|年", below) and not _ours(below, names):
        return below
    if any(len(n) >= 3 and n in title for n in names):
        return None
    issuer = page.doc.issuer
    return issuer if issuer and not _ours(issuer, names) and _ORGAN.search(issuer) else None


def organ_at(text: str) -> str:
    """The name of the body, or of the institution whose yearly account this is, that a text begins with; else empty."""
    m = _ORGAN.match(text) or _INSTITUTION.match(text)
    return m[0] if m is not None and not _CONGRESS.search(m[0]) else ""  # 某局对市政协第十三届委员会…提案的答复 is the bureau's


def own_names(site: Site) -> tuple[str, ...]:
    """How the body is called, the short forms too."""
    names = {site.name, *site.formerly, *site.short_names}
    for name in tuple(names):
        for tail in ("人民政府", "政府"):
            if name.endswith(tail):
                names.add(name.removesuffix(tail) + "政府")
                names.add(name.removesuffix(tail))
    return tuple(sorted(n for n in names if len(n) >= 2))


def _ours(text: str, names: tuple[str, ...]) -> bool:
    """A name of ours, or that of our own office (办公室); not a body below us, whose name only begins with ours."""
    for name in names:
        if text == name or text.endswith(name):
            return True
        if text.startswith(name):
            rest = text[len(name):].removeprefix("人民").removeprefix("政府")
            if rest in ("", "办公室", "办公厅", "办"):
                return True
    # 上海市清河区财政局 and 清河区财政局 and 区财政局 are one
    office = re.sub(r"(?:办公室|办公厅|办)$", "", text).replace("区府", "区政府").replace("市府", "市政府")  # 区府办 is its own
    ends = (text, office) if len(office) >= 3 else (text,)
    return any((len(text) >= 3 and name.endswith(ends)) or shortens(text, name) for name in names)


def shortens(text: str, name: str) -> bool:
    """Whether a text is a short form of a body's name, as these are made: of the same place or level, characters left out.

    市绿化市容局 is 云泽市绿化和市容管理局, 市发改委 is 云泽市发展和改革委员会; 市教育局 is not 清河区教育局.
    """
    where, core = _split(name)
    for at in (i for i in range(len(text)) if i == 0 or text[i - 1] in "市区县州"):
        place, rest = text[:at], text[at:]
        if not where.endswith(place) or len(rest) < 3 or len(set(rest) - _COMMON) < 2 or rest[-1] not in core:
            continue
        letters = iter(core)
        if all(c in letters for c in rest):
            return True
    return False


def _split(name: str) -> tuple[str, str]:
    """A body's place and what it is called without it."""
    m = re.match(r"(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,6}?[市州])?(?:[\u4e00-\u9fff]{1,6}?[区县])?(?=[\u4e00-\u9fff]{3})", name)
    at = m.end() if m is not None else 0
    return name[:at], name[at:]


def named_outside(survey: Survey, page: PageFact) -> bool:
    """Whether a page one hop outside names this body."""
    assert page.doc is not None
    if page.doc.kind is Kind.ATTACHMENT:
        return True
    text = page.doc.title + page.doc.text[:4000]
    return any(n in text for n in own_names(survey.site) if len(n) >= 3)
