"""A site full of traps: each is bounded, counted and named, what stands beside it is still read, and nothing is accused.

The server is a bare socket: what a web server would never send is the point.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import resource
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import gongkai

HOST = "traps.qinghe.example"
FILL = "<p>" + "欢迎访问本网站，办事请登录一网通办。" * 8 + "</p>"
BOMB = gzip.compress(b"\0" * (200 << 20), 9)
NUMBER = itertools.count()


def html(title: str, body: str) -> bytes:
    return f'<html><head><title>{title}</title></head><body><div>当前位置：<a href="/">首页</a> &gt; {title}</div>{body}{FILL}</body></html>'.encode()


def links(*pairs: tuple[str, str]) -> str:
    return "<ul>" + "".join(f'<li><a href="{href}">{name}</a></li>' for href, name in pairs) + "</ul>"


def home() -> bytes:
    return html("清河区财政局", links(
        ("/zwgk/", "政务公开"), ("/zn/", "信息公开指南"), ("/cal/2020/1", "活动日历"), ("/paged?p=1", "权责清单"), (f"/tok/?t={next(NUMBER)}", "机构职能"),
        ("/loop/a", "通知公告"), ("/bomb", "财政预算"), ("/chain/1", "公示公告"), ("/drip", "财政信息"), ("/endless", "决策公开"), ("/short", "公开年报"),
        ("/heads", "建议提案"), ("/many", "文件汇总"), ("/ok200/x", "专题专栏")))


def answer(path: str) -> tuple[str, bytes]:
    """(head lines, body) of the traps that are well formed."""
    number = next(NUMBER)
    if path == "/":
        return "", home()
    if path == "/zn/":
        return "", html("信息公开指南", '<ul><li><a href="/zn/201905/t20190520_1.html">清河区财政局政府信息公开指南</a><span>2019-05-20</span></li></ul>')
    if path.startswith("/zn/2019"):
        return "", html("清河区财政局政府信息公开指南", "<h1>清河区财政局政府信息公开指南</h1><p>发布日期：2019-05-20</p><p>" + "依据条例编制本指南。" * 40 + "</p>")
    if path == "/zwgk/":
        return "", html("政务公开", links(("/zn/", "信息公开指南")))
    if path.startswith("/cal/"):
        _, _, year, month = path.split("/")
        y, m = (int(year), int(month) + 1) if int(month) < 12 else (int(year) + 1, 1)
        return "", html(f"{year}年{month}月", links((f"/cal/{y}/{m}", f"{y}年{m}月"), (f"/cal/{y + 1}/{m}", f"{y + 1}年{m}月")))
    if path.startswith("/paged"):
        page, last = int(path.split("=")[1]), 4
        rows = "".join(f'<li><a href="/doc/{min(page, last) * 15 + n}.html">关于第{min(page, last) * 15 + n}号事项的通知</a><span>2019-03-0{1 + n % 9}</span></li>' for n in range(15))
        return "", html("权责清单", f'<ul>{rows}</ul><div class="page"><a href="/paged?p={page + 1}">下一页</a></div>')
    if path.startswith("/tok/"):
        own = "".join(f'<li><a href="/tok/?t={number}{n}">机构职能</a></li><li><a href="/tok/zn/?t={number}{n}">内设机构</a></li>' for n in range(3))
        return "", html("机构职能", f"<ul>{own}</ul>")
    if path.startswith("/loop/"):
        return f"Location: /loop/{'b' if path.endswith('a') else 'a'}", b""
    if path.startswith("/chain/"):
        return f"Location: /chain/{int(path.split('/')[2]) + 1}", b""
    if path == "/many":
        return "", html("文件汇总", links(*((f"/m/{n}/", f"栏目{n}") for n in range(50_000))))
    if path.startswith(("/ok200", "/m/", "/doc/")):
        return "", html("专题专栏", f"<p>{path} 的内容正在建设中</p>")
    return "404", html("404", "<h1>404 Not Found</h1>")


class Traps:
    """The server. paths: what was asked for."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.one, args=(peer,), daemon=True).start()

    def one(self, peer: socket.socket) -> None:
        with peer:
            try:
                head = b""
                while b"\r\n\r\n" not in head:
                    more = peer.recv(65536)
                    if not more:
                        return
                    head += more
                path = head.split(b" ")[1].decode()
                self.paths.append(path)
                self.reply(peer, path)
            except OSError:
                return

    def reply(self, peer: socket.socket, path: str) -> None:
        ok = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
        if path == "/bomb":
            peer.sendall(ok + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB)
        elif path == "/drip":
            peer.sendall(ok + b"\r\n<html>")
            for _ in range(600):
                time.sleep(0.1)
                peer.sendall(b" ")
        elif path == "/endless":
            peer.sendall(ok + b"\r\n<html>")
            while True:
                peer.sendall(b"<p>more</p>" * 20_000)
        elif path == "/short":
            body = html("公开年报", "<p>本栏目暂无内容</p>")
            peer.sendall(ok + b"Content-Length: %d\r\n\r\n" % (len(body) + 5000) + body)
        elif path == "/heads":
            peer.sendall(ok)
            for n in range(1000):
                peer.sendall(b"X-Filler-%d: " % n + b"x" * 10_000 + b"\r\n")
            peer.sendall(b"Content-Length: 2\r\n\r\nok")
        else:
            line, body = answer(path)
            status = b"302 Found" if line.startswith("Location") else b"404 Not Found" if line == "404" else b"200 OK"
            extra = line.encode() + b"\r\n" if line.startswith("Location") else b""
            peer.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n" + extra
                         + b"Content-Length: %d\r\n\r\n" % len(body) + body)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Traps, str]]:
    root = tmp_path_factory.mktemp("traps")
    server = Traps()
    (root / "config").mkdir()
    (root / "config" / "sites.toml").write_text(f"""editions = ["regulation-2019"]
[run]
clock = 2020-02-10T02:00:00+08:00
timeout = 2.0
[resolve]
"{HOST}" = "127.0.0.1:{server.listener.getsockname()[1]}"
[[site]]
id = "traps"
name = "清河区财政局"
level = "bureau"
delay = 0.0
delay_agreed_by = "the test"
source = "invented"
read_on = 2020-01-06
facts.has_powers = {{ value = true, source = "invented", read_on = 2020-01-01 }}
[[site.host]]
url = "http://{HOST}"
""", "utf-8")
    done = gongkai(root, "crawl", timeout=300)
    assert done.code == 0, done.err
    yield root, server, done.err
    server.listener.close()


