"""Does this page answer this question, and if not, why not: one rule for the spider and for the audit."""

from __future__ import annotations

import re

from audit.bodies import named_outside, other_body
from audit.classify import flagged, is_a
from audit.dating import CHINA
from audit.offered import carriers, linked, read_files, unread_files
from audit.survey import Survey
from audit.years import subject_years, years_in
from db.facts import PageFact
from db.words import Kind, Outcome, Question, Reason

COVER = 300  # characters of an attachment in which its cover names the year
CONTENT = 60  # characters of text below title and header, or
FRAMES = 3  # of a page, looked into where its own text is thin
NAMING = 400  # characters of text in which a session is named
_HEADER = re.compile(r"(?:日期|时间|来源|机构|主体|索引号|文号|字号|浏览|阅读|点击)[^。；]{0,6}[:：]")
_TERM = "[一二三四五六七八九十\\d]{1,3}届"
BLANK = 10  # characters of text without labels and foot: fewer and nothing can be read but the title
_LABEL = re.compile(  # what stands above a text, not what stands in it: 权力名称：某许可 is content
    r"^(?:\s*(?:发布|信息|文章|成文|生成|公开|发文|制发|印发|更新|录入|所属|责任|主题)?"
    r"(?:日期|时间|来源|稿源|机构|单位|主体|索引号|文号|字号|浏览次数|浏览量|浏览|阅读量|阅读|点击数|点击|访问量|人气|作者|编辑|审核|分类|类别|主题词|关键词|体裁|"
    r"有效性|标签|语种|字体|分享|打印|方式|标题|发布人)\s*[:：][^；。]{0,30})+$")
_NEVER = (Reason.OTHER_YEAR, Reason.OTHER_BODY, Reason.OTHER_KIND, Reason.ENTRANCE_ONLY, Reason.AFTER_AS_OF)
_SESSION = re.compile(r"[届次]")  # of a congress: what names another one is of another year
FIGURES = 12  # numbers, are content; fewer is a page that only leads to its files


def against(survey: Survey, page: PageFact, question: Question) -> Reason | None:
    """None where the page answers; else the first reason why it does not."""
    if page.doc is None:
        return Reason.NOT_FETCHED
    why = _as_it_stood(survey, page, question)
    if gone_days(page) >= 1 and why not in _NEVER:
        return Reason.WITHDRAWN  # what never answered was not withdrawn as an answer
    return why


def _as_it_stood(survey: Survey, page: PageFact, question: Question) -> Reason | None:
    assert page.doc is not None
    offered = carriers(survey, page) if page.doc.kind is Kind.ATTACHMENT else []
    if page.doc.kind is Kind.ATTACHMENT and not offered and not linked(survey, page):
        return Reason.NOT_FETCHED  # the page that offers it was not read: whose it is, and of when, nobody knows
    offered = [p for p in offered if p.doc is not None and p.doc.kind is Kind.DETAIL]
    if offered:  # a file is whose, and of when, the pages say that offer it
        said = [_as_it_stood(survey, p, question) for p in offered]
        if all(why in (Reason.OTHER_BODY, Reason.AFTER_AS_OF) for why in said):
            return said[0]
    if other_year(survey, page, question.years):
        return Reason.OTHER_YEAR
    if not any(flagged(c, "any_body") for c in question.categories) and other_body(survey, page) is not None:
        return Reason.OTHER_BODY
    if not survey.inside(page.doc.url if page.doc is not None else page.ref.url) and not named_outside(survey, page):
        return Reason.ENTRANCE_ONLY if page.doc.kind in (Kind.HOME, Kind.PORTAL) else Reason.OTHER_BODY
    if question.naming and not (titled if question.titled else names_one)(survey, page, question.naming):
        return Reason.OTHER_YEAR if any(_SESSION.search(w) for w in question.naming) else Reason.OTHER_KIND
    when = survey.dated(page)
    undated = when.by in ("sighting", "none")
    if question.as_of is not None and not undated and when.day is not None and when.day > question.as_of:
        return Reason.AFTER_AS_OF
    if question.seen_by is not None and undated and (when.day is None or when.day > question.seen_by):
        return Reason.NO_DATE
    if question.since is not None or question.until is not None:
        if (undated and not (when.day and question.until and when.day <= question.until)) or when.day is None:
            return Reason.NO_DATE
        if when.bulk or when.by == "written":
            return Reason.BULK_DATE if when.bulk else Reason.NO_DATE
        if question.since is not None and when.day < question.since:
            return Reason.OTHER_YEAR
        if question.until is not None and when.day > question.until:
            return Reason.LATE
    lacking = lacks_content(survey, page) if flagged(question.category, "content") else None
    if lacking is None and flagged(question.category, "legible") and _blank(survey, page):
        return Reason.TITLE_ONLY
    if lacking is None and question.holding and not holds(survey, page, question):
        return Reason.FIELDS_MISSING
    return lacking


