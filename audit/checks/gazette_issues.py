"""Is the gazette complete: every issue of the year, or every issue since the first?

Why: 国办发〔2018〕22号 asks for an electronic gazette with all issues since the first; issues are numbered (第N期 within the
year, 总第N期 through all years), so a gap shows. A missing month is no missing issue.
scope = "year": issues of the year held. pass: the numbers found run from 1 without a gap. partial: numbers are missing
among those found. fail: no issue of the year, after an exhausted search.
scope = "all": pass: years run back to ``facts.gazette_since`` of the row without a year missing. partial: years are
missing. unknown: the row does not say since when there is a gazette.
unknown: no number could be read from any issue, or not all could be read.
not_applicable: the row's fact says that the body has no gazette.

Example:
  check = "gazette_issues"
  params = { category = "gazette", scope = "year" }
"""

from __future__ import annotations

import re
from typing import Literal

from audit.checks._absence import absent, excused
from audit.checks._ask import Asks
from audit.checks._gather import complete, gather, not_all
from audit.duty import Duty
from audit.model import Finding
from audit.view import SiteView
from audit.years import years_in
from db.words import Needs, Question, Reason, Status

NEEDS = (Needs.ALL,)

_ISSUE = re.compile(r"(?<!总)第\s*([0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*[期号]")
_HAN = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
SINCE = "gazette_since"  # the row's fact: the year of the first issue


class Params(Asks):
    """See the module and _ask.Asks."""

    scope: Literal["year", "all"] = "year"


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """All issues: of the year by the year in their titles, or of any year."""
    year = duty.year if params.scope == "year" else None
    return (duty.question(params.category, year, also=params.also, needs=Needs.ALL),)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    got, what = gather(view, questions(params, duty)[0], duty), params.what or "政府公报"
    search, why = complete(view, got, duty)
    issues = {(years[0], n): p for p in got.pages if (years := years_in(title := view.survey.title_of(p))) and (n := issue(title))}
    shown = tuple(view.evidence(p) for _, p in sorted(issues.items())[-3:])
    if params.scope == "all":
        since = view.fact(SINCE)
        if not isinstance(since, int) or isinstance(since, bool):
            return Finding(Status.UNKNOWN, Reason.FACT_UNSET, f"{what}创刊年份尚未登记（{SINCE}），不能判断历史公报是否齐全", shown, (search,))
        missing = [str(y) for y in range(since, duty.year + 1) if y not in {y for y, _ in issues}]
    else:
        numbers = {n for y, n in issues if y == duty.year}
        missing = [f"第{n}期" for n in range(1, max(numbers, default=0) + 1) if n not in numbers]
    if issues and not missing and why is None:  # an issue that could not be read may be the one after a gap
        first, last = min(issues), max(issues)
        return Finding(Status.PASS, Reason.PUBLISHED, f"{what}自{first[0]}年第{first[1]}期至{last[0]}年第{last[1]}期，期号齐全", shown, (search,), count=len(issues))
    if why is not None:
        return Finding(Status.UNKNOWN, why, not_all(what, why, len(issues)), shown, (search,), count=len(issues))
    if not got.pages:
        return absent(view, duty, (got.question,), f"{duty.year}年{what}" if params.scope == "year" else what)
    if not issues:
        return Finding(Status.UNKNOWN, Reason.FIELDS_MISSING, f"{what}的标题中读不出期号，不能判断是否齐全", tuple(view.evidence(p) for p in got.pages[:3]), (search,))
    return Finding(Status.PARTIAL, Reason.TOO_FEW, f"{what}已见{len(issues)}期，缺{'、'.join(missing[:12])}", shown, (search,), count=len(issues),
                   problems=len(missing))


def issue(title: str) -> int | None:
    """The number of an issue within its year.

    >>> issue("云山区人民政府公报2019年第3期（总第41期）"), issue("2019年第十二期"), issue("总第7期")
    (3, 12, None)
    """
    m = _ISSUE.search(title)
    if m is None:
        return None
    if m[1].isdigit():
        return int(m[1])
    tens, ten, ones = m[1].partition("十")
    return (10 * _HAN.get(tens, 1) + _HAN.get(ones, 0)) if ten else _HAN.get(tens)
