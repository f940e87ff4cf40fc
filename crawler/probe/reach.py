"""Does a site answer over IPv6, by address family, never falling back; and do we have IPv6 at all?

First the vantage point is proved: two controls must answer over IPv6, else every answer is ``no_ipv6_here``.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

from crawler.guard import is_public
from crawler.probe.names import Resolver, ask

TIMEOUT = 8.0  # seconds a connection
PROOFS = 2  # controls that must answer over IPv6


async def knock(address: str, host: str, port: int) -> dict[str, Any]:
    """GET / at one address under the host's name: answer ok, refused, timeout or tls; status: the first line."""
    context = ssl.create_default_context() if port == 443 else None
    try:
        async with asyncio.timeout(TIMEOUT):
            reader, writer = await asyncio.open_connection(address, port, ssl=context, server_hostname=host if context else None)
            writer.write(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()
            line = (await reader.readline()).decode("latin-1").strip()
            writer.close()
    except TimeoutError:
        return {"answer": "timeout"}
    except ssl.SSLError as exc:
        return {"answer": "tls", "detail": str(exc)[:200]}
    except OSError as exc:
        return {"answer": "refused", "detail": str(exc)[:200]}
    return {"answer": "ok" if line.startswith("HTTP/") else "refused", "status": line[:80]}


async def have_ipv6(resolver: Resolver, controls: list[str]) -> list[str]:
    """The controls that answered over IPv6 from here."""
    proved = []
    for name in controls:
        found = await ask(resolver, name)
        for address in found["addresses"][:1]:
            if is_public(address) and (await knock(address, name, 443))["answer"] == "ok":
                proved.append(name)
    return proved


async def home_over_ipv6(resolver: Resolver, host: str, addresses: list[str], secure: bool, proved: list[str]) -> dict[str, Any]:
    """One host's answer over IPv6, with the state of IPv4 and of the controls beside it."""
    if len(proved) < PROOFS:
        return {"answer": "no_ipv6_here", "controls": proved}
    good = [a for a in addresses if is_public(a)]
    if not good:
        return {"answer": "no_address", "controls": proved}
    port = 443 if secure else 80
    six = await knock(good[0], host, port)
    found = await ask(resolver, host, "A")
    four = [a for a in found["addresses"] if is_public(a)]
    v4 = (await knock(four[0], host, port))["answer"] == "ok" if four else False
    # a timeout is a refusal only where the controls answer at the same time, as proved above
    answer = "refused" if six["answer"] in ("refused", "timeout") else six["answer"]
    return {**six, "answer": answer, "address": good[0], "controls": proved, "controls_ok": True, "v4_ok": v4}
