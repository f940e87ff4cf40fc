"""Hard cases with their right answers: what stands on a small site, what the finding must say and why."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from audit.search import state
from audit.sitesearch import words_of
from db.words import Host, Level, PageRef, Question, Reason, Role
from spiders.families import affair_api
from tests.audit.build import LIST_TEXT, NIGHT, ORIGIN, Listed, Town, doc, home, listing
from tests.farm import files

HUB: tuple[tuple[str, str], ...] = (("重大行政决策", "/jc/"), ("通知公告", "/tz/"), ("权责清单", "/qz/"), ("财政预决算", "/cz/"), ("建议提案办理", "/ta/"))
DL = "清河区2019年度重大行政决策事项目录"


def town(**more: Any) -> Town:
    """A site whose columns all say that they are empty."""
    links = "".join(f'<li><a href="{href}">{name}</a></li>' for name, href in HUB)
    made = Town(**more).set({"/": home(*HUB), "/gk/": f"<html><title>信息公开</title><body><ul>{links}</ul></body></html>"})
    for name, href in HUB:
        made.set({href: listing(name, [], "本栏目暂无内容")})
    for n in range(2):
        made.set({f"/news/{n}/": listing(f"要闻频道{n}", [(f"/news/{n}/1.html", "区领导调研重点项目建设工作", "2019-12-02"),
                                                   (f"/news/{n}/2.html", "我区召开安全生产工作会议", "2019-12-01")])})
    return made


def said(found: Any) -> tuple[str, str]:
    """Status and reason."""
    return found.status.value, found.reason.value


def test_01_the_list_may_stand_under_notices() -> None:
    t = town().set({"/tz/": listing("通知公告", [("/tz/1.html", DL, "2019-05-20")]), "/tz/1.html": doc(DL, "2019-05-20", LIST_TEXT)}).look()
    assert said(t.finding("01.1")) == ("pass", "published")
    assert said(t.finding("01.2")) == ("pass", "published_in_time")


BUDGET = "清河区2019年度部门预算"


def _budget(pdf: Any, file_host: str = "http://files.qinghe.example") -> Town:
    other = (Host("http://files.qinghe.example", Role.PLATFORM),)
    link = f'<p>附件：<a href="{file_host}/1.pdf">{BUDGET}.pdf</a></p>'
    return town(hosts=other).set({"/cz/": listing("财政预决算", [("/cz/1.html", BUDGET, "2019-02-20")]),
                                  "/cz/1.html": doc(BUDGET, "2019-02-20", "详见附件。", link), f"{file_host}/1.pdf": pdf})


LINES = [BUDGET, "收入预算总表（单位：万元）", "财政拨款收入 2863.40", "支出预算总表", "基本支出 1902.30 项目支出 961.10"]


def test_02_a_file_on_a_second_host_is_the_disclosure() -> None:
    found = _budget(files.pdf(LINES)).look().finding("35.1")
    assert said(found) == ("pass", "published")
    assert any(e.url.endswith("1.pdf") for e in found.evidence)


def test_03_a_refused_file_is_unknown_and_the_site_s_doing() -> None:
    found = _budget(403).look().finding("35.1")
    assert said(found) == ("unknown", "blocked")
    assert found.fault is not None
    assert found.fault.value == "site"


def test_04_a_scan_is_present_and_its_fields_unknown() -> None:
    t = _budget(files.scan(LINES)).look()
    assert said(t.finding("35.1")) == ("pass", "published")
    bureau = _budget(files.scan(LINES))
    bureau.level, bureau.name = Level.BUREAU, "清河区财政局"
    assert said(bureau.look().finding("18.1")) == ("unknown", "scanned")


def test_05_a_title_whose_page_is_gone_on_two_nights_is_half() -> None:
    t = town().set({"/jc/": listing("重大行政决策", [("/jc/1.html", DL, "2019-05-20")]), "/jc/1.html": 404})
    assert said(t.look(NIGHT - timedelta(days=1)).finding("01.1")) == ("unknown", "one_night_only")
    assert said(t.look(NIGHT).finding("01.1")) == ("partial", "title_only")


def test_06_a_page_that_a_capture_lacks_is_unknown() -> None:
    t = town(stage="ingest").set({"/jc/": listing("重大行政决策", [("/jc/1.html", DL, "2019-05-20")])}).look()
    assert said(t.finding("01.1")) == ("unknown", "not_captured")


def test_07_an_empty_column_and_nothing_elsewhere_is_absence_where_the_body_has_powers() -> None:
    found = town().look().finding("03.1")
    assert said(found) == ("fail", "absent")
    assert found.searches[0].columns
    assert any("暂无内容" in e.note for e in found.evidence)
    assert said(town(facts={}).look().finding("03.1")) == ("unknown", "fact_unset")


def _searchable(proof: Any, results: Any = "") -> Town:
    """A town with a search form, a notice by which it is proved, and what the search answers."""
    title = "关于开展消防安全专项检查的通知"
    form = '<form action="/so/" method="get"><input type="text" name="q"></form></body>'
    t = town().set({"/": home(*HUB).replace("</body>", form), "/tz/": listing("通知公告", [("/tz/9.html", title, "2019-10-08")]),
                    "/tz/9.html": doc(title, "2019-10-08", "现将有关事项通知如下。" * 12)})
    found = listing("搜索结果", [("/tz/9.html", title, "2019-10-08")])
    t.set({f"/so/?q={quote(title)}": found if proof is True else proof})
    for words in words_of("power_list"):
        t.set({f"/so/?q={quote(words)}": results or listing("搜索结果", [], "没有找到相关内容")})
    return t


def test_08_a_search_that_works_and_finds_nothing_is_on_record() -> None:
    found = _searchable(True).look().finding("03.1")
    assert said(found) == ("fail", "absent")
    assert any("权责清单" in q and "可搜到" in q for q in found.searches[0].queries)


@pytest.mark.parametrize("broken", [Reason.ROBOTS, Reason.TIMEOUT, listing("搜索结果", [], "没有找到相关内容")])
def test_09_a_broken_or_barred_search_is_recorded_and_not_needed(broken: Any) -> None:
    found = _searchable(broken).look().finding("03.1")
    assert said(found) == ("fail", "absent")
    assert any("不作依据" in q for q in found.searches[0].queries)


def test_what_only_the_search_finds_counts() -> None:
    t = _searchable(True, listing("搜索结果", [("/hidden/1.html", "清河区权责清单", "2019-03-01")]))
    t.set({"/hidden/1.html": doc("清河区权责清单", "2019-03-01", POWERS)}).look()
    assert said(t.finding("03.1")) == ("pass", "published")


def test_10_robots_closes_the_column() -> None:
    t = town().set({"/qz/": Reason.ROBOTS}).look()
    assert said(t.finding("03.1")) == ("unknown", "robots")


def test_11_12_a_block_half_way_is_unknown_unless_an_earlier_search_was_exhausted() -> None:
    blocked = town().set({"/jc/": Reason.BLOCKED}).look()
    assert said(blocked.finding("01.1")) == ("unknown", "blocked")
    earlier = town().look(datetime(2020, 1, 3, 2, tzinfo=UTC)).set({"/jc/": Reason.BLOCKED}).look()
    assert said(earlier.finding("01.1")) == ("fail", "absent")


def test_13_what_was_not_read_yet_is_ours() -> None:
    t = town()
    del t.stands["/jc/"]
    found = t.look().finding("01.1")
    assert said(found) == ("unknown", "budget")


def test_14_a_list_drawn_by_script_is_unknown() -> None:
    t = town().set({"/jc/": "<html><title>重大行政决策</title><body><div id=app></div><script src=/app.js></script></body></html>"}).look()
    assert said(t.finding("01.1")) == ("unknown", "needs_rendering")


COLUMN = ('<html><title>通知公告</title><div>当前位置：<a href="/">首页</a> &gt; 通知公告</div><h2>通知公告</h2><ul>暂无数据</ul>'
          '<script>var param={"channelList":["7"],"pageSize":15,"pageNo":1};$.ajax({url:"/front/api/data/affair"});</script></html>')


def _api(page_no: int) -> PageRef:
    return affair_api.page_request(ORIGIN + "/front/api/data/affair", ["7"], page_no)


def _records(rows: list[tuple[str, str]], total: int) -> Listed:
    found = [{"title": title, "url": f"/n/{n}.html", "display_date": day} for n, (title, day) in enumerate(rows)]
    return Listed(json.dumps({"data": {"totalCount": total, "list": found}}), ("通知公告",))


def test_16_a_list_cut_at_its_cap_is_read_past_the_window() -> None:
    rows = [(f"关于开展第{n}次专项检查的通知", f"2017-11-{28 - n:02d}") for n in range(15)]
    t = town().set({"/tz/": COLUMN}).set({_api(1): _records(rows, 10_000)}).look()
    assert said(t.finding("01.1")) == ("fail", "absent")


def test_17_a_list_cut_at_its_cap_and_not_in_order_proves_nothing() -> None:
    rows = [(f"关于开展第{n}次专项检查的通知", f"20{17 + n % 3}-11-{28 - n:02d}") for n in range(15)]
    t = town().set({"/tz/": COLUMN}).set({_api(1): _records(rows, 10_000), _api(2): _records([], 10_000)}).look()
    assert said(t.finding("01.1")) == ("unknown", "list_capped")


def test_71_items_that_come_by_post_and_were_not_read() -> None:
    drawn = COLUMN.replace('"/front/api/data/affair"', 'api+"/list"').replace("channelList", "ids")
    assert said(town().set({"/tz/": drawn.replace("暂无数据", "")}).look().finding("01.1")) == ("unknown", "needs_rendering")
    t = town().set({"/tz/": COLUMN}).set({_api(1): Reason.TIMEOUT}).look()
    assert said(t.finding("01.1")) == ("unknown", "timeout")


def test_entries_that_come_by_a_request_of_their_own_decide_what_their_column_is() -> None:
    named = COLUMN.replace("通知公告", "指南")  # which by its name alone is of services
    t = town().set({"/": home(*HUB, ("指南", "/zn/")), "/zn/": named}).look()
    assert said(t.finding("40.2"))[0] == "unknown", "what the column holds was never asked for"
    guide = doc("清河区政府信息公开指南", "2019-06-03", "收到申请后，自收到之日起20个工作日内予以答复。" * 4)
    rows = Listed(json.dumps({"data": {"totalCount": 1, "list": [{"title": "清河区政府信息公开指南", "url": "/zn/1.html", "display_date": "2019-06-03"}]}}), ("指南",))
    t = town().set({"/": home(*HUB, ("指南", "/zn/")), "/zn/": named, "/zn/1.html": guide}).set({_api(1): rows}).look()
    assert said(t.finding("40.2"))[0] == "pass"


def test_25_a_document_of_another_site_on_a_shared_host_does_not_count() -> None:
    shared = (Host("http://platform.example", Role.PLATFORM, {"param": {"siteId": "0075"}}),)
    for given, right in (("0075", ("pass", "published")), ("0076", ("fail", "other_body"))):
        link = f"http://platform.example/detail?id=1&siteId={given}"
        t = town(hosts=shared).set({"/jc/": listing("重大行政决策", [(link, "2019年度重大行政决策事项目录", "2019-05-20")]),
                                    link: doc("2019年度重大行政决策事项目录", "2019-05-20", LIST_TEXT, source="区政府办")}).look()
        assert said(t.finding("01.1")) == right


def test_27_the_same_document_in_three_columns_is_one() -> None:
    same = doc(DL, "2019-05-20", LIST_TEXT)
    rows = {f"/{c}/1.html": same for c in ("jc", "tz", "cz")}
    t = town().set({"/jc/": listing("重大行政决策", [("/jc/1.html", DL, "2019-05-20"), ("/tz/1.html", DL, "2019-05-20"),
                                               ("/cz/1.html", DL, "2019-05-20")]), **rows}).look()
    assert t.finding("01.1").count == 1


def test_37_the_day_in_an_address_decides_nothing() -> None:
    path = "/zhengwu/2019/188/1.html"
    t = town().set({"/jc/": listing("重大行政决策", [(path, DL, "2019-06-03")]), path: doc(DL, "2019-06-03", LIST_TEXT)}).look()
    found = t.finding("01.2")
    assert (said(found), found.evidence[0].published) == (("pass", "published_in_time"), "2019-06-03")


def test_38_the_shown_day_goes_before_the_metas() -> None:
    shown = doc(DL, "2019-03-18", LIST_TEXT).replace("<head>", '<head><meta name="PubDate" content="2020-09-26 10:00">')
    t = town().set({"/jc/": listing("重大行政决策", [("/jc/1.html", DL, "")]), "/jc/1.html": shown}).look(datetime(2020, 10, 10, tzinfo=UTC))
    found = t.finding("01.2")
    assert (said(found), found.evidence[0].published) == (("pass", "published_in_time"), "2019-03-18")


def test_18_news_about_the_thing_is_not_the_thing() -> None:
    t = town().set({"/qz/": listing("权责清单", [("/qz/1.html", "我局召开权责清单调整工作会议", "2019-05-15")]),
                    "/qz/1.html": doc("我局召开权责清单调整工作会议", "2019-05-15", "会议要求各科室梳理职权，按时完成调整。" * 5)}).look()
    found = t.finding("03.1")
    assert said(found) == ("fail", "absent")
    assert any("召开权责清单调整" in e.title for e in found.evidence)


REPORT = {"edition": "regulation-2019", "as_of": date(2020, 2, 29)}
LATER = datetime(2020, 3, 2, 2, tzinfo=UTC)


def _reports(title: str, day: str) -> Town:
    t = town(level=Level.BUREAU, name="清河区财政局")
    return t.set({"/": home(*HUB, ("年度报告", "/nb/")), "/nb/": listing("年度报告", [("/nb/1.html", title, day)]),
                  "/nb/1.html": doc(title, day, "一、总体情况。本年度主动公开政府信息二百余条，受理依申请公开十二件。" * 4, source="清河区财政局")})


def test_19_the_site_s_own_yearly_table_is_not_the_report_on_disclosure() -> None:
    t = _reports("清河区财政局2019年政府网站工作年度报表", "2020-01-10").look(LATER)
    found = t.finding("R50.1", **REPORT)
    assert said(found) == ("fail", "absent")
    assert any("年度报表" in e.title for e in found.evidence)
    assert said(t.finding("R50.1", edition="regulation-2019", as_of=date(2019, 12, 31))) == ("not_applicable", "not_due")


def test_20_last_year_s_list_is_of_another_year() -> None:
    old = DL.replace("2019", "2018")
    t = town().set({"/jc/": listing("重大行政决策", [("/jc/1.html", old, "2018-05-20")]), "/jc/1.html": doc(old, "2018-05-20", LIST_TEXT)}).look()
    assert said(t.finding("01.1")) == ("fail", "other_year")


def test_21_22_a_statement_of_none() -> None:
    t = town().set({"/jc/": listing("重大行政决策", [("/jc/1.html", DL, "2019-05-20")]),
                    "/jc/1.html": doc(DL, "2019-05-20", "经梳理，本单位2019年度无重大行政决策事项。"),
                    "/qz/": listing("权责清单", [("/qz/1.html", "清河区权责清单", "2019-05-20")]),
                    "/qz/1.html": doc("清河区权责清单", "2019-05-20", "经梳理，本单位无行政权力事项。")}).look()
    assert said(t.finding("01.1")) == ("pass", "declared_none")
    assert said(t.finding("03.1")) == ("not_applicable", "declared_none")
    assert said(town(facts={"has_powers": False}).look().finding("03.1")) == ("not_applicable", "fact_says_no")


POWERS = "权力名称：道路挖掘许可；权力类型：行政许可；设定依据：《城市道路管理条例》第三十三条；责任事项：受理、审查、决定；追责情形：违法许可。" * 4


def test_23_24_one_hop_to_the_common_portal() -> None:
    link = '<html><title>清河区</title><body><ul>' + "".join(f'<li><a href="{h}">{n}</a></li>' for n, h in HUB if n != "权责清单")
    link += '<li><a href="http://zwdt.example/qinghe/list.html">权责清单</a></li></ul>' + "<p>欢迎访问本网站，办事请登录一网通办。</p>" * 5 + "</body></html>"
    t = town().set({"/": link, "http://zwdt.example/qinghe/list.html": doc("清河区权责清单", "2019-03-01", POWERS)}).look()
    del t.nights[0][1]["/qz/"]
    found = t.finding("03.1")
    assert said(found) == ("pass", "published")
    assert "zwdt.example" in found.evidence[0].url
    front = home(*((f"频道{n}", f"/c{n}/") for n in range(20)))
    t = town().set({"/": link, "/gk/": link, "http://zwdt.example/qinghe/list.html": front}).look()
    del t.nights[0][1]["/qz/"]
    assert said(t.finding("03.1")) == ("partial", "entrance_only")
    assert said(t.finding("03.2")) == ("unknown", "entrance_only")
    assert said(t.finding("03.3")) == said(t.finding("03.4")) == ("unknown", "entrance_only"), "a list on a system that was not read may be adjusted"


def test_26_former_names_and_old_hosts_are_ours() -> None:
    title = "清水县2019年度重大行政决策事项目录"
    t = town(formerly=("清水县人民政府",), hosts=(Host("http://old.example", Role.OLD),)).set({
        "/jc/": listing("重大行政决策", [("http://old.example/1.html", title, "2019-05-20")]),
        "http://old.example/1.html": doc(title, "2019-05-20", LIST_TEXT, source="清水县人民政府")}).look()
    assert said(t.finding("01.1")) == ("pass", "published")


def test_28_a_department_s_list_is_not_the_district_s() -> None:
    title = "清河区教育局2019年度重大行政决策事项目录"
    t = town().set({"/jc/": listing("重大行政决策", [("/jc/1.html", title, "2019-05-20")]),
                    "/jc/1.html": doc(title, "2019-05-20", LIST_TEXT, source="清河区教育局")}).look()
    found = t.finding("01.1")
    assert said(found) == ("fail", "other_body")
    assert "教育局" in found.evidence[0].title


def _list_of(day: str, shown: str | None = None, text: str = LIST_TEXT) -> Town:
    return town().set({"/jc/": listing("重大行政决策", [("/jc/1.html", DL, day)]), "/jc/1.html": doc(DL, shown if shown is not None else day, text)})


def test_31_the_day_itself_is_in_time() -> None:
    assert said(_list_of("2019-06-30").look().finding("01.2")) == ("pass", "published_in_time")


def test_32_33_late_unless_an_earlier_copy_stands_elsewhere() -> None:
    found = _list_of("2019-08-10").look().finding("01.2")
    assert said(found) == ("partial", "late")
    assert found.count == 41
    t = _list_of("2019-08-10").set({"/tz/": listing("通知公告", [("/tz/1.html", DL, "2019-05-20")]), "/tz/1.html": doc(DL, "2019-05-20", LIST_TEXT + "。")})
    assert said(t.look().finding("01.2")) == ("pass", "published_in_time")
    unread = _list_of("2019-08-10").set({"/tz/": Reason.TIMEOUT}).look()
    assert said(unread.finding("01.2")) == ("unknown", "timeout")


def test_34_a_day_of_bulk_import_dates_nothing() -> None:
    day = "2020-08-13"
    rows = [(f"/tz/{n}.html", f"关于开展第{n}次专项检查的通知", day) for n in range(30)]
    t = town().set({"/tz/": listing("通知公告", rows), **{h: doc(title, day, "现将有关事项通知如下。" * 12) for h, title, _ in rows}})
    signed = doc(DL, day, LIST_TEXT).replace("发布日期", "成文日期：2019-03-05　发布日期")
    t.set({"/jc/": listing("重大行政决策", [("/jc/1.html", DL, day)]), "/jc/1.html": signed}).look(datetime(2020, 9, 15, tzinfo=UTC))
    assert said(t.finding("01.1")) == ("pass", "published")
    assert said(t.finding("01.2")) == ("unknown", "bulk_date")


def test_35_the_list_s_date_decides_where_the_page_has_none() -> None:
    found = _list_of("2019-05-20", shown="").look().finding("01.2")
    assert said(found) == ("pass", "published_in_time")
    assert found.evidence[0].dated_by == "list"


def test_36_no_date_anywhere_is_unknown_unless_a_search_after_the_deadline_had_not_found_it() -> None:
    undated = _list_of("", shown="").look(datetime(2019, 7, 2, 2, tzinfo=UTC)).look()
    assert said(undated.finding("01.2")) == ("unknown", "no_date")
    t = town().look(datetime(2019, 7, 1, 2, tzinfo=UTC))
    t.set(_list_of("", shown="").stands).look(datetime(2019, 7, 2, 2, tzinfo=UTC)).look()
    assert said(t.finding("01.2")) == ("partial", "late")


def test_39_what_is_dated_after_the_audited_day_is_not_there_yet() -> None:
    t = _list_of("2020-01-05").look()
    assert said(t.finding("01.1")) == ("fail", "after_as_of")
    assert said(t.finding("01.2")) == ("fail", "after_as_of")


def test_40_seen_and_withdrawn_is_half() -> None:
    t = _list_of("2019-05-20").look(datetime(2019, 11, 2, 2, tzinfo=UTC))
    t.set({"/jc/": listing("重大行政决策", [], "本栏目暂无内容"), "/jc/1.html": 404}).look(NIGHT - timedelta(days=1)).look()
    assert said(t.finding("01.1")) == ("partial", "withdrawn")


def test_a_page_that_is_gone_once_is_asked_for_a_third_time_though_no_list_names_it() -> None:
    t = _list_of("2019-05-20").look(NIGHT - timedelta(days=2))
    t.set({"/jc/": listing("重大行政决策", [], "本栏目暂无内容"), "/jc/1.html": 404}).look(NIGHT - timedelta(days=1))
    question = Question("decision_list", 2019, as_of=date(2019, 12, 31))
    assert "/jc/1.html" in " ".join(w.ref.url for w in state(t.at(NIGHT), question, fresh_since=NIGHT, retry_since=NIGHT).wanted)
    assert said(t.finding("01.1")) == ("unknown", "one_night_only")


@pytest.mark.parametrize(("column", "page"), [("/jc/", "/jc/1.html"), ("/zw/jc2-gk/", "/zw/jc2-nr/2019/1.html")])
def test_a_page_that_was_named_never_read_and_is_named_no_more_may_have_been_the_thing(column: str, page: str) -> None:
    links = tuple((name, column if name == "重大行政决策" else href) for name, href in HUB)
    t = town().set({"/": home(*links), column: listing("重大行政决策", [(page, DL, "2019-05-20")]), page: Reason.TIMEOUT}).look(NIGHT - timedelta(days=1))
    t.set({column: listing("重大行政决策", [], "本栏目暂无内容")}).look()
    assert said(t.finding("01.1")) == ("unknown", "timeout")


def test_41_43_44_45_when_we_looked_decides_what_absence_proves() -> None:
    early = town().look(datetime(2019, 10, 15, 2, tzinfo=UTC))
    assert said(early.finding("10.1")) == ("unknown", "observed_too_early")
    assert said(early.finding("10.1", as_of=date(2019, 10, 15))) == ("not_applicable", "not_due")
    late = town().look(datetime(2026, 11, 24, 2, tzinfo=UTC))
    assert said(late.finding("01.1")) == ("unknown", "observed_too_late")
    assert said(late.finding("01.1", as_of=date(2026, 11, 24), year=2026)) == ("fail", "absent")
    assert said(late.finding("10.1", as_of=date(2026, 11, 24), year=2026)) == ("not_applicable", "not_due")
    assert said(late.finding("03.1", as_of=date(2026, 11, 24), year=2026)) == ("fail", "absent")


def test_42_an_old_document_counts_by_its_own_date() -> None:
    t = _list_of("2019-05-20").look(datetime(2026, 11, 24, 2, tzinfo=UTC))
    assert said(t.finding("01.1")) == ("pass", "published")


def test_46_three_days_late_after_a_holiday() -> None:
    t = _reports("清河区财政局2019年政府信息公开工作年度报告", "2020-02-03").look(LATER)
    assert said(t.finding("R50.1", **REPORT)) == ("pass", "published")
    found = t.finding("R50.2", **REPORT)
    assert (said(found), found.count) == (("partial", "late"), 3)


def test_72_a_page_that_says_it_is_not_there() -> None:
    gone = "<html><head><title>提示信息</title></head><body><p>抱歉，您访问的页面不存在！</p></body></html>"
    t = town().set({"/jc/": listing("重大行政决策", [("/jc/1.html", DL, "2019-05-20")]), "/jc/1.html": gone})
    assert said(t.look(NIGHT - timedelta(days=1)).look().finding("01.1")) == ("partial", "title_only")
    for target in ("/jc/", "/", "http://www.qinghe.example/index.html"):
        up = f'<html><head><meta http-equiv="refresh" content="0; url={target}"><title></title></head><body></body></html>'
        t = town().set({"/jc/": listing("重大行政决策", [("/jc/1.html", DL, "2019-05-20")]), "/jc/1.html": up})
        assert said(t.look(NIGHT - timedelta(days=1)).finding("01.1")) == ("unknown", "one_night_only")
        assert said(t.look().finding("01.1")) == ("partial", "title_only")


def test_73_a_cover_of_another_year() -> None:
    lines = ["清河区2018年度部门预算", *LINES[1:]]
    assert said(_budget(files.pdf(lines)).look().finding("35.1")) == ("fail", "other_year")


def test_74_75_proposals() -> None:
    assert said(town(facts={}).look().finding("10.1")) == ("unknown", "fact_unset")
    summary = "清河区2018年建议提案办理总体情况"
    reply = "对市十五届人大一次会议第0123号代表建议的答复"
    t = town(level=Level.BUREAU, name="清河区财政局").set({
        "/ta/": listing("建议提案办理", [("/ta/1.html", summary, "2019-02-20"), ("/ta/2.html", reply, "2019-03-01")]),
        "/ta/1.html": doc(summary, "2019-02-20", "2018年，我局共承办人大代表建议19件、政协提案14件，均按期办结，办结率100%。" + "领导重视，及时沟通。" * 12,
                          source="清河区财政局"),
        "/ta/2.html": doc(reply, "2019-03-01", "您提出的建议收悉，现答复如下：" + "我们高度重视，积极推进。" * 20, source="清河区财政局")}).look()
    assert said(t.finding("10.1")) == ("pass", "published")
    assert said(t.finding("10.2")) == ("partial", "other_year")


def test_76_a_name_that_ended() -> None:
    title = "清河区权责清单"
    t = town().set({"/qz/": listing("权责清单", [("/qz/1.html", title, "2019-04-20")]),
                    "/qz/1.html": doc(title, "2019-04-20", POWERS + "行使主体：市工商局。")}).look()
    assert said(t.finding("03.1")) == ("pass", "published")
    assert said(t.finding("03.3")) == ("fail", "not_updated")


def test_a_list_that_goes_on_where_nothing_leads_on_proves_no_absence() -> None:
    rows = [(f"/tz/{n}.html", f"关于开展第{n}次专项检查的通知", f"2019-11-{28 - n:02d}") for n in range(15)]
    more = listing("通知公告", rows, "共3页 1/3页 下一页")
    assert said(town().set({"/tz/": more}).look().finding("01.1")) == ("unknown", "needs_rendering")


@pytest.mark.parametrize("name", ["云泽市发展和改革委员会", "云泽市住房和城乡建设管理委员会", "朱泉镇人民政府", "云泽市城乡建设局", "国家税务总局云泽市税务局"])
def test_a_body_whose_name_holds_another_organ_s_ending_is_itself(name: str) -> None:
    title = f"{name}2019年度重大行政决策事项目录"
    t = town(name=name, level=Level.BUREAU).set({"/jc/": listing("重大行政决策", [("/jc/1.html", title, "2019-05-20")]),
                                                 "/jc/1.html": doc(title, "2019-05-20", LIST_TEXT, source=name)}).look()
    assert said(t.finding("01.1")) == ("pass", "published")


def _guide(text: str, day: str = "2019-06-03") -> Town:
    title = "清河区人民政府政府信息公开指南"
    return town().set({"/": home(*HUB, ("公开指南", "/zn/")), "/zn/": listing("公开指南", [("/zn/1.html", title, day)]),
                       "/zn/1.html": doc(title, day, text)}).look()


def test_77_the_period_for_answers_counts_not_that_for_disclosing() -> None:
    both = "主动公开的信息自形成或者变更之日起20个工作日内公开。收到申请后能够当场答复的当场答复，不能的自收到之日起{}个工作日内予以答复。" + "获取方式见网站。" * 10
    assert said(_guide(both.format(15)).finding("40.2")) == ("fail", "not_updated")
    assert said(_guide(both.format("二十")).finding("40.2")) == ("pass", "published")
    assert said(_guide(both.format(20), "2018-03-01").finding("40.2")) == ("partial", "not_updated")
    assert said(_guide("获取方式见网站。" * 20).finding("40.2")) == ("unknown", "fields_missing")


def _plan(day: str, signed: str = "") -> Town:
    title = "清河区2019年政务公开工作要点"
    text = doc(title, day, "为做好2019年政务公开工作，制定本要点。" * 8)
    if signed:
        text = text.replace("发布日期", f"成文日期：{signed}　发布日期")
    return town().set({"/tz/": listing("通知公告", [("/tz/1.html", title, day)]), "/tz/1.html": text}).look()


def test_78_79_thirty_days_that_end_on_a_holiday_and_a_page_shown_before_it_was_signed() -> None:
    assert said(_plan("2019-04-06").finding("701.2")) == ("pass", "published_in_time")
    assert said(_plan("2019-04-08").finding("701.2")) == ("pass", "published_in_time")
    found = _plan("2019-04-02", signed="2019-04-20").finding("701.2")
    assert (said(found), found.count) == (("partial", "late"), 12)


def test_a_whole_capture_decides_though_it_names_folders_otherwise() -> None:
    t = town(stage="ingest")
    t.stands = {(k + "index.html" if isinstance(k, str) and k.endswith("/") else k): v for k, v in t.stands.items()}
    assert said(t.look().finding("01.1")) == ("fail", "absent")
    del t.nights[0][1]["/jc/index.html"]
    assert said(t.finding("01.1")) == ("unknown", "not_captured")


def test_a_column_is_read_to_its_end_though_its_second_page_holds_nothing_of_the_kind() -> None:
    old = "清河区2018年度重大行政决策事项目录"
    first = [("/zl/10.html", old, "2019-12-18"), *((f"/zl/1{k}.html", f"供水管网第{k}次检修的说明", "2019-12-11") for k in range(1, 4))]
    second = [(f"/zl/2{k}.html", f"道路养护第{k}次检修的说明", "2019-11-11") for k in range(4)]
    pages = {href: doc(title, day, "有关情况说明如下。" * 12) for href, title, day in (*first, *second)}
    more = '<div class="page"><a href="/zl/index_{0}.html">下一页</a></div></body>'
    t = town().set({"/": home(*HUB, ("人事任免", "/zl/")), "/zl/": listing("人事任免", first).replace("</body>", more.format(1)),
                    "/zl/index_1.html": listing("人事任免", second).replace("</body>", more.format(2)), **pages}).look()
    assert said(t.finding("01.1"))[0] == "unknown", "its third page was not read"
