"""A province whose hosts each hide their honest pages among traps of one kind; served by a bare socket, as no web server would.

Every site discloses its guide, its organisation and its power list, and lists an annual report, of which on some only a trap answers.
"""

from __future__ import annotations

import gzip
import io
import itertools
import socket
import threading
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

import brotli

ZEROS = b"\0" * (120 << 20)
NAME = "清河区财政局"
FILL = "<p>" + "欢迎访问本网站，办事请登录一网通办。" * 8 + "</p>"
HONEST = {"/zn/": ("信息公开指南", f"{NAME}政府信息公开指南", "依据条例编制本指南。受理机构为办公室，联系电话见网站首页。" * 20),
          "/jg/": ("机构职能", f"{NAME}机构职能", "贯彻执行国家财政税收方针政策，拟订并组织实施财政发展规划；内设办公室、预算科、国库科。" * 20),
          "/qz/": ("权责清单", f"{NAME}权责清单", "行政处罚：对违反会计法行为的处罚，依据会计法第四十二条；" * 30)}
REPORT = f"{NAME}2019年政府信息公开工作年度报告"
KINDS = ("facets", "bombs", "grow", "mirror", "hijack", "always", "vast", "rude", "session", "pager")
NUMBER = itertools.count()
Reply = tuple[int, list[str], bytes]


def page(title: str, body: str, column: str = "") -> bytes:
    """An HTML page."""
    crumb = f'<div>当前位置：<a href="/">首页</a>{f" &gt; {column}" if column else ""}</div>'
    return f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{crumb}{body}</body></html>'.encode()


def links(*pairs: tuple[str, str]) -> str:
    """A menu."""
    return "<ul>" + "".join(f'<li><a href="{href}">{name}</a></li>' for href, name in pairs) + "</ul>"


def rows(*pairs: tuple[str, str]) -> str:
    """A dated list."""
    return "<ul>" + "".join(f'<li><a href="{href}">{name}</a><span>2019-0{1 + n % 9}-1{n % 9}</span></li>' for n, (href, name) in enumerate(pairs)) + "</ul>"


def ok(body: bytes, *fields: str) -> Reply:
    return 200, ["Content-Type: text/html; charset=utf-8", *fields], body


def to(where: str) -> Reply:
    return 302, [f"Location: {where}"], b""


