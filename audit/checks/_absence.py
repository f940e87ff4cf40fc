"""What is said when nothing was found that counts: one order of reasons for every check that looks for a document."""

from __future__ import annotations

import re

from audit.duty import Duty
from audit.matching import gone_days, gone_how
from audit.model import Evidence, Finding
from audit.offered import gone_file_days
from audit.search import Search
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import PageFact
from db.words import Fault, PageRef, Question, Reason, Status, fault_of

_NONE = re.compile(
    r"(?:本(?:单位|部门|机关|局|委|办|区|街道|镇)|我(?:局|委|办|区|单位|部门)|[\u4e00-\u9fff]{2,10}(?:局|委|办|中心)).{0,16}"
    r"(?:无|没有|不涉及|未(?:制定|承办|办理|收到|列入|发生))")
_SHOWN = 3  # pages shown beside a finding of absence; more is for the search's own record


def declared_none(view: SiteView, question: Question) -> Evidence | None:
    """A page of the category that says there is nothing of the kind: that is a publication."""
    for page in view.answers(question):
        assert page.doc is not None
        title = view.survey.title_of(page)
        for text in (title, page.doc.text if len(page.doc.text) < 400 else ""):
            if (m := _NONE.search(text)) and not re.search(r"\d+\s*[项件]", text):
                return view.evidence(page, "声明无此类事项", (re.escape(m[0]),))
    return None


def excused(view: SiteView, duty: Duty) -> Finding | None:
    """Not applicable where the row's fact, with its source, says that the body has no such thing."""
    name = duty.indicator.fact
    if name is None or view.fact(name) is not False:
        return None
    fact = view.site.facts[name]
    return Finding(Status.NOT_APPLICABLE, Reason.FACT_SAYS_NO, f"登记事实表明该单位无此职责（来源：{fact.source}，{fact.read_on}）")


def elsewhere(found: Finding) -> Finding:
    """Absence that another indicator scores: there is nothing here to judge."""
    if found.status is not Status.FAIL:
        return found
    return Finding(Status.NOT_APPLICABLE, found.reason, f"{found.words}；有无公开由另一指标评定", found.evidence, found.searches)


def absent(view: SiteView, duty: Duty, asked: tuple[Question, ...], what: str) -> Finding:
    """The finding where no page counts: withdrawn, title only, entrance only, unknown, or absent with its proof."""
    proofs: list[Search] = []
    open_reason: Reason | None = None
    for question in asked:
        search, why = view.absence(question, duty)
        proofs.append(search)
        open_reason = open_reason or why
    searches = tuple(proofs)
    near = [(p, why) for q in asked for p, why in view.near(q)]
    for question in asked:
        for link, days, pages in view.dead_links(question):
            shown = tuple(view.evidence(p, f"链接“{link.title}”打不开，{days}日均如此") for p in pages)
            if days >= 2 and open_reason in (None, Reason.GONE):
                return Finding(Status.PARTIAL, Reason.TITLE_ONLY, f"列表中有“{link.title}”的标题，但页面连续{days}日打不开，看不到内容",
                               shown, searches)
            if days == 1 and open_reason is None:
                return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"“{link.title}”的页面当日打不开，须另一日再看", shown, searches)
    if open_reason is not None:
        unread = [(p, why) for p, why in near if why not in (Reason.OTHER_YEAR, Reason.OTHER_BODY, Reason.OTHER_KIND)]
        return Finding(Status.UNKNOWN, open_reason, unknown_words(what, open_reason, searches),
                       tuple(view.evidence(p, f"不算：{REASONS[why]}") for p, why in unread[:_SHOWN]) + _unread(view, searches), searches)
    for page, why in near:
        if why in (Reason.GONE, Reason.HTML_INSTEAD):
            days = gone_file_days(view.survey, page)
            shown = (view.evidence(page, f"附件打不开，{days}日均如此"),)
            if days < 2:
                return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"{what}的附件当日打不开，须另一日再看", shown, searches)
            return Finding(Status.PARTIAL, Reason.TITLE_ONLY, f"有{what}的页面，但附件连续{days}日打不开，看不到内容", shown, searches)
        if why in (Reason.NO_DATE, Reason.BULK_DATE):
            return Finding(Status.UNKNOWN, why, f"有{what}的页面，但{REASONS[why]}，不能判断是否属于该年度", (view.evidence(page),), searches)
        if fault_of(why) is not None:
            return Finding(Status.UNKNOWN, why, unknown_words(what, why, searches), (view.evidence(page, f"不算：{REASONS[why]}"),), searches)
    withdrawn = [p for p, why in near if why is Reason.WITHDRAWN]
    if withdrawn:
        gone, how = gone_days(withdrawn[0]), gone_how(withdrawn[0])
        shown = tuple(view.evidence(p, f"曾经公开，后{gone_how(p)}") for p in withdrawn[:_SHOWN])
        if gone < 2:
            return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"{what}曾经看到，当日{how}，须另一日再看", shown, searches)
        first, last = withdrawn[0].sightings[0].first_at, max(s.last_at for s in withdrawn[0].sightings)
        return Finding(Status.PARTIAL, Reason.WITHDRAWN, f"{what}曾于{first:%Y-%m-%d}至{last:%Y-%m-%d}间看到，此后{gone}日均{how}，"
                       "也没有别处的副本", shown, searches)
    titles = [p for p, why in near if why is Reason.TITLE_ONLY]
    if titles:  # the readers tell no pictures: an empty page and one that is a picture look alike to us
        return Finding(Status.UNKNOWN, Reason.NOT_VISIBLE, f"有{what}的页面，页面上没有可读的文字，可能是图片，未能判定有无内容",
                       tuple(view.evidence(p, "只有标题，或为图片") for p in titles[:_SHOWN]), searches, blame=Fault.OURS)
    strays = [x for q in asked for x in view.astray(q)]
    if strays:
        link, page = strays[0]
        return Finding(Status.PARTIAL, Reason.TITLE_ONLY, f"列表中有“{link.title}”的标题，但打开的是另一页面（“{view.survey.title_of(page)}”），看不到内容",
                       (view.evidence(page, "不是标题所说的页面"),), searches)
    entrances = [x for q in asked for x in view.entrances(q)]
    if entrances:
        link, page = entrances[0]
        return Finding(Status.PARTIAL, Reason.ENTRANCE_ONLY, f"“{link.title}”只链接到另一系统的首页（{page.ref.url}），看不到本单位的内容",
                       (view.evidence(page, "只有入口"),), searches)
    if duty.indicator.fact is not None and view.fact(duty.indicator.fact) is None:
        return Finding(Status.UNKNOWN, Reason.FACT_UNSET, f"未找到{what}；但该单位有无此职责尚未登记（{duty.indicator.fact}），不能判定缺失",
                       (), searches)
    return _fails(view, what, near, asked, searches)


