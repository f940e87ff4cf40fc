"""What no list shows is found by the site's sitemap and by its own search, also one that posts; both are on record."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest

from spiders.read import read
from tests.conftest import gongkai

POWERS, KNOWN, NEWS = "清河区财政局权责清单", "清河区财政局关于做好年度财务检查的通知", "权责清单动态调整工作推进会召开"
FILL = "<p>欢迎访问本网站，办事请登录一网通办。</p>" * 6
ITEMS = "行政处罚：对违反会计法行为的处罚，依据会计法第四十二条；" * 30
FORMS = {"get": '<form action="/so"><input type="text" name="q"></form>',
         "post": '<form action="/so" method="post"><input type="hidden" name="size" value="15"><input type="text" name="searchword">'
                 '<input type="submit" value="检索"></form>',
         "state": '<form action="/so" method="post"><input type="hidden" name="__VIEWSTATE" value="x"><input type="text" name="searchword"></form>',
         "letter": '<form action="/letter" method="post"><input type="text" name="keyword"><input type="submit" value="提交"></form>'}


def page(title: str, body: str, where: str = "") -> bytes:
    crumb = f'<div>当前位置：<a href="/">首页</a> &gt; {where}</div>' if where else ""
    return f'<html><meta charset="utf-8"><title>{title}</title><body>{crumb}{body}{FILL}</body></html>'.encode()


def results(words: str) -> bytes:
    pages = ((KNOWN, "/tz/1.html"), (POWERS, "/hidden/9.html"), (NEWS, "/qz/1.html"))
    hits = [(t, at) for t, at in pages if words in t]
    return page(f"检索结果：{words}", "<ul>" + "".join(f'<li><a href="{at}">{t}</a></li>' for t, at in hits) + "</ul>")


class Site:
    """kind: of the form of the home page, or ``map``. asked: (method, path, body)."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.asked: list[tuple[str, str, str]] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                site.asked.append((self.command, self.path, body))
                found = site.answer(self.command, self.path, body, self.headers.get("Host", ""))
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", "application/xml" if self.path.endswith(".xml") else "text/plain" if self.path == "/robots.txt"
                                 else "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(found)))
                self.end_headers()
                self.wfile.write(found)

            do_POST = do_GET

            def log_message(self, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, method: str, path: str, body: str, host: str) -> bytes:
        """The site."""
        if path == "/":
            return page("清河区财政局", f'{FORMS.get(self.kind, "")}<ul><li><a href="/qz/">权责清单</a></li><li><a href="/tz/">通知公告</a></li></ul>')
        if path == "/qz/":
            return page("权责清单", '<ul><li><a href="/qz/1.html">' + NEWS + "</a><span>2019-03-01</span></li></ul>", "权责清单")
        if path == "/tz/":
            return page("通知公告", f'<ul><li><a href="/tz/1.html">{KNOWN}</a><span>2019-04-01</span></li></ul>', "通知公告")
        if path == "/tz/1.html":
            return page(KNOWN, f"<h1>{KNOWN}</h1><p>发布日期：2019-04-01</p><p>{'请各单位做好自查。' * 30}</p>", "通知公告")
        if path == "/qz/1.html":
            return page(NEWS, f"<h1>{NEWS}</h1><p>发布日期：2019-03-01</p><p>" + "会议指出要抓好落实。" * 30 + "</p>", "权责清单")
        if path == "/hidden/9.html" or (self.kind == "map" and path == "/qz/9.html"):
            return page(POWERS, f"<h1>{POWERS}</h1><p>发布日期：2019-06-01</p><p>{ITEMS}</p>", "权责清单")
        if self.kind == "map":
            at = f"http://{host}"
            if path == "/robots.txt":
                return f"User-agent: *\nDisallow: /no/\nSitemap: {at}/maps/all.xml\n".encode()
            if path == "/maps/all.xml":
                return (f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{at}/maps/1.xml</loc>'
                        "</sitemap></sitemapindex>").encode()
            if path == "/maps/1.xml":
                urls = [f"{at}/qz/", f"{at}/qz/1.html", f"{at}/qz/9.html", f"{at}/no/1.html", f"{at}/other/1.html", "http://www.elsewhere.example/qz/2.html"]
                return ('<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + "".join(
                    f"<url><loc>{u}</loc><lastmod>2019-06-01T00:00:00+08:00</lastmod></url>" for u in urls) + "</urlset>").encode()
        if path.startswith("/so") and self.kind == "get" and method == "GET":
            return results(parse_qs(path.partition("?")[2]).get("q", [""])[0])
        if path == "/so" and self.kind == "post" and method == "POST":
            return results(parse_qs(body).get("searchword", [""])[0])
        return b""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Site], dict[str, dict[str, Any]]]]:
    """(servers, the finding on the power list by site) after one night."""
    root = tmp_path_factory.mktemp("asking")
    sites = {kind: Site(kind) for kind in (*FORMS, "map")}
    text = 'editions = ["regulation-2019"]\n[run]\nclock = 2020-03-02T02:00:00+08:00\ntimeout = 5.0\n[resolve]\n' + "".join(
        f'"{k}.qinghe.example" = "127.0.0.1:{s.server.server_port}"\n' for k, s in sites.items())
    for kind in sites:
        text += (f'[[site]]\nid = "{kind}"\nname = "清河区财政局"\nlevel = "bureau"\ndelay = 0.0\ndelay_agreed_by = "the test"\nsource = "invented"\n'
                 'read_on = 2020-01-06\nfacts.has_powers = { value = true, source = "invented", read_on = 2020-01-01 }\n'
                 f'[[site.host]]\nurl = "http://{kind}.qinghe.example"\n')
    (root / "config").mkdir()
    (root / "config" / "sites.toml").write_text(text, "utf-8")
    done = gongkai(root, "crawl")
    assert done.code == 0, done.err
    cards = gongkai(root, "audit", "--edition", "regulation-2019", "--as-of", "2020-02-29", "--json").json["sites"]
    yield sites, {c["site"]: next(f for f in c["findings"] if f["indicator"] == "R20.5") for c in cards}
    for site in sites.values():
        site.server.shutdown()


