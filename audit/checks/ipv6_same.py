"""Does the home page show the same over IPv4 and IPv6? Text and structure are compared, with room for counters and tokens.

pass: alike on at least one night; errors of the same class over both are alike (Internet.nl issues 1267, 2069).
partial: the same title, but little of the text, on two nights: a legitimate difference is possible (Internet.nl 485).
fail: on two nights another site's page over IPv6 (another title, next to no common text), or an error only over IPv6.
not_applicable: no public AAAA, or no page over IPv6 at all, which is judged where reachability is; IPv6 only (nothing to compare
with: neither pass nor fail, Internet.nl 1261).
unknown: not probed, no IPv6 here, one night only, an error over IPv4.
Both captures are kept in the archive; the finding cites their digests.
"""

from __future__ import annotations

from typing import Any

from audit.checks._probes import BROKEN, OPENED, day, in_window, informed, shown, why
from audit.duty import Duty
from audit.model import Evidence, Finding, Parameters
from audit.view import SiteView
from db.facts import ProbeFact
from db.words import Question, Reason, Status


class Params(Parameters):
    """alike: share of the text (or of the elements) from which pages are the same. other: share below which, with another title,
    it is another site. small: characters below which a text says little and title and structure decide."""

    alike: float = 0.6
    other: float = 0.3
    small: int = 50
    nights: int = 2


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of pages."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    six = in_window(view, duty, "http6.home")
    if isinstance(six, Finding):
        return six
    low, high = duty.window
    compared = [p for p in view.newest_probes("same.home") if low <= day(p) <= high]
    if not compared:
        return _nothing(view, six)
    said = [(p, _verdict(p.value, params)) for p in compared]
    same = [p for p, reason in said if reason is Reason.SAME_CONTENT]
    if same:
        v = same[-1].value
        words = (f"IPv4与IPv6首页内容一致：文字{v['text']:.0%}、结构{v['structure']:.0%}相同" if v["status4"] < 400
                 else f"IPv4与IPv6均返回{v['status4']}，不算内容不同")
        return Finding(Status.PASS, Reason.SAME_CONTENT, words, _captures(same[-1]))
    bad = [(p, reason) for p, reason in said if reason is not Reason.HTTP_ERROR]
    if not bad:
        return Finding(Status.UNKNOWN, Reason.HTTP_ERROR, "IPv4首页出错，无从比较", _captures(compared[-1]))
    last, reason = bad[-1]
    if len({day(p) for p, _ in bad}) < params.nights:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, "两种协议的首页内容不同，须另一日再比", _captures(last))
    v = last.value
    words = (f"IPv6返回{v['status6']}，IPv4返回{v['status4']}" if v["status6"] >= 400
             else f"IPv6显示“{v['title6']}”，IPv4显示“{v['title4']}”：文字相同{v['text']:.0%}，结构相同{v['structure']:.0%}")
    partial = reason is Reason.CONTENT_DIFFERS and v["status6"] < 400
    return Finding(Status.PARTIAL if partial else Status.FAIL, reason, words, _captures(last))


def _verdict(v: dict[str, Any], params: Params) -> Reason:
    """same_content, other_site, content_differs, or http_error where IPv4 itself is in error."""
    if v["status4"] >= 400:
        return Reason.SAME_CONTENT if v["status4"] // 100 == v["status6"] // 100 else Reason.HTTP_ERROR
    if v["status6"] >= 400:
        return Reason.CONTENT_DIFFERS
    titled = bool(v["title4"]) and v["title4"] == v["title6"]
    if v["text"] >= params.alike or (titled and (v["structure"] >= params.alike or v["text"] >= params.other)):
        return Reason.SAME_CONTENT
    if v["small"] < params.small and v["title4"] == v["title6"] and v["structure"] >= params.other:
        return Reason.SAME_CONTENT  # hardly any text: a shell that a script fills
    return Reason.OTHER_SITE if not titled and v["text"] < params.other and v["structure"] < params.alike else Reason.CONTENT_DIFFERS


def _nothing(view: SiteView, six: list[ProbeFact]) -> Finding:
    """Why nothing could be compared."""
    six = informed(six)
    last = six[-1].value.get("answer")
    if all(p.value.get("answer") == "no_ipv6_here" for p in six):
        days = {day(p) for p in six}
        names = [p for p in view.newest_probes("dns.aaaa") if day(p) in days]
        if names and all(p.value.get("answer") in ("nodata", "nxdomain") and p.value.get("proved") for p in names):
            return Finding(Status.NOT_APPLICABLE, Reason.NO_AAAA, "没有AAAA记录，无从比较", shown(names[-2:]))
        return Finding(Status.UNKNOWN, Reason.NO_IPV6_HERE, "探测所在机器没有IPv6网络，不能比较内容", shown(six[-1:]))
    if last in ("no_address", "not_public"):
        return Finding(Status.NOT_APPLICABLE, Reason.NO_AAAA, "没有公网AAAA记录，无从比较", shown(six[-1:]))
    if last in OPENED:
        four = [p for p in view.newest_probes("http4.home") if day(p) == day(six[-1])]
        if four and four[-1].value.get("answer") == "no_address":
            return Finding(Status.NOT_APPLICABLE, Reason.NO_A, "只有AAAA记录、没有A记录，无从比较", shown((*six[-1:], *four[-1:])))
        return Finding(Status.UNKNOWN, why(four[-1].value.get("answer") if four else ""), "IPv4首页未打开，无从比较", shown((*six[-1:], *four[-1:])))
    if last in BROKEN and six[-1].value.get("v4_ok"):
        return Finding(Status.NOT_APPLICABLE, Reason.AAAA_BUT_UNREACHABLE, "IPv6首页未打开，另有指标判定，此处无从比较", shown(six[-1:]))
    return Finding(Status.UNKNOWN, why(last), "首页未打开，无从比较", shown(six[-1:]))


def _captures(probe: ProbeFact) -> tuple[Evidence, ...]:
    """The probe, and the page of each family with its digest and place."""
    v = probe.value
    places = v.get("captures", {})
    pages = [Evidence(str(v[f"url{f}"]), str(v[f"title{f}"]), fetched=probe.at, sha256=v.get(f"sha{f}"), warc=places.get(v.get(f"sha{f}"), probe.warc),
                      excerpt=f"HTTP {v[f'status{f}']}", note=f"经IPv{f}所见首页") for f in (4, 6)]
    return (*shown([probe], f"文字相同{v['text']:.0%}，结构相同{v['structure']:.0%}"), *pages)
