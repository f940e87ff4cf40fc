"""How different places call the same things: names of columns and wordings of titles, as real sites vary them; all invented.

A title's fields: b the body, y the year it is about, p the policy's name, and for replies a the area, t the term, k the session, n the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tests.farm.model import Column, Entry, FarmSite, Thing


@dataclass(frozen=True)
class Spelling:
    """section: the portal's name. names: by slug; a slug that is missing keeps its name. titles: by what is planted. empty: what an empty column says."""

    section: str
    names: dict[str, str]
    titles: dict[str, str] = field(default_factory=dict)
    empty: str = "本栏目暂无内容"


PLAIN = Spelling("政府信息公开", {})

SPELLINGS: tuple[Spelling, ...] = (
    PLAIN,
    Spelling("信息公开", {
        "gzdt": "本局要闻", "tzgg": "公示公告", "zcwj": "政策法规", "gkzn": "信息公开指南", "jgzn": "机构概况", "qzqd": "责权清单", "czyjs": "财政信息",
        "jxpj": "预算绩效管理", "jyta": "提案议案办理情况", "zdjc": "重大决策公开", "gknb": "年度报告", "zcjd": "解读回应", "yjzj": "征求意见", "ldxx": "局长信箱"}, {
        "list of major decisions": "{b}关于公布{y}年度重大行政决策事项目录的通知", "list of powers": "{b}关于公布行政权力清单和行政责任清单的公告",
        "summary of proposals": "{b}关于{y}年建议提案办理工作总结的报告", "reply to a deputy": "对{a}{t}届人大{k}次会议第{n}号建议的答复",
        "reply to a member": "对{a}政协{t}届{k}次会议第{n}号提案的答复", "budget": "{b}{y}年部门预算及“三公”经费预算", "accounts": "{y}年度{b}部门决算",
        "evaluation": "{b}{y}年度项目支出绩效自评报告", "guide": "{b}信息公开指南", "organisation": "{b}机构简介",
        "annual report": "{y}年{b}政府信息公开工作年度报告", "list of things inspected at random": "{b}“双随机、一公开”抽查事项清单",
        "yearly plan": "{b}关于印发2019年政务公开工作要点的通知", "open day": "关于开展2019年“政府开放日”活动的公告",
        "rules of disclosure": "{b}政府信息公开管理办法", "interpretation in pictures": "图解《{b}公共停车管理办法》",
        "interpretation of a policy": "《{p}》解读", "draft decision": "关于征求《{p}（征求意见稿）》意见的公告",
        "answer to opinions": "关于《{p}（征求意见稿）》公众意见建议收集和采纳情况", "major projects": "2019年{b}重大建设项目计划"}, "暂无信息"),
    Spelling("政务公开", {
        "gzdt": "政务动态", "tzgg": "公告公示", "zcwj": "规范性文件", "gkzn": "政府信息公开指南", "jgzn": "机构设置", "qzqd": "权力清单和责任清单",
        "czyjs": "财政预决算及“三公”经费", "jxpj": "绩效管理", "jyta": "人大建议政协提案办理", "zdjc": "重大决策", "gknb": "政府信息公开年报", "zcjd": "政策解读",
        "yjzj": "民意征集", "ldxx": "我要写信"}, {
        "list of major decisions": "关于印发《{b}{y}年度重大行政决策事项目录》的通知", "list of powers": "{b}权力清单和责任清单事项",
        "summary of proposals": "{b}{y}年人大代表建议和政协委员提案办理情况", "reply to a deputy": "对{a}人大{t}届{k}次会议第{n}号建议的答复",
        "reply to a member": "对{a}{t}届政协{k}次会议第{n}号提案的答复", "budget": "{b}{y}年部门预算公开", "accounts": "{b}{y}年度决算公开",
        "evaluation": "{y}年度道路养护项目财政支出绩效评价报告", "guide": "政府信息公开指南", "organisation": "机构职能",
        "annual report": "{b}{y}年政府信息公开年度报告", "list of things inspected at random": "{b}随机抽查事项目录（2019年）",
        "yearly plan": "{b}2019年政务公开工作实施方案", "open day": "{b}关于举办2019年政务开放日活动的公告",
        "rules of disclosure": "{b}关于印发政府信息公开工作规定的通知", "catalogue": "{b}主动公开基本目录", "new media": "{b}政务新媒体账号一览表",
        "interpretation in pictures": "【图解】{b}公共停车管理办法", "interpretation of a policy": "关于《{p}》的政策解读",
        "draft decision": "{b}关于《{p}（征求意见稿）》公开征求意见的通知", "answer to opinions": "《{p}》征求意见采纳情况反馈",
        "system of announcing decisions beforehand": "{b}重大行政决策预公开办法", "major projects": "{b}2019年重大建设项目名单"}, "暂无数据"),
    Spelling("政府信息公开平台", {
        "gzdt": "工作信息", "tzgg": "公文通知", "zcwj": "法规文件", "gkzn": "公开指南", "jgzn": "职能介绍", "qzqd": "行政权力", "czyjs": "预决算公开", "jxpj": "绩效信息",
        "jyta": "建议提案", "zdjc": "决策公开", "gknb": "信息公开年度报告", "zcjd": "政策解读", "yjzj": "意见征集", "ldxx": "领导信箱"}, {
        "list of major decisions": "{y}年度{b}重大行政决策事项目录", "list of powers": "{b}权责清单（含权力清单、责任清单）",
        "summary of proposals": "{b}{y}年度建议提案总体办理情况公开", "reply to a deputy": "{b}对{a}第{t}届人民代表大会第{k}次会议第{n}号代表建议的答复",
        "reply to a member": "{b}对{a}政协第{t}届委员会第{k}次会议第{n}号提案的答复", "budget": "{y}年度部门预算（{b}）", "accounts": "{y}年度部门决算（{b}）",
        "evaluation": "{b}关于{y}年度道路养护项目绩效评价结果的公告", "guide": "{b}政府信息公开指南（2019年修订）", "organisation": "{b}主要职责",
        "annual report": "{b}{y}年度政府信息公开工作年报", "list of things inspected at random": "{b}双随机抽查事项清单",
        "yearly plan": "{b}2019年度政务公开工作安排", "open day": "“走进{b}”公众开放日活动预告（2019年）",
        "rules of disclosure": "{b}政府信息公开保密审查制度", "interpretation in pictures": "一图看懂：《{b}公共停车管理办法》",
        "interpretation of a policy": "政策解读：《{p}》", "draft decision": "《{p}（征求意见稿）》向社会公开征求意见",
        "answer to opinions": "《{p}（征求意见稿）》征求意见结果反馈", "major projects": "{b}2019年度重大建设项目信息公开"}, "该栏目暂无信息，敬请期待"),
    Spelling("政府信息公开专栏", {
        "gzdt": "新闻动态", "tzgg": "通知通告", "zcwj": "本机关文件", "gkzn": "指南", "jgzn": "本局职能", "qzqd": "权力事项", "czyjs": "资金信息", "jxpj": "绩效评价结果",
        "jyta": "两会建议提案", "zdjc": "重大行政决策事项", "gknb": "年报", "zcjd": "解读", "yjzj": "网上征集", "ldxx": "来信选登"}, {
        "list of major decisions": "{b}{y}年重大行政决策目录清单", "list of powers": "权责清单", "summary of proposals": "关于{y}年度人大代表建议、政协提案办理总体情况的报告",
        "reply to a deputy": "关于{a}{t}届人大{k}次会议第{n}号代表建议的复函", "reply to a member": "关于{a}政协{t}届{k}次会议第{n}号提案的答复函",
        "budget": "{y}年{b}部门预算说明", "accounts": "{y}年{b}部门决算情况", "evaluation": "{b}{y}年项目支出绩效评价报告", "guide": "信息公开指南",
        "organisation": "{b}职能配置、内设机构", "annual report": "{y}年度{b}政府信息公开年报", "yearly plan": "2019年{b}政务公开工作要点",
        "open day": "{b}2019年“公众开放日”活动公告", "rules of disclosure": "{b}政府信息公开实施细则",
        "interpretation of a policy": "{p}政策解读", "draft decision": "{p}（草案）公开征求意见公告", "answer to opinions": "{p}（草案）公开征求意见采纳情况公告"},
        "内容建设中"),
)
_SESSION = re.compile(r"(.*?)(?:政协)?([一二三四五六七八九十]+)届(?:人大)?([一二三四五六七八九十]+)次")
DISTRICT = {"局": "区", "本机关": "区政府"}  # names of columns on a district's site


