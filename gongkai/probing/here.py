"""What this machine can measure, proved by the resolvers and controls of sites.toml: the probe part of `gongkai doctor`."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from pathlib import Path

from crawler.probe.asker import Asker, Resolver
from crawler.probe.names import Proved, prove
from crawler.probe.net import Net
from crawler.probe.tls import strict
from crawler.probe.vantage import PROOFS, Vantage, prove_vantage, route
from crawler.settings import user_agent
from crawler.sites import Sites

Row = tuple[str, str, str]


def measurable(sites: Sites | None) -> Iterator[Row]:
    """(what, state, words) of resolvers, IPv4, IPv6 and TLS; asks each resolver and control once."""
    if sites is None or len(sites.resolvers) < 2 or not sites.control:
        yield "resolvers", "missing", "[dns] in sites.toml needs two resolvers and a control name: no AAAA record can be judged"
        yield "ipv6", "missing", f"{_routed(6)}; no controls to prove it by: reachability is unknown (no_ipv6_here)"
        return
    proved, place = asyncio.run(_prove(sites))
    yield _resolvers(proved)
    for family in (4, 6):
        yield _family(family, place, sites)
    roots, folder = len(strict().get_ca_certs()), ssl.get_default_verify_paths().capath
    if roots or (folder and any(Path(folder).iterdir())):
        yield "tls", "ok", f"certificates are verified by {f'{roots} roots' if roots else folder}"
    else:
        yield "tls", "missing", "no roots: every certificate would be untrusted; install ca-certificates"


async def _prove(sites: Sites) -> tuple[Proved, Vantage]:
    async with Asker(timeout=2.0, tries=1) as dns:
        proved = await prove(dns, [Resolver.of(r) for r in sites.resolvers], str(sites.control))
        return proved, await prove_vantage(dns, Net(sites.resolve), proved, "local", list(sites.controls6), user_agent(sites.contact))


def _resolvers(proved: Proved) -> Row:
    good = [str(r) for r, ok in zip(proved.resolvers, proved.good, strict=True) if ok]
    bad = [str(r) for r, ok in zip(proved.resolvers, proved.good, strict=True) if not ok]
    words = f"{', '.join(good) or 'none'} proved by {proved.control}" + (f"; not {', '.join(bad)}" if bad else "")
    if proved.dns64:
        words += f"; DNS64 here makes {proved.dns64[0]}, which is never taken for a site's own"
    if len(good) >= 2:
        return "resolvers", "ok", words
    return "resolvers", "missing", f"{words}: absence of AAAA cannot be proved, it needs two"


def _family(family: int, place: Vantage, sites: Sites) -> Row:
    answered = place.six if family == 6 else place.four
    if place.has(family):
        return f"ipv{family}", "ok", f"proved by {', '.join(answered)}; {_routed(family)}"
    without = ("reachability is unknown (no_ipv6_here), AAAA records still count; a machine with IPv6 can measure for this one: "
               "gongkai probe --export there, --import here" if family == 6 else "a site's silence cannot be told from ours")
    few = f"{len(answered)} of {len(sites.controls6)} controls answered, {PROOFS} are needed"
    return f"ipv{family}", "missing", f"{few}; {_routed(family)}: {without}"


def _routed(family: int) -> str:
    """Our own address in a family, in words."""
    own = route(family)
    if not own:
        return f"no route over IPv{family}"
    private = own.lower().startswith(("fd", "fc", "fe80", "10.", "192.168.", "172."))
    return f"a private address ({own})" if private else f"from {own}"
