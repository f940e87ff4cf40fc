"""The name servers of a host's zone: their addresses of both families, and what each says when asked itself.

A server that is named but does not answer with authority for the zone is lame (RFC 8499); Internet.nl asks that name
servers have IPv6 addresses and answer over them. Every server is asked for the zone's SOA, once an address.
"""

from __future__ import annotations

import asyncio
from typing import Any

from crawler.probe.asker import Asker, Resolver
from crawler.probe.names import Proved, literal, look_up
from crawler.probe.net import Net

NEVER = "gongkai-no-such-name"  # a name that no zone has: an answer to it is a wildcard's
DNS_PAUSE = 0.1  # seconds between two questions to one name server, which many sites share
MOST = 13  # name servers asked; the root itself has no more
# below these no one asks: their servers are the registry's, not the site's (国办函〔2018〕55号: 网站 live under .gov.cn)
_SECOND = {"gov", "com", "net", "org", "edu", "ac", "mil", "政务"}


def _registry(name: str) -> bool:
    labels = name.split(".")
    return len(labels) < 2 or (len(labels) == 2 and labels[1] == "cn" and labels[0] in _SECOND)


async def zone_of(dns: Asker, proved: Proved, host: str) -> tuple[str, list[str], list[dict[str, Any]]]:
    """(zone, its name servers, the answers that say so); an empty zone where none could be learned."""
    name, answers = host.rstrip(".").lower(), []
    while not _registry(name):
        said = await look_up(dns, proved, name, "NS")
        answers += said
        servers = sorted({a for s in said for a in s["addresses"]})
        if servers:
            return name, servers, answers
        if all(s["answer"] not in ("nodata", "nxdomain", "addresses") for s in said):
            break  # the resolvers fail: what stands above cannot be taken for it
        name = name.partition(".")[2]
    return "", [], answers


async def name_servers(dns: Asker, net: Net, proved: Proved, host: str, six: bool,
                       zones: dict[str, asyncio.Task[dict[str, Any]]]) -> dict[str, Any]:
    """The fact ``dns.ns``. six: whether our own IPv6 is proved; without it nothing is asked over IPv6.

    answer: ok (servers were learned), no_zone (none up to the registry) or resolver. servers: each with name, a and aaaa
    (one answer a resolver) and asked: address -> answer of its own: authoritative, lame (with why), timeout, unreachable,
    no_ipv6_here. wildcard: an invented name below the zone has an address too. zones: what was asked already in this run, by
    zone: sites that share one ask its servers once.
    """
    if literal(host) is not None:
        return {"answer": "no_zone", "zone": "", "servers": [], "raw": []}
    zone, names, raw = await zone_of(dns, proved, host)
    if not zone:
        failed = any(s["answer"] not in ("nodata", "nxdomain", "addresses") for s in raw)
        return {"answer": "resolver" if failed else "no_zone", "zone": "", "servers": [], "raw": raw}
    if zone not in zones:
        zones[zone] = asyncio.create_task(_zone(dns, net, proved, zone, names, six))
    return {**await zones[zone], "raw": raw}


async def _zone(dns: Asker, net: Net, proved: Proved, zone: str, names: list[str], six: bool) -> dict[str, Any]:
    servers = await asyncio.gather(*(_server(dns, net, proved, zone, n, six) for n in names[:MOST]))
    wild = await asyncio.gather(*(dns.ask(proved.best, f"{NEVER}.{zone}", kind) for kind in ("A", "AAAA")))
    return {"answer": "ok", "zone": zone, "servers": servers, "wildcard": any(w["answer"] == "addresses" for w in wild),
            "six": six}


async def _server(dns: Asker, net: Net, proved: Proved, zone: str, name: str, six: bool) -> dict[str, Any]:
    four, sixes = await asyncio.gather(look_up(dns, proved, name, "A"), look_up(dns, proved, name))
    asked: dict[str, Any] = {}
    for family, said in ((4, four), (6, sixes)):
        found = sorted({a for s in said for a in s["addresses"]})
        if family == 6 and not six:
            asked |= {a: {"answer": "no_ipv6_here"} for a in found}
            continue
        for address, port in net.places(name, family, 53, found):
            async with net.turn(address, DNS_PAUSE):
                asked[address] = _judged(await dns.ask(Resolver(address, port), zone, "SOA", recurse=False))
    return {"name": name, "a": four, "aaaa": sixes, "asked": asked}


def _judged(said: dict[str, Any]) -> dict[str, Any]:
    """authoritative, lame or no answer at all."""
    if said["answer"] in ("timeout", "unreachable", "malformed", "truncated"):
        return said
    if said["answer"] == "addresses" and said["aa"]:
        return {**said, "answer": "authoritative"}
    why = said["answer"] if said["answer"] != "addresses" else "not_authoritative"
    return {**said, "answer": "lame", "why": why}
