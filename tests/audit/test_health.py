"""The checks of a site's health: freshness, blank columns, letters, dates, duplicates, dead links, visits; cases as data, no network."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.checks._wilson import interval
from audit.edition import Edition
from audit.model import Finding
from db.facts import ProbeFact
from db.words import Reason
from tests.audit.build import Town, doc, listing

AS_OF = date(2019, 12, 31)
N1, N2 = datetime(2020, 1, 5, 2, tzinfo=UTC), datetime(2020, 1, 6, 2, tzinfo=UTC)
HOST = "www.qinghe.example"
FILL = "<p>欢迎访问本网站，办事请登录一网通办。</p>" * 5


def check(name: str, **params: Any) -> Edition:
    """An edition of one indicator."""
    return Edition.model_validate({"id": "x", "name": "x", "source": "x", "indicator": [
        {"id": "H.1", "title": "x", "basis": "x", "check": name, "params": params}]})


def said(town: Town, name: str, nights: tuple[datetime, ...] = (N1, N2), **params: Any) -> Finding:
    """The finding after some nights on which the same stood."""
    for night in nights:
        town.look(night)
    return town.finding("H.1", edition=check(name, **params), as_of=AS_OF)


def verdict(found: Finding) -> tuple[str, str]:
    return found.status.value, found.reason.value


def front(*columns: tuple[str, str], rows: tuple[tuple[str, str], ...] = ()) -> str:
    """A home page with columns, and entries with their day (none: no day)."""
    links = "".join(f'<li><a href="{href}">{name}</a></li>' for href, name in columns)
    items = "".join(f'<li><a href="/zx/{n}.html">关于{title}工作有关情况的通报</a><span>{day}</span></li>' for n, (title, day) in enumerate(rows))
    return f'<html><head><title>清河区人民政府</title></head><body><ul class="nav">{links}</ul><ul class="list">{items}</ul>{FILL}</body></html>'


def days(*values: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"防汛{n}", v) for n, v in enumerate(values))


def bare_front() -> str:
    """A home page that is a menu and nothing else."""
    links = "".join(f'<li><a href="{href}">{name}</a></li>' for href, name in COLUMNS)
    return f'<html><head><title>清河区人民政府</title></head><body><ul class="nav">{links}</ul>{FILL}</body></html>'


COLUMNS = (("/dt/", "工作动态"), ("/tz/", "通知公告"))

# -- the home page ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("newest", "expected"), [
    ("2019-12-30", ("pass", "updated")), ("2019-12-17", ("pass", "updated")), ("2019-12-16", ("fail", "stale")), ("2019-03-01", ("fail", "stale")),
])
def test_a_home_page_is_as_new_as_its_newest_entry(newest: str, expected: tuple[str, str]) -> None:
    town = Town(stands={"/": front(*COLUMNS, rows=days(newest, "2019-02-03", "2019-02-02", "2019-01-05"))})
    assert verdict(said(town, "home_current")) == expected


def test_one_look_fails_no_home_page() -> None:
    town = Town(stands={"/": front(*COLUMNS, rows=days("2019-03-01", "2019-02-03", "2019-02-02", "2019-01-05"))})
    assert verdict(said(town, "home_current", (N2,))) == ("unknown", "one_night_only")


def test_entries_without_a_day_are_not_taken_for_old() -> None:
    town = Town(stands={"/": front(*COLUMNS, rows=days("", "", "2019-02-02", "2019-01-05", "2019-01-04"))})
    assert verdict(said(town, "home_current")) == ("unknown", "no_date")


def test_a_page_that_changes_between_two_looks_is_updated() -> None:
    town = Town(stands={"/": front(*COLUMNS, rows=days("", "", "", "", ""))}).look(N1)
    town.set({"/": front(*COLUMNS, rows=days("", "", "", "", "", "", ""))})
    assert verdict(said(town, "home_current", (N2,))) == ("pass", "updated")


def test_the_same_content_two_weeks_apart_fails_even_without_days() -> None:
    town = Town(stands={"/": front(*COLUMNS, rows=days("", "", "", "", ""))})
    assert verdict(said(town, "home_current", (N1 - timedelta(days=15), N1))) == ("fail", "stale")
    close = Town(stands={"/": front(*COLUMNS, rows=days("", "", "", "", ""))})
    assert verdict(said(close, "home_current", (N1 - timedelta(days=5), N1))) == ("unknown", "no_date")


def test_a_menu_is_judged_by_its_columns() -> None:
    town = Town(stands={"/": front(*COLUMNS), "/dt/": listing("工作动态", [("/a.html", "召开推进会", "2019-12-28"), ("/b.html", "调研情况", "2019-12-02")]),
                        "/tz/": listing("通知公告", [("/c.html", "有关通知", "2019-02-28")])})
    assert verdict(said(town, "home_current")) == ("pass", "updated")


def test_a_menu_all_of_whose_columns_are_old_fails_and_one_that_was_not_read_saves_it() -> None:
    old = {"/dt/": listing("工作动态", [("/a.html", "召开推进会", "2019-06-28"), ("/b.html", "调研情况", "2019-06-02")]),
           "/tz/": listing("通知公告", [("/c.html", "有关通知", "2019-02-28")])}
    assert verdict(said(Town(stands={"/": bare_front(), **old}), "home_current")) == ("fail", "stale")
    assert verdict(said(Town(stands={"/": bare_front(), **old}), "home_current", (N2,))) == ("unknown", "one_night_only")
    assert verdict(said(Town(stands={"/": bare_front(), **old, "/tz/": Reason.TIMEOUT}), "home_current")) == ("unknown", "timeout")


def test_columns_that_are_new_while_the_home_page_looks_old_are_a_scripts_work() -> None:
    town = Town(stands={"/": front(*COLUMNS, rows=days("2019-03-01", "2019-02-03", "2019-02-02")),
                        "/dt/": listing("工作动态", [("/a.html", "召开推进会", "2019-12-28"), ("/b.html", "调研情况", "2019-12-02")])})
    assert verdict(said(town, "home_current")) == ("unknown", "needs_rendering")


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.BLOCKED, Reason.TLS])
def test_a_home_page_that_cannot_be_read_is_unknown(reason: Reason) -> None:
    assert verdict(said(Town(stands={"/": reason}), "home_current")) == ("unknown", reason.value)


# -- columns ------------------------------------------------------------------------------------------------------------

NAMES = ("工作动态", "区县动态", "部门动态", "街镇动态", "政务动态", "图片新闻")


def columned(newest: list[str | None], note: str = "") -> Town:
    """A site of so many columns of news, each with its newest day; None: an entry without a day, empty: no entry."""
    names = NAMES[: len(newest)]
    town = Town(stands={"/": front(*((f"/c{n}/", name) for n, name in enumerate(names)))})
    for n, (name, day) in enumerate(zip(names, newest, strict=True)):
        rows = [] if day == "" else [(f"/c{n}/{i}.html", f"召开第{i}次工作推进会议", d) for i, d in enumerate((day or "", "2018-05-06", "2018-05-05"))]
        town.set({f"/c{n}/": listing(name, rows, note if day == "" else "")})
    return town


LIMITS = {"limits": {"news": 14}}


@pytest.mark.parametrize(("newest", "expected"), [
    (["2019-12-20"] * 5, ("pass", "updated")),
    (["2019-11-20"] * 4 + ["2019-12-20"], ("pass", "updated")),
    (["2019-11-20"] * 5, ("fail", "stale")),
    (["2019-11-20"] * 5 + ["2019-12-20"], ("fail", "stale")),
    (["2019-11-20"] * 4 + [None], ("unknown", "no_date")),  # whether the fifth is old cannot be told
    (["2019-11-20"] * 3 + [None], ("pass", "updated")),  # nor does it matter
])
def test_five_stale_columns_fail_and_four_do_not(newest: list[str | None], expected: tuple[str, str]) -> None:
    assert verdict(said(columned(newest), "columns_current", **LIMITS)) == expected


def test_stale_columns_are_seen_twice_before_they_fail() -> None:
    assert verdict(said(columned(["2019-11-20"] * 5), "columns_current", (N2,), **LIMITS)) == ("unknown", "one_night_only")


def test_a_column_that_could_not_be_read_is_not_stale() -> None:
    town = columned(["2019-11-20"] * 5)
    town.set({"/c4/": Reason.TIMEOUT})
    assert verdict(said(town, "columns_current", **LIMITS)) == ("unknown", "timeout")


def test_a_page_of_a_pager_is_no_column_of_its_own() -> None:
    rows = [(f"/c0/{i}.html", f"召开第{i}次工作推进会议", f"2019-12-{28 - i}") for i in range(5)]
    town = columned(["2019-12-28"])
    town.set({"/c0/": listing("工作动态", rows).replace("</ul>", '</ul><div class="page"><a href="/c0/index_1.html">下页</a></div>')})
    for n in range(1, 7):
        town.set({f"/c0/index_{n}.html": listing("工作动态", [(f"/c0/9{n}{i}.html", f"召开第{n}{i}次会议", f"2018-0{n}-{20 - i}") for i in range(5)])})
    found = said(town, "columns_current", **LIMITS)
    assert verdict(found) == ("pass", "updated")
    assert found.count == 0


def test_a_column_that_leads_to_others_and_one_led_to_twice_count_once() -> None:
    town = Town(stands={"/": front(*((f"/dt/{n}/" if n else "/dt/", name) for n, name in enumerate(("工作动态", *NAMES[1:4], NAMES[1]))))})
    for n, name in enumerate(("工作动态", *NAMES[1:4], NAMES[1])):
        where = f"/dt/{n}/" if n else "/dt/"
        town.set({where: listing(name, [(f"{where}{i}.html", f"召开第{n}{i}次工作推进会议", f"2019-0{5 - i}-0{n + 1}") for i in range(3)])})
    found = said(town, "columns_current", **LIMITS)
    assert (*verdict(found), found.count) == ("pass", "updated", 3)


@pytest.mark.parametrize(("blank", "expected"), [(5, "fail"), (4, "pass"), (0, "pass")])
def test_five_blank_columns_fail_and_four_do_not(blank: int, expected: str) -> None:
    town = columned([""] * blank + ["2019-12-20"] * (6 - blank), "本栏目暂无内容")
    found = said(town, "columns_empty", ask=["news"])
    assert (found.status.value, found.count) == (expected, blank)


def test_71_a_column_that_says_it_is_empty_while_its_entries_come_by_another_request_is_not_blank() -> None:
    from dataclasses import replace

    from audit.checks._columns import columns_of
    from audit.duty import bind
    from audit.view import SiteView
    from db.words import PageRef

    town = columned([""], "暂无数据").look(N1).look(N2)
    facts = town.at(N2)
    later = PageRef("http://www.qinghe.example/api/list", "POST", b"{}", "application/json")
    pages = {k: replace(p, doc=replace(p.doc, next_pages=(later,))) if p.doc and p.doc.empty_words else p for k, p in facts.pages.items()}
    rules = check("columns_empty")
    duty = bind(rules, rules.indicator[0], town.site, 2019, AS_OF, N2.date())
    found = columns_of(SiteView.of(replace(facts, pages=pages)), duty)
    assert [(c.name, c.blank, c.reason) for c in found] == [("工作动态", False, Reason.NOT_FETCHED)]


def test_a_blank_column_is_seen_twice_and_a_bare_list_is_not_blank() -> None:
    assert verdict(said(columned([""] * 5, "本栏目暂无内容"), "columns_empty", (N2,))) == ("unknown", "one_night_only")
    bare = said(columned([""] * 5), "columns_empty", ask=["news"])
    assert bare.status.value == "unknown"
    assert bare.count == 0


# -- letters ------------------------------------------------------------------------------------------------------------


def letters(*texts: str) -> Town:
    rows = [(f"/xx/{n}.html", f"关于小区停车问题的来信{n}", "2019-06-01") for n in range(len(texts))]
    town = Town(stands={"/": front(("/xx/", "领导信箱"), *COLUMNS), "/xx/": listing("领导信箱", rows, "" if rows else "本栏目暂无内容")})
    town.set({href: listing(name, [(f"{href}1.html", "召开推进会", "2019-12-02")]) for href, name in COLUMNS})
    for n, text in enumerate(texts):
        page = doc(f"关于小区停车问题的来信{n}", "", text).replace("信息公开</a> &gt; <a href=\"/1/\">栏目", "互动</a> &gt; <a href=\"/xx/\">领导信箱")
        town.set({f"/xx/{n}.html": page.replace(">信息公开<", ">互动交流<").replace(">栏目<", ">领导信箱<")})
    return town


BODY = "小区内停车十分困难，消防通道经常被占用，恳请有关部门尽快到现场查看并予以解决，方便居民出行，消除安全隐患。" * 2


@pytest.mark.parametrize(("texts", "expected"), [
    ((f"来信时间：2019-06-01 {BODY}回复时间：2019-06-05 答复内容：已安排整治。",), ("pass", "in_order")),
    ((f"来信时间：2019-06-01 {BODY}状态：未回复",), ("fail", "unanswered")),
    ((f"来信时间：2019-11-20 {BODY}状态：办理中",), ("pass", "in_order")),  # still in time
    ((f"来信时间：2018-06-01 {BODY}状态：未回复",), ("unknown", "not_visible")),  # older than a year: not asked about
    ((f"来信时间：2019-06-01 {BODY}",), ("unknown", "no_date")),  # whether it was answered is not shown
    ((f"来信时间：2019-06-01 {BODY}我多次反映，有关部门尚未答复。 答复内容：经核实，目前整治工作正在办理中，预计下月完成。",), ("pass", "in_order")),
    ((f"来信时间：2019-06-01 {BODY}我多次反映，有关部门尚未答复，一直在处理中，",), ("unknown", "no_date")),  # its writer says so, not the page
    ((f"来信时间：2019-06-01 {BODY}\n办理状态：正在办理中",), ("fail", "unanswered")),
    ((f"来信时间：2019-06-01 {BODY}\n答复内容：暂无回复",), ("fail", "unanswered")),
    ((), ("unknown", "budget")),  # in this small town the details of other lists were not opened: not even that is certain
])
def test_letters(texts: tuple[str, ...], expected: tuple[str, str]) -> None:
    found = verdict(said(letters(*texts), "replies_in_time"))
    assert found == expected


def test_a_letter_fails_on_two_looks_only() -> None:
    town = letters(f"来信时间：2019-06-01 {BODY}状态：未回复")
    assert verdict(said(town, "replies_in_time", (N2,))) == ("unknown", "one_night_only")


# -- pages --------------------------------------------------------------------------------------------------------------


def paged(count: int, body: str = "", **more: str) -> Town:
    rows = [(f"/dt/{n}.html", f"召开第{n}次工作推进会议", "2019-12-02") for n in range(count)]
    town = Town(stands={"/": front(*COLUMNS), "/dt/": listing("工作动态", rows)})
    for n in range(count):
        text = body or f"会议研究了第{'一二三四五六七八九十'[n % 10]}项议题{n}" + "，".join(f"事项{chr(0x4e00 + 37 * n + i)}推进情况" for i in range(20))
        town.set({f"/dt/{n}.html": doc(f"召开第{n}次工作推进会议", more.get(f"d{n}", "2019-12-02"), text)})
    return town


def test_a_day_that_had_not_come_is_told_and_never_failed() -> None:
    assert verdict(said(paged(3), "dates_sane")) == ("pass", "in_order")
    found = said(paged(3, d1="2020-03-09"), "dates_sane")
    assert (*verdict(found), found.count) == ("partial", "future_date", 1)
    assert verdict(said(paged(3, d1="2020-01-07"), "dates_sane", (N2,))) == ("pass", "in_order")  # a day's tolerance


def test_the_same_text_under_other_titles_is_told() -> None:
    assert verdict(said(paged(12), "pages_distinct")) == ("pass", "in_order")
    found = said(paged(12, body="为做好有关工作，依据有关规定，结合实际，现予公布，请各有关单位和公众知悉，欢迎监督。" * 4), "pages_distinct")
    assert found.status.value == "pass"  # their titles differ in numbers only, which are no difference
    town = paged(12, body="为做好有关工作，依据有关规定，结合实际，现予公布，请各有关单位和公众知悉，欢迎监督。" * 4)
    for n, word in enumerate("甲乙丙丁"):
        town.set({f"/dt/{n}.html": doc(f"关于{word}类事项的通知公告", "2019-12-02", "为做好有关工作，依据有关规定，结合实际，现予公布，请知悉。" * 4)})
    assert verdict(said(town, "pages_distinct")) == ("partial", "duplicate")


def test_a_link_is_dead_when_it_is_gone_on_two_days() -> None:
    town = paged(12)
    assert verdict(said(town, "links_alive")) == ("pass", "in_order")
    town = paged(12)
    town.set({"/dt/3.html": 404})
    found = said(town, "links_alive")
    assert (*verdict(found), found.count) == ("partial", "dead_links", 1)
    town = paged(12)
    town.set({"/dt/3.html": 404})
    assert verdict(said(town, "links_alive", (N2,))) == ("unknown", "one_night_only")
    slow = paged(12)
    slow.set({"/dt/3.html": Reason.TIMEOUT})
    assert verdict(said(slow, "links_alive")) == ("pass", "in_order")


# -- visits -------------------------------------------------------------------------------------------------------------

END = datetime(2019, 12, 31, 15, tzinfo=UTC)  # 23:00 in China


def visits(hours: int, down: set[int], proved: bool = True, every: int = 60, answer: str = "timeout") -> Town:
    town = Town(stands={"/": front(*COLUMNS)}).look(N2)
    for n in range(hours * 60 // every):
        at = END - timedelta(minutes=every * n)
        value = {"answer": answer} if n in down else {"answer": "ok", "status": 200}
        town.probes.append(ProbeFact(HOST, "http4.home", "far", at, 1, {**value, "controls_ok": proved}, "p.warc.gz:0"))
    return town


@pytest.mark.parametrize(("hours", "down", "expected"), [
    (168, 0, ("pass", "reachable")), (168, 8, ("pass", "reachable")), (168, 9, ("fail", "down")), (168, 168, ("fail", "down")),
    (24, 24, ("unknown", "too_few")),  # down for a whole night and day is not down for a week
    (120, 60, ("unknown", "too_few")),
])
def test_down_in_one_night_is_not_down(hours: int, down: int, expected: tuple[str, str]) -> None:
    found = visits(hours, set(range(down))).finding("H.1", edition=check("site_reachable"), as_of=AS_OF)
    assert verdict(found) == expected


def test_visits_count_only_from_a_place_that_the_controls_prove_and_apart() -> None:
    assert verdict(visits(168, set(range(90)), proved=False).finding("H.1", edition=check("site_reachable"), as_of=AS_OF)) == ("unknown", "not_probed")
    dense = visits(24, set(range(144)), every=10)
    assert verdict(dense.finding("H.1", edition=check("site_reachable"), as_of=AS_OF)) == ("unknown", "too_few")


def test_a_refusal_is_an_answer() -> None:
    town = visits(168, set())
    town.probes = [ProbeFact(p.host, p.kind, p.vantage, p.at, p.run, {**p.value, "status": 403}, p.warc) for p in town.probes]
    assert verdict(town.finding("H.1", edition=check("site_reachable"), as_of=AS_OF)) == ("pass", "reachable")


# -- links over IPv6 ----------------------------------------------------------------------------------------------------


def sampled(opened: int, n: int, of: int, nights: int = 2, **params: Any) -> tuple[str, str]:
    town = Town(stands={"/": front(*COLUMNS)}).look(N2)
    value = {"answer": "ok", "of": of, "n": n, "opened": opened, "broken": 0, "census": of == n, "seed": "s", "links": []}
    town.probes = [ProbeFact(HOST, "links6.second", "far", at, 1, value, "p.warc.gz:0") for at in (N1, N2)[-nights:]]
    return verdict(town.finding("H.1", edition=check("ipv6_links", **params), as_of=AS_OF))


def test_67_an_interval_that_holds_the_limit_decides_nothing_and_a_census_does() -> None:
    assert sampled(24, 30, 61, share=0.8) == ("unknown", "straddles")
    assert sampled(24, 30, 30, share=0.8) == ("pass", "supported")
    assert sampled(23, 30, 30, share=0.8) == ("fail", "too_few")
    assert sampled(30, 30, 61, share=0.8) == ("pass", "supported")
    assert sampled(10, 30, 61, share=0.8) == ("fail", "too_few")
    assert sampled(10, 30, 61, nights=1, share=0.8) == ("unknown", "one_night_only")
    assert sampled(24, 30, 61) == ("unknown", "no_limit")


def test_67_the_interval_is_wilsons() -> None:
    low, high = interval(24, 30)
    assert (round(low, 2), round(high, 2)) == (0.63, 0.90)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_narrows_with_more(kn: tuple[int, int]) -> None:
    k, n = kn
    low, high = interval(k, n)
    assert 0 <= low <= k / n <= high <= 1
    wider = interval(10 * k, 10 * n)
    assert wider[1] - wider[0] < high - low


# -- links that lead away -----------------------------------------------------------------------------------------------


def led(hosts: dict[str, bool], suspicious: list[str], nights: int = 2) -> Finding:
    """hosts: name -> whether two resolvers say that it does not exist."""
    town = Town(stands={"/": front(*COLUMNS)}).look(N2)
    value = {"answer": "ok", "of": len(hosts), "suspicious": [{"url": "http://x.example/", "words": w} for w in suspicious],
             "hosts": {h: {"url": f"http://{h}/", "words": "友情链接", "a": [], "aaaa": [], "gone": gone} for h, gone in hosts.items()}}
    town.probes = [ProbeFact(HOST, "links.outside", "far", at, 1, value, "p.warc.gz:0") for at in (N1, N2)[-nights:]]
    return town.finding("H.1", edition=check("links_outside"), as_of=AS_OF)


def test_where_a_home_page_leads_away_to_is_told_and_never_failed() -> None:
    assert verdict(led({"www.gov.example": False}, [])) == ("pass", "in_order")
    assert verdict(led({"old.example": True, "b.example": False}, [])) == ("partial", "dead_links")
    assert verdict(led({"old.example": True}, [], nights=1)) == ("unknown", "one_night_only")
    assert verdict(led({"a.example": False}, ["某某真人娱乐平台"])) == ("partial", "hijacked")


@pytest.mark.parametrize(("words", "expected"), [
    ("体育彩票管理中心", False), ("福利彩票公益金使用情况", False), ("禁毒禁赌宣传", False), ("青少年足球联赛", False), ("政务服务网", False),
    ("澳门百家乐平台", True), ("彩票投注网站", True), ("XX娱乐城开户", True), ("成人视频", True),
])
def test_what_speaks_of_betting(words: str, expected: bool) -> None:
    from crawler.probe.outside import SUSPICIOUS

    assert bool(SUSPICIOUS.search(words)) is expected
