"""Does this page answer this question, and if not, why not: one rule for the spider and for the audit."""

from __future__ import annotations

import re

from audit.classify import flagged, is_a
from audit.dating import CHINA
from audit.survey import Survey
from audit.years import subject_years, years_in
from db.facts import PageFact
from db.words import Kind, PageRef, Question, Reason, Site

COVER = 300  # characters of an attachment in which its cover names the year
CONTENT = 60  # characters of text below title and header, or
FRAMES = 3  # of a page, looked into where its own text is thin
NAMING = 400  # characters of text in which a session is named
_HEADER = re.compile(r"(?:日期|时间|来源|机构|主体|索引号|文号|字号|浏览|阅读|点击)[^。；]{0,6}[:：]")
FIGURES = 12  # numbers, are content; fewer is a page that only leads to its files
_ORGAN = re.compile(
    r"[\u4e00-\u9fff]{2,18}?(?:人民政府(?:办公室|办公厅)?|街道办事处|管理局|管委会|委员会|办公室|办公厅|[^\W\d]局(?![长部限面势])|[^\W\d]委(?!员|托|派)|法院|检察院|街道|[^\W\d]镇(?![长村])|(?!城)[^\W\d]乡(?![长村镇]))")
# an institution below a body, where its own account of a year follows: 某某中心2019年度单位预算
_INSTITUTION = re.compile(
    r"[\u4e00-\u9fff]{1,24}?(?:中心|学校|小学|中学|学院|幼儿园|医院|福利院|研究[所院]|监督所|事务所|管理所|服务站|管理站|监测站|[大支总]队|图书馆|博物馆|文化馆|档案馆|体育馆|基地|公园)"
    r"(?=[（(]?(?:本级)?[)）]?(?:关于)?\s*(?:20\d\d|二[〇○]|年度|单位|部门|预算|决算))")
_COMMON = frozenset("管理委员会局办公室厅督监和与及")  # of bodies' names: two other characters must agree


def against(survey: Survey, page: PageFact, question: Question) -> Reason | None:
    """None where the page answers; else the first reason why it does not."""
    if page.doc is None:
        return Reason.NOT_FETCHED
    why = _as_it_stood(survey, page, question)
    if gone_days(page) >= 1 and why not in (Reason.OTHER_YEAR, Reason.OTHER_BODY, Reason.ENTRANCE_ONLY, Reason.AFTER_AS_OF):
        return Reason.WITHDRAWN  # what never answered was not withdrawn as an answer
    return why


def _as_it_stood(survey: Survey, page: PageFact, question: Question) -> Reason | None:
    assert page.doc is not None
    if other_year(survey, page, question.years):
        return Reason.OTHER_YEAR
    if not any(flagged(c, "any_body") for c in question.categories) and other_body(survey, page) is not None:
        return Reason.OTHER_BODY
    if not survey.inside(page.doc.url if page.doc is not None else page.ref.url) and not _named_outside(survey, page):
        return Reason.ENTRANCE_ONLY if page.doc.kind in (Kind.HOME, Kind.PORTAL) else Reason.OTHER_BODY
    if question.naming and not names_one(survey, page, question.naming):
        return Reason.OTHER_YEAR
    when = survey.dated(page)
    undated = when.by in ("sighting", "none")
    if question.as_of is not None and not undated and when.day is not None and when.day > question.as_of:
        return Reason.AFTER_AS_OF
    if question.since is not None or question.until is not None:
        if (undated and not (when.day and question.until and when.day <= question.until)) or when.day is None:
            return Reason.NO_DATE
        if when.bulk or when.by == "written":
            return Reason.BULK_DATE if when.bulk else Reason.NO_DATE
        if question.since is not None and when.day < question.since:
            return Reason.OTHER_YEAR
        if question.until is not None and when.day > question.until:
            return Reason.LATE
    return lacks_content(survey, page) if flagged(question.category, "content") else None


def names_one(survey: Survey, page: PageFact, words: tuple[str, ...]) -> bool:
    """Whether the title or the beginning of the text holds one of the words, ordinals and long names set aside."""
    assert page.doc is not None
    files = "" if page.doc.text else " ".join(f.doc.text[:NAMING] for f in read_files(survey, page) if f.doc)
    text = plain_session(survey.title_of(page) + "\n" + page.doc.text[:NAMING] + files)
    return any(plain_session(w) in text for w in words)


def plain_session(text: str) -> str:
    """市第十五届人民代表大会第二次会议 and 市十五届人大二次会议 alike."""
    return re.sub(r"第|\s|委员会", "", text.replace("人民代表大会", "人大"))


def gone_days(page: PageFact) -> int:
    """On how many days, since it was last seen, the page was asked for and gone."""
    return len({f.at.astimezone(CHINA).date() for f in page.misses if f.reason is Reason.GONE})


