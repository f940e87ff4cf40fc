"""What never ends or says the same again: left out where it is proved to be a copy, and said to be cut off where it is not."""

from __future__ import annotations

import pytest

from audit.survey import Survey
from audit.traps import COPIES, LIST_PAGES, folded
from tests.audit.build import NIGHT, Answer, Town, doc, home, listing, page


@pytest.mark.parametrize(("url", "inside"), [
    ("http://a.example/zwgk/zwgk/1.html", False), ("http://a.example/a/b/a/b/a/b/", True), ("http://a.example/1/1/1/1/", False),
    ("http://a.example/sub/sub/sub/", True), ("http://a.example/sub/sub/sub.html", False)])
def test_a_folder_within_itself(url: str, inside: bool) -> None:
    assert folded(url) is inside


def portal(name: str, at: str) -> str:
    """A page that leads on to pages of its own, word for word the same wherever it stands."""
    return page(name, "".join(f'<p><a href="{at}{n}/">下级栏目{n}</a></p>' for n in range(3)) + "<p>欢迎访问本网站。</p>" * 5)


def test_what_only_echoes_lead_to_is_left_and_what_others_lead_to_is_not() -> None:
    pages: dict[str, Answer] = {"/": home(("下级栏目", "/e/"), ("权责清单", "/e/0/1/2/"))}
    for path in ("/e/", "/e/0/", "/e/1/", "/e/2/", "/e/0/0/", "/e/0/1/"):
        pages[path] = portal("下级栏目", path)
    view = Survey.of(Town().set(pages).look().at(NIGHT))
    wanted = {c.ref.url.removeprefix("http://www.qinghe.example") for c in view.columns}
    assert view.trapped.named["echo"] > 0
    assert "/e/0/1/2/" in wanted, "the home page leads there too"
    assert not {"/e/0/0/0/", "/e/0/1/1/"} & wanted
    assert len([p for p in pages if p.startswith("/e/")]) > COPIES


def test_portals_that_say_little_but_lead_to_different_things_are_no_echoes() -> None:
    pages: dict[str, Answer] = {"/": home(*((f"子站{n}", f"/s{n}/") for n in range(6)))}
    for n in range(6):
        pages[f"/s{n}/"] = page("清河区", "".join(f'<p><a href="/s{n}/{k}/">专栏{n}{k}</a></p>' for k in range(3)) + "<p>欢迎访问本网站。</p>" * 5)
    view = Survey.of(Town().set(pages).look().at(NIGHT))
    assert not view.trapped.named["echo"]
    assert {f"http://www.qinghe.example/s{n}/{k}/" for n in range(6) for k in range(3)} <= {c.ref.url for c in view.columns}


def test_a_list_of_more_pages_than_anyone_reads_proves_no_absence() -> None:
    def one(n: int) -> str:
        rows = [(f"/tz/{n}_{k}.html", f"关于第{n}次第{k}项检查的通知", f"20{17 + k % 3}-0{1 + n % 9}-11") for k in range(4)]
        return listing("重大行政决策", rows).replace("</ul>", f'</ul><div class="page"><a href="/jc/?p={n + 1}">下一页</a></div>')

    town = Town().set({"/": home(("重大行政决策", "/jc/")), "/jc/": one(1), **{f"/jc/?p={n}": one(n) for n in range(2, LIST_PAGES + 2)}})
    found = town.set({"/news/0/": listing("要闻", [], "本栏目暂无内容"), "/news/1/": doc("要闻", "2019-01-01", "要闻")}).look().finding("01.1")
    assert (found.status.value, found.reason.value) == ("unknown", "list_capped")
