"""What every check of probes begins with: those made in the window, their days, and how they are shown as evidence."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import date

from audit.dating import CHINA
from audit.duty import Duty
from audit.model import Evidence, Finding
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import ProbeFact
from db.words import Reason, Status

# DOMAIN.md section 4.2: ranges that no public site has
_BAD = tuple(ipaddress.ip_network(n) for n in ("::/128", "::1/128", "::ffff:0:0/96", "fc00::/7", "fe80::/10", "2001:db8::/32"))
OURS = ipaddress.ip_network("64:ff9b::/96")  # made by our own DNS64 (RFC 6052): no finding
BROKEN = ("refused", "reset", "timeout", "unreachable", "tls", "garbage", "left", "too_many_redirects")  # no page came
OPENED = ("ok", "slow")
_WHY = {"timeout": Reason.TIMEOUT, "refused": Reason.REFUSED, "reset": Reason.REFUSED, "unreachable": Reason.REFUSED, "tls": Reason.TLS,
        "resolver": Reason.RESOLVER, "no_ipv6_here": Reason.NO_IPV6_HERE, "robots": Reason.ROBOTS, "robots_unreadable": Reason.ROBOTS_UNREADABLE}


def day(probe: ProbeFact) -> date:
    """The day of a probe in China."""
    return probe.at.astimezone(CHINA).date()


def why(answer: object) -> Reason:
    """The reason that an answer which decides nothing gives."""
    return _WHY.get(str(answer), Reason.UNREADABLE)


def in_window(view: SiteView, duty: Duty, kind: str) -> list[ProbeFact] | Finding:
    """Probes of a kind that may decide, oldest first; or why there is none. A probe has no date of its own but its day."""
    every = view.newest_probes(kind)
    if not every:
        return Finding(Status.UNKNOWN, Reason.NOT_PROBED, "尚未探测；请运行 gongkai probe")
    low, high = duty.window
    probes = [p for p in every if low <= day(p) <= high]
    if probes:
        return probes
    reason = Reason.OBSERVED_TOO_EARLY if day(every[-1]) < low else Reason.OBSERVED_TOO_LATE
    return Finding(Status.UNKNOWN, reason, f"{REASONS[reason]}：探测于{day(every[-1])}，判定须在{low}至{high}之间", shown(every[-2:]))


def usable(address: str) -> bool:
    """Whether an IPv6 address may be a public site's own."""
    ip = ipaddress.ip_address(address)
    return not any(ip in n for n in _BAD if n.version == ip.version) and ip not in OURS


def shown(probes: Sequence[ProbeFact], said: str = "") -> tuple[Evidence, ...]:
    """Probes as evidence: what was asked, by whom, what came."""
    out = []
    for p in probes:
        v = p.value
        words = said or "，".join(v.get("addresses", ())) or f"{v.get('answer', '')} {v.get('status', '')}".strip()
        out.append(Evidence(f"{p.kind}:{p.host}", f"{p.kind} {p.host} @{v.get('resolver', p.vantage)}", fetched=p.at,
                            sha256=v.get("sha256"), warc=p.warc, excerpt=words, note="探测记录"))
    return tuple(out)


def informed(probes: Sequence[ProbeFact]) -> list[ProbeFact]:
    """Those of a vantage that was proved, where there are any; else those that tell more than that we have no IPv6; else all."""
    proved = [p for p in probes if p.value.get("controls_ok")]
    return proved or [p for p in probes if p.value.get("answer") != "no_ipv6_here"] or list(probes)


def nights(probes: Sequence[ProbeFact]) -> list[date]:
    """Their days, each once."""
    return sorted({day(p) for p in probes})


def newest_each_day(probes: Sequence[ProbeFact]) -> list[ProbeFact]:
    """The last probe of each day."""
    return list({day(p): p for p in sorted(probes, key=lambda p: p.at)}.values())
