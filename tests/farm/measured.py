"""What another machine, which has IPv6, measures of the province: an export to be imported, so that truth is the same everywhere.

Planted: who is down how often in the last week, whose IPv6 answers, is refused or shows another site, whose certificate ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from gongkai.probing.carry import write
from tests.farm.model import FarmSite

CLOCK = datetime(2020, 1, 5, 17, tzinfo=UTC)  # an hour before the last night
CONTROLS = ["control1.example", "control2.example"]


@dataclass(frozen=True)
class Planted:
    """down: of 168 hourly visits. six: how IPv6 answers: ok, refused, other, none. tls: days until the certificate ends, None for no HTTPS.
    links: (opened, tried, of all) of the home page's links."""

    down: int = 0
    six: str = "none"
    tls: int | None = None
    links: tuple[int, int, int] = (0, 0, 0)
    servers: int = 0


PLANTED = {
    "yunshan": Planted(six="ok", tls=200, links=(24, 30, 61), servers=2), "linhe": Planted(down=8), "beihu": Planted(down=9),
    "czj": Planted(six="refused", tls=12, servers=1), "slj": Planted(six="other", tls=-3),
}


def export(path: Path, sites: list[FarmSite]) -> None:
    """Write what was measured of the sites that answer."""
    facts: list[dict[str, Any]] = []
    for site in (s for s in sites if s.manner != "silent"):
        planted = PLANTED.get(site.id, Planted())
        facts += [_fact(site, "http4.home", CLOCK - timedelta(hours=167 - n), _visit(planted, n)) for n in range(168)]
        for day in (1, 0):
            at = CLOCK - timedelta(days=day)
            facts += [_fact(site, kind, at, value) for kind, value in _others(site, planted, at)]
    write(path, {"vantage": "far", "engine": "0.1.0", "clock": "simulated", "began_at": "2019-12-29T17:00:00Z"}, facts, [])


def _fact(site: FarmSite, kind: str, at: datetime, value: dict[str, Any]) -> dict[str, Any]:
    return {"site": site.id, "host": site.host, "kind": kind, "vantage": "far", "at": at.isoformat(), "value": value}


def _visit(planted: Planted, n: int) -> dict[str, Any]:
    """Hour n: down in the first so many hours of every third."""
    down = n % 3 == 0 and n // 3 < planted.down
    said: dict[str, Any] = {"answer": "timeout"} if down else {"answer": "ok", "status": 200, "first_byte_ms": 80.0}
    return {**said, "controls": CONTROLS, "controls_ok": True, "url": "http://x/"}


def _others(site: FarmSite, planted: Planted, at: datetime) -> list[tuple[str, dict[str, Any]]]:
    out: list[tuple[str, dict[str, Any]]] = []
    public = [a for a in site.aaaa if not a.startswith("fd")]
    six: dict[str, Any] = {"controls": CONTROLS, "controls_ok": True, "v4_ok": True}
    if not public:
        six |= {"answer": "not_public" if site.aaaa else "no_address"}
    else:
        six |= {"answer": "refused"} if planted.six == "refused" else {"answer": "ok", "status": 200}
    out.append(("http6.home", six))
    if planted.six in ("ok", "other"):
        alike = planted.six == "ok"
        out.append(("same.home", {"answer": "compared", "status4": 200, "status6": 200, "url4": f"http://{site.host}/", "url6": f"http://{site.host}/",
                                  "sha4": "a" * 64, "sha6": "b" * 64, "text": 0.98 if alike else 0.01, "structure": 1.0 if alike else 0.1,
                                  "title4": site.name, "title6": site.name if alike else "Welcome to nginx!", "small": 400, "identical": False}))
    tls: dict[str, Any] = {"answer": "refused", "controls_ok": True}
    if planted.tls is not None:
        tls = {"answer": "ok", "controls_ok": True, "tls": {
            "verified": planted.tls > 0, "code": None if planted.tls > 0 else 10, "version": "TLSv1.2", "names": [site.host],
            "not_after": (CLOCK + timedelta(days=planted.tls)).isoformat()}, "versions": {"TLSv1": False, "TLSv1.1": False}}
    out.append(("tls4.home", tls))
    opened, n, of = planted.links
    if n:
        out.append(("links6.second", {"answer": "ok", "of": of, "n": n, "opened": opened, "broken": 0, "census": n == of, "seed": "farm",
                                      "links": [{"url": f"http://{site.host}/{i}", "answer": "ok" if i < opened else "no_address"} for i in range(n)]}))
    if planted.servers:
        out.append(("dns.ns", {"answer": "ok", "zone": site.host, "six": True, "servers": [_server(n, planted) for n in (1, 2)]}))
    return out


def _server(n: int, planted: Planted) -> dict[str, Any]:
    has = n <= planted.servers
    address = f"2400:3200:2::{n}"
    said = {"answer": "addresses" if has else "nodata", "addresses": [address] if has else [], "proved": True}
    return {"name": f"ns{n}.example", "a": [], "aaaa": [{**said, "resolver": r} for r in ("1.1.1.1", "2.2.2.2")],
            "asked": {address: {"answer": "authoritative"}} if has else {}}
