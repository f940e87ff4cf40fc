"""People's decisions on findings (CASES.md 85): they count for the very evidence that was seen, survive a rebuild, and never rewrite what was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.audit.build import home, listing
from tests.conftest import gongkai
from tests.web import Asked, Reply

HOST = "www.qinghe.example"
TITLE = "清河区权责清单"


class Town:
    """A small site whose list of powers may change."""

    def __init__(self) -> None:
        self.day = "2017-04-20"

    def __call__(self, path: str) -> Reply:
        body = f"<p>发布日期：{self.day}　来源：清河区人民政府</p><p>权力名称：道路挖掘许可；权力类型：行政许可；设定依据：《城市道路管理条例》；责任事项：受理、审查、决定。</p>"
        pages = {"/": home(("权责清单", "/q/"), ("通知公告", "/t/")), "/q/": listing("权责清单", [("/q/1.html", TITLE, self.day)]),
                 "/t/": listing("通知公告", [], "本栏目暂无内容"), "/news/0/": listing("要闻频道0", [], "暂无内容"), "/news/1/": listing("要闻频道1", [], "暂无内容"),
                 "/q/1.html": f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>{body}</body></html>"}
        found = pages.get(path.split("?")[0])
        return (404, {}, b"no") if found is None else (200, {"Content-Type": "text/html; charset=utf-8"}, found.encode())


@pytest.fixture
def served() -> Iterator[tuple[Town, int]]:
    """The site on a port of loopback."""
    town = Town()
    asked = Asked(town)
    yield town, asked.port
    asked.server.shutdown()


EDITION = """id = "small"
name = "示例"
source = "示例"
year = 2019
[[indicator]]
id = "1.1"
title = "权责清单动态调整"
basis = "示例"
check = "versions_dated"
weight = 1
params = { category = "power_list", since = "01-01" }
"""


def crawl(folder: Path, port: int, day: str) -> None:
    """One night."""
    (folder / "config").mkdir(exist_ok=True)
    (folder / "small.toml").write_text(EDITION, "utf-8")
    (folder / "config" / "sites.toml").write_text(f"""editions = ["{folder / 'small.toml'}"]
[run]
clock = {day}T02:00:00+08:00
render = false
[resolve]
"{HOST}" = "127.0.0.1:{port}"
[[site]]
id = "qinghe"
name = "清河区人民政府"
level = "district"
short_names = ["清河区"]
delay = 0.0
delay_agreed_by = "the test"
source = "invented"
read_on = 2020-01-01
facts.has_powers = {{ value = true, source = "invented", read_on = 2020-01-01 }}
[[site.host]]
url = "http://{HOST}"
""", "utf-8")
    done = gongkai(folder, "crawl")
    assert done.code == 0, done.err


def audited(folder: Path) -> dict[str, Any]:
    """(the whole document); its one finding is [sites][0][findings][0]."""
    found: dict[str, Any] = gongkai(folder, "audit", "--edition", str(folder / "small.toml"), "--json").json
    return found


def test_85_a_decision_holds_for_the_evidence_that_was_seen(tmp_path: Path, served: tuple[Town, int]) -> None:
    town, port = served
    crawl(tmp_path, port, "2020-01-05")
    before = audited(tmp_path)
    assert before["sites"][0]["findings"][0]["status"] == "partial"
    words = ["--edition", "small", "--by", "复核人", "--ground", "附件显示2019年已调整"]
    assert gongkai(tmp_path, "review", "overrule", "qinghe", "1.1", "--status", "pass", *words).code == 0
    after = audited(tmp_path)
    finding = after["sites"][0]["findings"][0]
    assert (finding["status"], finding["score"], after["sites"][0]["score"]) == ("pass", 1.0, 100.0)
    assert (finding["review"]["found"], finding["review"]["holds"], finding["review"]["by"]) == ("partial", True, "复核人")
    assert after["inputs_sha256"] != before["inputs_sha256"]
    listed = gongkai(tmp_path, "review", "list", "--edition", "small", "--json").json
    assert [r["indicator"] for r in listed] == ["1.1"]
    rebuilt = gongkai(tmp_path, "rebuild")
    assert rebuilt.code == 0, rebuilt.err
    assert audited(tmp_path) == after
    out = tmp_path / "report"
    assert gongkai(tmp_path, "report", "--out", str(out), "--format", "html,csv").code == 0
    assert "复核改为达标" in next(out.rglob("qinghe.html")).read_text("utf-8")

    town.day = "2018-05-03"  # next night the list is another one
    crawl(tmp_path, port, "2020-01-20")
    later = audited(tmp_path)["sites"][0]["findings"][0]
    assert (later["status"], later["review"]["holds"]) == ("partial", False), "the evidence changed: it asks again"
    told = gongkai(tmp_path, "review", "list", "--edition", "small").out
    assert "decide again" in told


def test_an_undone_decision_leaves_what_was_found(tmp_path: Path, served: tuple[Town, int]) -> None:
    crawl(tmp_path, served[1], "2020-01-05")
    audited(tmp_path)
    words = ["--edition", "small", "--by", "复核人", "--ground", "误记"]
    assert gongkai(tmp_path, "review", "overrule", "qinghe", "1.1", "--status", "pass", *words).code == 0
    assert audited(tmp_path)["sites"][0]["findings"][0]["status"] == "pass"
    assert gongkai(tmp_path, "review", "undo", "qinghe", "1.1", *words).code == 0
    finding = audited(tmp_path)["sites"][0]["findings"][0]
    assert (finding["status"], finding["review"]) == ("partial", None)


@pytest.mark.parametrize(("args", "says"), [
    (["overrule", "nobody", "1.1", "--status", "pass"], "not in the newest assessment"),
    (["confirm", "qinghe", "9.9"], "no such indicator"),
    (["confirm", "qinghe", "1.1", "--ground", "  "], "must say something"),
])
def test_a_decision_on_nothing_is_refused(tmp_path: Path, served: tuple[Town, int], args: list[str], says: str) -> None:
    crawl(tmp_path, served[1], "2020-01-05")
    audited(tmp_path)
    done = gongkai(tmp_path, "review", args[0], *args[1:3], "--edition", "small", "--by", "复核人", "--ground", "示例", *args[3:])
    assert done.code == 1
    assert says in done.err