def packed(name: str) -> bytes:
    """An office file whose one part unpacks to 120 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr(name, ZEROS)
    return out.getvalue()


def entities() -> bytes:
    """A DOCX whose text multiplies (billion laughs)."""
    out = io.BytesIO()
    more = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    body = (f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a0 "预算预算">{more}]><w:document xmlns:w='
            '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>')
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
                   '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
                   '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        z.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type='
                   '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        z.writestr("word/document.xml", body)
    return out.getvalue()


def bombs() -> dict[str, Reply]:
    """Small answers that grow without end when they are unpacked."""
    def coded(how: str, body: bytes) -> Reply:
        return ok(body, f"Content-Encoding: {how}")

    once = gzip.compress(ZEROS, 9)
    return {"/b/gzip.html": coded("gzip", once), "/b/deflate.html": coded("deflate", zlib.compress(ZEROS, 9)),
            "/b/br.html": coded("br", brotli.compress(ZEROS, quality=1)), "/b/twice.html": coded("gzip, gzip", gzip.compress(once, 9)),
            "/b/torn.html": coded("gzip", once[:200]), "/b/lie.html": coded("br", b"not brotli at all"),
            "/b/a.xlsx": (200, ["Content-Type: application/octet-stream"], packed("xl/worksheets/sheet1.xml")),
            "/b/a.docx": (200, ["Content-Type: application/octet-stream"], entities()),
            "/b/b.docx": (200, ["Content-Type: application/octet-stream"], packed("word/document.xml")),
            "/b/a.zip": (200, ["Content-Type: application/zip"], packed("a.pdf")),
            "/b/a.ofd": (200, ["Content-Type: application/octet-stream"], packed("Doc_0/Pages/Page_0/Content.xml"))}


def vast(path: str) -> Reply:
    """Pages of a size and depth that no reader should choke on."""
    if path == "/many/":
        return ok(page("文件汇总", links(*((f"/m/{n}/", f"栏目{n}") for n in range(50_000)))))
    if path == "/items/":
        return ok(page("政策文件", rows(*((f"/i/{n}.html", f"关于第{n}号事项的通知") for n in range(50_000))), "政策文件"))
    if path == "/deep/":
        return ok(page("通知公告", "<div>" * 100_000 + "x" + "</div>" * 100_000))
    if path == "/line/":
        return ok(page("公示公告", "<p>" + "公开 " * 2_000_000 + "</p>"))
    if path == "/table/":
        return ok(page("财政信息", "<table>" * 5_000 + "<tr><td>" + "<" * 500_000))
    return ok(page(path, FILL))


class Province:
    """The server. asked: (host, path) of every request; sent: bytes by host."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.sent: Counter[str] = Counter()
        self.bombs = bombs()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(peer,), daemon=True).start()

    def _one(self, peer: socket.socket) -> None:
        with peer:
            try:
                head = b""
                while b"\r\n\r\n" not in head:
                    more = peer.recv(65536)
                    if not more:
                        return
                    head += more
                path = head.split(b" ")[1].decode("latin-1")
                host = next((x[5:].strip().decode() for x in head.split(b"\r\n") if x.lower().startswith(b"host:")), "")
                self.asked.append((host, path))
                self._reply(peer, host, path)
            except OSError:
                return

    def _send(self, peer: socket.socket, host: str, data: bytes) -> None:
        peer.sendall(data)
        self.sent[host] += len(data)

    def _reply(self, peer: socket.socket, host: str, path: str) -> None:
        kind = host.split(".")[0]
        if kind == "rude" and path in RUDE:
            for piece in RUDE[path]():
                self._send(peer, host, piece)
            return
        status, fields, body = self.answer(host, kind, path)
        lines = "\r\n".join([f"HTTP/1.1 {status} -", *fields, f"Content-Length: {len(body)}", "Connection: close", "", ""])
        self._send(peer, host, lines.encode() + body)

    def answer(self, host: str, kind: str, path: str) -> Reply:
        """The honest pages, and the trap of the host."""
        if path == "/robots.txt" and kind != "always":
            return 404, [], b""
        if host.endswith(".casino.example"):
            return ok(page("真人娱乐城", links(*((f"http://w{next(NUMBER)}.casino.example/", "权责清单") for _ in range(20))) + "<p>棋牌 百家乐 注册送彩金</p>" * 20))
        for at, (column, title, text) in HONEST.items():
            if path == at:
                return ok(page(column, rows((f"{at}201905/t1.html", title)), column))
            if path == f"{at}201905/t1.html":
                return ok(page(title, f"<h1>{title}</h1><p>发布日期：2019-05-20</p><p>{text}</p>", column))
        if path == "/nb/":
            at = LOST.get(kind, "/nb/202001/t1.html")
            return ok(page("政府信息公开年报", f'<ul><li><a href="{at}">{REPORT}</a><span>2020-01-20</span></li></ul>', "政府信息公开年报"))
        if path == "/nb/202001/t1.html" and kind not in LOST:
            return ok(page(REPORT, f"<h1>{REPORT}</h1><p>发布日期：2020-01-20</p><p>{'本年度主动公开政府信息125条，收到申请3件，均已答复。' * 20}</p>", "政府信息公开年报"))
        if path == "/":
            return ok(page(NAME, links(*((at, name) for at, (name, _, _) in HONEST.items()), ("/nb/", "政府信息公开年报"), *HOMES.get(kind, ())) + FILL))
        return TRAPS[kind](self, host, path)


