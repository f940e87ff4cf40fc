"""Addresses of hosts by resolvers that are proved by a control name (DOMAIN.md section 4.3).

NODATA, NXDOMAIN, SERVFAIL and silence are four answers; only the first two are evidence of absence, and only from a
resolver that knows a name which is known to have an AAAA.
"""

from __future__ import annotations

import asyncio
import ipaddress
from dataclasses import dataclass
from typing import Any

from crawler.probe.asker import Asker, Resolver

KINDS = ("A", "AAAA")
_DNS64 = "ipv4only.arpa"  # has A records only; an AAAA of it was made by our own resolver (RFC 7050)


@dataclass(frozen=True, slots=True)
class Proved:
    """The resolvers of a run with what each said of the control name and whether it invents addresses (DNS64)."""

    resolvers: tuple[Resolver, ...]
    control: str
    good: tuple[bool, ...]
    dns64: tuple[str, ...] = ()  # the prefix's addresses, where a resolver makes them

    @property
    def best(self) -> Resolver:
        """The first that was proved, else the first."""
        return next((r for r, ok in zip(self.resolvers, self.good, strict=True) if ok), self.resolvers[0])


async def prove(dns: Asker, resolvers: list[Resolver], control: str) -> Proved:
    """Ask each resolver for the control name, which has an AAAA, and for a name that has none."""
    said = await asyncio.gather(*(dns.ask(r, control) for r in resolvers)) if control else [{"answer": "none"}] * len(resolvers)
    made = await asyncio.gather(*(dns.ask(r, _DNS64) for r in resolvers))
    return Proved(tuple(resolvers), control, tuple(s["answer"] == "addresses" for s in said),
                  tuple(sorted({a for m in made for a in m["addresses"]})))


async def look_up(dns: Asker, proved: Proved, host: str, kind: str = "AAAA") -> list[dict[str, Any]]:
    """One answer a resolver (see Asker.ask), each with ``resolver``, ``control``, ``proved`` and, where ours are made, ``dns64``."""
    answers = await asyncio.gather(*(dns.ask(r, host, kind) for r in proved.resolvers))
    return [{**a, "resolver": str(r), "control": proved.control, "proved": good,
             **({"dns64": list(proved.dns64)} if proved.dns64 and kind == "AAAA" else {})}
            for a, r, good in zip(answers, proved.resolvers, proved.good, strict=True)]


def literal(host: str) -> tuple[int, str] | None:
    """(family, address) of a host that is an address itself, which no DNS has."""
    try:
        ip = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
    return ip.version, str(ip)


async def addresses(dns: Asker, proved: Proved, host: str, family: int) -> tuple[list[str], bool]:
    """(what any resolver knows of a host in one family, sorted; whether an empty list may be for a resolver's failure)."""
    own = literal(host)
    if own is not None:
        return ([own[1]] if own[0] == family else []), False
    said = await look_up(dns, proved, host, "AAAA" if family == 6 else "A")
    found = sorted({a for s in said for a in s["addresses"]})
    return found, not found and any(s["answer"] not in ("nodata", "nxdomain") or not s["proved"] for s in said)
