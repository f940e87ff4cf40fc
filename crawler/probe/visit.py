"""A site's home page as one family of addresses shows it: every redirect followed within that family.

A redirect to a host without an address in the family ends the visit there, as it ends a visitor's whose network has no
other (DOMAIN.md section 4.3: record where the chain leaves v6).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from crawler.probe.asker import Asker
from crawler.probe.http import TIMEOUT, Got, get
from crawler.probe.names import Proved, addresses
from crawler.probe.net import Net
from db.urls import canonical, join

HOPS = 5


async def visit(dns: Asker, net: Net, proved: Proved, url: str, family: int, agent: str, *, method: str = "GET",
                known: dict[str, list[str]] | None = None, timeout: float = TIMEOUT) -> Got:
    """The last answer, with ``hops``: every request before it, and ``url``: where it was had.

    answer beside those of ``get``: no_address (none in the family), not_public (none that may be asked), resolver (it
    failed), left (a redirect led to a host without address in the family), too_many_redirects. known: addresses looked up
    already, host -> list.
    """
    hops: list[dict[str, Any]] = []
    got = Got({"answer": "too_many_redirects"})
    for _ in range(HOPS + 1):
        clean = canonical(url)
        if not clean:  # no http(s) address, or none that can be read
            return Got({"answer": "garbage", "url": url[:300], "hops": hops})
        url, parts = clean, urlsplit(clean)
        host, secure = (parts.hostname or "").lower(), parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        found, failed = (known or {}).get(host, []), False
        if not found and not net.mapped(host):
            found, failed = await addresses(dns, proved, host, family)
        places = net.places(host, family, port, found)
        if not places:
            word = "resolver" if failed else "left" if hops else "not_public" if found else "no_address"
            return Got({"answer": word, "url": url, "hops": hops, "addresses": found})
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        for address, number in places:
            async with net.turn(host):
                got = await get(address, number, host, path, secure, agent, method, timeout)
            if got.said["answer"] == "ok":
                break
        got.said["url"] = url
        location = got.said.get("headers", {}).get("location", "")
        if got.said["answer"] != "ok" or not (300 <= got.said["status"] < 400 and location):
            got.said["hops"] = hops
            return got
        hops.append(got.said)
        url = join(url, location) or location
    return Got({"answer": "too_many_redirects", "url": url, "hops": hops})
