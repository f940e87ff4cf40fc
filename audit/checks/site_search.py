"""Does the site's own search work: is there one, and does it find titles that are known to be there?

Why: 国办发〔2017〕47号 and the schemes after it ask for a search that finds what is published. One known title is asked for;
a search that does not find it may only be slow to index, so that alone is half.
pass: a search form is there and its results lead to the page whose title was asked for.
        With ``ask = "there"`` results that could be read are enough.
partial: the form is there, its results were read, and the known page is not among them.
fail: the form is there, and its results were gone on two days.
unknown: no form was seen (most are drawn by script), the search is on another host, barred or could not be read, or there
is no capture of it; absence of a form proves nothing.

Example:
  check = "site_search"
"""

from __future__ import annotations

from typing import Literal

from audit.dating import CHINA
from audit.duty import Duty
from audit.model import Finding, Parameters
from audit.sitesearch import of_site
from audit.view import SiteView
from audit.wording import REASONS
from db.words import Fault, Needs, Question, Reason, Status

NEEDS: tuple[Needs, ...] = ()  # pages fetched for other questions


class Params(Parameters):
    """ask: whether it is there, or whether it finds what is known to be there."""

    ask: Literal["there", "finds"] = "finds"


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of its own: the proof of the search is fetched for whatever question is not answered otherwise."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    search, why = of_site(view.survey)
    if search is None:
        return Finding(Status.UNKNOWN, Reason.NOT_VISIBLE, f"未见可核对的站内搜索（{why}）；脚本生成的搜索框看不到，未见不等于没有", blame=Fault.OURS)
    asked = search.ask(search.title)
    page, reason, _ = view.survey.resolve(asked)
    if page is None and reason is None:
        return Finding(Status.UNKNOWN, Reason.NOT_FETCHED, f"站内搜索尚未用已知标题“{search.title}”试过")
    if page is None or page.doc is None:
        known = view.facts.pages.get(view.survey.key(asked))
        gone = {f.at.astimezone(CHINA).date() for f in known.fetches if f.reason in (Reason.GONE, Reason.HTTP_ERROR)} if known is not None else set()
        assert reason is not None
        if len(gone) >= 2 and known is not None:
            return Finding(Status.FAIL, reason, f"站内搜索{len(gone)}日均打不开", (view.evidence(known),))
        return Finding(Status.UNKNOWN, reason, f"站内搜索未能读取：{REASONS[reason]}")
    shown = (view.evidence(page, f"搜索“{search.title}”"), view.evidence(search.known, "已知的页面"))
    if params.ask == "there":
        return Finding(Status.PASS, Reason.PUBLISHED, "有站内搜索，结果页能打开", shown)
    if search.finds_it(view.survey, page):
        return Finding(Status.PASS, Reason.PUBLISHED, f"站内搜索可用，用标题“{search.title}”能找到该页面", shown)
    return Finding(Status.PARTIAL, Reason.NOT_VISIBLE, f"站内搜索用已发布页面的标题“{search.title}”找不到该页面", shown)
