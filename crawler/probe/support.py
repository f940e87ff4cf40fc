"""How many links of a home page open over IPv6: a seeded sample, spread over hosts first (DOMAIN.md section 4.3).

Second-level links (二级) stand on the home page, third-level links (三级) on the pages they lead to; both by depth of link
and on the site's own hosts. Links rewritten through a v6 proxy (``www-x-gov-cn.ipv6ipv4.com.cn``) count for the host they
stand for, and are told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit, urlunsplit

PROXIES = ("ipv6ipv4.com.cn", "ipv6.chinanetcenter.com")  # seen in real pages: a v6 front for hosts that have none
SIZE = 30  # links of a level: below it a share says little


def unproxied(url: str) -> tuple[str, bool]:
    """The address that a link through a v6 proxy stands for, and whether it was one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    for proxy in PROXIES:
        if host.endswith("." + proxy):
            inner = host[: -len(proxy) - 1]
            # dots were written as hyphens, hyphens doubled
            real = re.sub(r"(?<!-)-(?!-)", ".", inner).replace("--", "-")
            return urlunsplit((parts.scheme, real, parts.path, parts.query, "")), True
    return url, False


def sample(links: Iterable[str], seed: str, size: int = SIZE) -> list[str]:
    """At most ``size`` of the links: one of each host, then another of each, in an order that only the seed decides."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in sorted(set(links)):
        by_host[urlsplit(url).netloc.lower()].append(url)
    for host, urls in by_host.items():
        urls.sort(key=lambda u: sha256(f"{seed} {u}".encode()).digest())
        by_host[host] = urls
    hosts = sorted(by_host, key=lambda h: sha256(f"{seed} {h}".encode()).digest())
    out: list[str] = []
    row = 0
    while len(out) < size and any(row < len(by_host[h]) for h in hosts):
        out += [by_host[h][row] for h in hosts if row < len(by_host[h])][: size - len(out)]
        row += 1
    return out


def counted(tries: list[dict[str, Any]], of: int) -> dict[str, Any]:
    """The fact of a level. of: how many links there were. opened: over IPv6; broken: over IPv4 neither, which says nothing of IPv6."""
    judged = [t for t in tries if t["answer"] != "broken"]
    return {"of": of, "n": len(judged), "opened": sum(t["answer"] == "ok" for t in judged), "broken": len(tries) - len(judged),
            "census": of == len(tries), "links": tries}
