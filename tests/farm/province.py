"""The sites of the province: who they are, what each discloses and how its site misbehaves. All names are invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from tests.farm import extras
from tests.farm import things as t
from tests.farm.model import Column, Entry, FarmSite
from tests.farm.noise import fill, interpreted

SEED = 20190315
NIGHTS = (date(2020, 1, 5), date(2020, 1, 6))
WHOLE = {"name", "kind", "basis", "duties", "accountability"}
NPC, CPPCC = "市十五届人大二次", "市政协十三届二次"  # the city's sessions of the edition's year
LAST = date(2019, 12, 27)
COLUMNS = (("工作动态", "gzdt", ""), ("通知公告", "tzgg", ""), ("政策文件", "zcwj", "政府信息公开"), ("公开指南", "gkzn", "政府信息公开"),
           ("机构职能", "jgzn", "政府信息公开"), ("权责清单", "qzqd", "政府信息公开"), ("财政预决算", "czyjs", "政府信息公开"),
           ("绩效评价", "jxpj", "政府信息公开"), ("建议提案办理", "jyta", "政府信息公开"), ("重大行政决策", "zdjc", "政府信息公开"),
           ("公开年报", "gknb", "政府信息公开"), ("政策解读", "zcjd", "政府信息公开"), ("意见征集", "yjzj", ""),
           ("领导信箱", "ldxx", ""))


def d(month: int, day: int, year: int = 2019) -> date:
    """A day."""
    return date(year, month, day)


def columns(rng: Random, body: str, planted: dict[str, list[Entry]], notices: tuple[int, int] = (34, 700), *, whole: bool = False) -> list[Column]:
    """The usual columns, with what is planted in each; entries under 通知公告 lie among notices: how many, over how many days.
    whole: with all that the further tasks ask."""
    if whole:
        planted = {k: [*planted.get(k, []), *extras.planted(body).get(k, [])] for k in {*planted, *extras.planted(body)}}
    out = []
    for name, slug, section in COLUMNS:
        out.append(Column(name, slug, section, list(planted.get(name, []))))
    by = {c.name: c for c in out}
    by["工作动态"].entries += fill(rng, body, "news", 40, LAST)
    by["通知公告"].entries += fill(rng, body, "notices", notices[0], LAST, notices[1])
    policies = fill(rng, body, "policies", 18, LAST)
    if whole:
        policies, told = interpreted(policies, 2019)
        by["政策解读"].entries += told
    by["政策文件"].entries += policies
    unknown = set(planted) - set(by)
    assert not unknown, unknown
    return out


def _facts(**more: str | bool | int) -> dict[str, str | bool | int]:
    return {"has_powers": True, "budget_unit": True, "handles_proposals": True, **more}


def perfect_district(rng: Random) -> FarmSite:
    """云山: all there, in time, on the district platform."""
    b = "云山区人民政府"
    npc, cppcc = "云山区五届人大四次", "云山区政协五届三次"
    planted = {
        "重大行政决策": [t.decision_list("云山区", 2019, d(5, 20)), t.decision_list("云山区", 2018, d(6, 11, 2018))],
        "权责清单": [t.power_list("云山区", d(4, 30), WHOLE)],
        "建议提案办理": [t.proposal_summary("云山区", 2019, d(12, 20)), t.reply(b, "npc", npc, 21, d(7, 3)), t.reply(b, "cppcc", cppcc, 8, d(7, 9))],
        "财政预决算": [t.budget("云山区", 2019, d(2, 1)), t.accounts("云山区", 2018, d(8, 28))],
        "公开指南": [t.guide(b, d(6, 3))], "机构职能": [t.organisation("云山区", d(4, 2))],
        "公开年报": [t.annual_report("云山区", 2018, d(3, 20))],
        "政策文件": [t.gazette("云山区", 2019, 1, d(3, 29)), t.gazette("云山区", 2019, 2, d(6, 28)), t.gazette("云山区", 2018, 1, d(3, 30, 2018))],
        "意见征集": [t.draft(b, "云山区公共停车管理办法", d(3, 1)), t.feedback(b, "云山区公共停车管理办法", d(4, 15))],
    }
    return FarmSite("yunshan", b, "district", "affair_api", "www.yunshan.example", columns(rng, "云山区", planted, whole=True), short=("云山区",),
                    facts=_facts(npc_session=npc, cppcc_session=cppcc, gazette_since=2018), aaaa=("2400:3200:1600::10",))


def usual_district(rng: Random) -> FarmSite:
    """临河: late, incomplete, of the wrong session, without IPv6."""
    b = "临河区人民政府"
    planted = {
        "重大行政决策": [t.decision_list("临河区", 2019, d(8, 10), form="docx")],
        "权责清单": [t.power_list("临河区", d(5, 6), {"name", "kind", "basis"})],
        "建议提案办理": [t.proposal_summary("临河区", 2019, d(11, 8), both=False), t.reply(b, "npc", "临河区六届人大三次", 5, d(2, 18)),
                     t.reply(b, "cppcc", "临河区政协六届四次", 17, d(8, 2))],
        "通知公告": [t.budget("临河区", 2019, d(2, 12), form="html")],
        "公开指南": [t.guide(b, d(7, 1), whole=False)], "机构职能": [t.organisation("临河区", d(4, 2))],
        "意见征集": [t.draft(b, "临河区户外广告设施管理办法", d(5, 6))],
        "政策文件": [t.gazette("临河区", 2019, 1, d(3, 28)), t.gazette("临河区", 2019, 3, d(9, 27))],
    }
    return FarmSite("linhe", b, "district", "trs", "www.linhe.example", columns(rng, "临河区", planted), short=("临河区",),
                    facts=_facts(npc_session="临河区六届人大四次", cppcc_session="临河区政协六届四次"))


def stale_district(rng: Random) -> FarmSite:
    """北湖: last year's list, a department's list, a list that names an ended body, an address that is not public."""
    b = "北湖区人民政府"
    ended = t.power_list("北湖区", d(4, 11), WHOLE, names="北湖区卫生和计划生育委员会", form="html")
    planted = {
        "重大行政决策": [t.decision_list("北湖区", 2018, d(5, 30, 2018)), t.decision_list("北湖区教育局", 2019, d(5, 14), own=False)],
        "权责清单": [ended],
        "建议提案办理": [t.proposal_summary("北湖区", 2018, d(2, 20)), t.reply(b, "npc", "北湖区四届人大五次", 33, d(6, 21))],
        "财政预决算": [t.budget("北湖区", 2019, d(2, 20)), replace_answer(t.accounts("北湖区", 2018, d(8, 20)), 404)],
        "公开指南": [t.guide(b, d(5, 20))],
    }
    return FarmSite("beihu", b, "district", "hanweb", "www.beihu.example", columns(rng, "北湖区", planted), short=("北湖区",),
                    formerly=("北湖区卫生和计划生育委员会",),
                    facts=_facts(npc_session="北湖区四届人大五次", cppcc_session="北湖区政协四届五次"), aaaa=("fd12:3456::1",))


def replace_answer(entry: Entry, answer: int) -> Entry:
    """The same entry whose page answers otherwise: listed, and gone."""
    assert entry.thing is not None
    return replace(entry, thing=replace(entry.thing, answer=answer))


def finance(rng: Random) -> FarmSite:
    """市财政局: files on a second host, all there."""
    b = "云泽市财政局"
    files = "files.czj.example"
    planted = {
        "通知公告": [t.decision_list(b, 2019, d(6, 30))],  # not in its own column: that is no fault
        "权责清单": [t.power_list(b, d(12, 3, 2018), WHOLE)],
        "建议提案办理": [t.proposal_summary(b, 2018, d(2, 20)), t.reply(b, "npc", NPC, 123, d(6, 5)), t.reply(b, "cppcc", CPPCC, 456, d(6, 12))],
        "财政预决算": [t.budget(b, 2019, d(2, 15), projects=True, host=files), t.accounts(b, 2018, d(8, 30)), t.debt(b, "云泽市", 2019, d(7, 26))],
        "绩效评价": [t.evaluation(b, 2018, d(9, 18))],
        "公开指南": [t.guide(b, d(6, 10))], "机构职能": [t.organisation(b, d(3, 8))], "公开年报": [t.annual_report(b, 2018, d(3, 11))],
    }
    return FarmSite("czj", b, "bureau", "trs", "czj.yunze.example", columns(rng, b, planted, whole=True), short=("市财政局",), units=("finance",),
                    facts=_facts(), second_host=files, aaaa=("2400:3200:1600::21",))


def transport(rng: Random) -> FarmSite:
    """市交通局: by hand in GB18030; a scan, a refused file, a statement of none, undated pages."""
    b = "云泽市交通局"
    refused = t.accounts(b, 2018, d(8, 26))
    refused = replace(refused, files=tuple(replace(f, answer=403) for f in refused.files),
                      thing=replace(refused.thing, answer=403))  # type: ignore[type-var]
    planted = {
        "重大行政决策": [t.no_decisions(b, 2019, d(6, 3))],
        "权责清单": [t.power_list(b, d(7, 8), WHOLE, form="html")],
        "建议提案办理": [t.proposal_summary(b, 2019, d(12, 11)), t.reply(b, "npc", NPC, 88, d(5, 30))],
        "财政预决算": [t.budget(b, 2019, d(2, 22), form="scan"), refused],
        "绩效评价": [t.evaluation(b, 2019, d(11, 4))],
        "公开指南": [t.guide(b, d(5, 27))], "机构职能": [t.organisation(b, None)],
    }
    return FarmSite("jtj", b, "bureau", "handmade", "jtj.yunze.example", columns(rng, b, planted), short=("市交通局",), facts=_facts())


def market(rng: Random) -> FarmSite:
    """市场监管局: dates as text on the platform; its list of powers names a body that it replaced; its notices are so many that the
    platform's total is cut at 10,000, in date order: one whole page past the window is enough."""
    b = "云泽市市场监督管理局"
    planted = {
        "重大行政决策": [t.decision_list(b, 2019, d(6, 28))],
        "权责清单": [t.power_list(b, d(3, 29), WHOLE, names="云泽市工商行政管理局")],
        "建议提案办理": [t.reply(b, "npc", "市十五届人大一次", 71, d(1, 18)), t.reply(b, "cppcc", CPPCC, 9, d(6, 6)),
                     t.proposal_summary(b, 2019, d(12, 2))],
        "财政预决算": [t.budget(b, 2019, d(2, 18)), t.accounts(b, 2018, d(8, 29))],
        "绩效评价": [t.evaluation(b, 2019, d(10, 21))],
        "公开指南": [t.guide(b, d(5, 30))], "机构职能": [t.organisation(b, d(4, 1))],
    }
    return FarmSite("scjg", b, "bureau", "affair_text", "scjg.yunze.example", columns(rng, b, planted, (10_400, 40 * 365), whole=True), short=("市市场监管局", "市场监管局"),
                    formerly=("云泽市工商行政管理局",), facts=_facts())


