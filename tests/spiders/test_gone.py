"""What was there and is gone: told by two looks on different days, whatever way the site says it, and by nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from db.urls import sent_up
from tests.conftest import gongkai
from tests.web import Asked, Reply

TITLE = "清河区财政局权责清单"
DOC = "/qzqd/201906/t1.html"
FILL = "<p>欢迎访问本网站，办事请登录一网通办。</p>" * 6
STANDS: Reply = (200, {}, (f'<html><title>{TITLE}</title><body><div>当前位置：<a href="/">首页</a> &gt; <a href="/qzqd/">权责清单</a></div><h1>{TITLE}</h1>'
                           f"<p>发布日期：2019-06-01</p><p>{'行政处罚：对违反会计法行为的处罚，依据会计法第四十二条；' * 30}</p></body></html>").encode())
NIGHTS = ("2020-03-01", "2020-03-02", "2020-03-03")
GONE = ("unknown", "one_night_only"), ("partial", "withdrawn")
STILL = ("pass", "published"), ("pass", "published")
SOFT = "<html><title>提示</title><body><h1>页面不存在</h1><p>您访问的页面不存在或已删除</p></body></html>"


def away(to: str, **fields: str) -> Reply:
    return 302, {"Location": to, **fields}, b""


# how the page answers on the second and third night, and what is said of it then
WAYS: dict[str, tuple[Reply, Reply, tuple[tuple[str, str], tuple[str, str]]]] = {
    "missing": ((404, {}, b"not here"), (404, {}, b"not here"), GONE),
    "removed": ((410, {}, b"gone"), (404, {}, b"not here"), GONE),
    "home": (away("/"), away("/"), GONE),
    "folder": (away("/qzqd/index.html"), away("/qzqd/"), GONE),
    "portal": (away("http://www.qinghe.example/"), away("http://www.qinghe.example/index.html"), GONE),
    "soft": ((200, {}, SOFT.encode()), (200, {}, SOFT.encode()), GONE),
    "moved": (away("/new/1.html"), away("/new/1.html"), STILL),
    "cookie": (away("/", **{"Set-Cookie": "seen=1"}), away("/", **{"Set-Cookie": "seen=1"}), STILL),
    "broken": ((500, {}, b"error"), (503, {}, b"busy"), STILL),
    "back": ((404, {}, b"not here"), STANDS, (GONE[0], STILL[1])),
    "refused": ((403, {}, b"no"), (403, {}, b"no"), STILL),
}


def site(way: str, night: list[int]) -> Callable[[str], Reply]:
    """One site, by the night."""
    def answer(path: str) -> Reply:
        if path == "/":
            return 200, {}, f'<html><title>清河区财政局</title><body><ul><li><a href="/qzqd/">权责清单</a></li><li><a href="/tz/">通知公告</a></li></ul>{FILL}</body></html>'.encode()
        if path in ("/qzqd/", "/qzqd/index.html", "/tz/"):
            name = "通知公告" if path == "/tz/" else "权责清单"
            row = f'<li><a href="{DOC}">{TITLE}</a><span>2019-06-01</span></li>' if night[0] == 0 and path != "/tz/" else "<li>本栏目暂无内容</li>"
            return 200, {}, f'<html><title>{name}</title><body><div>当前位置：<a href="/">首页</a> &gt; {name}</div><ul>{row}</ul></body></html>'.encode()
        if path == DOC:
            return STANDS if night[0] == 0 else WAYS[way][night[0] - 1]
        return STANDS if path == "/new/1.html" else (404, {}, b"not here")

    return answer


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, tuple[str, str, str]]]]:
    """(home, per night: way -> status, reason and words of the power list)."""
    root, night = tmp_path_factory.mktemp("gone"), [0]
    servers = {way: Asked(site(way, night)) for way in WAYS}
    text = 'editions = ["regulation-2019"]\n[resolve]\n' + "".join(f'"{w}.qinghe.example" = "127.0.0.1:{s.port}"\n' for w, s in servers.items())
    for way in WAYS:
        text += (f'[[site]]\nid = "{way}"\nname = "清河区财政局"\nlevel = "bureau"\ndelay = 0.0\ndelay_agreed_by = "the test"\nsource = "invented"\n'
                 'read_on = 2020-01-06\nfacts.has_powers = { value = true, source = "invented", read_on = 2020-01-01 }\n'
                 f'[[site.host]]\nurl = "http://{way}.qinghe.example"\n')
    (root / "config").mkdir()
    (root / "config" / "sites.toml").write_text(text, "utf-8")
    said = []
    for night[0], day in enumerate(NIGHTS):
        done = gongkai(root, "crawl", "--clock", f"{day}T02:00:00+08:00")
        assert done.code == 0, done.err
        cards = gongkai(root, "audit", "--edition", "regulation-2019", "--as-of", "2020-02-29", "--json").json["sites"]
        said.append({c["site"]: (f["status"], f["reason"], f["words"]) for c in cards for f in c["findings"] if "权责清单" in f["words"]})
    return root, said


@pytest.mark.parametrize("way", WAYS)
def test_a_page_is_withdrawn_after_two_nights_without_it(nights: tuple[Path, list[dict[str, tuple[str, str, str]]]], way: str) -> None:
    first, *later = (night[way] for night in nights[1])
    assert first[:2] == ("pass", "published")
    assert tuple(x[:2] for x in later) == WAYS[way][2], [x[2] for x in later]
    if WAYS[way][2] is GONE:
        assert "2020-02-29" in later[1][2] or "2020-03-01" in later[1][2], "from when to when it was seen"


def test_the_tables_say_since_when_and_a_rebuild_says_the_same(nights: tuple[Path, list[dict[str, tuple[str, str, str]]]]) -> None:
    def gone() -> dict[str, str]:
        with sqlite3.connect(nights[0] / "var" / "gongkai.db") as db:
            return {host.split(".")[0]: at[:10] for host, at in db.execute(
                "select page.host, gone_at from sighting join page on page.id = page_id where gone_at is not null and url like ?", (f"%{DOC}",))}

    before = gone()
    assert before == {way: "2020-03-02" for way, (_, _, said) in WAYS.items() if said is GONE}, "the third night, in UTC"
    assert gongkai(nights[0], "rebuild").code == 0
    assert gone() == before


def test_the_morning_page_names_what_went_away(nights: tuple[Path, list[dict[str, tuple[str, str, str]]]]) -> None:
    done = gongkai(nights[0], "nightly", "--clock", f"{NIGHTS[2]}T02:00:00+08:00")
    assert done.code in (0, 4), done.err
    lines = {s["site"]: s for s in json.loads((nights[0] / "var" / "morning.json").read_text("utf-8"))["sites"]}
    assert {w for w, s in lines.items() if s["withdrawn"]} == {way for way, (_, _, said) in WAYS.items() if said is GONE}
    assert lines["home"]["withdrawn"] == [{"title": TITLE, "url": f"http://home.qinghe.example{DOC}"}]
    assert TITLE in (nights[0] / "var" / "morning.html").read_text("utf-8")


@pytest.mark.parametrize(("url", "target", "up"), [
    ("/a/b/1.html", "/", True), ("/a/b/1.html", "/index.jsp", True), ("/a/b/1.html", "/a/", True), ("/a/b/1.html", "/a/b/index.shtml", True),
    ("/a/b/1.html", "/a/c/", False), ("/a/b/1.html", "/a/b/2.html", False), ("/a/b/1.html", "/?from=x", False), ("/a/b/index.html", "/a/b/", False),
    ("/a/b", "/a/b/", False), ("/a/", "/", False), ("/a/1.html", "http://www.other.example/", True), ("/a/1.html", "http://www.other.example/a/", False),
    ("/", "/", False), ("/a/1.html", "https://a.example/a/1.html", False), ("/show?id=1", "/", True)])
def test_what_leads_up_and_what_leads_on(url: str, target: str, up: bool) -> None:
    whole = target if "://" in target else f"http://a.example{target}"
    assert sent_up(f"http://a.example{url}", whole) is up
