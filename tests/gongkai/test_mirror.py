"""A real bureau's site, served on loopback: crawled whole, every page stored and typed, audited; verdicts as read by eye."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.conftest import gongkai
from tests.web import Asked, Reply

HOST = "lyj.jlcity.gov.cn"
# by eye, in the mirror's pages: the guide stands in the column of yearly reports; 单位简介 and 职能介绍 tell what the body does; the list of
# 执法事项 counts as powers; the 2021 budget is a title whose files the mirror lacks; no report on disclosure for 2020, only the site's own table
RIGHT = {"R12.1": ("pass", "published"), "R12.2": ("pass", "published"), "R20.2": ("pass", "published"), "R20.3": ("pass", "published"), "R26.1": ("unknown", "no_start"), "R20.5": ("pass", "published"),
         "R20.7": ("partial", "title_only"), "R20.8": ("not_applicable", "not_due"), "R50.1": ("fail", "other_year"), "R50.2": ("fail", "other_year")}
# as a bureau of 2019, looked at in 2021: what is dated by then and still stands counts (执法裁量标准 of 2018-06-04, 随机抽查事项清单 of 2017-11-22, a
# catalogue of 2018-07-15); letters and questions are drawn by script; all that is not there may have been there in 2019
LATE = ["01.1", "01.2", "02.1", "02.2", "102.1", "03.1", "03.2", "03.3", "03.4", "10.1", "10.2", "10.3", "18.1", "18.2", "24.1", "24.2", "24.3", "24.4",
        "303.1", "25.1", "31.1", "35.1", "35.2", "40.2", "42.1", "701.2"]
RIGHT_2019 = {**dict.fromkeys(LATE, ("unknown", "observed_too_late")), **dict.fromkeys(["08.2", "09.1", "40.3"], ("pass", "published")),
              **dict.fromkeys(["28.1", "29.1"], ("unknown", "needs_rendering")), "30.3": ("unknown", "not_probed")}


@pytest.fixture
def mirror(shared: Path) -> Iterator[int]:
    """The mirror on a port of loopback."""
    root = shared / "real" / "mirror" / HOST

    def answer(path: str) -> Reply:
        file = root / unquote(path.split("?")[0]).lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            return 404, {"Content-Type": "text/plain"}, b"not found"
        return 200, {"Content-Type": mimetypes.guess_type(file.name)[0] or "application/octet-stream"}, file.read_bytes()

    asked = Asked(answer)
    yield asked.port
    asked.server.shutdown()


def write(home: Path, port: int, day: str) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "sites.toml").write_text(f"""editions = ["regulation-2019", "shanghai-2019"]
[run]
clock = {day}T02:00:00+08:00
render = false
[resolve]
"{HOST}" = "127.0.0.1:{port}"
[[site]]
id = "lyj"
name = "安图县林业局"
level = "bureau"
short_names = ["林业局"]
delay = 0.0
delay_agreed_by = "the test"
source = "the mirror's own pages"
read_on = 2021-12-20
facts.has_powers = {{ value = true, source = "its list of 执法事项", read_on = 2021-12-20 }}
facts.handles_proposals = {{ value = true, source = "its work reports", read_on = 2021-12-20 }}
facts.budget_unit = {{ value = true, source = "its budget page", read_on = 2021-12-20 }}
[[site.host]]
url = "http://{HOST}"
""", "utf-8")


def test_the_mirror_is_read_whole_and_judged_as_a_person_would(tmp_path: Path, mirror: int) -> None:
    for day in ("2021-12-20", "2021-12-21"):
        write(tmp_path, mirror, day)
        done = gongkai(tmp_path, "crawl")
        assert done.code == 0, done.err
    pages = [json.loads(line) for line in gongkai(tmp_path, "export", "pages").out.splitlines()]
    assert len(pages) >= 90
    assert all(p["kind"] for p in pages if p["method"] == "GET"), "what only a browser shows is asked for by DRAW, and none runs here"
    paths = {p["url"].split(HOST)[1]: p["column"] for p in pages}
    for path, column in {"/xxgk/ndbg/index.html": ["信息公开", "年度报告"], "/xxgk/zqqd/index.html": ["信息公开", "责权清单"],
                         "/xwdt/tpxw/index.html": ["新闻动态", "图片新闻"], "/xxgk/ndbg/202102/t20210226_933972.html": ["信息公开", "年度报告"],
                         "/jgjj/ldjs/index.html": ["机构简介", "领导介绍"]}.items():
        assert paths[path] == column
    assert verdicts(tmp_path, "regulation-2019") == RIGHT
    assert {k: v for k, v in verdicts(tmp_path, "shanghai-2019").items() if v[1] != "not_bound"} == RIGHT_2019


def verdicts(home: Path, edition: str) -> dict[str, tuple[str, str]]:
    """(status, reason) of each indicator."""
    card = gongkai(home, "audit", "--edition", edition, "--json").json["sites"][0]
    return {f["indicator"]: (f["status"], f["reason"]) for f in card["findings"]}