def facets(_: Province, host: str, path: str) -> Reply:
    """Every value that was asked for comes back as a link to more of them."""
    parts = urlsplit(path)
    if parts.path != "/so":
        return 404, [], b"not here"
    said = {k: v[0] for k, v in parse_qs(parts.query).items()}
    asked = "&".join(f"{k}={v}" for k, v in said.items())
    own = [(f"/so?{asked}&f{n}={next(NUMBER)}", unquote(said.get("q", "权责清单"))) for n in range(12)]
    return ok(page(f"检索：{said.get('q', '')}", links(*own, *((f"/so?q={said.get('q', '')}&sort={s}&p={p}", f"{s}{p}") for s in "abc" for p in range(9)))))


def grow(_: Province, host: str, path: str) -> Reply:
    """Links that go one folder deeper, redirects that grow, frames within themselves, pages that refresh to the next."""
    if path.startswith("/deep/"):
        return ok(page("通知公告", links(("sub/", "下级栏目"), ("./more/", "更多"), ("../deep/sub/", "另一栏目"))))
    if path.startswith("/hop/"):
        return to(path + "x/")
    if path.startswith("/frame/"):
        return ok(f'<html><head><title>政策文件</title></head><frameset><frame src="{path}f/"><frame src="{path}g/"></frameset></html>'.encode())
    if path.startswith("/fresh/"):
        return ok(f'<html><head><meta http-equiv="refresh" content="0;url={path}r/"><title>请稍候</title></head><body></body></html>'.encode())
    if path.startswith("/round/"):
        return to("/round/b/" if path == "/round/a/" else "/round/a/")
    return 404, [], b"not here"


def mirror(_: Province, host: str, path: str) -> Reply:
    """The same site under a hundred names, each of which leads to all."""
    if path == "/all/":
        return ok(page("网站群", links(*((f"http://m{n}.mirror.example{at}", name) for n in range(100) for at, (name, _, _) in HONEST.items()))))
    return 404, [], b"not here"


def hijack(_: Province, host: str, path: str) -> Reply:
    """Links to hosts that were taken over."""
    if path == "/zt/":
        return ok(page("专题专栏", rows(*((f"http://w{n}.casino.example/qz.html", f"{NAME}权责清单（{n}）") for n in range(40)))))
    return 404, [], b"not here"


def always(_: Province, host: str, path: str) -> Reply:
    """200 for every address, robots.txt too."""
    return ok(page("欢迎", f"<h1>您好</h1><p>{path} 的内容正在建设中，请稍后再来。</p>{FILL}" + links((f"/x/{next(NUMBER)}/", "更多"))))


def session(_: Province, host: str, path: str) -> Reply:
    """An address that is new with every visit."""
    n = next(NUMBER)
    if path.startswith(("/(S(", "/tok/", "/app")):
        return ok(page("通知公告", rows(*((f"/(S(abc{n}x{k}))/tz/{k}.aspx", f"关于第{k}号事项的通知") for k in range(10)))
                       + links((f"/(S(abc{n}))/tz/", "通知公告"), (f"/tok/?sid={n}0123456789abcdef", "通知公告"), (f"/app;jsessionid={n}", "通知公告"), (f"/tok/?_={n}", "公示公告"))))
    return 404, [], b"not here"


def pager(_: Province, host: str, path: str) -> Reply:
    """A list that makes up new entries for ever, and a calendar."""
    if path.startswith("/list"):
        p = int(path.partition("=")[2] or 1)
        return ok(page("政策文件", rows(*((f"/d/{p * 15 + k}.html", f"关于印发第{p * 15 + k}号管理办法的通知") for k in range(15)))
                       + f'<div class="page">共99999页 <a href="/list?p={p + 1}">下一页</a></div>', "政策文件"))
    if path.startswith("/cal/"):
        y = int(path.split("/")[2])
        return ok(page(f"{y}年", links(*((f"/cal/{y + k}/", f"{y + k}年") for k in range(1, 9)))))
    return ok(page("通知", f"<h1>关于{path}的通知</h1><p>发布日期：2019-05-20</p>{FILL}")) if path.startswith("/d/") else (404, [], b"not here")


