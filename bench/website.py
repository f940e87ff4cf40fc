"""An invented bureau's site of any size, served by a process of its own: pages as heavy as real ones, and as many links on each.

The columns of a usual site; most entries are policies and notices of the year, so that a crawl which has to read the year's policies
reads nearly all of them. A page is made when it is asked for: nothing is kept, whatever the size.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

HOST = "www.qingtan.example"
BODY = "青潭市水务局"
NAMES = ("政策文件", "通知公告", "政策解读", "工作动态", "公开指南", "公开年报", "权责清单", "机构职能", "财政预决算", "意见征集",
         "建议提案办理", "领导信箱")
LARGE = 4  # of the columns hold nearly everything
PER = 20  # entries a page of a list
TOPICS = ("河道", "供水", "排水", "节水", "防汛", "水土保持", "农田水利", "水价", "污水处理", "水资源")
SENTENCE = "为方便公民、法人和其他组织获取政府信息，依据条例编制并公布本件，请各有关单位结合实际认真贯彻执行。"


@dataclass(frozen=True)
class Website:
    """pages: about how many there are."""

    pages: int

    @property
    def entries(self) -> int:
        """In each of the large columns; each has a page of its own, and every twentieth a page of the list."""
        return max(1, (self.pages - 30) * PER // ((PER + 1) * LARGE))

    def answer(self, path: str) -> tuple[str, bytes]:
        """(content type, body) of a path; an empty body where there is nothing."""
        parts = path.split("?")[0].strip("/").split("/")
        if path == "/robots.txt":
            return "text/plain", b"User-agent: *\nDisallow: /manage/\n"
        if path == "/":
            return "text/html; charset=utf-8", self._page(BODY, "", self._menu())
        if parts[0][:1] != "c" or not parts[0][1:].isdigit() or int(parts[0][1:]) >= len(NAMES):
            return "text/html", b""
        column = int(parts[0][1:])
        if len(parts) == 1 or parts[1].startswith("index"):
            nth = int(parts[1][6:-5]) if len(parts) > 1 and parts[1][6:-5].isdigit() else 0
            return "text/html; charset=utf-8", self._page(NAMES[column], NAMES[column], self._list(column, nth))
        return "text/html; charset=utf-8", self._detail(column, int(parts[1].split("_")[1].removesuffix(".html")))

    def _count(self, column: int) -> int:
        return self.entries if column < LARGE else 3

    def _title(self, column: int, n: int) -> str:
        topic = TOPICS[n % len(TOPICS)]
        return (f"关于印发《{topic}管理办法（{n}）》的通知", f"关于{topic}工作有关事项的公告（{n}）", f"《{topic}管理办法（{n}）》政策解读",
                f"我局召开{topic}工作推进会（{n}）")[column] if column < LARGE else f"{BODY}2019年{NAMES[column]}（{n}）"

    def _day(self, column: int, n: int) -> date:
        return date(2019, 12, 27) - timedelta(days=n * 360 // self._count(column))

    @staticmethod
    def _menu() -> str:
        return "".join(f'<li class="nav-item"><a href="/c{n}/" title="{name}">{name}</a></li>' for n, name in enumerate(NAMES))

    def address(self, column: int, n: int) -> str:
        """The path of an entry's page."""
        return f"/c{column}/t{self._day(column, n):%Y%m%d}_{n}.html"

    def _row(self, column: int, n: int) -> str:
        title, day = self._title(column, n), self._day(column, n)
        return f'<li><a href="{self.address(column, n)}" title="{title}" target="_blank">{title}</a><span class="date">{day}</span></li>\n'

    def _rows(self, column: int, first: int, count: int) -> str:
        return "".join(self._row(column, n) for n in range(first, min(first + count, self._count(column))))

    def _list(self, column: int, nth: int) -> str:
        last = -(-self._count(column) // PER)
        onward = f'<a href="/c{column}/index_{nth + 1}.html">下一页</a>' if nth + 1 < last else ""
        said = f"共{self._count(column)}条 第{nth + 1}/{last}页 "
        return f'<ul class="list">{self._rows(column, nth * PER, PER)}</ul><div class="page">{said}{onward}</div>'

    def _detail(self, column: int, n: int) -> bytes:
        title, day = self._title(column, n), self._day(column, n)
        text = "".join(f"<p style='text-indent:2em'>{SENTENCE * 3}（{k}）</p>\n" for k in range(20))
        info = f"发布日期：{day} 来源：{BODY} 浏览次数：{n % 97}"
        near = self._rows(column, max(0, n - 10), 20)
        main = (f'<h1 class="title">{title}</h1><div class="info">{info}</div><div class="article">{text}</div>'
                f'<div class="near"><h3>相关信息</h3><ul>{near}</ul></div>')
        return self._page(title, NAMES[column], main, f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day}">')

    def _page(self, title: str, column: str, main: str, head: str = "") -> bytes:
        at = f'<a href="/">首页</a> &gt; <a href="/c{NAMES.index(column)}/">{column}</a>' if column else ""
        crumbs = f'<div class="crumb">当前位置：{at}</div>' if column else ""
        side = "".join(f'<dl class="side"><dt>{NAMES[c]}</dt><dd><ul>{self._rows(c, 0, 15)}</ul></dd></dl>' for c in range(LARGE))
        links = "".join(f'<a href="http://www{n}.qingtan.example/">友情链接{n}</a>' for n in range(30))
        script = "<script>" + "function show(n){var a=document.getElementById('m'+n);if(a){a.style.display='block';}}\n" * 80 + "</script>"
        return (f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-{BODY}</title>'
                f'<meta name="SiteName" content="{BODY}">{head}{script}</head><body>'
                f'<div class="top"><ul class="nav">{self._menu()}</ul></div>{crumbs}'
                f'<div class="main">{main}</div><div class="aside">{side}</div>'
                f'<div class="foot">{links}<p>主办：{BODY} 网站标识码：0000000000</p></div></body></html>').encode()


async def _one(site: Website, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(asyncio.IncompleteReadError, OSError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            kind, body = site.answer(head.split(b" ", 2)[1].decode())
            status = "200 OK" if body else "404 Not Found"
            writer.write(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()


def _serve(pages: int, told: Connection) -> None:
    async def forever() -> None:
        site = Website(pages)
        server = await asyncio.start_server(lambda r, w: _one(site, r, w), "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


@contextlib.contextmanager
def served(pages: int) -> Iterator[int]:
    """The port of a process that serves a site of about so many pages."""
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(pages, theirs), daemon=True)
    process.start()
    try:
        yield mine.recv()
    finally:
        process.terminate()
        process.join()


def write_home(home: Path, port: int, editions: str = '"shanghai-2019", "regulation-2019"') -> None:
    """A home whose only site is this one, asked without pauses."""
    (home / "config").mkdir(parents=True)
    (home / "config" / "sites.toml").write_text(f"""editions = [{editions}]
[run]
clock = 2020-01-06T02:00:00+08:00
[resolve]
"{HOST}" = "127.0.0.1:{port}"
[[site]]
id = "qingtan"
name = "{BODY}"
level = "bureau"
short_names = ["市水务局"]
delay = 0.0
delay_agreed_by = "bench"
source = "invented"
read_on = 2020-01-06
budget.requests = 1000000
budget.minutes = 100000
budget.bytes = 1000000000000
[[site.host]]
url = "http://{HOST}"
""", "utf-8")
