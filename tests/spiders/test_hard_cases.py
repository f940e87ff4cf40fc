"""Rows of the hard cases on searches, refusals and faults as whole crawls: small sites, two nights, what is said of the power list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.conftest import gongkai
from tests.web import Asked, Reply

TITLE, NEWS = "清河区财政局权责清单", "权责清单动态调整工作推进会召开"
FILL = "<p>欢迎访问本网站，办事请登录一网通办。</p>" * 6
NIGHTS = ("2020-03-01", "2020-03-02")


def page(title: str, body: str, where: str = "", head: str = "", fill: str = FILL) -> Reply:
    crumb = f'<div>当前位置：<a href="/">首页</a> &gt; {where}</div>' if where else ""
    return 200, {}, f'<html><head><meta charset="utf-8">{head}<title>{title}</title></head><body>{crumb}{body}{fill}</body></html>'.encode()


def base(path: str, *, search: bool = False, listed: str = "") -> Reply:
    """A site that answers everything; listed: where the title in its column leads."""
    if path == "/":
        form = '<form action="/so"><input type="text" name="q"></form>' if search else ""
        return page("清河区财政局", f'{form}<ul><li><a href="/qz/">权责清单</a></li><li><a href="/tz/">通知公告</a></li><li><a href="/jg/">机构职能</a></li></ul>')
    if path == "/qz/":
        at, title = (listed, TITLE) if listed else ("/qz/n.html", NEWS)
        return page("权责清单", f'<ul><li><a href="{at}">{title}</a><span>2019-06-01</span></li></ul>' if listed or search else "<p>本栏目暂无内容</p>", "权责清单")
    if path == "/qz/n.html" and search:
        return page(NEWS, f"<h1>{NEWS}</h1><p>发布日期：2019-06-01</p><p>{'会议指出要抓好落实。' * 30}</p>", "权责清单")
    if path == "/tz/":
        return page("通知公告", "<p>本栏目暂无内容</p>", "通知公告")
    return page("机构职能", "<h1>机构职能</h1><p>内设办公室、预算科、国库科。</p>", "机构职能") if path == "/jg/" else (404, {}, b"not here")


def finds(path: str) -> Reply:
    words = unquote(path.partition("=")[2])
    return page("检索结果", f'<ul><li><a href="/qz/n.html">{NEWS}</a></li></ul>' if words in NEWS else "<p>没有找到</p>")


Site = Callable[[str, int, int], Reply]  # (path, night, how many were asked before) -> answer


def forbids(folder: str) -> Reply:
    return 200, {"Content-Type": "text/plain"}, f"User-agent: *\nDisallow: {folder}\n".encode()


# name: (the site, what is said after each night, words that the search's record or the finding holds)
CASES: dict[str, tuple[Site, tuple[tuple[str, str], tuple[str, str]], str]] = {
    "empty": (lambda p, n, k: base(p), (("fail", "absent"),) * 2, "没有可用的站内搜索"),  # 7
    "searched": (lambda p, n, k: finds(p) if p.startswith("/so") else base(p, search=True), (("fail", "absent"),) * 2, "可搜到"),  # 8
    "broken-search": (lambda p, n, k: (500, {}, b"error") if p.startswith("/so") else base(p, search=True), (("fail", "absent"),) * 2, "站内搜索打不开"),  # 9
    "barred-search": (lambda p, n, k: forbids("/so") if p == "/robots.txt" else base(p, search=True), (("fail", "absent"),) * 2, "站内搜索打不开"),  # 9
    "robots": (lambda p, n, k: forbids("/qz/") if p == "/robots.txt" else base(p), (("unknown", "robots"),) * 2, ""),  # 10
    "blocked": (lambda p, n, k: (403, {}, b"no") if k > 2 else base(p), (("unknown", "blocked"),) * 2, ""),  # 11
    "blocked-later": (lambda p, n, k: (403, {}, b"no") if n else base(p), (("fail", "absent"),) * 2, ""),  # 12
    "column-broken": (lambda p, n, k: (500, {}, b"error") if p == "/qz/" else base(p), (("unknown", "http_error"),) * 2, ""),
    "dead-link": (lambda p, n, k: base(p, listed="/qz/1.html"), (("unknown", "one_night_only"), ("partial", "title_only")), ""),  # 5
    "sent-home": (lambda p, n, k: (302, {"Location": "/"}, b"") if p == "/qz/1.html" else base(p, listed="/qz/1.html"),
                  (("unknown", "one_night_only"), ("partial", "title_only")), ""),  # 5, 72
    "refresh": (lambda p, n, k: page("", "", head='<meta http-equiv="refresh" content="0;url=/qz/">', fill="") if p == "/qz/1.html" else base(p, listed="/qz/1.html"),
                (("unknown", "one_night_only"), ("partial", "title_only")), ""),  # 72
    "column-refresh": (lambda p, n, k: page("", "", head='<meta http-equiv="refresh" content="0;url=/qz/">', fill="") if p == "/qz/list.html"
                       else (200, {}, base("/")[2].replace(b'"/qz/"', b'"/qz/list.html"')) if p == "/" else base(p), (("fail", "absent"),) * 2, "查遍"),
    "stray": (lambda p, n, k: page("欢迎", "<h1>您好</h1>") if p == "/qz/1.html" else base(p, listed="/qz/1.html"), (("partial", "title_only"),) * 2, "另一页面"),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, dict[str, Any]]]:
    """Per night: site -> the finding."""
    root, night = tmp_path_factory.mktemp("cases"), [0]
    servers: dict[str, Asked] = {}

    def served(name: str, site: Site) -> Asked:
        began: dict[int, int] = {}

        def answer(path: str) -> Reply:
            began.setdefault(night[0], len(servers[name].log) - 1)
            return site(path, night[0], len([p for p in servers[name].paths[began[night[0]]:] if p != "/robots.txt"]))

        return Asked(answer)

    for name, (site, _, _) in CASES.items():
        servers[name] = served(name, site)
    text = 'editions = ["regulation-2019"]\n[resolve]\n' + "".join(f'"{k}.qinghe.example" = "127.0.0.1:{s.port}"\n' for k, s in servers.items())
    for name in CASES:
        text += (f'[[site]]\nid = "{name}"\nname = "清河区财政局"\nlevel = "bureau"\ndelay = 0.0\ndelay_agreed_by = "the test"\nsource = "invented"\n'
                 'read_on = 2020-01-06\nfacts.has_powers = { value = true, source = "invented", read_on = 2020-01-01 }\n'
                 f'[[site.host]]\nurl = "http://{name}.qinghe.example"\n')
    (root / "config").mkdir(parents=True)
    Path(root / "config" / "sites.toml").write_text(text, "utf-8")
    out = []
    for night[0], day in enumerate(NIGHTS):
        done = gongkai(root, "crawl", "--clock", f"{day}T02:00:00+08:00")
        assert done.code in (0, 4), done.err
        cards = gongkai(root, "audit", "--edition", "regulation-2019", "--as-of", "2020-02-29", "--json").json["sites"]
        out.append({c["site"]: next(f for f in c["findings"] if f["indicator"] == "R20.5") for c in cards})
    return out


@pytest.mark.parametrize("name", CASES)
def test_a_hard_case_as_a_whole_crawl(said: list[dict[str, dict[str, Any]]], name: str) -> None:
    _, right, words = CASES[name]
    found = [night[name] for night in said]
    assert tuple((f["status"], f["reason"]) for f in found) == right, [f["words"] for f in found]
    shown = found[-1]["words"] + " ".join(q for s in found[-1]["searches"] for q in s["queries"])
    assert words in shown