def bombed(p: Province, host: str, path: str) -> Reply:
    """Answers that grow when they are unpacked, as pages and as files."""
    if path == "/tz/":
        return ok(page("通知公告", rows(*((at, f"{REPORT}（{n}）") for n, at in enumerate(p.bombs) if at.endswith("html")), ("/tz/201901/t1.html", REPORT + "及说明"))))
    if path == "/tz/201901/t1.html":
        return ok(page(REPORT + "及说明", f"<h1>{REPORT}及说明</h1><p>发布日期：2019-03-20</p>" + "".join(
            f'<p><a href="{at}">{REPORT}.{at[-4:].lstrip(".")}</a></p>' for at in p.bombs if not at.endswith("html")), "通知公告"))
    return p.bombs.get(path, (404, [], b"not here"))


HOMES: dict[str, tuple[tuple[str, str], ...]] = {
    "facets": (("/so?q=权责清单", "全站检索"),), "grow": (("/deep/", "通知公告"), ("/hop/", "公示公告"), ("/frame/", "政策文件"), ("/fresh/", "人事信息"), ("/round/a/", "采购公告")),
    "mirror": (("/all/", "网站群"),), "hijack": (("/zt/", "专题专栏"), ("http://w0.casino.example/", "权责清单")), "always": (("/x/1/", "通知公告"),),
    "vast": (("/many/", "文件汇总"), ("/items/", "政策文件"), ("/deep/", "通知公告"), ("/line/", "公示公告"), ("/table/", "财政信息")),
    "rude": (("/heads", "通知公告"), ("/slowhead", "公示公告"), ("/continue", "政策文件"), ("/chunks", "采购公告"), ("/old", "人事信息"), ("/longer", "财政信息"), ("/where", "专题专栏")),
    "session": (("/tok/?t=1", "通知公告"), ("/(S(abc))/tz/", "公示公告")), "pager": (("/list", "政策文件"), ("/cal/2019/", "活动日历")), "bombs": (("/tz/", "通知公告"),)}
TRAPS: dict[str, Callable[[Province, str, str], Reply]] = {
    "facets": facets, "bombs": bombed, "grow": grow, "mirror": mirror, "hijack": hijack, "always": always, "session": session, "pager": pager,
    "vast": lambda p, h, path: vast(path), "rude": lambda p, h, path: (404, [], b"not here")}
TRAPS |= {f"m{n}": mirror for n in range(100)}
LOST = {"bombs": "/b/gzip.html", "rude": "/drip", "grow": "/round/a/", "facets": "/so?q=report", "session": "/tok/?t=report", "always": "/nb/202001/t1.html"}

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
RUDE: dict[str, Callable[[], object]] = {}


def rude(path: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Pieces of an answer that no client should wait for."""
    def keep(pieces: Callable[[], object]) -> Callable[[], object]:
        RUDE[path] = pieces
        return pieces

    return keep


@rude("/heads")
def _heads() -> object:
    yield HEAD
    for n in range(1000):
        yield b"X-Filler-%d: " % n + b"x" * 10_000 + b"\r\n"
    yield b"Content-Length: 2\r\n\r\nok"


@rude("/slowhead")
def _slow_head() -> object:
    yield HEAD
    for n in range(200):
        time.sleep(0.1)
        yield b"X-Slow-%d: 1\r\n" % n


@rude("/continue")
def _continue() -> object:
    for _ in range(20_000):
        yield b"HTTP/1.1 100 Continue\r\n\r\n"


@rude("/chunks")
def _chunks() -> object:
    yield HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b"a" * 0x10000 + b"\r\n"


@rude("/drip")
def _drip() -> object:
    yield HEAD + b"\r\n<html>"
    for _ in range(300):
        time.sleep(0.1)
        yield b" "


@rude("/old")
def _old() -> object:
    yield b"<html>no status line at all</html>"


@rude("/longer")
def _longer() -> object:
    yield HEAD + b"Content-Length: 10\r\n\r\n" + b"<html>" + b"more than was said " * 5000


@rude("/where")
def _where() -> object:
    yield b"HTTP/1.1 302 Found\r\nLocation: /" + b"w" * 1_000_000 + b"\r\nContent-Length: 0\r\n\r\n"
