"""What a page or column is about: pure, deterministic, and each label says why.

Order of evidence: the title's form and words (rules.toml), the fields its words name (categories.toml), the column it
stands in, its attachments' names and the head of its text. A page *about* a thing is not the thing: reports are news.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import ahocorasick

from audit.classify.columns import address_label, column_labels, name_label, whole_name
from audit.classify.title import Title, take_apart
from audit.classify.vocabulary import Category, categories, family, flagged, is_a, rules, sha256
from db.words import Kind, Label, PageFacts

__all__ = ["CATEGORIES_SHA256", "THRESHOLD", "Category", "categories", "classify", "family", "flagged", "is_a"]

THRESHOLD = 0.8  # checks count a label from here on; its precision on held-out sites stands in docs/reading.md
CATEGORIES_SHA256 = sha256()
# columns that hold anything: they never say what a page in them is
_VAGUE = frozenset(("notice", "news", "disclosure_portal", "disclosure_catalogue", "policy_document", "other", "site_operation",
                    "online_service", "disclosure_annual_report", "planning", "organisation", "participation"))
_FIELD_FIRST = frozenset((
    "environment", "waste_sorting", "welfare_education", "welfare_health", "welfare_employment", "welfare_relief",
    "welfare_rural_aid", "welfare_culture_sport", "welfare_disaster", "rural_revitalization", "regional_aid", "risk_prevention",
    "national_strategy", "business_environment", "housing_security", "emergency", "open_data", "land", "fees", "special_funds",
    "random_inspection", "power_list", "enforcement", "disclosure_rules", "decision", "intermediary_list", "ipv6"))
_RULES_FIRST = frozenset(("disclosure_rules", "decision", "random_inspection", "enforcement", "grassroots_standard", "ipv6",
                          "decision_consultation", "decision_feedback", "policy_interpretation", "double_publicity"))


@cache
def _automaton() -> ahocorasick.Automaton:
    machine = ahocorasick.Automaton()
    for key, category in categories().items():
        for word in category.words:
            machine.add_word(word, (word, key))
    machine.make_automaton()
    return machine


_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:同志|局长|主任|书记)?$")
_CALLS = re.compile(
    r"申报|征集|报名|举办|开展.{0,40}(?:评选|推选|申报|评审|工作)|推荐|评选|培训|考试|公示|公告|启事|选聘|竞赛|大赛|值班|放假|安排|验收|课题|项目指南|认定|遴选|检查")
_HEADLINE = re.compile(r"[，,！!？?…]|[\u4e00-\u9fff]{3}\s+[\u4e00-\u9fff]{3}")
_BARE = frozenset(("通知", "公告", "公示", "通告", "通报", "附件", "正文", "详情"))  # titles that name nothing but a form
_LISTED = re.compile(r"(?:名单|对象|名录|项目库|发放情况|明细).{0,4}公示$")  # what is made public is the matter itself
_NOTICE = re.compile(r"的?(?:通知|公告|公示|启事|通告)$")
_PLANS = re.compile(
    r"规划(?!研究|局|委|和自然|设计|师|许可|展|馆|课题|建设|用地|管理|国土|院)|工作要点|工作计划|行动计划|工作总结|年度计划|五年计划|实施计划|工作思路|要点》?$|总结$|行动方案|工作方案|分工方案")
_STRICT = re.compile(r"办法|规定|细则|条例|规则|规程|机制|制度|实施意见")


def classify(facts: PageFacts) -> tuple[Label, ...]:
    """Labels of a page or, without a title, of a column; best first; never empty."""
    if not facts.title.strip():
        return tuple(column_labels(facts.column))
    if facts.kind in (Kind.HOME,):
        return (Label("other", 0.9, ("网站首页",)),)
    if facts.kind in (Kind.LIST, Kind.PORTAL, Kind.QUERY):
        path = facts.column if facts.column and facts.column[-1] == facts.title else (*facts.column, facts.title)
        labels = column_labels(path)
        hint = address_label(facts.url) if labels[0].category == "other" else None
        return (hint, *labels) if hint else tuple(labels)
    return tuple(_page(facts))


def _page(facts: PageFacts) -> list[Label]:
    title = take_apart(facts.title[:300])
    found: dict[str, Label] = {}

    def add(category: str, score: float, why: str) -> None:
        old = found.get(category)
        if old is None:
            found[category] = Label(category, round(min(score, 0.99), 3), (why,))
        elif why not in old.why:
            found[category] = Label(category, round(max(old.score, min(score, 0.99)), 3), (*old.why, why))

    hits = _rule_hits(title)
    vetoed = _vetoed(title)
    fields = [f for f in _fields(title.core) if f[0] not in vetoed]
    column = _column(facts)
    report = title.form == "report" and not any(h[0] in ("policy_interpretation", "public_response", "news", "training",
                                                         "proposal_reply", "interview", "open_day", "decision_consultation")
                                                for h in hits[:1])
    if report:
        add("news", 0.86 if not hits else 0.8, "标题为报道句式")
        for category, _, why in hits[:2]:
            add(category, 0.5, why)
        for category, word in fields[:1]:
            add(category, 0.45, f"标题词：{word}")
    else:
        for n, (category, score, why) in enumerate(hits[:3]):
            add(category, score if n == 0 else min(score, 0.6), why)
        _by_form(title, hits, fields, add)
    if column is not None and column.category in ("organisation", "leaders") and _NAME.match(title.full) and not hits:
        add("leaders", 0.85, f"人名：{title.full}")
    if not hits and len(title.full) <= 12 and title.full not in _BARE and (named := whole_name(title.full)):
        add(named[0], 0.88, f"标题即栏目名：{named[1]}")
    if column is not None:
        _by_column(title, column, found, add, bool(hits), bool(_HEADLINE.search(facts.title)))
    elif hint := address_label(facts.url):
        if hint.category in found:
            add(hint.category, found[hint.category].score + 0.04, hint.why[0])
        elif not found and not _HEADLINE.search(facts.title):
            add(hint.category, hint.score, hint.why[0])
    for name in facts.attachments[:3]:
        for category, score, _ in _rule_hits(take_apart(name[:120]))[:1]:
            if category in found:
                add(category, found[category].score + 0.03, f"附件名：{name[:30]}")
            elif not found:
                add(category, min(score, 0.75), f"附件名：{name[:30]}")
    if not found:
        _by_text(facts, vetoed, add)
    if not found:
        add("other", 0.3, "未见线索")
    out = sorted(found.values(), key=lambda x: (-x.score, x.category))
    return out[:4]


def _rule_hits(title: Title) -> list[tuple[str, float, str]]:
    hits: list[tuple[str, float, str]] = []
    seen: set[str] = set()
    for rule in rules():
        text = title.core if rule.on == "core" else title.full
        m = rule.re.search(text)
        if m is None or rule.category in seen or (rule.form and rule.form != title.form):
            continue
        if rule.not_ is not None and rule.not_.search(title.plain):
            continue
        seen.add(rule.category)
        hits.append((rule.category, rule.score, f"标题：{m[0][:24]}"))
        if rule.also and rule.also not in seen:
            hits.append((rule.also, 0.55, f"标题：{m[0][:24]}"))
    return hits


def _vetoed(title: Title) -> set[str]:
    """Categories whose own rule says of this title that it is not one of them, e.g. 普法责任清单 and power_list."""
    out = set()
    for rule in rules():
        if rule.not_ is not None and rule.not_.search(title.plain) and rule.re.search(title.core if rule.on == "core" else title.full):
            out.add(rule.category)
    return out


def _fields(core: str) -> list[tuple[str, str]]:
    """Fields that the words of a title name, the longest word first."""
    words = sorted({value for _, value in _automaton().iter(core)}, key=lambda v: (-len(v[0]), core.find(v[0]), v[1]))
    out: dict[str, str] = {}
    for word, category in words:
        out.setdefault(category, word)
    return list(out.items())


def _by_form(title: Title, hits: list[tuple[str, float, str]], fields: list[tuple[str, str]], add: Callable[[str, float, str], None]) -> None:
    """Rules and notices: the text of rules is policy, with its field beside it; other papers go by their field."""
    top = hits[0][0] if hits else None
    field = next(((c, w) for c, w in fields if c != top), None)
    policy = title.form == "official" and ("关于" in title.full or title.rule_text)
    if top is not None:
        if title.rule_text and top in _FIELD_FIRST and top not in _RULES_FIRST:
            add("policy_document", hits[0][1] + 0.01 if _STRICT.search(title.core) else hits[0][1] - 0.05, "标题为规则全文")
        elif policy:
            add("policy_document", 0.5, "公文句式")
        return
    if title.rule_text:
        add("policy_document", 0.88, "标题为规则全文")
        if field:
            add(field[0], 0.7 if _STRICT.search(title.core) else 0.86, f"标题词：{field[1]}")
    elif field is not None and _CALLS.search(title.full) and _NOTICE.search(title.full) and not _LISTED.search(title.full):
        add("notice", 0.78, "通知公告句式")
        add(field[0], 0.7, f"标题词：{field[1]}")
    elif field is not None:
        add(field[0], 0.78, f"标题词：{field[1]}")
        if policy:
            add("policy_document", 0.6, "公文句式")
    elif _PLANS.search(title.core):
        add("planning", 0.85, "标题为规划计划或总结")
    elif policy:
        if _CALLS.search(title.full):
            add("notice", 0.72, "通知公告句式")
            add("policy_document", 0.5, "公文句式")
        else:
            add("policy_document", 0.7, "公文句式")
    if _PLANS.search(title.core) and field is not None:
        add("planning", 0.74 if not title.rule_text else 0.6, "标题为规划计划或总结")


def _column(facts: PageFacts) -> Label | None:
    if not facts.column:
        return None
    labels = column_labels(facts.column)
    return labels[0] if labels[0].category != "other" else (labels[1] if len(labels) > 1 else None)


def _by_column(title: Title, column: Label, found: dict[str, Label], add: Callable[[str, float, str], None], ruled: bool,
               headline: bool) -> None:
    why = column.why[0]
    top = max(found.values(), key=lambda x: x.score, default=None)
    if column.category in found:
        add(column.category, found[column.category].score + 0.06, why)
        return
    if top is not None and is_a(top.category, column.category):
        add(top.category, top.score + 0.05, why)
        return
    if top is None:
        # words of a news item say nothing of its column's matter
        add(column.category, 0.82 if column.category not in _VAGUE and not headline else 0.72, why)
        if headline:
            add("news", 0.74, "标题为新闻句式")
    elif not ruled and column.category not in _VAGUE and top.score < 0.8:
        add(column.category, 0.8, why)
    elif not ruled and column.category in ("news", "notice") and top.score < 0.8 and title.form != "official":
        add(column.category, 0.79, why)
    elif column.category not in ("news", "notice", "disclosure_portal", "other"):
        add(column.category, 0.5, why)


def _by_text(facts: PageFacts, vetoed: set[str], add: Callable[[str, float, str], None]) -> None:
    if (hit := name_label(facts.title)) and hit[0] not in vetoed:
        add(hit[0], min(hit[1], 0.7), hit[2].replace("栏目名", "标题"))
        return
    for category, word in _fields(facts.excerpt[:300])[:1]:
        add(category, 0.45, f"正文词：{word}")