def _fails(view: SiteView, what: str, near: list[tuple[PageFact, Reason]], asked: tuple[Question, ...],
           searches: tuple[Search, ...]) -> Finding:
    reasons = [why for _, why in near]
    reason = next((r for r in (Reason.AFTER_AS_OF, Reason.OTHER_BODY, Reason.OTHER_YEAR) if r in reasons), Reason.ABSENT)
    told = sorted(near, key=lambda x: x[1] is not reason)  # what the finding speaks of comes first
    shown = tuple(view.evidence(p, f"不算：{REASONS[why]}") for p, why in told[:_SHOWN])
    if not shown:
        shown = tuple(view.evidence(p, "不算：是另一类内容") for q in asked[:1] for p in view.lookalikes(q))
    s = searches[0]
    empty = [p for p in view.survey.lists if p.doc is not None and p.doc.empty_words
             and any(" > ".join(p.doc.column) == c for c in s.columns)]
    shown += tuple(view.evidence(p, f"栏目显示“{p.doc.empty_words}”", (re.escape(p.doc.empty_words),)) for p in empty[:1] if p.doc is not None)
    instead = f"；所见为{REASONS[reason]}的内容" if reason is not Reason.ABSENT else ""
    return Finding(Status.FAIL, reason, f"查遍{len(s.columns)}个相关栏目、{s.read}个页面，未找到{what}{instead}", shown, searches)


def unknown_words(what: str, reason: Reason, searches: tuple[Search, ...]) -> str:
    """Why nothing can be said, and how far it was read."""
    return f"未能判定有无{what}：{REASONS[reason]}；已读{searches[0].read if searches else 0}个页面"


def _unread(view: SiteView, searches: tuple[Search, ...]) -> tuple[Evidence, ...]:
    out = []
    for url, why in (searches[0].unread[:_SHOWN] if searches else ()):
        page = view.facts.pages.get(view.survey.key(PageRef(url)))
        fetch = page.last if page is not None else None
        out.append(Evidence(url, "", fetched=fetch.at if fetch else None, sha256=fetch.sha256 if fetch else None,
                            warc=fetch.warc if fetch else None, note=f"未能读取：{REASONS[why]}"))
    return tuple(out)