def respelt(site: FarmSite, spelling: Spelling) -> FarmSite:
    """The same disclosures, called as another place calls them."""
    names = {k: _of_district(v) if site.level == "district" else v for k, v in spelling.names.items()}
    return replace(site, columns=[Column(names.get(c.slug, c.name), c.slug, spelling.section if c.section else "", [_retitled(site, e, spelling) for e in c.entries],
                                         spelling.empty, c.away) for c in site.columns])


def _of_district(name: str) -> str:
    for word, other in DISTRICT.items():
        name = name.replace(word, other)
    return name


def _retitled(site: FarmSite, entry: Entry, spelling: Spelling) -> Entry:
    thing = entry.thing
    form = spelling.titles.get(thing.what) if thing is not None else None
    if thing is None or form is None:
        return entry
    title = form.format(**_fields(site, entry, thing))
    files = tuple(replace(f, name=f"{title}.{f.ext}") for f in entry.files)
    return replace(entry, title=title, files=files)


def _fields(site: FarmSite, entry: Entry, thing: Thing) -> dict[str, str]:
    said = re.search("《(.*?)(?:（征求意见稿）)?》", entry.title)
    body = site.short[0] if site.level == "district" and site.short else site.name
    out = {"b": body, "y": thing.of, "p": said[1] if said else thing.of, "a": "", "t": "", "k": "", "n": ""}
    number, session = re.search(r"第(\d+)号", entry.title), _SESSION.fullmatch(thing.of)
    if number and session:
        out |= {"n": number[1], "a": session[1], "t": session[2], "k": session[3]}
    return out