def civil(rng: Random) -> FarmSite:
    """市民政局: robots.txt closes the column of powers; the rest is open."""
    b = "云泽市民政局"
    planted = {
        "重大行政决策": [t.decision_list(b, 2019, d(6, 17))], "权责清单": [t.power_list(b, d(5, 9), WHOLE)],
        "建议提案办理": [t.proposal_summary(b, 2019, d(12, 9)), t.reply(b, "npc", NPC, 240, d(7, 1)), t.reply(b, "cppcc", CPPCC, 77, d(7, 2))],
        "财政预决算": [t.budget(b, 2019, d(2, 19), projects=True), t.accounts(b, 2018, d(8, 27))],
        "绩效评价": [t.evaluation(b, 2018, d(10, 8))], "公开指南": [t.guide(b, d(6, 6))], "机构职能": [t.organisation(b, d(4, 3))],
    }
    return FarmSite("mzj", b, "bureau", "trs", "mzj.yunze.example", columns(rng, b, planted), short=("市民政局",), facts=_facts(),
                    forbids=("/xxgk/qzqd/",))


def nothing(rng: Random) -> FarmSite:
    """市科技局: discloses next to nothing, and what looks like it is news."""
    b = "云泽市科学技术局"
    planted = {
        "工作动态": [t.noise("我局召开权责清单调整工作会议", d(5, 15), "会议要求各科室对照法律法规梳理职权，按时完成权责清单调整工作。"),
                 t.noise(f"{b}召开2019年预算编制工作会议", d(1, 15), "会议部署了部门预算编制工作。")],
        "通知公告": [t.random_list("随机抽查事项清单（2019年版）", d(4, 4))],
    }
    return FarmSite("kjj", b, "bureau", "hanweb", "kjj.yunze.example", columns(rng, b, planted), short=("市科技局",), facts=_facts())


