"""Does each document have its counterpart: a policy its 解读, a draft the answer to the opinions on it?

Why: 国办发〔2016〕80号 has policies and interpretations made together (三同步); 沪府令47号 and 国令713 have the opinions on a
draft answered in public. A pair is proved by the 文号 or the name that the counterpart quotes. ``skip``: words of titles
that ask for no counterpart (an extension needs no new interpretation). A page that is only called like its column has no
name to be found by and is left out.
measure = "share": pass at ``pass_at`` of the documents, partial at ``half_at``, fail below.
measure = "days": days from document to counterpart, in ``unit``. pass: the median is at most ``pass_days`` and none is
above ``none_above``. fail: the median is above ``fail_days``. partial: between.
measure = "link": pages of a pair that link one another; never fail (no rule of the time asks for the link).
unknown: fewer than ``min_pairs`` documents (for days: pairs with two days that can be trusted), or not all documents or
counterparts could be read. What is missing is only told after both were read to the end.
not_applicable: there are no such documents after an exhausted search.

Example:
  check = "matched_pairs"
  params = { category = "policy_document", in_year = true, with = "policy_interpretation", measure = "share" }
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from audit.checks._absence import excused
from audit.checks._ask import Asks
from audit.checks._gather import complete, every, gather, not_all
from audit.checks._pairs import Pair, day, linked, matched, named
from audit.classify import categories
from audit.duty import Duty
from audit.model import Evidence, Finding
from audit.searched import Search
from audit.view import SiteView
from audit.workdays import NAMES, Unit, days_between, middle
from db.words import Needs, Question, Reason, Status

NEEDS = (Needs.ALL,)

SHOWN = 6


class Params(Asks):
    """See the module and _ask.Asks. with: category of the counterpart."""

    with_: str = Field(alias="with")
    with_also: tuple[str, ...] = ()
    measure: Literal["share", "days", "link"] = "share"
    skip: tuple[str, ...] = ()
    min_pairs: int = Field(5, ge=1)
    pass_at: float = Field(1.0, gt=0, le=1)
    half_at: float = Field(0.5, ge=0, le=1)
    unit: Unit = "working"
    pass_days: float = 0
    none_above: int = 3
    fail_days: float = 10


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """All documents, and all counterparts from the same year on."""
    since = date(duty.year, 1, 1) if params.in_year else None
    return (every(params, duty), duty.question(params.with_, also=params.with_also, since=since, needs=Needs.ALL))


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    (asked, other), what = questions(params, duty), params.name(duty)
    name = categories()[params.with_].zh
    left, right = gather(view, asked, duty), gather(view, other, duty)
    (s1, open1), (s2, open2) = complete(view, left, duty), complete(view, right, duty)
    searches = (s1, s2)
    documents = [p for p in left.pages if not any(w in view.survey.title_of(p) for w in params.skip) and named(view, p)]
    if open1 is not None:
        return Finding(Status.UNKNOWN, open1, not_all(what, open1, len(documents)), (), searches)
    if not documents and not left.undated:
        return Finding(Status.NOT_APPLICABLE, Reason.ABSENT, f"没有{what}，无从核对{name}", (), searches)
    if len(left.undated) > len(documents):
        words = f"{len(documents)}份{what}有可信的日期，另{len(left.undated)}份没有，不能判断是否属于该年"
        return Finding(Status.UNKNOWN, Reason.NO_DATE, words, tuple(view.evidence(p) for p in left.undated[:3]), searches, count=len(documents))
    counterparts = [p for p in (*right.pages, *right.undated) if p.key not in {d.key for d in documents}]
    pairs = matched(view, documents, counterparts)
    whole = [p for p in pairs if p.right is not None]
    if params.measure == "days":
        return _days(view, params, whole, what, name, searches, open2)
    if len(documents) < params.min_pairs and params.measure == "share":
        return Finding(Status.UNKNOWN, Reason.TOO_FEW, f"{what}只有{len(documents)}份（有{name}的{len(whole)}份），少于{params.min_pairs}份，不计算比例",
                       _shown(view, pairs), searches, count=len(whole))
    if params.measure == "link":
        return _links(view, whole, what, name, searches, open2)
    share = len(whole) / len(documents)
    words = f"{len(documents)}份{what}中{len(whole)}份有对应的{name}（{share:.0%}）"
    if share >= params.pass_at:
        return Finding(Status.PASS, Reason.PUBLISHED, words, _shown(view, pairs), searches, count=len(whole), problems=0)
    if open2 is not None:
        return Finding(Status.UNKNOWN, open2, f"{words}；{not_all(name, open2, len(counterparts))}", _shown(view, pairs), searches, count=len(whole))
    missing = len(documents) - len(whole)
    return Finding(Status.PARTIAL if share >= params.half_at else Status.FAIL, Reason.TOO_FEW, words, _shown(view, pairs), searches,
                   count=len(whole), problems=missing)


def _days(view: SiteView, params: Params, whole: list[Pair], what: str, name: str, searches: tuple[Search, ...], open2: Reason | None) -> Finding:
    found: list[tuple[int, Pair]] = []
    for pair in whole:
        assert pair.right is not None
        a, b = day(view, pair.left), day(view, pair.right)
        gap = days_between(a, b, params.unit) if a is not None and b is not None else None
        if gap is not None:
            found.append((gap, pair))
    unit = NAMES[params.unit]
    shown = tuple(e for n, p in sorted(found, key=lambda x: (-x[0], x[1].left.ref.url))[: SHOWN // 2] for e in _both(view, p, f"相差{n}{unit}"))
    if len(found) < params.min_pairs:
        reason = open2 or Reason.TOO_FEW
        return Finding(Status.UNKNOWN, reason, f"日期可信的{what}和{name}只有{len(found)}对，少于{params.min_pairs}对，不计算间隔", shown, searches, count=len(found))
    gaps = [n for n, _ in found]
    mid, most = middle([abs(n) for n in gaps]), max(gaps)
    words = f"{len(found)}对{what}和{name}的发布间隔：中位数{mid:g}{unit}，最长{most}{unit}"
    if mid <= params.pass_days and most <= params.none_above:
        return Finding(Status.PASS, Reason.PUBLISHED_IN_TIME, words, shown, searches, count=most)
    return Finding(Status.FAIL if mid > params.fail_days else Status.PARTIAL, Reason.LATE, words, shown, searches, count=most,
                   problems=sum(n > params.none_above for n in gaps))


def _links(view: SiteView, whole: list[Pair], what: str, name: str, searches: tuple[Search, ...], open2: Reason | None) -> Finding:
    if not whole:
        return Finding(Status.UNKNOWN, open2 or Reason.TOO_FEW, f"没有找到成对的{what}和{name}，看不到相互链接", (), searches)
    both = [p for p in whole if p.right is not None and linked(view, p.left, p.right) and linked(view, p.right, p.left)]
    one = [p for p in whole if p.right is not None and (linked(view, p.left, p.right) or linked(view, p.right, p.left))]
    words = f"{len(whole)}对{what}和{name}中，相互链接的{len(both)}对，单向链接的{len(one) - len(both)}对"
    shown = _shown(view, one or whole)
    if len(both) == len(whole):
        return Finding(Status.PASS, Reason.PUBLISHED, words, shown, searches, count=len(both), problems=0)
    problems = len(whole) - len(both)
    if one:
        return Finding(Status.PARTIAL, Reason.NOT_VISIBLE, words, shown, searches, count=len(both), problems=problems)
    return Finding(Status.PARTIAL, Reason.NOT_VISIBLE, words + "；页面上看不到链接", shown, searches, count=0, points=0.0, problems=problems)


def _both(view: SiteView, pair: Pair, note: str) -> tuple[Evidence, ...]:
    return (view.evidence(pair.left, note), *((view.evidence(pair.right, f"对应（据{pair.by}）"),) if pair.right is not None else ()))


def _shown(view: SiteView, pairs: list[Pair]) -> tuple[Evidence, ...]:
    """Those without a counterpart first, then some with."""
    order = sorted(pairs, key=lambda p: (p.right is not None, p.left.ref.url))
    return tuple(e for p in order[: SHOWN // 2] for e in _both(view, p, "未见对应" if p.right is None else "有对应"))
