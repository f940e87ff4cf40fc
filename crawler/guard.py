"""Which addresses may be connected to: public ones on ports 80 and 443, unless ``resolve`` maps the name.

Decided on the address that is connected to: names are resolved by our own resolver, which refuses, so that a name that
changes its answer between check and connection (DNS rebinding) gains nothing. Literal addresses are read in every
spelling a URL allows.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred

PORTS = (80, 443)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_UNICAST = ipaddress.ip_network("2000::/3")  # all that IANA gives out; ::a.b.c.d and fec0::/10 lie outside it


class GuardedAddress(Exception):
    """The request would reach an address that no public site has."""


def is_public(address: str) -> bool:
    """Whether an IP address is one that a public site may have; embedded IPv4 addresses are judged too."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip in _SIX_TO_FOUR:
            return is_public(str(ipaddress.IPv4Address((int(ip) >> 80) & 0xFFFFFFFF)))
        if ip not in _UNICAST:
            return False
    return ip.is_global and not ip.is_multicast


def literal(host: str) -> str | None:
    """The address that a host name in a URL *is*, in dotted, decimal, octal or hexadecimal spelling; None for a name."""
    bare = host.strip("[]")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass
    if bare and all(c in "0123456789abcdefxABCDEFX." for c in bare) and bare[0].isdigit():
        try:
            return socket.inet_ntoa(socket.inet_aton(bare))
        except OSError:
            return None
    return None


def check_url(url: str) -> None:
    """Refuse other schemes, other ports and literal addresses that are not public."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise GuardedAddress(f"scheme {parts.scheme}")
    try:
        port = parts.port
    except ValueError as exc:
        raise GuardedAddress("port") from exc
    if port is not None and port not in PORTS:
        raise GuardedAddress(f"port {port}")
    address = literal(parts.hostname or "")
    if address is not None and not is_public(address):
        raise GuardedAddress(address)


class GuardedResolver(CachingThreadedResolver):
    """Resolves names for the crawl and refuses those that lead to an address which is not public."""

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:
        """The address of a name, or a failure with GuardedAddress."""
        found = super().getHostByName(name, timeout)
        found.addCallback(self._public, name)
        return found

    @staticmethod
    def _public(address: str, name: str) -> str:
        # literals that `resolve` mapped come through here as themselves; the handler has judged them
        if address != name and not is_public(address):
            raise GuardedAddress(f"{name} is {address}")
        return address
