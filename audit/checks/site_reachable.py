"""Can the site be opened (站点无法访问)? The share of visits in a week that failed, from a place that was proved by controls.

Visits count where the controls answered over IPv4 at the same time, at least ``spacing`` minutes after the one before; a visit fails that
brings no page within the probe's limit of 15 seconds, or a server error. A refusal (4xx) opens: it is another finding.
pass: at least ``samples`` visits over ``days`` days in a row, each with its share of them, and fewer than ``share`` failed.
fail: so many, and that share or more did, in the worst such run of days.
unknown: fewer visits, which are counted and shown all the same: down in one night is not down.
Source: DOMAIN.md section 3.3, 国办秘函〔2019〕19号 单项否决 站点无法访问: one week, at least 20 visits a day, 15 s, 5 %.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from pydantic import Field

from audit.checks._probes import day, in_window, nights, shown
from audit.duty import Duty
from audit.model import Finding, Parameters
from audit.view import SiteView
from db.facts import ProbeFact
from db.words import Fault, Question, Reason, Status

_FAILED = ("refused", "reset", "timeout", "unreachable", "tls", "garbage", "slow", "too_many_redirects")
_SECONDS = 15.0


class Params(Parameters):
    """See the module."""

    days: int = Field(7, ge=1)
    samples: int = Field(140, ge=1)
    share: float = Field(0.05, gt=0, le=1)
    spacing: int = Field(20, ge=0)


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of pages."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    probes = in_window(view, duty, "http4.home")
    if isinstance(probes, Finding):
        return probes
    weeks = [(w, [p for p in w if _down(p)]) for w in _weeks(_spaced(probes, params.spacing), params)]
    whole = [x for x in weeks if _enough(x[0], params)]
    if whole:
        visits, failed = max(whole, key=lambda x: (len(x[1]) / len(x[0]), x[0][-1].at))
    else:
        visits, failed = max(weeks, key=lambda x: (len(x[0]), x[0][-1].at), default=([], []))
    if not visits:
        return Finding(Status.UNKNOWN, Reason.NOT_PROBED, "没有经对照站点证明的探测，不能判断该网站能否访问", shown(probes[-1:]))
    words = f"{day(visits[0])}至{day(visits[-1])}探测{len(visits)}次，打不开{len(failed)}次（{len(failed) / len(visits):.1%}）"
    if failed:
        words += "：" + "、".join(f"{p.at:%m-%d %H:%M}UTC {p.value.get('status') or p.value.get('answer')}" for p in failed[-5:])
    if not whole:
        return Finding(Status.UNKNOWN, Reason.TOO_FEW, f"{words}；须连续{params.days}日、每日{-(-params.samples // params.days)}次以上，不能判定", shown((failed or visits)[-3:]), count=len(failed),
                       blame=Fault.OURS)
    if len(failed) / len(visits) >= params.share:
        return Finding(Status.FAIL, Reason.DOWN, f"{words}，达到{params.share:.0%}", shown(failed[-5:]), count=len(failed))
    return Finding(Status.PASS, Reason.REACHABLE, f"{words}，不到{params.share:.0%}", shown(visits[-2:]), count=len(failed))


def _spaced(probes: list[ProbeFact], minutes: int) -> list[ProbeFact]:
    """Proved visits, each so long after the one before from the same place."""
    out: list[ProbeFact] = []
    last: dict[str, ProbeFact] = {}
    for p in sorted(probes, key=lambda p: p.at):
        before = last.get(p.vantage)
        if p.value.get("controls_ok") and p.value.get("answer") in (*_FAILED, "ok") and (
                before is None or p.at - before.at >= timedelta(minutes=minutes)):
            out.append(p)
            last[p.vantage] = p
    return out


def _weeks(visits: list[ProbeFact], params: Params) -> list[list[ProbeFact]]:
    """Visits of every run of so many days, of one vantage each; one place's trouble is not another's."""
    out = []
    for vantage in sorted({p.vantage for p in visits}):
        own = [p for p in visits if p.vantage == vantage]
        for last in nights(own):
            out.append([p for p in own if last - timedelta(days=params.days) < day(p) <= last])
    return out


def _enough(visits: list[ProbeFact], params: Params) -> bool:
    """Whether every day of the run has its share of the visits."""
    each = Counter(day(p) for p in visits)
    return len(visits) >= params.samples and len(each) == params.days and min(each.values()) * params.days >= params.samples


def _down(probe: ProbeFact) -> bool:
    v = probe.value
    return v.get("answer") in _FAILED or int(v.get("status") or 0) >= 500 or float(v.get("first_byte_ms") or 0) > _SECONDS * 1000
