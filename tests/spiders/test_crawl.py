"""A whole crawl of a small site on loopback: steered, polite to robots.txt, archived, incremental, made again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import gongkai
from tests.web import Asked, Reply

PAGES = {
    "/": '<title>清河区财政局</title><a href="/zwgk/">政务公开</a><a href="/news/">新闻动态</a>' + "".join(
        f'<a href="/x{n}/">栏目{n}</a>' for n in range(16)),
    "/zwgk/": '<title>政务公开-清河区财政局</title><div>当前位置：<a href="/">首页</a> > 政务公开</div>'
              '<ul><li><a href="/zwgk/zn/">信息公开指南</a></li><li><a href="/zwgk/nb/">公开年报</a></li>'
              '<li><a href="/secret/">权责清单</a></li></ul>',
    "/zwgk/zn/": '<title>信息公开指南</title><div>当前位置：<a href="/">首页</a> > <a href="/zwgk/">政务公开</a> > 信息公开指南</div>'
                 '<ul><li><a href="/zwgk/zn/201905/t20190520_1.html">清河区财政局政府信息公开指南</a>2019-05-20</li></ul>',
    "/zwgk/zn/201905/t20190520_1.html":
        '<title>清河区财政局政府信息公开指南</title><h1>清河区财政局政府信息公开指南</h1><p>发布日期：2019-05-20</p>'
        "<p>" + "为方便公民、法人和其他组织获取政府信息，依据条例编制本指南。" * 12 + "</p>",
    "/zwgk/nb/": '<title>公开年报</title><div>当前位置：<a href="/">首页</a> > 公开年报</div><p>本栏目暂无内容</p>',
    "/robots.txt": "User-agent: *\nDisallow: /secret/\n",
}
HOST = "czj.qinghe.example.gov.cn"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[Path, Asked]]:
    def answer(path: str) -> Reply:
        body = PAGES.get(path, "").encode()
        kind = "text/plain" if path == "/robots.txt" else "text/html; charset=utf-8"
        return 200 if body else 404, {"Content-Type": kind}, body

    server = Asked(answer)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "sites.toml").write_text(f"""editions = ["regulation-2019"]
[run]
clock = 2020-02-10T02:00:00+08:00
[resolve]
"{HOST}" = "127.0.0.1:{server.port}"
[[site]]
id = "czj"
name = "清河区财政局"
level = "bureau"
delay = 0.0
delay_agreed_by = "the test"
source = "invented"
read_on = 2020-01-06
[[site.host]]
url = "http://{HOST}"
""", "utf-8")
    yield tmp_path, server
    server.server.shutdown()


def test_a_crawl_answers_what_it_can_and_says_what_it_may_not_read(home: tuple[Path, Asked]) -> None:
    root, asked = home
    done = gongkai(root, "crawl")
    assert done.code == 0, done.err
    assert "/secret/" not in asked.paths
    searches = {s["question"]: s for s in map(json.loads, gongkai(root, "export", "searches").out.splitlines())}
    assert searches["disclosure_guide"]["state"] == "answered"
    assert (searches["power_list"]["state"], searches["power_list"]["reason"]) == ("stopped", "robots")
    assert searches["disclosure_annual_report:2019"]["state"] == "exhausted"

    before = len(asked.log)
    again = gongkai(root, "crawl")
    assert again.code == 0
    assert len(asked.log) == before
    pages = gongkai(root, "export", "pages").out
    assert gongkai(root, "rebuild").code == 0
    assert gongkai(root, "export", "pages").out == pages
