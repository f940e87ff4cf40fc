"""Where probes may connect: public addresses at the usual ports; names of [resolve] lead where it says and nowhere else.

Keys of [resolve] that probes read: ``NAME`` (port 80 over IPv4, as for the crawl), ``NAME:PORT`` and, over IPv6,
``NAME:PORT/6``; a name with any key is never asked for at its real addresses.
"""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from crawler.guard import PORTS, is_public

DNS = 53  # asked of name servers only
PAUSE = 1.0  # seconds between two requests to a host that no row names
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def not_really_six(address: str) -> bool:
    """An IPv6 address that leads over IPv4: mapped (RFC 4291 2.5.5.2), or made by a resolver for NAT64 (RFC 6052)."""
    ip = ipaddress.ip_address(address)
    return isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped is not None or ip in _NAT64)


@dataclass
class Net:
    """table: [resolve]. pauses: seconds between two requests to a host, where one is agreed. at_once: connections in all."""

    table: Mapping[str, str] = field(default_factory=dict)
    pauses: Mapping[str, float] = field(default_factory=dict)
    at_once: int = 64
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _all: asyncio.Semaphore | None = None

    def places(self, host: str, family: int, port: int, addresses: list[str], most: int = 2) -> list[tuple[str, int]]:
        """Where a host may be asked: at most so many addresses, public or mapped."""
        if self.mapped(host):
            said = self.table.get(f"{host}:{port}{'/6' if family == 6 else ''}")
            if said is None and family == 4 and port == 80:
                said = self.table.get(host)
            if said is None:
                return []
            address, _, number = said.rpartition(":")
            return [(address.strip("[]"), int(number))]
        if port not in (DNS, *PORTS):
            return []
        return [(a, port) for a in addresses if is_public(a) and not (family == 6 and not_really_six(a))][:most]

    def mapped(self, host: str) -> bool:
        """Whether [resolve] speaks of the host."""
        return host in self.table or any(k.startswith(f"{host}:") for k in self.table)

    @asynccontextmanager
    async def turn(self, host: str, pause: float = PAUSE) -> AsyncIterator[None]:
        """One request to a host at a time, its pause after the last; few in all."""
        if self._all is None:
            self._all = asyncio.Semaphore(self.at_once)
        async with self._locks.setdefault(host, asyncio.Lock()):
            wait = self._last.get(host, -1e9) + self.pauses.get(host, pause) - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            try:
                async with self._all:
                    yield
            finally:
                self._last[host] = time.monotonic()
