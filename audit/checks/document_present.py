"""Is a document of a category published, of the asked year or session, and does it hold what the rule names?

pass: a page or file of this body answers; where ``elements`` are given it holds at least ``pass_at`` of them (all,
where not said). A page which says that there is nothing of the kind counts as publication (``none = "pass"``), or makes
the duty not applicable (``none = "not_applicable"``).
partial: fewer elements, but ``partial_at``; only a title whose page is gone on two days; only an entrance to another
system; seen and withdrawn; with ``other_years = "partial"`` only documents of other years or sessions.
fail: an exhausted search inside the window found none that counts; or with ``floor = "fail"`` too few elements.
unknown: with ``entrance = "unknown"`` where there is only an entrance to another system; with ``absence = "unknown"`` also where nothing was found: things that sites show by icons or interactive systems.
  Else: the search was stopped, made too early or too late, the row's fact is unset, or elements stand in files that
could not be read.
not_applicable: the row's fact says that the body has no such thing, with its source.

Example:
  check = "document_present"
  params = { category = "decision_list", subjects = [0], none = "pass" }
"""

from __future__ import annotations

from typing import Literal

from audit.checks._absence import absent, declared_none, excused, unknown_words
from audit.checks._ask import Asks, asked, opening, rest, unread_rest
from audit.checks._elements import Element, Held, best, only_lists
from audit.duty import Duty
from audit.matching import names_one
from audit.model import Finding
from audit.searched import Search
from audit.view import SiteView
from audit.wording import DATED_BY, REASONS
from db.facts import PageFact
from db.words import Fault, Needs, Question, Reason, Status

NEEDS = (Needs.ONE, Needs.ALL)


class Params(Asks):
    """See the module and _ask.Asks."""

    elements: tuple[Element, ...] = ()
    pass_at: int | None = None
    partial_at: int = 1
    floor: Literal["partial", "fail"] = "partial"
    none: Literal["pass", "not_applicable", "ignore"] = "ignore"
    other_years: Literal["fail", "partial"] = "fail"
    absence: Literal["fail", "unknown"] = "fail"
    entrance: Literal["partial", "unknown"] = "partial"


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """One for all subject years; where elements are asked for, all documents: another may hold what the first lacks."""
    return (*asked(params, duty), *(rest(params, duty) if params.elements else ()))


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    wanted, what, searches = opening(view, params, duty)
    if params.none != "ignore":
        for question in wanted:
            said = declared_none(view, question)
            if said is not None:
                status = Status.PASS if params.none == "pass" else Status.NOT_APPLICABLE
                return Finding(status, Reason.DECLARED_NONE, f"该单位声明无此类事项：“{said.title}”", (said,), searches)
    for pages in _answers(view, params, wanted):
        if params.elements:
            return _elements(view, params, best(view, pages, params.elements), what, searches, unread_rest(view, params, duty))
        first = pages[0]
        when = view.survey.dated(first)
        dated = f"，{when.day}（{DATED_BY[when.by]}）" if when.day else ""
        places = [view.evidence(p) for p in pages[:3]]
        return Finding(Status.PASS, Reason.PUBLISHED, f"已公开{what}：“{view.survey.title_of(first)}”{dated}", tuple(places), searches,
                       count=len(pages))
    finding = absent(view, duty, wanted, what)
    if params.entrance == "unknown" and finding.reason is Reason.ENTRANCE_ONLY:
        words = f"只有通往另一系统的入口，该系统未读，不能判定有无{what}"
        return Finding(Status.UNKNOWN, Reason.ENTRANCE_ONLY, words, finding.evidence, finding.searches, blame=Fault.OURS)
    if params.absence == "unknown" and finding.status is Status.FAIL:
        words = f"静态页面中未见{what}；此类内容常以图标或互动系统提供，未见不等于没有"
        return Finding(Status.UNKNOWN, Reason.NOT_VISIBLE, words, finding.evidence, finding.searches, blame=Fault.OURS)
    if params.other_years == "partial" and finding.reason is Reason.OTHER_YEAR and _same_kind(view, params, wanted):
        return Finding(Status.PARTIAL, Reason.OTHER_YEAR, f"未找到{what}，只有其他年度（届次）的内容", finding.evidence, finding.searches)
    return finding


def _answers(view: SiteView, params: Params, wanted: tuple[Question, ...]) -> list[list[PageFact]]:
    """The pages that answer: of the first year that has any; of all categories where elements may stand in any of them."""
    found = [pages for q in wanted if (pages := view.answers(q))]
    if params.elements and params.also:
        return [[p for pages in found for p in pages]] if found else []
    return found[:1]


def _same_kind(view: SiteView, params: Params, wanted: tuple[Question, ...]) -> bool:
    """Whether what was found is of the kind that the words name, only of another session."""
    if not params.naming_else:
        return True
    return any(why is Reason.OTHER_YEAR and names_one(view.survey, page, params.naming_else)
               for q in wanted for page, why in view.near(q))


def _elements(view: SiteView, params: Params, h: Held, what: str, searches: tuple[Search, ...], more: Reason | None) -> Finding:
    need = params.pass_at if params.pass_at is not None else len(params.elements)
    title = view.survey.title_of(h.page)
    shown = (view.evidence(h.page, f"见：{'、'.join(h.found)}" if h.found else "未见所列要素", h.patterns),)
    if len(h.found) >= need:
        return Finding(Status.PASS, Reason.PUBLISHED, f"已公开{what}：“{title}”，含{'、'.join(h.found)}", shown, searches)
    lacking = "、".join(h.missing)
    if only_lists((h.page,)):
        return Finding(Status.UNKNOWN, Reason.NOT_FETCHED, f"只读到“{title}”栏目，栏目内的页面尚未读取，不能判定有无{lacking}", shown, searches)
    if h.unread is not None:
        return Finding(Status.UNKNOWN, h.unread, f"“{title}”的部分内容未能读出（{REASONS[h.unread]}），不能判定有无{lacking}", shown, searches)
    if more is not None:
        return Finding(Status.UNKNOWN, more, f"“{title}”未见{lacking}；是否另有载明的：{unknown_words(what, more, searches)}", shown, searches)
    if len(h.found) >= params.partial_at or params.floor == "partial":
        return Finding(Status.PARTIAL, Reason.FIELDS_MISSING, f"已公开{what}：“{title}”，但未见{lacking}", shown, searches)
    return Finding(Status.FAIL, Reason.FIELDS_MISSING, f"“{title}”未见{lacking}", shown, searches)
