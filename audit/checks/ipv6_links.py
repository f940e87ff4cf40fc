"""Which share of the home page's links opens over IPv6? A seeded sample by host first, with Wilson's interval.

level ``second`` (二级): links on the home page; ``third`` (三级): links on the pages these lead to; both on the site's own hosts.
pass: the interval's lower end reaches the limit; or all links were tried and the share does.
fail: the interval's upper end stays below the limit on two nights (of all links: the share itself).
unknown: the interval holds the limit (straddles); no limit is set; no IPv6 here; not probed; one night only.
Links that open over neither family say nothing of IPv6 and are left out, and counted.
Source of method: DOMAIN.md section 4.3. The limit is the edition's: 85 % of sites and 90 points of one site are other measures.
"""

from __future__ import annotations

from typing import Literal

from audit.checks._probes import day, in_window, newest_each_day, shown
from audit.checks._wilson import interval
from audit.duty import Duty
from audit.model import Evidence, Finding, Parameters
from audit.view import SiteView
from db.facts import ProbeFact
from db.words import Question, Reason, Status

_NAMES = {"second": "二级链接", "third": "三级链接"}


class Params(Parameters):
    """share: the limit, 0..1; none makes the finding one of figures only."""

    level: Literal["second", "third"] = "second"
    share: float | None = None
    nights: int = 2


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of pages."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    probes = in_window(view, duty, f"links6.{params.level}")
    if isinstance(probes, Finding):
        return probes
    name = _NAMES[params.level]
    done = newest_each_day([p for p in probes if p.value.get("answer") == "ok" and p.value["n"]])
    if not done:
        if any(p.value.get("answer") == "no_ipv6_here" for p in probes):
            return Finding(Status.UNKNOWN, Reason.NO_IPV6_HERE, f"探测所在机器没有IPv6网络，不能测{name}", shown(probes[-1:]))
        return Finding(Status.NOT_APPLICABLE, Reason.ABSENT, f"没有可测的{name}", shown(probes[-1:]))
    words = f"{name}共{done[-1].value['of']}个，{told(done[-1])}"
    if params.share is None:
        return Finding(Status.UNKNOWN, Reason.NO_LIMIT, f"{words}；规则未定支持率的要求", _as(done))
    limit = params.share
    low, high = bounds(done[-1])
    if low >= limit:
        return Finding(Status.PASS, Reason.SUPPORTED, f"{words}，达到{limit:.0%}", _as(done))
    below = {day(p) for p in done if bounds(p)[1] < limit}
    if high < limit and len(below) >= params.nights:
        return Finding(Status.FAIL, Reason.TOO_FEW, f"{words}，{len(below)}日均低于{limit:.0%}", _as(done))
    if high < limit:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"{words}，低于{limit:.0%}，须另一日再测", _as(done))
    return Finding(Status.UNKNOWN, Reason.STRADDLES, f"{words}，区间跨过{limit:.0%}，不能判定", _as(done))


def bounds(probe: ProbeFact) -> tuple[float, float]:
    """The interval of one probe's share; the share itself where all links were tried."""
    v = probe.value
    share = v["opened"] / v["n"]
    return (share, share) if v["census"] and not v["broken"] else interval(v["opened"], v["n"])


def told(probe: ProbeFact) -> str:
    """``抽测30个，24个可经IPv6打开（80%，95%区间63%—90%）``."""
    v, (low, high) = probe.value, bounds(probe)
    how = "全测" if v["census"] else "抽测"
    rest = f"，另有{v['broken']}个经IPv4也打不开" if v["broken"] else ""
    between = "" if low == high else f"，95%区间{low:.0%}—{high:.0%}"
    return f"{how}{v['n']}个，{v['opened']}个可经IPv6打开（{v['opened'] / v['n']:.0%}{between}）{rest}"


def _as(done: list[ProbeFact]) -> tuple[Evidence, ...]:
    last = done[-1]
    failed = [f"{x['url']} {x['answer']}" for x in last.value["links"] if x["answer"] != "ok"]
    return shown([last], f"{told(last)}；抽样种子{last.value.get('seed', '')}。未打开：" + ("；".join(failed[:5]) or "无"))