def refusing(rng: Random) -> FarmSite:
    """市生态环境局: every page is a challenge."""
    b = "云泽市生态环境局"
    planted = {"重大行政决策": [t.decision_list(b, 2019, d(5, 5))], "权责清单": [t.power_list(b, d(5, 5), WHOLE)]}
    return FarmSite("sthj", b, "bureau", "trs", "sthj.yunze.example", columns(rng, b, planted), facts=_facts(), manner="challenge")


def silent(rng: Random) -> FarmSite:
    """市体育局: never answers."""
    b = "云泽市体育局"
    planted = {"重大行政决策": [t.decision_list(b, 2019, d(5, 5))]}
    return FarmSite("tyj", b, "bureau", "hanweb", "tyj.yunze.example", columns(rng, b, planted), facts=_facts(), manner="silent",
                    servfail=True)


def whole_bureau(rng: Random, ident: str, body: str, short: str, family: str, *, decisions: str = "重大行政决策", **more: object) -> FarmSite:
    """A bureau that discloses everything in time; only its system differs."""
    b = f"云泽市{body}"
    planted: dict[str, list[Entry]] = {
        decisions: [t.decision_list(b, 2019, d(4, 19), form="docx")],
        "权责清单": [t.power_list(b, d(5, 21), WHOLE)],
        "建议提案办理": [t.proposal_summary(b, 2019, d(12, 5)), t.reply(b, "npc", NPC, 31, d(6, 18)), t.reply(b, "cppcc", CPPCC, 52, d(6, 20))],
        "财政预决算": [t.budget(b, 2019, d(2, 14), projects=True), t.accounts(b, 2018, d(8, 23))],
        "绩效评价": [t.evaluation(b, 2018, d(9, 11))], "公开指南": [t.guide(b, d(6, 12))], "机构职能": [t.organisation(b, d(3, 15))],
        "公开年报": [t.annual_report(b, 2018, d(3, 22))],
    }
    return FarmSite(ident, b, "bureau", family, f"{ident}.yunze.example", columns(rng, b, planted, whole=True), short=(short,), facts=_facts(), **more)  # type: ignore[arg-type]


