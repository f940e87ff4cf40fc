"""Titles and columns of our own, each with the one answer that is right; and that nothing makes it fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.classify import THRESHOLD, categories, classify
from db.words import PageFacts

CASES = {
    "清河区财政局2019年度部门预算": "budget_plan",
    "清河区民政局2018年度部门决算": "final_accounts",
    "清河区2019年政府信息公开工作年度报告": "disclosure_annual_report",
    "清河区水务局2019年度政府网站工作年度报表": "site_report",
    "清河区2019年法治政府建设情况报告": "rule_of_law_report",
    "清河区教育局权责清单（2019年版）": "power_list",
    "我局召开权责清单调整工作推进会": "news",
    "关于公布2019年度清河区重大行政决策事项目录的通知": "decision_list",
    "对区政协二届三次会议第12号提案的答复": "proposal_reply",
    "清河区2019年人大代表建议和政协提案办理工作总结": "proposal_summary",
    "一图读懂《清河区政务公开办法》": "policy_interpretation",
    "关于《清河区养犬管理办法（征求意见稿）》公开征求意见的公告": "decision_consultation",
    "清河区住房保障局政府信息公开指南": "disclosure_guide",
}


@pytest.mark.parametrize(("title", "category"), CASES.items())
def test_a_title_gets_its_category_at_the_threshold(title: str, category: str) -> None:
    best = classify(PageFacts(title=title))[0]
    assert best.category == category
    assert best.score >= THRESHOLD
    assert best.why


@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=4))
def test_no_text_makes_it_raise_and_labels_are_known(title: str, column: list[str]) -> None:
    labels = classify(PageFacts(title=title, column=tuple(column)))
    assert labels
    assert all(x.category in categories() for x in labels)


@pytest.mark.parametrize(("file", "floor"), [("titles.jsonl", 0.93), ("columns.jsonl", 0.93)])
def test_real_titles_and_columns_no_worse_than_pinned(shared: Path, file: str, floor: float) -> None:
    rows = [json.loads(x) for x in (shared / "real" / file).read_text("utf-8").splitlines()]
    right = sum(classify(PageFacts(title=r.get("title") or "", column=tuple(r.get("column") or ())))[0].category
                in (r["category"], *r.get("category_also", [])) for r in rows)
    assert right / len(rows) >= floor


def test_an_address_speaks_only_where_nothing_else_does() -> None:
    best = classify(PageFacts(title="关于安图的若干情况", url="http://a.example.gov.cn/xxgk/zfxxgknb/202001/t20200101_1.html"))[0]
    assert (best.category, best.score < THRESHOLD) == ("disclosure_annual_report", True)
    assert best.why[0].startswith("网址")
    assert classify(PageFacts(title="2020年部门预算", url="http://a.example.gov.cn/zcjd/1.html"))[0].category == "budget_plan"


@pytest.mark.parametrize(("title", "wanted"), [
    ("市交通委员会关于发布行政处罚、行政检查和涉企收费等清单（2020版）的公告", "power_list"),  # 行政处 is no body
    ("市政府关于调整城镇职工社会保险缴费比例的通知", "welfare_employment"),  # 社会 neither
    ("试验单位名单（中华人民共和国农业农村部公告第280号）", None),  # a body inside brackets does not issue the title
])
def test_what_looks_like_a_body_and_is_none(title: str, wanted: str | None) -> None:
    got = classify(PageFacts(title=title))[0].category
    assert got == wanted if wanted else got != "organisation"


TITLES = [line.split("\t") for line in (Path(__file__).parent / "titles.tsv").read_text("utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("title", "wanted"), TITLES)
def test_a_title_alone_tells_its_category(title: str, wanted: str) -> None:
    assert classify(PageFacts(title=title))[0].category in wanted.split(",")
