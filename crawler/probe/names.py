"""AAAA records of a host by resolvers that are proved by a control name (DOMAIN.md section 4.3).

NODATA, NXDOMAIN, SERVFAIL and silence are four answers; only the first two are evidence of absence, and only from a
resolver that knows a name which is known to have an AAAA.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import dns.asyncquery
import dns.exception
import dns.message
import dns.rcode
import dns.rdatatype

TIMEOUT = 4.0  # seconds a question; public resolvers answer in well under one
TRIES = 2


@dataclass(frozen=True, slots=True)
class Resolver:
    """address and port; ``223.5.5.5`` or ``127.0.0.1:5353`` or ``[::1]:5353``."""

    address: str
    port: int = 53

    @classmethod
    def of(cls, text: str) -> Resolver:
        """From its spelling in sites.toml."""
        if text.startswith("["):
            address, _, port = text[1:].partition("]")
            return cls(address, int(port.lstrip(":") or 53))
        if text.count(":") == 1:
            address, _, port = text.partition(":")
            return cls(address, int(port))
        return cls(text)

    def __str__(self) -> str:
        return self.address if self.port == 53 else f"{self.address}:{self.port}"


async def ask(resolver: Resolver, name: str, kind: str = "AAAA") -> dict[str, Any]:
    """answer: addresses, nodata, nxdomain, servfail, refused or timeout; addresses; raw: the answer in text form."""
    query = dns.message.make_query(name, kind)
    for attempt in range(TRIES):
        try:
            got, _ = await dns.asyncquery.udp_with_fallback(query, resolver.address, TIMEOUT, resolver.port)
            break
        except (dns.exception.DNSException, OSError, EOFError) as exc:
            if attempt + 1 == TRIES:
                return {"answer": "timeout", "addresses": [], "raw": f"{type(exc).__name__}: {exc}"[:300]}
    code = dns.rcode.to_text(got.rcode())
    addresses = sorted(r.to_text() for rr in got.answer if rr.rdtype == dns.rdatatype.from_text(kind) for r in rr)
    answer = {"NOERROR": "addresses" if addresses else "nodata", "NXDOMAIN": "nxdomain", "REFUSED": "refused"}.get(code, "servfail")
    text = "\n".join(rr.to_text() for rr in got.answer)
    return {"answer": answer, "addresses": addresses, "raw": f"{code}\n{text}"[:2000]}


async def aaaa(resolvers: list[Resolver], control: str, hosts: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Host -> one answer a resolver, each with ``resolver``, ``control`` and whether that resolver was proved by it."""
    proofs = await asyncio.gather(*(ask(r, control) for r in resolvers)) if control else [{"answer": "none"}] * len(resolvers)
    out: dict[str, list[dict[str, Any]]] = {}
    for host in hosts:
        answers = await asyncio.gather(*(ask(r, host) for r in resolvers))
        out[host] = [{**a, "resolver": str(r), "control": control, "proved": p["answer"] == "addresses"}
                     for a, r, p in zip(answers, resolvers, proofs, strict=True)]
    return out