def water(rng: Random) -> FarmSite:
    """市水利局 on VSB: the portal's columns are drawn by a script."""
    return whole_bureau(rng, "slj", "水利局", "市水利局", "vsb", aaaa=("2400:3200:1600::31",))


def industry(rng: Random) -> FarmSite:
    """市工信局 on DedeCMS in GBK."""
    return whole_bureau(rng, "gxj", "工业和信息化局", "市工信局", "dede", units=("economy",))


def reform(rng: Random) -> FarmSite:
    """市发展改革委: every list in an iframe; the decision list lies deep among notices."""
    return whole_bureau(rng, "fgw", "发展和改革委员会", "市发展改革委", "framed", decisions="通知公告", units=("development",))


def audit_office(rng: Random) -> FarmSite:
    """市审计局: the decision list lies on the second page of the notices, which only a button leads to."""
    return whole_bureau(rng, "sjj", "审计局", "市审计局", "postback", decisions="通知公告", cut=True)


def resources(rng: Random) -> FarmSite:
    """市自然资源局: its list of powers lives on the city's portal, one hop away; its decision list is told under the name that the
    reform ended; the column of budgets is called otherwise than anywhere else."""
    b, before = "云泽市自然资源局", "云泽市国土资源局"
    portal = "zwdt.yunze.example"
    there = t.power_list(b, d(4, 8), WHOLE, form="html")
    away = replace(there, away=f"http://{portal}/zrzy/qzqd.html")
    planted = {
        "重大行政决策": [t.decision_list(before, 2019, d(1, 18))],
        "权责清单": [away],
        "建议提案办理": [t.proposal_summary(b, 2019, d(12, 3)), t.reply(b, "npc", NPC, 61, d(6, 4)), t.reply(b, "cppcc", CPPCC, 19, d(6, 5))],
        "财政预决算": [t.budget(b, 2019, d(2, 13), projects=True), t.accounts(b, 2018, d(8, 21))],
        "绩效评价": [t.evaluation(b, 2018, d(9, 4))], "公开指南": [t.guide(b, d(6, 4))], "机构职能": [t.organisation(b, d(3, 6))],
    }
    made_of = columns(rng, b, planted)
    for column in made_of:
        if column.slug == "czyjs":
            column.name = "财政资金公开"
    page = (f"<html><head><meta charset=utf-8><title>{there.title}</title></head><body><h1>{there.title}</h1><p>发布日期：{there.shown}　来源：{b}</p>"
            f"<div>{there.html}</div></body></html>")
    return FarmSite("zrzy", b, "bureau", "trs", "zrzy.yunze.example", made_of, short=("市自然资源局",), formerly=(before,), facts=_facts(),
                    elsewhere={f"{portal}/zrzy/qzqd.html": page})