def test_every_trap_is_left_after_a_few_requests(night: tuple[Path, Traps, str]) -> None:
    _, server, said = night
    asked = Counter(re.sub(r"\d+", "N", p.split("?")[0]) for p in server.paths)
    assert len(server.paths) < 260
    assert "stopped" not in said
    assert asked["/cal/N/N"] <= 30
    assert asked["/tok/"] + asked["/tok/zn/"] <= 12
    assert asked["/loop/a"] + asked["/loop/b"] == 2
    assert asked["/chain/N"] == 6
    assert asked["/paged"] <= 9
    assert asked["/m/N/"] <= 130


def test_what_no_client_should_swallow_is_a_failure_with_a_reason(night: tuple[Path, Traps, str]) -> None:
    root, _, _ = night
    reasons = {f["url"].removeprefix(f"http://{HOST}"): f["reason"] for f in map(json.loads, gongkai(root, "export", "fetches").out.splitlines())}
    assert reasons["/bomb"] == reasons["/endless"] == "too_large"
    assert reasons["/drip"] == "timeout"
    assert reasons["/short"] == "truncated"
    assert reasons["/chain/7"] == "unreadable", "the sixth redirect is not followed"
    assert sum(p.stat().st_size for p in (root / "var" / "archive").glob("*.gz")) < 3_000_000, "10 MB of header fields are not kept"
    assert max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, 0) < 600_000, "kB: one bomb is 200 MB"


def test_beside_them_all_is_read_and_nothing_is_accused(night: tuple[Path, Traps, str]) -> None:
    root, _, _ = night
    found = gongkai(root, "audit", "--edition", "regulation-2019", "--as-of", "2020-02-09", "--json").json["sites"][0]["findings"]
    assert not [f for f in found if f["status"] == "fail"]
    assert [f for f in found if f["status"] in ("pass", "partial")], "the guide is there"
