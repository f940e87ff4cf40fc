"""Many sites probed at a time, each host asked in turn: facts as values, for archive, tables and checks.

What each kind of fact holds stands in docs/ipv6.md.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from crawler.probe import support
from crawler.probe.asker import Asker, Resolver
from crawler.probe.http import TIMEOUT, Got, knock
from crawler.probe.names import KINDS, Proved, look_up, prove
from crawler.probe.net import Net
from crawler.probe.outside import outside
from crawler.probe.same import compared
from crawler.probe.servers import name_servers
from crawler.probe.tls import versions
from crawler.probe.vantage import Vantage, prove_vantage
from crawler.probe.visit import visit
from db.urls import host_of

GROUPS = ("ipv6", "dns", "tls", "http", "links", "search", "identity")
EVERY = 8  # addresses of one host that are tried
AT_ONCE = 64  # sites under way; each waits for the network nearly all the time


@dataclass(frozen=True, slots=True)
class Subject:
    """What is probed of one site. url: its home page, after the redirects that the crawl saw. second, third: links of the
    home page and of the pages these lead to, on the site's own hosts. outside: links of the home page to others, with their
    words. barred: why robots.txt forbids the home page. stored: facts that were read from stored pages, (kind, value)."""

    site: str | None
    url: str
    second: tuple[str, ...] = ()
    third: tuple[str, ...] = ()
    outside: tuple[tuple[str, str], ...] = ()
    barred: str = ""
    stored: tuple[tuple[str, dict[str, Any]], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One fact. captures: (content type, bytes) of the pages that it speaks of, kept beside it."""

    site: str | None
    host: str
    kind: str
    value: dict[str, Any]
    captures: tuple[tuple[str, bytes], ...] = ()


