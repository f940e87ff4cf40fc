"""How many clicks from the home page is a document, or the list that holds it?

Why: the work points ask for 可见度 and 易查性; a document that stands eight clicks deep is published, and no one finds it.
A click is a link, a list's entry, a frame or a further page of a list, on the hosts of the row.
pass: at most ``clicks``. partial: more, on a path that was read.
unknown: no path was seen (links drawn by script), or none of the documents was found; presence is another indicator's.
not_applicable: there is no such document after an exhausted search, or the row's fact says so. It never fails.

Example:
  check = "clicks_from_home"
  params = { category = "budget_plan", subjects = [0], clicks = 3 }
"""

from __future__ import annotations

from collections import deque

from pydantic import Field

from audit.checks._absence import excused
from audit.checks._ask import Asks, asked, opening
from audit.duty import Duty
from audit.model import Finding
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import PageFact
from db.words import Fault, Needs, PageRef, Question, Reason, SearchState, Status

NEEDS = (Needs.ONE,)


class Params(Asks):
    """See the module and _ask.Asks."""

    clicks: int = Field(3, ge=1)


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The document."""
    return asked(params, duty)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    wanted, what, searches = opening(view, params, duty)
    pages = [p for q in wanted for p in view.answers(q)]
    if not pages:
        if searches[0].state is SearchState.EXHAUSTED:
            return Finding(Status.NOT_APPLICABLE, Reason.ABSENT, f"没有{what}，无从核对层级", (), searches)
        reason = searches[0].reason or Reason.NOT_SEARCHED
        return Finding(Status.UNKNOWN, reason, f"未能判定{what}的层级：{REASONS[reason]}", (), searches)
    depth = _depths(view)
    reached = [(depth[p.key], p) for p in pages if p.key in depth]
    if not reached:
        return Finding(Status.UNKNOWN, Reason.NOT_VISIBLE, f"{what}已公开，但从首页起未见通往它的链接（可能由脚本生成）", (view.evidence(pages[0]),), searches,
                       blame=Fault.OURS)
    clicks, page = min(reached, key=lambda x: (x[0], x[1].ref.url))
    shown = (view.evidence(page, f"距首页{clicks}次点击"),)
    words = f"{what}距首页{clicks}次点击，限{params.clicks}次"
    if clicks <= params.clicks:
        return Finding(Status.PASS, Reason.PUBLISHED, words, shown, searches, count=clicks)
    return Finding(Status.PARTIAL, Reason.NOT_VISIBLE, words, shown, searches, count=clicks)


def _depths(view: SiteView) -> dict[str, int]:
    """Clicks from the home pages of the row to every page that was read."""
    found: dict[str, int] = {}
    queue: deque[tuple[PageRef, int]] = deque((r, 0) for r in view.survey.starts[: max(1, len(view.survey.starts) - len(view.site.entry))])
    while queue:
        ref, n = queue.popleft()
        page = view.survey.resolve(ref, standing=True)[0]
        for key in {view.survey.key(ref), page.key if page is not None else ""} - {""}:
            found.setdefault(key, n)
        if page is None or page.doc is None:
            continue
        for onward, more in _onward(page):
            key = view.survey.key(onward)
            if key not in found:
                found[key] = n + more
                (queue.append if more else queue.appendleft)((onward, n + more))
    return found


def _onward(page: PageFact) -> list[tuple[PageRef, int]]:
    """Where a page leads, each with the clicks it takes: a frame takes none."""
    doc = page.doc
    assert doc is not None
    out = [(f, 0) for f in doc.frames]
    out += [(i.ref, 1) for i in doc.items] + [(PageRef(x.target), 1) for x in doc.links]
    out += [(r, 1) for r in doc.next_pages] + [(PageRef(a.url), 1) for a in doc.attachments]
    return out