def tourism(rng: Random) -> FarmSite:
    """市文旅局: no powers, by its own statement; a decision list that was gone on the second night; a budget that is one picture;
    accounts whose text stands in a frame."""
    b, host = "云泽市文化和旅游局", "wlj.yunze.example"
    gone = t.decision_list(b, 2019, d(5, 8))
    picture, inner = t.budget(b, 2019, d(2, 15), form="html"), t.accounts(b, 2018, d(8, 22))
    assert gone.thing is not None
    assert picture.thing is not None
    planted = {
        "重大行政决策": [replace(gone, thing=replace(gone.thing, until=NIGHTS[0]))],
        "权责清单": [t.no_powers(b, d(4, 2))],
        "建议提案办理": [t.proposal_summary(b, 2019, d(12, 10)), t.reply(b, "npc", NPC, 44, d(6, 11)), t.reply(b, "cppcc", CPPCC, 36, d(6, 13))],
        "财政预决算": [replace(picture, html='<p><img src="/images/budget2019.jpg" width="900"></p>', thing=replace(picture.thing, picture=True)),
                  replace(inner, files=(), html='<p><iframe src="/inner/accounts2018.html" width="800" height="900"></iframe></p>')],
        "公开指南": [t.guide(b, d(6, 6))], "机构职能": [t.organisation(b, d(3, 7))],
    }
    text = "".join(f"<p>{line}</p>" for line in t.ACCOUNTS)
    return FarmSite("wlj", b, "bureau", "trs", host, columns(rng, b, planted), short=("市文旅局", "市文化旅游局"), units=("culture",), facts=_facts(),
                    elsewhere={f"{host}/inner/accounts2018.html": f"<html><head><meta charset=utf-8><title>正文</title></head><body>{text}</body></html>"})


MAKERS = (perfect_district, usual_district, stale_district, finance, transport, market, civil, nothing, refusing, silent, water, industry, reform,
          audit_office, resources, tourism)


def made(make: Callable[[Random], FarmSite], seed: int = SEED) -> FarmSite:
    """One site; the same seed gives the same words."""
    return make(Random(f"{seed}{make.__name__}"))


def province(seed: int = SEED) -> list[FarmSite]:
    """All sites."""
    return [made(make, seed) for make in MAKERS]
