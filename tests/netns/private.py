"""A province that wants to make us reach addresses of our own: run by ``unshare -rnm``, it prints what was connected to.

Inside, every private address of the list has real listeners, names are looked up at a DNS server that changes its answers
(DNS rebinding), and the program runs as a user runs it: two nights of crawl with the browser, then the probes.
"""

from __future__ import annotations

import http.server
import ipaddress
import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from dnslib import AAAA, QTYPE, RCODE, RR, A, DNSRecord
from dnslib.server import BaseResolver

from tests.netns.dnsd import serve_dns
from tests.netns.lures import BROWSER, FRAMES, HREFS, LOCATIONS, NAMES, ROWS, SITE

ROOT = Path(__file__).parents[2]
PUBLIC, RESOLVERS = "101.226.8.1", ("101.226.8.53", "101.226.8.54")
OURS = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "172.16.0.1", "100.64.0.1", "198.18.0.1",
        "::1", "fd00::1", "fec0::1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "::7f00:1", "2002:7f00:1::1")
PORTS = (22, 80, 443, 8080)
FILL = "<p>" + "欢迎访问本网站，办事请登录一网通办。" * 8 + "</p>"
met: list[str] = []
asked: list[str] = []


def listen(address: str, port: int, kind: int = socket.SOCK_STREAM) -> None:
    """A real listener that keeps who came."""
    s = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, kind)
    s.bind((address, port))
    if kind == socket.SOCK_STREAM:
        s.listen(64)

    def wait() -> None:
        while True:
            if kind == socket.SOCK_STREAM:
                peer, _ = s.accept()
                met.append(f"{address} {port}")
                peer.close()
            else:
                s.recvfrom(2000)
                met.append(f"{address} {port} udp")

    threading.Thread(target=wait, daemon=True).start()


class Names(BaseResolver):  # type: ignore[misc]
    """Each question for a name has the next of its answers, the last one for ever."""

    def __init__(self) -> None:
        self.count: dict[str, int] = {}

    def resolve(self, request: DNSRecord, handler: Any) -> DNSRecord:
        """One answer, never to be kept."""
        reply = request.reply()
        name, kind = str(request.q.qname).rstrip(".").lower(), QTYPE[request.q.qtype]
        if name not in NAMES:
            reply.header.rcode = RCODE.NXDOMAIN
            return reply
        said = NAMES[name]
        n = self.count[name] = self.count.get(name, -1) + (kind == "A")
        for address in said[min(max(n, 0), len(said) - 1)]:
            if kind == "A" and ":" not in address:
                reply.add_answer(RR(name, QTYPE.A, rdata=A(address), ttl=0))
            if kind == "AAAA" and ":" in address:
                reply.add_answer(RR(name, QTYPE.AAAA, rdata=AAAA(ipaddress.ip_address(address).exploded), ttl=0))
        return reply


def page(title: str, body: str, column: str = "政策文件") -> bytes:
    """A page as a content system makes it."""
    return (f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><div>当前位置：<a href="/">首页</a> &gt; <a href="/zcwj/">{column}</a>'
            f"</div>{body}</body></html>").encode()


def rows(hrefs: list[str]) -> str:
    """Items of a list of which a question wants to read all."""
    return "<ul>" + "".join(f'<li><a href="{h}">清河区财政局关于印发预算管理办法（第{n}号）的通知</a><span>2019-11-{1 + n % 28:02}</span></li>'
                            for n, h in enumerate(hrefs)) + "</ul>"


def answer(path: str) -> tuple[int, str, bytes]:
    """(status, Location, body)."""
    if path == "/":
        return 200, "", page("清河区财政局", '<form action="http://127.0.0.1:8080/search"><input name="q" type="text"><input type="submit" value="站内搜索">'
                             f'</form><ul><li><a href="/zcwj/">政策文件</a></li><li><a href="/gfxwj/">规范性文件</a></li><li><a href="/hua/">机构职能</a></li></ul>{FILL}')
    if path == "/zcwj/":
        more = f'<div class="page"><a href="{LOCATIONS[1]}">下一页</a></div>'
        return 200, "", page("政策文件", rows([*(f"/r/{n}.html" for n in range(len(LOCATIONS))), "/doc/1.html", "/doc/2.html"]) + more)
    if path == "/gfxwj/":
        return 200, "", page("规范性文件", rows(HREFS), "规范性文件")
    if path.startswith("/r/") and path.endswith(".html"):
        return 302, LOCATIONS[int(path[3:-5])], b""
    title = "清河区财政局关于印发预算管理办法的通知"
    if path == "/doc/1.html":
        files = "".join(f'<p>附件：<a href="{h}a.pdf">预算管理办法{n}.pdf</a></p>' for n, h in enumerate(HREFS[:10]))
        return 200, "", page(title, f"<h1>{title}</h1><p>发布日期：2019-06-01</p>{files}")
    if path == "/doc/2.html":
        return 200, "", page(title, f"<h1>{title}</h1><p>发布日期：2019-06-02</p>" + "".join(f'<iframe src="{h}"></iframe>' for h in FRAMES))
    if path == "/hua/":
        return 200, "", f"<html><head><title>机构职能</title>{BROWSER}</head><body><div id='list'></div></body></html>".encode()
    if path == "/robots.txt":
        return 404, "", b""
    return 200, "", page("欢迎", FILL * 3)


