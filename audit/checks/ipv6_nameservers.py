"""Do the name servers of the site's zone have IPv6: public AAAA records, and an answer with authority over them?

Internet.nl's two sub-tests of name servers in one finding; ``need`` servers are wanted (two, as there).
pass: so many servers have a public AAAA and, where we have IPv6 ourselves, answered with authority over it.
partial: fewer, but one; or enough have addresses while on two nights fewer answered with authority (lame, refused, silent over
IPv6 while the same servers answer over IPv4).
fail: two resolvers said on two nights that no server has an AAAA; or none of them answered over IPv6 though over IPv4.
unknown: the zone's servers could not be learned, a resolver failed, one night only, silent over both families; with
``reach = true`` also where this machine has no IPv6.
"""

from __future__ import annotations

from typing import Any

from audit.checks._probes import day, in_window, newest_each_day, shown, usable
from audit.duty import Duty
from audit.model import Evidence, Finding, Parameters
from audit.view import SiteView
from db.facts import ProbeFact
from db.words import Question, Reason, Status

_SILENT = ("timeout", "unreachable", "malformed", "truncated")


class Params(Parameters):
    """need: how many servers must have IPv6. nights: on how many days absence must be seen."""

    need: int = 2
    nights: int = 2
    reach: bool = False


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of pages."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    probes = in_window(view, duty, "dns.ns")
    if isinstance(probes, Finding):
        return probes
    learned = newest_each_day([p for p in probes if p.value.get("answer") == "ok"])
    if not learned:
        return Finding(Status.UNKNOWN, Reason.RESOLVER, "未能得知该域的名称服务器", shown(probes[-1:]))
    last = learned[-1]
    names = _with_six(last)
    if len(names) < params.need:
        return _few(params, learned, names)
    here = [p for p in learned if p.value.get("six")]
    if not here:
        if params.reach:
            return Finding(Status.UNKNOWN, Reason.NO_IPV6_HERE, "探测所在机器没有IPv6网络，不能判断名称服务器可否经IPv6访问", shown([last]))
        return Finding(Status.PASS, Reason.AAAA_PRESENT, f"名称服务器{'、'.join(names)}有公网AAAA记录（可否经IPv6访问未测）", _as(last))
    good = max((_answering(p, 6) for p in here), key=len)
    if len(good) >= params.need:
        return Finding(Status.PASS, Reason.REACHABLE, f"名称服务器{'、'.join(good)}经IPv6正常应答", _as(here[-1]))
    return _unanswered(params, here, good)


def _few(params: Params, learned: list[ProbeFact], names: list[str]) -> Finding:
    """Too few servers have addresses: proved, or not yet."""
    zone = learned[-1].value["zone"]
    unsure = [s["name"] for p in learned for s in p.value["servers"] if s["name"] not in names and not _proved_none(s)]
    if unsure:
        return Finding(Status.UNKNOWN, Reason.RESOLVER, f"有解析服务未能答复{'、'.join(sorted(set(unsure)))}有无AAAA记录", _as(learned[-1]))
    days = {day(p) for p in learned if len(_with_six(p)) < params.need}
    if len(days) < params.nights:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"只探测了{len(days)}日，须{params.nights}日一致方可判定", _as(learned[-1]))
    if names:
        return Finding(Status.PARTIAL, Reason.TOO_FEW, f"{zone}只有{len(names)}个名称服务器有AAAA记录，应不少于{params.need}个", _as(learned[-1]), count=len(names))
    return Finding(Status.FAIL, Reason.NO_AAAA, f"{zone}的名称服务器在{len(days)}日均无公网AAAA记录", _as(learned[-1]))


def _unanswered(params: Params, here: list[ProbeFact], good: list[str]) -> Finding:
    """Too few answered over IPv6: their fault where they answered over IPv4, or say themselves that they are not in charge."""

    def blamed(p: ProbeFact) -> list[str]:
        four = _answering(p, 4)
        return [s["name"] for s in p.value["servers"] if s["name"] not in _answering(p, 6) and (_says(s, 6, "lame") or s["name"] in four)]

    days = {day(p) for p in here if len(p.value["servers"]) and len(blamed(p)) + len(_answering(p, 6)) >= params.need}
    if not days:
        return Finding(Status.UNKNOWN, Reason.TIMEOUT, "名称服务器经IPv6和IPv4均未应答，不能归因于IPv6", _as(here[-1]))
    if len(days) < params.nights:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, "名称服务器未经IPv6应答，须另一日再试", _as(here[-1]))
    lame = any(_says(s, 6, "lame") for s in here[-1].value["servers"])
    reason = Reason.LAME if lame else Reason.AAAA_BUT_UNREACHABLE
    words = f"{'、'.join(blamed(here[-1]))}有AAAA记录，但{len(days)}日均未经IPv6以权威身份应答"
    return Finding(Status.PARTIAL if good else Status.FAIL, reason, words, _as(here[-1]), count=len(good))


def _with_six(probe: ProbeFact) -> list[str]:
    return [s["name"] for s in probe.value["servers"] if any(usable(a) for x in s["aaaa"] if x.get("proved") for a in x.get("addresses", ()))]


def _proved_none(server: dict[str, Any]) -> bool:
    """Whether at least two proved resolvers agree that a server has none."""
    return sum(bool(x.get("proved")) and x.get("answer") in ("nodata", "nxdomain", "addresses") for x in server["aaaa"]) >= 2


def _answering(probe: ProbeFact, family: int) -> list[str]:
    return [s["name"] for s in probe.value["servers"] if _says(s, family, "authoritative")]


def _says(server: dict[str, Any], family: int, word: str) -> bool:
    return any((":" in a) == (family == 6) and x.get("answer") == word for a, x in server["asked"].items())


def _as(probe: ProbeFact) -> tuple[Evidence, ...]:
    lines = []
    for s in probe.value["servers"]:
        said = "，".join(f"{a} {x.get('answer')}" for a, x in s["asked"].items())
        lines.append(f"{s['name']}：{said or '无地址'}")
    return shown([probe], "；".join(lines))
