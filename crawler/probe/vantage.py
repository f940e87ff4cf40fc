"""What this machine can measure: proved by controls, names that are known to answer over both families.

Before any verdict on IPv6 at least two controls must answer over it from here (DOMAIN.md section 4.3: the commonest
false accusation is a machine without IPv6). The same controls over IPv4 prove that a site's silence is not ours.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import Any

from crawler.probe.asker import Asker
from crawler.probe.names import Proved
from crawler.probe.net import Net
from crawler.probe.visit import visit

PROOFS = 2  # controls that must answer in a family
CONTROL_TIMEOUT = 8.0
_ELSEWHERE = {4: ("223.5.5.5", 53), 6: ("2400:3200::1", 53)}  # asks the kernel for a route; nothing is sent


@dataclass(frozen=True, slots=True)
class Vantage:
    """name: of this place. four, six: controls that answered. own: our address a family, where there is a route."""

    name: str
    four: tuple[str, ...] = ()
    six: tuple[str, ...] = ()
    own: tuple[tuple[int, str], ...] = ()
    tried: tuple[str, ...] = ()
    dns64: tuple[str, ...] = ()

    def has(self, family: int) -> bool:
        """Whether the family is proved from here."""
        return len(self.six if family == 6 else self.four) >= PROOFS

    def told(self) -> dict[str, Any]:
        """The fact ``vantage``: what is proved, and how."""
        return {"answer": "ok" if self.has(6) else "no_ipv6_here", "controls4": list(self.four), "controls6": list(self.six),
                "tried": list(self.tried), "own": {str(f): a for f, a in self.own}, "dns64": list(self.dns64),
                "how": f"at least {PROOFS} of the controls answered an HTTP request by an address of that family"}


def route(family: int) -> str:
    """Our own address towards the outside in a family, empty where there is no route; nothing is sent."""
    kind = socket.AF_INET6 if family == 6 else socket.AF_INET
    try:
        with socket.socket(kind, socket.SOCK_DGRAM) as s:
            s.connect(_ELSEWHERE[family])
            return str(s.getsockname()[0])
    except OSError:
        return ""


async def prove_vantage(dns: Asker, net: Net, proved: Proved, name: str, controls: list[str], agent: str) -> Vantage:
    """Ask every control over both families for its home page, by https; any HTTP answer proves the way there."""

    async def one(control: str, family: int) -> str:
        scheme = "https" if net.places(control, family, 443, ["2400:3200::1" if family == 6 else "223.5.5.5"]) else "http"
        got = await visit(dns, net, proved, f"{scheme}://{control}/", family, agent, method="HEAD", timeout=CONTROL_TIMEOUT)
        answered = got.said["answer"] == "ok" or any(h["answer"] == "ok" for h in got.said["hops"])
        return control if answered else ""

    four, six = await asyncio.gather(*(asyncio.gather(*(one(c, f) for c in controls)) for f in (4, 6)))
    own = tuple((f, a) for f in (4, 6) if (a := route(f)))
    return Vantage(name, tuple(c for c in four if c), tuple(c for c in six if c), own, tuple(controls), proved.dns64)