def whole_text(survey: Survey, page: PageFact) -> str:
    """Title, text and the text of its readable files and of the frames that hold its body."""
    assert page.doc is not None
    files = [f.doc.text for f in read_files(survey, page) if f.doc is not None]
    files += [f.doc.text for f, _ in framed(survey, page) if f is not None and f.doc is not None]
    return "\n".join((survey.title_of(page), page.doc.text, *files))


def unspaced(text: str) -> str:
    """Without the blanks that pages put between characters; lines stay."""
    return re.sub(r"[ \u3000]+", "", text)


def holds(survey: Survey, page: PageFact, question: Question) -> bool:
    """Whether the text holds as much as the question asks. Planning asks it again and again, so the answer is kept with what was read."""
    read = tuple(f.key for f in (*read_files(survey, page), *(f for f, _ in framed(survey, page) if f is not None)))
    key = (page.key, page.read.sha256 if page.read is not None else "", read, question.holding, question.holding_at)
    if key not in survey.held:
        text = unspaced(whole_text(survey, page))
        got = sum(any(re.search(p, text) for p in group) for group in question.holding)
        survey.held[key] = got >= (question.holding_at or len(question.holding))
    return survey.held[key]


def names_one(survey: Survey, page: PageFact, words: tuple[str, ...]) -> bool:
    """Whether the title or the beginning of the text holds one of the words, ordinals and long names set aside."""
    assert page.doc is not None
    files = "" if page.doc.text else " ".join(f.doc.text[:NAMING] for f in read_files(survey, page) if f.doc)
    text = plain_session(survey.title_of(page) + "\n" + page.doc.text[:NAMING] + files)
    return any(plain_session(w) in text for w in words)


def titled(survey: Survey, page: PageFact, words: tuple[str, ...]) -> bool:
    """Whether the page is called so: by its title, its column or one of its files."""
    assert page.doc is not None
    names = (survey.title_of(page), *(n for path in survey.columns_of(page) for n in path), *(f.name for f in page.doc.attachments))
    return any(w in name for w in words for name in names)


def plain_session(text: str) -> str:
    """市第十五届人民代表大会第二次会议 and 市十五届人大二次会议 alike, and 市人大十五届二次; 市十三届政协二次 and 市政协十三届二次.

    >>> plain_session("对市人大十五届二次会议第3号"), plain_session("市十三届政协二次"), plain_session("市政协第十三届委员会第二次会议")
    ('对市十五届人大二次会议3号', '市政协十三届二次', '市政协十三届二次会议')
    """
    text = re.sub(r"第|\s|委员会", "", text.replace("人民代表大会", "人大"))
    text = re.sub(rf"人大({_TERM})", r"\1人大", text)
    return re.sub(rf"({_TERM})政协", r"政协\1", text)


def gone_how(page: PageFact) -> str:
    """How the site showed in its last looks that the page is gone."""
    looks = [f for f in page.misses if f.reason is Reason.GONE]
    ways = {"转到首页或上级栏目" if f.outcome is Outcome.REDIRECT else "打不开" if (f.status or 0) >= 400 else "只显示页面不存在"
            for f in looks}
    return "或".join(sorted(ways)) or "打不开"


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


def _blank(survey: Survey, page: PageFact) -> bool:
    """Nothing of it can be read but its title: it is a picture, or there is nothing."""
    doc = page.doc
    assert doc is not None
    if doc.kind is not Kind.DETAIL or doc.attachments or doc.frames:
        return False
    text = "".join(line for line in doc.text.splitlines() if not _LABEL.match(line) and "网站标识码" not in line and line != doc.title)
    return len(text) < BLANK


def _thin(page: PageFact) -> bool:
    assert page.doc is not None
    text = "\n".join(line for line in page.doc.text.splitlines() if not (len(line) < 80 and _HEADER.search(line)))
    return len(text) < CONTENT and len(re.findall(r"\d[\d,.]*", text)) < FIGURES


def column_outside(survey: Survey, page: PageFact, question: Question) -> bool:
    """A column of the sought kind on a host that the row does not name: it is seen, and not followed further."""
    doc = page.doc
    return doc is not None and doc.kind is Kind.LIST and bool(doc.items) and not survey.inside(page.ref.url) and any(
        is_a(x.category, c) for x in page.labels[:1] for c in question.categories)