@dataclass(slots=True)
class Prober:
    """The means of one run. only: groups of facts wanted. seed: of the samples, so that another can draw the same."""

    net: Net
    resolvers: list[Resolver]
    control: str
    controls: list[str]
    agent: str
    name: str = "local"
    only: frozenset[str] = frozenset(GROUPS)
    timeout: float = TIMEOUT
    seed: str = ""
    dns: Asker = field(default_factory=Asker)
    zones: dict[str, asyncio.Task[dict[str, Any]]] = field(default_factory=dict)

    async def run(self, subjects: Sequence[Subject], tell: Callable[[Told], None]) -> Vantage:
        """Prove the vantage, then probe; facts are told in the order in which they come."""
        async with self.dns:
            proved = await prove(self.dns, self.resolvers, self.control)
            place = await prove_vantage(self.dns, self.net, proved, self.name, self.controls, self.agent)
            tell(Told(None, "", "vantage", place.told()))
            waiting = iter(subjects)

            async def worker() -> None:
                for subject in waiting:
                    try:
                        facts = await self._site(subject, proved, place)
                    except Exception as exc:  # a bug met on one site ends no other's probe; it is told, and judged by no check
                        facts = [Told(subject.site, host_of(subject.url), "probe.error",
                                      {"answer": "bug", "detail": f"{type(exc).__name__}: {exc}"[:300]})]
                    for fact in facts:
                        tell(fact)

            await asyncio.gather(*(worker() for _ in range(min(AT_ONCE, len(subjects)))))
        return place

    async def _site(self, subject: Subject, proved: Proved, place: Vantage) -> list[Told]:
        host = (urlsplit(subject.url).hostname or "").lower()
        said: list[tuple[str, dict[str, Any]]] = []
        known: dict[int, list[str]] = {}
        if self.only & {"dns", "ipv6", "http", "tls", "links"}:
            for kind, family in zip(KINDS, (4, 6), strict=True):
                answers = await look_up(self.dns, proved, host, kind)
                known[family] = sorted({a for s in answers for a in s["addresses"]})
                if "dns" in self.only or (kind == "AAAA" and "ipv6" in self.only):
                    said += [(f"dns.{kind.lower()}", a) for a in answers]
        if self.only & {"dns", "ipv6"}:
            said.append(("dns.ns", await name_servers(self.dns, self.net, proved, host, place.has(6), self.zones)))
        captures: dict[str, tuple[tuple[str, bytes], ...]] = {}
        if self.only & {"http", "ipv6"}:
            said += await self._homes(subject, host, known, proved, place, captures)
        if "tls" in self.only:
            said += await self._tls(host, known, proved, place)
        if "links" in self.only:
            said += await self._links(subject, proved, place)
        said += [(k, v) for k, v in subject.stored if k.split(".")[0] in self.only]
        return [Told(subject.site, host, k, v, captures.get(k, ())) for k, v in said]

    async def _homes(self, subject: Subject, host: str, known: dict[int, list[str]], proved: Proved, place: Vantage,
                     captures: dict[str, tuple[tuple[str, bytes], ...]]) -> list[tuple[str, dict[str, Any]]]:
        """The home page over IPv4 and, where we have it, over IPv6; and how alike the two are. captures: kind -> its pages."""
        if subject.barred:
            return [(f"http{f}.home", {"answer": subject.barred}) for f in (4, 6)]
        got: dict[int, Got] = {}
        for family in (4, 6) if "ipv6" in self.only else (4,):
            if family == 6 and not place.has(6):
                got[6] = Got({"answer": "no_ipv6_here"})
                continue
            looked = {host: known[family]}
            got[family] = await visit(self.dns, self.net, proved, subject.url, family, self.agent, known=looked, timeout=self.timeout)
        if 6 in got and got[6].said["answer"] == "ok":
            got[6].said["every"] = await self._every(subject.url, host, known[6])
        for family, controls in ((4, place.four), (6, place.six)):
            if family in got:
                got[family].said.update(controls=list(controls), controls_ok=place.has(family))
        out = [(f"http{f}.home", g.said) for f, g in got.items()]
        for family, g in got.items():
            if g.body:
                captures[f"http{family}.home"] = ((g.said.get("headers", {}).get("content-type") or "application/octet-stream", g.body),)
        if 6 in got:
            got[6].said["v4_ok"] = got[4].said["answer"] == "ok"
            if got[4].said["answer"] == got[6].said["answer"] == "ok":
                out.append(("same.home", _sameness(got[4], got[6])))
                captures["same.home"] = tuple(c for f in (4, 6) for c in captures.get(f"http{f}.home", ()))
        return out

    async def _every(self, url: str, host: str, found: list[str]) -> dict[str, str]:
        """Address -> whether it listens, for each IPv6 address of a host that has several: a visitor may be given any."""
        every = self.net.places(host, 6, 443 if url.startswith("https") else 80, found, most=EVERY)
        out = {}
        for address, port in every if len(every) > 1 else ():
            async with self.net.turn(host):
                out[address] = await knock(address, port, self.timeout)
        return out

    async def _tls(self, host: str, known: dict[int, list[str]], proved: Proved, place: Vantage) -> list[tuple[str, dict[str, Any]]]:
        """The handshake at port 443 over each family, and whether port 80 leads there."""
        out = []
        for family in (4, 6):
            if not place.has(6) and family == 6:
                out.append(("tls6.home", {"answer": "no_ipv6_here"}))
                continue
            looked = {host: known[family]}
            got = await visit(self.dns, self.net, proved, f"https://{host}/", family, self.agent, method="HEAD", known=looked,
                              timeout=self.timeout)
            first = (got.said.get("hops") or [got.said])[0]
            kept = ("answer", "detail", "address", "port", "tls", "status", "headers", "ms")
            value = {k: first[k] for k in kept if k in first} | {"controls_ok": place.has(family)}
            if family == 4 and "tls" in value:
                async with self.net.turn(host):
                    value["versions"] = await versions(str(first["address"]), int(first["port"]), host)
                plain = await visit(self.dns, self.net, proved, f"http://{host}/", 4, self.agent, method="HEAD", known=looked,
                                    timeout=self.timeout)
                hop = (plain.said.get("hops") or [plain.said])[0]
                value["plain"] = {"answer": hop["answer"], "status": hop.get("status"),
                                  "location": hop.get("headers", {}).get("location", "")}
            out.append((f"tls{family}.home", value))
        return out

    async def _links(self, subject: Subject, proved: Proved, place: Vantage) -> list[tuple[str, dict[str, Any]]]:
        """Samples of both levels over IPv6, with IPv4 beside each that does not open; and the hosts that the home page embeds."""
        out = []
        for level, links in (("second", subject.second), ("third", subject.third)):
            real = [support.unproxied(u)[0] for u in links]
            chosen = support.sample(real, f"{self.seed} {subject.site} {level}")
            if not place.has(6):
                out.append((f"links6.{level}", {"answer": "no_ipv6_here", "of": len(set(real)), "seed": self.seed}))
                continue
            tries = []
            dead: set[str] = set()
            for url in chosen:
                name = (urlsplit(url).hostname or "").lower()
                tries.append({"url": url, **await self._one_link(url, name, dead, proved)})
            proxied = sum(support.unproxied(u)[1] for u in links)
            count = support.counted(tries, len(set(real)))
            out.append((f"links6.{level}", {"answer": "ok", **count, "seed": self.seed, "proxied": proxied}))
        if subject.outside:
            out.append(("links.outside", await outside(self.dns, proved, subject.outside, f"{self.seed} {subject.site} outside")))
        return out

    async def _one_link(self, url: str, host: str, dead: set[str], proved: Proved) -> dict[str, Any]:
        """ok, or why it does not open over IPv6; broken where it opens over neither. dead: hosts known to have no IPv6."""
        if host in dead:
            return {"answer": "no_address"}
        six = await visit(self.dns, self.net, proved, url, 6, self.agent, method="HEAD", timeout=self.timeout)
        if six.said["answer"] == "ok" and six.said["status"] < 400:
            return {"answer": "ok"}
        if six.said["answer"] == "resolver":
            return {"answer": "broken", "six": "resolver"}  # says nothing of the site
        if six.said["answer"] in ("no_address", "not_public"):
            dead.add(host)
        four = await visit(self.dns, self.net, proved, url, 4, self.agent, method="HEAD", timeout=self.timeout)
        if four.said["answer"] != "ok" or four.said["status"] >= 400:
            return {"answer": "broken", "four": four.said["answer"]}
        return {"answer": six.said["answer"] if six.said["answer"] != "ok" else f"http_{six.said['status']}"}


def _sameness(four: Got, six: Got) -> dict[str, Any]:
    """The fact ``same.home``."""
    types = [g.said.get("headers", {}).get("content-type", "") for g in (four, six)]
    both = {f"{name}{f}": g.said.get(k) for name, k in (("status", "status"), ("url", "url"), ("sha", "sha256"))
            for f, g in ((4, four), (6, six))}
    return {"answer": "compared", **both, **compared(four.body, six.body, *types)}