class Web(http.server.BaseHTTPRequestHandler):
    """All public hosts."""

    def do_GET(self) -> None:
        host = self.headers.get("Host", "")
        asked.append(host + self.path)
        status, where, body = answer(self.path) if host == SITE else (302, "http://127.0.0.1/", b"") if host.startswith("sends") else answer("/other")
        self.send_response(status)
        if where:
            self.send_header("Location", where.encode().decode("latin-1"))
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_POST = do_GET

    def log_message(self, *args: object) -> None:
        """Silent."""


def write_home(home: Path) -> None:
    """No name is mapped: every one is looked up and connected to for real."""
    text = ('editions = ["regulation-2019", "shanghai-2019"]\n[run]\nclock = 2020-01-05T02:00:00+08:00\ntimeout = 3.0\n[dns]\n'
            f'resolvers = {json.dumps(RESOLVERS)}\ncontrol = "control.lure.example"\ncontrols6 = ["control.lure.example"]\n')
    for ident, hosts in ROWS.items():
        text += (f'[[site]]\nid = "{ident}"\nname = "清河区财政局"\nlevel = "bureau"\ndelay = 0.0\ndelay_agreed_by = "the test"\nsource = "invented"\n'
                 "read_on = 2020-01-01\n" + "".join(f'[[site.host]]\nurl = "{h}"\n' for h in hosts))
    (home / "config").mkdir(parents=True)
    (home / "config" / "sites.toml").write_text(text, "utf-8")


def program(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The program as a user runs it; a proxy of the environment must not lead past the guard."""
    return subprocess.run([sys.executable, "-m", "gongkai", "--home", str(home), *words], capture_output=True, text=True, timeout=200, check=False,
                          cwd=home, env={**os.environ, "PYTHONPATH": str(ROOT), "http_proxy": "http://127.0.0.1:8080", "no_proxy": ""})


def main() -> None:
    """Build, run, print."""
    home = Path(sys.argv[1])
    lines = "".join(f"addr add {a}/{128 if ':' in a else 32} dev lo{' nodad' if ':' in a else ''}\n"
                    for a in (PUBLIC, *RESOLVERS, *OURS) if a not in ("127.0.0.1", "::1"))
    subprocess.run(["ip", "-batch", "-"], input=f"link set lo up\n{lines}", text=True, check=True)
    for name, text in (("resolv.conf", f"nameserver {RESOLVERS[0]}\n"), ("nsswitch.conf", "hosts: files dns\n")):
        (home / name).write_text(text, "utf-8")
        subprocess.run(["mount", "--bind", str(home / name), str(Path("/etc", name).resolve())], check=True)
    for address in OURS:
        for port in PORTS:
            listen(address, port)
    for port in set(PORTS) - {80, 443}:
        listen(PUBLIC, port)  # of a public host, too, the two usual ports only
    listen("127.0.0.1", 3478, socket.SOCK_DGRAM)
    names = Names()
    for address in RESOLVERS:
        serve_dns(names, address)
    threading.Thread(target=http.server.ThreadingHTTPServer((PUBLIC, 80), Web).serve_forever, daemon=True).start()
    write_home(home)
    ran = {}
    for night in ("2020-01-05", "2020-01-06"):
        done = program(home, "crawl", "--clock", f"{night}T02:00:00+08:00")
        ran[f"crawl {night}"] = (done.returncode, done.stderr[-2000:])
    done = program(home, "probe", "--clock", "2020-01-06T04:00:00+08:00")
    ran["probe"] = (done.returncode, done.stderr[-2000:])
    fetches = [json.loads(line) for line in program(home, "export", "fetches").stdout.splitlines()]
    time.sleep(0.5)
    print(json.dumps({"met": sorted(set(met)), "asked": asked, "ran": ran, "looked_up": sorted(names.count),
                      "fetches": [{k: f[k] for k in ("url", "outcome", "reason")} for f in fetches]}, ensure_ascii=False))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
