"""A polite night of sixty hosts on sixty loopback addresses: how much longer than its slowest host must take, at what CPU?

The bound is the requests of the slowest host times the delay; requests and gaps are counted by the server.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import resource
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.conftest import gongkai  # noqa: E402

NAMES = ("信息公开指南", "公开年报", "权责清单", "机构职能", "财政预决算", "政策文件", "通知公告", "工作动态", "专题专栏", "办事服务")
FILL = "<p>" + "为方便公民、法人和其他组织获取政府信息，依据条例编制。" * 30 + "</p>"


def page(path: str) -> str:
    """A small site: a home page, ten columns, five notices each."""
    parts = path.strip("/").split("/")
    if path == "/":
        return "<title>某局</title><ul>" + "".join(f'<li><a href="/c{n}/">{name}</a></li>' for n, name in enumerate(NAMES)) + "</ul>" + FILL
    name = NAMES[int(parts[0][1:])]
    if len(parts) == 1:
        rows = "".join(f'<li><a href="/{parts[0]}/t20190{n}01_{n}.html">{name}第{n}号</a><span>2019-0{n}-01</span></li>'
                       for n in range(1, 6))
        return f'<title>{name}</title><div>当前位置：<a href="/">首页</a> &gt; {name}</div><ul>{rows}</ul>{FILL}'
    return f"<title>{name}</title><h1>{name}</h1><p>发布日期：2019-05-01</p>{FILL}"


async def _head(reader: asyncio.StreamReader) -> bytes:
    with contextlib.suppress(asyncio.IncompleteReadError, OSError):
        return await reader.readuntil(b"\r\n\r\n")
    return b""


def serve(hosts: int, times: dict[str, list[float]], ready: threading.Event, port: list[int]) -> None:
    """One listener an address, in a thread of its own."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await _head(reader):
            lines = head.decode().split("\r\n")
            host = next(x.split(": ")[1] for x in lines if x.lower().startswith("host: "))
            path = lines[0].split(" ")[1]
            times[host].append(time.monotonic())
            body = page(path).encode() if path != "/robots.txt" else b"User-agent: *\nDisallow: /x/\n"
            kind = "text/plain" if path == "/robots.txt" else "text/html; charset=utf-8"
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()

    async def all_of_them() -> None:
        first = await asyncio.start_server(one, "127.0.1.1", 0)
        port.append(first.sockets[0].getsockname()[1])
        others = [await asyncio.start_server(one, f"127.0.1.{n}", port[0]) for n in range(2, hosts + 1)]
        ready.set()
        await asyncio.gather(*(s.serve_forever() for s in (first, *others)))

    asyncio.run(all_of_them())


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=60)
    parser.add_argument("--delay", type=float, default=5.0)
    args = parser.parse_args()
    times: dict[str, list[float]] = defaultdict(list)
    ready, port = threading.Event(), []
    threading.Thread(target=serve, args=(args.hosts, times, ready, port), daemon=True).start()
    ready.wait(10)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        (home / "config").mkdir()
        names = "\n".join(f'"b{n}.qinghe.example" = "127.0.1.{n}:{port[0]}"' for n in range(1, args.hosts + 1))
        rows = "\n".join(f'[[site]]\nid = "b{n}"\nname = "清河市第{n}局"\nlevel = "bureau"\ndelay = {args.delay}\n'
                         f'delay_agreed_by = "bench"\nsource = "invented"\nread_on = 2020-01-06\n[[site.host]]\nurl = "http://b{n}.qinghe.example"'
                         for n in range(1, args.hosts + 1))
        text = f'editions = ["regulation-2019"]\n[run]\nclock = 2020-02-10T02:00:00+08:00\n[resolve]\n{names}\n{rows}\n'
        (home / "config" / "sites.toml").write_text(text, "utf-8")
        began = time.monotonic()
        done = gongkai(home, "crawl", timeout=3600)
        wall = time.monotonic() - began
    assert done.code == 0, done.err
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    bound = max(len(t) for t in times.values()) * args.delay
    span = max(t[-1] for t in times.values()) - min(t[0] for t in times.values()) + args.delay
    gap = min(b - a for t in times.values() for a, b in itertools.pairwise(t))
    total = sum(map(len, times.values()))
    print(f"{args.hosts} hosts, {args.delay} s: {total} requests, slowest host {max(map(len, times.values()))}; bound {bound:.0f} s, "
          f"makespan {span:.0f} s = {span / bound:.2f} of it; {(used.ru_utime + used.ru_stime) / wall:.2f} cores, "
          f"{1000 * (used.ru_utime + used.ru_stime) / total:.0f} ms CPU a page, {used.ru_maxrss / 1024:.0f} MB; least gap {gap:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