def other_year(survey: Survey, page: PageFact, years: tuple[int, ...]) -> bool:
    """The page is of another year: its title says so, or its text, or the covers of its files."""
    if not years or page.doc is None:
        return False
    wanted = set(years)
    title = survey.title_of(page)
    named = subject_years(title, page.doc.text)
    if named and not wanted & set(named):
        return True
    if page.doc.kind is Kind.ATTACHMENT:
        cover = years_in(page.doc.text[:COVER])
        return bool(cover) and not wanted & set(cover)
    files = read_files(survey, page)
    covers = [years_in(f.doc.text[:COVER]) for f in files if f.doc is not None and f.doc.text]
    if covers and _thin(page) and all(c and not wanted & set(c) for c in covers):
        return True
    if named:
        return False
    day = survey.dated(page).day
    return day is not None and not any(day.year in (y, y + 1) for y in years)


def read_files(survey: Survey, page: PageFact) -> list[PageFact]:
    """The page's attachments that could be read."""
    assert page.doc is not None
    found = (survey.resolve(PageRef(a.url), standing=True)[0] for a in page.doc.attachments[:12])
    return [f for f in found if f is not None and f.doc is not None and f.doc.kind is Kind.ATTACHMENT]


def unread_files(survey: Survey, page: PageFact) -> list[tuple[str, Reason]]:
    """Its attachments that could not, each with the reason."""
    assert page.doc is not None
    out = []
    for file in page.doc.attachments[:12]:
        got, reason, _ = survey.resolve(PageRef(file.url), standing=True)
        if got is not None and got.doc is not None and got.doc.kind is not Kind.ATTACHMENT:
            reason = Reason.HTML_INSTEAD
        elif got is not None:
            continue
        out.append((file.name or file.url, reason or Reason.NOT_FETCHED))
    return out


def gone_file_days(survey: Survey, page: PageFact) -> int:
    """On how many days its files were asked for and not there."""
    assert page.doc is not None
    days = set()
    for file in page.doc.attachments[:12]:
        known = survey.facts.pages.get(survey.key(PageRef(file.url)))
        days |= {f.at.astimezone(CHINA).date() for f in known.fetches} if known is not None and known.good is None else set()
    return len(days)


def lacks_content(survey: Survey, page: PageFact) -> Reason | None:
    """None where the thing itself can be read; else why only its title is there."""
    assert page.doc is not None
    if page.doc.kind is Kind.ATTACHMENT:
        return None if page.doc.reason is not Reason.ENCRYPTED else Reason.ENCRYPTED
    if read_files(survey, page) or not _thin(page):
        return None if read_files(survey, page) or not unread_files(survey, page) else unread_files(survey, page)[0][1]
    inner = framed(survey, page)
    if any(not _thin(f) for f, _ in inner if f is not None):
        return None
    unread = [r for _, r in unread_files(survey, page)] + [r or Reason.NOT_FETCHED for f, r in inner if f is None]
    return unread[0] if unread else Reason.TITLE_ONLY


def framed(survey: Survey, page: PageFact) -> list[tuple[PageFact | None, Reason | None]]:
    """What stands in the page's frames, where its own text is thin: a page each, or why it was not read."""
    assert page.doc is not None
    if page.doc.kind is not Kind.DETAIL or not _thin(page):
        return []
    return [survey.resolve(f, standing=True)[:2] for f in page.doc.frames[:FRAMES]]


def _thin(page: PageFact) -> bool:
    assert page.doc is not None
    text = "\n".join(line for line in page.doc.text.splitlines() if not (len(line) < 80 and _HEADER.search(line)))
    return len(text) < CONTENT and len(re.findall(r"\d[\d,.]*", text)) < FIGURES


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
    m = _ORGAN.match(title)
    if m is not None and len(m[0]) >= 4 and not re.match(r"[本我各全]|年", m[0]):
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
    return m[0] if m is not None else ""


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

    市绿化市容局 is 云山市绿化和市容管理局, 市发改委 is 云山市发展和改革委员会; 市教育局 is not 清河区教育局.
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


def column_outside(survey: Survey, page: PageFact, question: Question) -> bool:
    """A column of the sought kind on a host that the row does not name: it is seen, and not followed further."""
    doc = page.doc
    return doc is not None and doc.kind is Kind.LIST and bool(doc.items) and not survey.inside(page.ref.url) and any(
        is_a(x.category, c) for x in page.labels[:1] for c in question.categories)


def _named_outside(survey: Survey, page: PageFact) -> bool:
    """Whether a page one hop outside names this body."""
    assert page.doc is not None
    if page.doc.kind is Kind.ATTACHMENT:
        return True
    text = page.doc.title + page.doc.text[:4000]
    return any(n in text for n in own_names(survey.site) if len(n) >= 3)