Night = tuple[dict[str, Site], dict[str, dict[str, Any]]]


@pytest.mark.parametrize("kind", ["get", "post", "map"])
def test_what_no_list_shows_is_found(night: Night, kind: str) -> None:
    found = night[1][kind]
    assert (found["status"], found["reason"]) == ("pass", "published"), found["words"]


def test_a_search_that_posts_is_asked_as_its_form_would(night: Night) -> None:
    posted = [parse_qs(body) for method, path, body in night[0]["post"].asked if method == "POST" and path == "/so"]
    assert {p["searchword"][0] for p in posted} >= {NEWS, "权责清单"}
    assert all(p["size"] == ["15"] for p in posted)


@pytest.mark.parametrize("kind", ["state", "letter"])
def test_a_form_that_keeps_state_or_sends_letters_is_never_posted(night: Night, kind: str) -> None:
    assert not [a for a in night[0][kind].asked if a[0] == "POST"]
    assert (night[1][kind]["status"], night[1][kind]["reason"]) == ("fail", "absent")
    said = " ".join(q for s in night[1][kind]["searches"] for q in s["queries"])
    assert "没有可读的网站地图" in said
    assert "没有可用的站内搜索" in said


def test_a_sitemap_is_read_where_robots_says_and_leads_to_nothing_else(night: Night) -> None:
    asked = [path for _, path, _ in night[0]["map"].asked]
    assert "/sitemap.xml" not in asked
    assert asked.count("/maps/all.xml") == asked.count("/maps/1.xml") == 1
    assert "/no/1.html" not in asked
    assert "/other/1.html" not in asked


def test_a_sitemap_is_bounded_and_its_days_are_read() -> None:
    row = "<url><loc>http://a.example/{}/</loc><lastmod>2020-01-02</lastmod></url>"
    body = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><urlset>{"".join(row.format(n) for n in range(30_000))}</urlset>'
    doc = read(body.encode(), url="http://a.example/sitemap.xml", headers={"content-type": "text/xml"})
    assert (doc.family, len(doc.links), doc.reason) == ("sitemap", 20_000, "truncated")
    assert doc.links[0].list_date == "2020-01-02"
