"""The report's own words, Chinese and English. Findings themselves are told in Chinese, for the body that is judged."""

from __future__ import annotations

ZH = {
    "title": "政务公开评估", "as_of": "审计日", "observed": "查看时间", "level": {"municipal": "市级门户", "district": "区", "bureau": "部门"},
    "rank": "名次", "site": "单位", "score": "得分", "range": "区间", "verified": "已核实", "unrated": "未定级", "of": "共",
    "pass": "达标", "partial": "部分达标", "fail": "不达标", "unknown": "未能判定", "not_applicable": "不适用",
    "simulated": "模拟数据：本报告的时钟和网站均为虚构，不得作为对任何真实单位的评价。",
    "other_year": "说明：以下为{own}年的要求，按{year}年执行。", "matrix": "各项指标一览", "hidden": "网站自身原因致使无法查阅的内容",
    "hidden_note": "以下内容因网站拒绝访问、robots.txt 限制或服务器出错而无法查阅；不计入得分，但逐项列明。", "method": "怎样核对",
    "method_text": "每项结论后列有依据：网址、标题、日期及其来源、抓取时间、字节摘要（sha256）和存档位置。用 gongkai evidence show 摘要 可取出存档原件并核验摘要。"
                   "“未能判定”不计分，区间给出其全部不达标与全部达标时的得分；已核实比例低于{min}的不定级。",
    "basis": "依据", "finding": "结论", "evidence": "证据", "search": "查找经过", "advice": "建议", "weight": "权重", "info": "参考", "bonus": "加分",
    "published": "公开日期", "fetched": "抓取于", "archive": "存档", "columns": "查阅的栏目", "read": "已读页面", "state": "结果",
    "between": "时间", "unread": "未能读取", "chapters": "分项得分", "back": "返回总表", "fault": {"site": "网站原因", "network": "网络原因", "ours": "我方原因"},
    "answered": "找到", "exhausted": "查遍", "stopped": "中断", "not_searched": "未查", "inputs": "输入摘要", "none": "—", "print": "第{n}号评估",
    "count": {"pass": "达标", "partial": "部分", "fail": "不达标", "unknown": "未判定", "not_applicable": "不适用"},
    "legend": "色块：", "queries": "站内搜索", "zone": "北京时间", "seen": "首次看到",
    "review": "人工复核", "overruled": "程序判为{found}，复核改为{status}。", "confirmed": "复核维持原判。", "review_stale": "证据已变，此前的复核不再适用，须重新复核。",
    "full": "满分{points}", "off": "扣{points}分（每项{per}，至多{cap}）", "worst": "，最多可能扣{points}分", "most": "至多扣", "grade": "等级",
}
EN = {
    **ZH, "title": "Disclosure audit", "as_of": "As of", "observed": "Observed", "rank": "Rank", "site": "Body", "score": "Score",
    "level": {"municipal": "Municipal", "district": "Districts", "bureau": "Bureaus"}, "range": "Range", "verified": "Verified",
    "unrated": "not rated", "of": "of", "pass": "pass", "partial": "partial", "fail": "fail", "unknown": "unknown",
    "not_applicable": "n/a", "simulated": "Simulated: clock and sites of this report are invented; it judges no real body.",
    "other_year": "Note: the duties of {own}, held against {year}.", "matrix": "All indicators",
    "hidden": "What sites themselves made unreadable", "method": "How to check",
    "hidden_note": "Refused, closed by robots.txt or broken; not counted, but named.",
    "method_text": "Each finding shows URL, title, date and what decided it, capture time, sha256 and place in the archive. "
                   "`gongkai evidence show SHA256` prints the archived bytes and verifies the digest. Unknowns do not count; the range takes "
                   "them all as fail and all as pass; below {min} verified a body is not rated.",
    "basis": "Basis", "finding": "Finding", "evidence": "Evidence", "search": "Search", "advice": "Advice", "weight": "Weight",
    "info": "info", "bonus": "bonus", "published": "Published", "fetched": "Fetched", "archive": "Archive", "columns": "Columns",
    "read": "Pages read", "state": "State", "between": "Between", "unread": "Unread", "chapters": "By chapter", "back": "Overview",
    "fault": {"site": "the site's", "network": "the network's", "ours": "ours"}, "answered": "answered", "exhausted": "exhausted",
    "stopped": "stopped", "not_searched": "not searched", "inputs": "Inputs", "print": "Assessment {n}",
    "queries": "Site search", "zone": "Beijing time", "seen": "First seen",
    "count": {"pass": "pass", "partial": "partial", "fail": "fail", "unknown": "unknown", "not_applicable": "n/a"}, "legend": "Legend: ",
    "review": "Review", "overruled": "Found {found}, set to {status}.", "confirmed": "Upheld.",
    "review_stale": "The evidence has changed since; to be reviewed again.",
    "full": "of {points} points", "off": "{points} off ({per} each, {cap} at most)", "worst": ", up to {points}", "most": "at most off",
    "grade": "Grade",
}


def labels(lang: str) -> dict[str, object]:
    """zh or en."""
    return dict(EN if lang == "en" else ZH)
