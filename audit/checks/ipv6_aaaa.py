"""Does the portal's host have IPv6: a public AAAA record and, where we have IPv6 ourselves, an answer over it?

pass: a public AAAA by a resolver that was proved by the control name; the site answers over IPv6, or this machine has
no IPv6 and so cannot tell (which the finding says). With ``reach = true``: the home page opened over IPv6, however slowly.
partial: a public AAAA, but no page over IPv6 on two nights (refused, silent, or a redirect to a host without IPv6) while IPv4 and
the IPv6 controls answered. With ``reach = true`` that is ``fail``, and ``partial`` where only some of several addresses are dead.
fail: two resolvers that answer the control name said on two days that there is none (NODATA, NXDOMAIN), or every
address lies in a range that is not public (DOMAIN.md section 4.2).
unknown: not probed, one night only, a resolver failed, both families failed, or probed outside the window.
Source of method: DOMAIN.md section 4.3; 64:ff9b::/96 made by our own DNS64 is no finding.
"""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from datetime import date

from audit.checks._probes import BROKEN, OPENED, OURS, day, in_window, nights, shown, usable, why
from audit.duty import Duty
from audit.model import Finding, Parameters
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import ProbeFact
from db.words import Question, Reason, Status


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
    probes = in_window(view, duty, "dns.aaaa")
    if isinstance(probes, Finding):
        return probes
    found = _reach(view, params, probes) if params.reach else _aaaa(view, params, probes)
    if any(p.value.get("badge6") for p in view.newest_probes("identity.home")):
        return replace(found, words=f"{found.words}（首页写有“支持IPv6”，是自称，不作依据）")
    return found


def _aaaa(view: SiteView, params: Params, probes: list[ProbeFact]) -> Finding:
    public = [p for p in probes if p.value.get("proved") and any(usable(a) for a in p.value.get("addresses", ()))]
    if public:
        refused = _refused(view, probes)
        if len(refused) >= params.nights:
            return Finding(Status.PARTIAL, Reason.AAAA_BUT_UNREACHABLE, f"有AAAA记录，但IPv6访问{len(refused)}日均失败，同时IPv4和对照站点正常",
                           shown(public[-2:]))
        address = next(a for a in public[-1].value["addresses"] if usable(a))
        return Finding(Status.PASS, Reason.AAAA_PRESENT, f"{public[-1].host} 有公网AAAA记录 {address}", shown(public[-2:]))
    failed = [p for p in probes if p.value.get("answer") not in ("nodata", "nxdomain", "addresses") or not p.value.get("proved")]
    days = sorted({day(p) for p in probes})
    agreed = [d for d in days if len({p.value.get("resolver") for p in probes if day(p) == d and p not in failed}) >= params.resolvers]
    if len(agreed) >= params.nights:
        bad = [p for p in probes if p.value.get("answer") == "addresses"]
        reason = Reason.AAAA_NOT_PUBLIC if bad else Reason.NO_AAAA
        if any(ipaddress.ip_address(a) in OURS for p in bad for a in p.value["addresses"]):
            return Finding(Status.UNKNOWN, Reason.RESOLVER, "解析结果为本机DNS64所造，不能作为依据", shown(bad[-2:]))
        return Finding(Status.FAIL, reason, f"{params.resolvers}个解析服务在{len(agreed)}日均回答：{REASONS[reason]}", shown(probes[-4:]))
    if failed:
        return Finding(Status.UNKNOWN, Reason.RESOLVER, "有解析服务未能给出可信回答，不能判定没有AAAA记录", shown(probes[-4:]))
    return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"只探测了{len(days)}日，须{params.nights}日一致方可判定", shown(probes[-2:]))


def _reach(view: SiteView, params: Params, probes: list[ProbeFact]) -> Finding:
    days = set(nights(probes))
    tries = [p for p in view.newest_probes("http6.home") if day(p) in days]
    if not any(usable(a) for p in probes for a in p.value.get("addresses", ())):
        if any(p.value.get("answer") not in ("nodata", "nxdomain", "addresses") for p in probes):
            return Finding(Status.UNKNOWN, Reason.RESOLVER, "有解析服务未能给出可信回答，不知有无AAAA记录", shown(probes[-4:]))
        return Finding(Status.NOT_APPLICABLE, Reason.NO_AAAA, "没有公网AAAA记录，无从访问", shown(probes[-2:]))
    good = [p for p in tries if p.value.get("answer") in OPENED]
    if good:
        dead = _dead_addresses(good, params)
        if dead:
            words = f"可经IPv6访问首页，但{len(dead)}个AAAA地址{params.nights}日均无法连接：{'、'.join(dead)}"
            return Finding(Status.PARTIAL, Reason.AAAA_BUT_UNREACHABLE, words, shown(good[-2:], words), count=len(dead))
        return Finding(Status.PASS, Reason.REACHABLE, "可经IPv6访问首页", shown(good[-1:]))
    refused = _refused(view, probes)
    if len(refused) >= params.nights:
        return Finding(Status.FAIL, Reason.AAAA_BUT_UNREACHABLE, f"IPv6访问{len(refused)}日均失败，同时IPv4和对照站点正常", shown(tries[-2:]))
    if refused:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, "IPv6访问失败，须另一日再试", shown(tries[-1:]))
    failed = [p for p in tries if p.value.get("answer") != "no_ipv6_here"]
    if failed and failed[-1].value.get("answer") in (*BROKEN, "resolver"):
        return Finding(Status.UNKNOWN, why(failed[-1].value["answer"]), "IPv6和IPv4均未打开，或对照站点未答复，不能归因于IPv6", shown(failed[-2:]))
    if failed:
        return Finding(Status.UNKNOWN, why(failed[-1].value.get("answer")), "未能经IPv6访问，原因不在该网站", shown(failed[-2:]))
    return Finding(Status.UNKNOWN, Reason.NO_IPV6_HERE, "探测所在机器没有IPv6网络，不能判断可否经IPv6访问", shown((tries or probes)[-1:]))


def _dead_addresses(good: list[ProbeFact], params: Params) -> list[str]:
    """Addresses at which nothing listened on so many nights while another of the same host answered."""
    days: dict[str, set[date]] = {}
    alive: set[str] = set()
    for p in good:
        for address, answer in p.value.get("every", {}).items():
            if answer == "ok":
                alive.add(address)
            elif p.value.get("controls_ok"):
                days.setdefault(address, set()).add(day(p))
    return sorted(a for a, d in days.items() if len(d) >= params.nights and a not in alive)


def _refused(view: SiteView, probes: list[ProbeFact]) -> set[date]:
    """Days on which no page came over IPv6, and never did, while IPv4 and the controls answered."""
    days = set(nights(probes))
    tries = [p for p in view.newest_probes("http6.home") if day(p) in days]
    opened = {day(p) for p in tries if p.value.get("answer") in OPENED}
    return {day(p) for p in tries if p.value.get("answer") in BROKEN and p.value.get("controls_ok") and p.value.get("v4_ok")} - opened
