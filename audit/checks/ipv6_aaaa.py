"""Does the portal's host have IPv6: a public AAAA record and, where we have IPv6 ourselves, an answer over it?

pass: a public AAAA by a resolver that was proved by the control name; the site answers over IPv6, or this machine has
no IPv6 and so cannot tell (which the finding says).
partial: a public AAAA, but refused over IPv6 on two nights while IPv4 and the IPv6 controls answered.
fail: two resolvers that answer the control name said on two days that there is none (NODATA, NXDOMAIN), or every
address lies in a range that is not public (DOMAIN.md section 4.2).
unknown: not probed, one night only, a resolver failed, or probed outside the window (a probe has no date of its own).
Source of method: DOMAIN.md section 4.3; 64:ff9b::/96 made by our own DNS64 is no finding.
"""

from __future__ import annotations

import ipaddress
from datetime import date

from audit.dating import CHINA
from audit.duty import Duty
from audit.model import Evidence, Finding, Parameters
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import ProbeFact
from db.words import Question, Reason, Status

_BAD = tuple(ipaddress.ip_network(n) for n in ("::/128", "::1/128", "::ffff:0:0/96", "fc00::/7", "fe80::/10", "2001:db8::/32"))
_OURS = ipaddress.ip_network("64:ff9b::/96")


class Params(Parameters):
    """resolvers, nights: how many must agree that there is none."""

    resolvers: int = 2
    nights: int = 2
    reach: bool = False  # True: judge reachability alone, a finding of its own


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of pages: the probe asks."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    every = view.newest_probes("dns.aaaa")
    if not every:
        return Finding(Status.UNKNOWN, Reason.NOT_PROBED, "尚未探测该网站的IPv6；请运行 gongkai probe")
    low, high = duty.window
    probes = [p for p in every if low <= _day(p) <= high]
    if not probes:
        reason = Reason.OBSERVED_TOO_EARLY if _day(every[-1]) < low else Reason.OBSERVED_TOO_LATE
        return Finding(Status.UNKNOWN, reason, f"{REASONS[reason]}：探测于{_day(every[-1])}，判定须在{low}至{high}之间", _shown(every[-2:]))
    return _reach(view, params, probes) if params.reach else _aaaa(view, params, probes)


def _aaaa(view: SiteView, params: Params, probes: list[ProbeFact]) -> Finding:
    public = [p for p in probes if p.value.get("proved") and any(_public(a) for a in p.value.get("addresses", ()))]
    if public:
        refused = _refused(view, probes)
        if len(refused) >= params.nights:
            return Finding(Status.PARTIAL, Reason.AAAA_BUT_UNREACHABLE, f"有AAAA记录，但IPv6访问{len(refused)}日均失败，同时IPv4和对照站点正常",
                           _shown(public[-2:]))
        address = next(a for a in public[-1].value["addresses"] if _public(a))
        return Finding(Status.PASS, Reason.AAAA_PRESENT, f"{public[-1].host} 有公网AAAA记录 {address}", _shown(public[-2:]))
    failed = [p for p in probes if p.value.get("answer") not in ("nodata", "nxdomain", "addresses") or not p.value.get("proved")]
    days = sorted({_day(p) for p in probes})
    agreed = [d for d in days if len({p.value.get("resolver") for p in probes if _day(p) == d and p not in failed}) >= params.resolvers]
    if len(agreed) >= params.nights:
        bad = [p for p in probes if p.value.get("answer") == "addresses"]
        reason = Reason.AAAA_NOT_PUBLIC if bad else Reason.NO_AAAA
        if any(ipaddress.ip_address(a) in _OURS for p in bad for a in p.value["addresses"]):
            return Finding(Status.UNKNOWN, Reason.RESOLVER, "解析结果为本机DNS64所造，不能作为依据", _shown(bad[-2:]))
        return Finding(Status.FAIL, reason, f"{params.resolvers}个解析服务在{len(agreed)}日均回答：{REASONS[reason]}", _shown(probes[-4:]))
    if failed:
        return Finding(Status.UNKNOWN, Reason.RESOLVER, "有解析服务未能给出可信回答，不能判定没有AAAA记录", _shown(probes[-4:]))
    return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"只探测了{len(days)}日，须{params.nights}日一致方可判定", _shown(probes[-2:]))


def _reach(view: SiteView, params: Params, probes: list[ProbeFact]) -> Finding:
    tries = [p for p in view.newest_probes("http6.home") if any(_day(p) == _day(q) for q in probes)]
    if not any(_public(a) for p in probes for a in p.value.get("addresses", ())):
        return Finding(Status.NOT_APPLICABLE, Reason.NO_AAAA, "没有公网AAAA记录，无从访问", _shown(probes[-2:]))
    good = [p for p in tries if p.value.get("answer") == "ok"]
    if good:
        return Finding(Status.PASS, Reason.PUBLISHED, "可经IPv6访问首页", _shown(good[-1:]))
    refused = _refused(view, probes)
    if len(refused) >= params.nights:
        return Finding(Status.FAIL, Reason.AAAA_BUT_UNREACHABLE, f"IPv6访问{len(refused)}日均失败，同时IPv4和对照站点正常", _shown(tries[-2:]))
    if refused:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, "IPv6访问失败，须另一日再试", _shown(tries[-1:]))
    return Finding(Status.UNKNOWN, Reason.NO_IPV6_HERE, "探测所在机器没有IPv6网络，不能判断可否经IPv6访问", _shown((tries or probes)[-1:]))


def _refused(view: SiteView, probes: list[ProbeFact]) -> set[date]:
    days = {_day(p) for p in probes}
    return {_day(p) for p in view.newest_probes("http6.home")
            if _day(p) in days and p.value.get("answer") == "refused" and p.value.get("controls_ok") and p.value.get("v4_ok")}


def _public(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    return not any(ip in n for n in _BAD if n.version == ip.version) and ip not in _OURS


def _day(probe: ProbeFact) -> date:
    return probe.at.astimezone(CHINA).date()


def _shown(probes: list[ProbeFact] | tuple[ProbeFact, ...]) -> tuple[Evidence, ...]:
    out = []
    for p in probes:
        said = "，".join(p.value.get("addresses", ())) or p.value.get("answer", "")
        out.append(Evidence(f"{p.kind}:{p.host}", f"{p.kind} {p.host} @{p.value.get('resolver', p.vantage)}", fetched=p.at,
                            warc=p.warc, excerpt=said, note="探测记录"))
    return tuple(out)
