"""What the report says to people and not to machines."""

from __future__ import annotations

import pytest

from audit.report.pages import question_words


@pytest.mark.parametrize(("key", "words"), [
    ("budget:2019@2019-12-31", "财政预决算 2019年度"), ("proposal_summary:2019|2018", "建议提案总体办理情况 2019、2018年度"),
    ("decision_list:2019:..2019-06-30@2019-12-31", "重大行政决策事项目录 2019年度 2019-06-30以前发布"),
    ("decision_feedback:2019-01-01..:all", "意见征集结果反馈 2019-01-01以后发布 须读全"),
    ("disclosure_rules|meetings:列席", "政务公开工作制度、会议公开 含“列席”")])
def test_a_search_is_called_what_was_searched_for(key: str, words: str) -> None:
    assert question_words(key) == words
