"""A network of its own, made by ``unshare -rn``: public addresses on its loopback, resolvers, name servers, web servers.

Run as a script inside the namespace it builds what tests/netns/cases.py plants, probes it as a user's machine would, by real
ports, and prints the facts as JSON. Nothing is mocked and nothing leaves the machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.netns.cases import CASES, CONTROLS, RESOLVERS, SERVERS, Case
from tests.netns.certs import Certificates
from tests.netns.dnsd import Names, serve_dns

NEVER_OURS = ("::", "fd", "fe80", "2001:db8", "64:ff9b")  # planted in DNS, served by no one
RAW = {  # what a hostile or broken server sends
    "garbage": b"SSH-2.0-OpenSSH_8.0\r\n", "silent_close": b"", "endless_header": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000,
    "bad_redirect": b"HTTP/1.1 302 -\r\nLocation: http://[::bad/\r\n\r\n",
    "script_redirect": b"HTTP/1.1 302 -\r\nLocation: javascript:alert(1)\r\n\r\n",
    "other_port": b"HTTP/1.1 302 -\r\nLocation: http://well.both.example:8080/\r\n\r\n",
    "to_loopback": b"HTTP/1.1 302 -\r\nLocation: http://[::1]/\r\n\r\n",
    "to_itself": b"HTTP/1.1 302 -\r\nLocation: /\r\n\r\n",
    "bad_chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabc",
    "cut_body": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nabc",
}
TIMEOUT = 1.5  # seconds a visit, and a DNS try of a third of it


def add(*addresses: str) -> None:
    """Make the namespace own some addresses."""
    lines = "".join(f"addr add {a}/{128 if ':' in a else 32} dev lo{' nodad' if ':' in a else ''}\n" for a in dict.fromkeys(addresses))
    subprocess.run(["ip", "-batch", "-"], input=f"link set lo up\n{lines}", text=True, check=True)


def blackhole(address: str, port: int) -> list[socket.socket]:
    """A listener whose queue is full: the kernel drops whoever knocks, as a firewall would."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.bind((address, port))
    listener.listen(0)
    kept = [listener]
    for _ in range(3):
        s = socket.socket(family, socket.SOCK_STREAM)
        s.setblocking(False)
        s.connect_ex((address, port))
        kept.append(s)
    return kept


def page(title: str, body: str) -> bytes:
    """A home page."""
    return f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'.encode()


def body_of(case: Case, manner: str, count: int) -> tuple[int, bytes, dict[str, str]]:
    """(status, body, headers) of a manner of answering."""
    news = "".join(f'<li class="item"><a href="/n/{i}.html">关于做好第{i}项重点工作的通知及其说明</a></li>' for i in range(20))
    own = page(f"{case.name}区人民政府", f'<div class="top">访问量：{count}　令牌 {os.urandom(8).hex()}</div><ul>{news}</ul><p>欢迎访问本网站。</p>')
    if manner == "other":
        return 200, page("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>If you see this page, the web server is installed.</p>"), {}
    if manner in ("403", "503"):
        return int(manner), page(f"{manner}", f"<h1>{manner}</h1>"), {}
    if manner.startswith("to:"):
        return 302, b"", {"Location": manner[3:]}
    if manner == "redesigned":
        return 200, own.replace(b'class="item"', b'class="row"'), {}
    return 200, own, {}


async def serve(case: Case, address: str, port: int, manner: str, context: ssl.SSLContext | None = None) -> int:
    """One listener of a case; its port, where 0 let the kernel choose."""
    count = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        count += 17
        try:
            if manner in RAW:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(RAW[manner])
                await writer.drain()
            elif manner != "reset":
                await reader.readuntil(b"\r\n\r\n")
                if manner in ("slow", "too_slow"):
                    await asyncio.sleep(TIMEOUT * (0.6 if manner == "slow" else 2))
                status, body, headers = body_of(case, manner, count)
                head = "".join(f"{k}: {v}\r\n" for k, v in headers.items())
                writer.write(f"HTTP/1.1 {status} -\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, address, port, ssl=context, family=socket.AF_INET6 if ":" in address else socket.AF_INET)
    return int(server.sockets[0].getsockname()[1])


async def build(certs: Certificates) -> list[Any]:
    """Every listener of every case."""
    kept: list[Any] = []
    for case in CASES:
        for family, addresses in ((4, case.four), (6, case.six)):
            for address in addresses:
                manner = case.over4 if family == 4 else case.over6
                if manner in ("absent", "refused") or address.startswith(NEVER_OURS) or address in case.dead:
                    continue
                if manner == "blackhole":
                    kept += blackhole(address, 80)
                    continue
                await serve(case, address, 80, manner, None)
                if case.certificate:
                    await serve(case, address, 443, manner, certs.context(case.certificate, case.host))
    for host, four, six in CONTROLS:
        for address in (four, six):
            await serve(Case(host, host), address, 443, "well", certs.context("good", host))
    return kept


async def probe() -> list[dict[str, Any]]:
    """What the prober says of all cases."""
    from crawler.probe.asker import Asker, Resolver
    from crawler.probe.net import Net
    from crawler.probe.run import GROUPS, Prober, Subject

    out: list[dict[str, Any]] = []

    def tell(fact: Any) -> None:
        out.append({"site": fact.site, "host": fact.host, "kind": fact.kind, "value": fact.value, "captures": len(fact.captures)})

    six = "--no-ipv6" not in sys.argv
    prober = Prober(Net({}, dict.fromkeys([*(c.host for c in CASES), *(h for h, _, _ in CONTROLS)], 0.0)), [Resolver(r) for r in RESOLVERS],
                    CONTROLS[0][0], [c for c, _, _ in CONTROLS] if six else [], "gongkai-test", "netns", frozenset(GROUPS), TIMEOUT, "seed",
                    Asker(TIMEOUT / 3))
    home = lambda c: f"http{'s' if c.certificate and c.secure else ''}://{c.host}/"  # noqa: E731
    await prober.run([Subject(c.name, home(c), c.second, outside=c.outside) for c in CASES], tell)
    return out


def main() -> None:
    """Build, probe, print."""
    certs = Certificates(Path(sys.argv[1]))
    own = [a for c in CASES for a in (*c.four, *c.six) if not a.startswith(NEVER_OURS)]
    add(*RESOLVERS, *own, *(a for _, four, six in CONTROLS for a in (four, six)), *(a for s in SERVERS for a in (*s.four, *s.six)))
    names = Names()
    for address in RESOLVERS:
        serve_dns(names.resolver(address), address)
    for server in SERVERS:
        for address in (*server.four, *server.six):
            serve_dns(names.authority(server), address)
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    kept = asyncio.run_coroutine_threadsafe(build(certs), loop).result(30)
    print(json.dumps(asyncio.run(probe()), ensure_ascii=False))
    del kept
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
