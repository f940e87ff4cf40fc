"""Answered DNS questions a second against a local server: our asker beside aiodns and dnspython, in one run.

  python bench/resolvers.py [--questions 20000] [--at-once 100]

The server answers from a process of its own, so that both share two cores as resolver and client would.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))


def serve(ready: multiprocessing.connection.Connection) -> None:
    """One AAAA for whatever is asked, without looking at it more than needed."""
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    s.bind(("127.0.0.1", 0))
    ready.send(s.getsockname()[1])
    answer = b"\xc0\x0c\x00\x1c\x00\x01\x00\x00\x00\x3c\x00\x10" + socket.inet_pton(socket.AF_INET6, "2400:3200::1")
    while True:
        data, address = s.recvfrom(2048)
        at = 12
        while data[at]:
            at += 1 + data[at]
        s.sendto(data[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + data[12 : at + 5] + answer, address)


async def timed(one: Callable[[str], Awaitable[bool]], count: int, at_once: int) -> float:
    """Answered questions a second."""
    names = iter([f"www{n}.example.cn" for n in range(count)])
    answered = 0

    async def worker() -> None:
        nonlocal answered
        for name in names:
            got = await one(name)
            answered += got

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(at_once)))
    spent = time.perf_counter() - began
    assert answered == count, f"{answered} of {count} answered"
    return answered / spent


async def run(port: int, count: int, at_once: int) -> None:
    """Each in turn."""
    import aiodns
    import dns.asyncquery
    import dns.message

    from crawler.probe.asker import Asker, Resolver

    async with Asker() as asker:
        server = Resolver("127.0.0.1", port)

        async def ours(name: str) -> bool:
            return (await asker.ask(server, name))["answer"] == "addresses"

        print(f"ours       {await timed(ours, count, at_once):8.0f} /s   chain, authority, whole message as received")
    resolver = aiodns.DNSResolver(nameservers=["127.0.0.1"], udp_port=port, tcp_port=port)

    async def c_ares(name: str) -> bool:
        return bool(await resolver.query_dns(name, "AAAA"))

    print(f"aiodns     {await timed(c_ares, count, at_once):8.0f} /s   records only; no message, no authority bit, no choice of server")

    async def dnspython(name: str) -> bool:
        return bool((await dns.asyncquery.udp(dns.message.make_query(name, "AAAA"), "127.0.0.1", 4, port)).answer)

    print(f"dnspython  {await timed(dnspython, count // 5, at_once):8.0f} /s   everything")


def main() -> None:
    """Start the server, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--at-once", type=int, default=100)
    args = parser.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    asyncio.run(run(here.recv(), args.questions, args.at_once))
    server.terminate()


if __name__ == "__main__":
    main()
