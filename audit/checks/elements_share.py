"""What part of the documents of a category holds the elements that a rule names?

Why: some rules speak of every document: 规范性文件统一标注“有效、失效、废止”, 解读 with background and measures, replies in
full. One good document does not show it, and one bad one does not refute it.
pass: at least ``pass_at`` of the documents hold at least ``each`` of the elements. partial: at least ``half_at``.
fail: fewer, of at least ``min_documents``. problems: the documents that lack them.
unknown: fewer than ``min_documents``, not all could be read, or so many have unread files that they could turn the verdict.
not_applicable: there are no such documents after an exhausted search, or the row's fact says so.

Example:
  check = "elements_share"
  params = { category = "policy_interpretation", in_year = true, elements = [{ name = "背景", any = ["背景", "依据"] }] }
"""

from __future__ import annotations

from pydantic import Field

from audit.checks._absence import excused
from audit.checks._ask import Asks
from audit.checks._elements import Element, held
from audit.checks._gather import complete, every, gather, not_all
from audit.duty import Duty
from audit.model import Finding
from audit.view import SiteView
from audit.wording import REASONS
from db.words import Needs, Question, Reason, Status

NEEDS = (Needs.ALL,)

SHOWN = 5


class Params(Asks):
    """See the module and _ask.Asks. each: how many of the elements a document must hold, all where not said."""

    elements: tuple[Element, ...] = Field(min_length=1)
    each: int | None = None
    pass_at: float = Field(0.8, gt=0, le=1)
    half_at: float = Field(0.5, ge=0, le=1)
    min_documents: int = Field(5, ge=1)


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """All documents of the kind."""
    return (every(params, duty),)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    got, what = gather(view, every(params, duty), duty), params.name(duty)
    search, why = complete(view, got, duty)
    if why is not None:
        return Finding(Status.UNKNOWN, why, not_all(what, why, len(got.pages)), (), (search,))
    if not got.pages and not got.undated:
        return Finding(Status.NOT_APPLICABLE, Reason.ABSENT, f"没有{what}可供核对", (), (search,))
    if len(got.pages) < params.min_documents:
        return Finding(Status.UNKNOWN, Reason.TOO_FEW, f"{what}只有{len(got.pages)}份，少于{params.min_documents}份，不计算比例",
                       tuple(view.evidence(p) for p in got.pages[:SHOWN]), (search,), count=len(got.pages))
    need = params.each if params.each is not None else len(params.elements)
    read = [held(view, p, params.elements) for p in got.pages]
    good = [h for h in read if len(h.found) >= need]
    unsure = [h for h in read if len(h.found) < need and h.unread is not None]
    bad = [h for h in read if len(h.found) < need and h.unread is None]
    n = len(read)
    names = "、".join(e.name for e in params.elements)
    words = f"{n}份{what}中{len(good)}份含{names}（{len(good) / n:.0%}）"
    shown = tuple(view.evidence(h.page, f"未见{'、'.join(h.missing)}") for h in bad[:SHOWN]) or tuple(view.evidence(h.page) for h in good[:SHOWN])
    low, high = _status(len(good) / n, params), _status((len(good) + len(unsure)) / n, params)
    if low is not high:
        reason = unsure[0].unread
        assert reason is not None
        return Finding(Status.UNKNOWN, reason, f"{words}；另有{len(unsure)}份未能读全（{REASONS[reason]}）", shown, (search,), count=len(good),
                       problems=len(bad), maybe=len(unsure))
    reason = Reason.PUBLISHED if low is Status.PASS else Reason.FIELDS_MISSING
    return Finding(low, reason, words, shown, (search,), count=len(good), problems=len(bad), maybe=len(unsure))


def _status(share: float, params: Params) -> Status:
    return Status.PASS if share >= params.pass_at else Status.PARTIAL if share >= params.half_at else Status.FAIL
