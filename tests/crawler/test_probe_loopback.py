"""The web half of the matrix of faults on loopback, where no namespace may be made: names lead to ports of 127.0.0.1 and ::1."""

from __future__ import annotations

import asyncio
import socket
from collections import defaultdict
from typing import Any

import pytest

from crawler.probe.asker import Asker, Resolver
from crawler.probe.net import Net
from crawler.probe.run import Prober, Subject
from tests.netns.cases import CASES, CONTROLS, RESOLVERS, SERVERS, Case
from tests.netns.dnsd import Names, serve_dns
from tests.netns.world import TIMEOUT, blackhole, serve

# what needs addresses of its own, or names that lead nowhere, is for the namespace
CHOSEN = [c for c in CASES if c.dns == "well" and not c.certificate and len(c.six) < 2 and not c.chain and c.zone == "both.example"
          and c.six[:1] != ("::1",) and not c.over6.startswith("to:")]
KINDS = ("dns.a", "dns.aaaa", "http4.home", "http6.home", "same.home")


def closed(address: str) -> int:
    """A port at which no one listens."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as s:
        s.bind((address, 0))
        return int(s.getsockname()[1])


async def listen(case: Case, address: str, manner: str, kept: list[Any]) -> int:
    """The port at which a case answers in one family."""
    if manner == "blackhole":
        port = closed(address)
        kept.append(blackhole(address, port))
        return port
    return closed(address) if manner in ("absent", "refused") else await serve(case, address, 0, manner)


async def probe() -> dict[str, dict[str, list[dict[str, Any]]]]:
    table: dict[str, str] = {}
    kept: list[Any] = []
    for case in CHOSEN:
        if case.four:
            table[f"{case.host}:80"] = f"127.0.0.1:{await listen(case, '127.0.0.1', case.over4, kept)}"
        if case.six and not case.six[0].startswith(("::", "fd", "fe80", "2001:db8", "64:ff9b")):
            table[f"{case.host}:80/6"] = f"[::1]:{await listen(case, '::1', case.over6, kept)}"
        table.setdefault(f"{case.host}:1", "127.0.0.1:1")  # a name with any key never leaves the table
    for host, _, _ in CONTROLS:
        table[f"{host}:80"] = f"127.0.0.1:{await serve(Case(host, host), '127.0.0.1', 0, 'well')}"
        table[f"{host}:80/6"] = f"[::1]:{await serve(Case(host, host), '::1', 0, 'well')}"
    table |= {f"{s.name}:1": "127.0.0.1:1" for s in SERVERS}  # nor do the name servers, which are not asked here
    names = Names()
    resolvers = [Resolver("127.0.0.1", serve_dns(names.resolver(r), "127.0.0.1", 0)) for r in RESOLVERS]
    out: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    pauses = dict.fromkeys([*(c.host for c in CHOSEN), *(h for h, _, _ in CONTROLS)], 0.0)
    prober = Prober(Net(table, pauses), resolvers, CONTROLS[0][0], [h for h, _, _ in CONTROLS], "gongkai-test", "loopback",
                    frozenset({"ipv6", "dns"}), TIMEOUT, "seed", Asker(TIMEOUT / 3))
    await prober.run([Subject(c.name, f"http://{c.host}/") for c in CHOSEN], lambda f: out[f.site or ""][f.kind].append(f.value))
    return out


@pytest.fixture(scope="module")
def seen() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Everything probed once."""
    if not socket.has_ipv6:
        pytest.skip("needs ::1: this Python has no IPv6")
    try:
        closed("::1")
    except OSError as exc:
        pytest.skip(f"needs ::1: {exc}")
    return asyncio.run(probe())


@pytest.mark.parametrize("case", CHOSEN, ids=lambda c: c.name)
def test_what_the_probes_say_is_what_was_planted(seen: dict[str, dict[str, list[dict[str, Any]]]], case: Case) -> None:
    found = {kind: {v["answer"] for v in values} for kind, values in seen[case.name].items()}
    for kind, expected in case.facts.items():
        if kind not in KINDS:
            continue
        wanted = {expected} if isinstance(expected, str) else set(expected)  # type: ignore[call-overload]
        if wanted == {"not_public"}:
            wanted = {"no_address", "not_public"}  # here the table decides, there the address
        assert found[kind] <= wanted, (case.name, kind, found)


def test_the_vantage_was_proved(seen: dict[str, dict[str, list[dict[str, Any]]]]) -> None:
    assert seen[""]["vantage"][0]["controls6"] == [h for h, _, _ in CONTROLS]
    assert len(CHOSEN) > 20
