"""The second city, 青岚市: one row a site, sound but for the traps named. All names are invented.

A row: id, body, level, family of CMS, spelling (tests/farm/spellings.py), traps (tests/farm/traps.py), what the row of sites.toml says more.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random

from tests.farm import extras
from tests.farm import things as t
from tests.farm import traps as x
from tests.farm.model import Column, Entry, FarmSite
from tests.farm.noise import fill, interpreted
from tests.farm.province import COLUMNS, CPPCC, LAST, NPC, WHOLE, d
from tests.farm.spellings import SPELLINGS, respelt

SEED = 20190401
SHARED = "bm.qinglan.example"
BROWSED = ("drawn", "sidebar")


@dataclass(frozen=True)
class Row:
    """See the module. suite: whether `make test` crawls it too."""

    id: str
    body: str
    level: str
    family: str
    spelling: int
    traps: tuple[x.Trap, ...] = ()
    units: tuple[str, ...] = ()
    facts: Mapping[str, str | bool | int] = field(default_factory=dict)
    aaaa: tuple[str, ...] = ()
    suite: bool = False


V6 = ("2400:3200:1700::1",)
DECISIONS, POWERS, SUMMARY, DEPUTY, MEMBER = ("list of major decisions", "list of powers", "summary of proposals", "reply to a deputy", "reply to a member")
BUDGET, ACCOUNTS, EVALUATION, GUIDE, ORGAN = "budget", "accounts", "evaluation", "guide", "organisation"


def _decisions_2018(b: str) -> Entry:
    return t.decision_list(b, 2018, d(5, 28, 2018))


def _powers(**how: object) -> x.Trap:
    """The list of powers, otherwise."""
    said = {"shown": d(4, 26), "holds": WHOLE, **how}
    return x.instead(POWERS, lambda s: t.power_list(x._body(s), **said))  # type: ignore[arg-type]


def _budget(**how: object) -> x.Trap:
    return x.instead(BUDGET, lambda s: t.budget(x._body(s), **{"year": 2019, "shown": d(2, 20), **how}))  # type: ignore[arg-type]


def _named(entry: Entry, title: str) -> Entry:
    return replace(entry, title=title, files=tuple(replace(f, name=f"{title}.{f.ext}") for f in entry.files))


ROWS: tuple[Row, ...] = (
    # sound: nothing may be unknown or missed, whatever they call things
    Row("ql_hc", "河川区人民政府", "district", "affair_api", 1, aaaa=V6, suite=True),
    Row("ql_jj", "青岚市教育局", "bureau", "gkmlpt", 1, units=("education",), suite=True),
    Row("ql_wj", "青岚市卫生健康委员会", "bureau", "jpaas", 2, units=("health",), suite=True),
    Row("ql_nyj", "青岚市农业农村局", "bureau", "shelled", 3, units=("agriculture",), suite=True),
    Row("ql_yj", "青岚市应急管理局", "bureau", "vsb", 4, units=("emergency",), suite=True),
    Row("ql_sw", "青岚市商务局", "bureau", "dede", 2, units=("commerce",)),
    Row("ql_ga", "青岚市公安局", "bureau", "framed", 3),
    Row("ql_sf", "青岚市司法局", "bureau", "handmade", 4),
    Row("ql_rs", "青岚市人力资源和社会保障局", "bureau", "hanweb", 1, units=("labour",)),
    Row("ql_ms", "梅山区人民政府", "district", "trs", 4, aaaa=V6),
    Row("ql_gk", "港口区人民政府", "district", "vsb", 3),
    # time
    Row("ql_hb", "海滨区人民政府", "district", "affair_text", 2, (x.late(DECISIONS), x.late("yearly plan")), suite=True),
    Row("ql_zjj", "青岚市住房和城乡建设局", "bureau", "jpaas", 4, (x.late(DECISIONS), x.copied(DECISIONS, "tzgg", d(5, 9))), units=("housing",), suite=True),
    Row("ql_yb", "青岚市医疗保障局", "bureau", "gkmlpt", 3, (x.after(DECISIONS), x.undated(BUDGET)), units=("medical_insurance",), suite=True),
    Row("ql_ybj", "青岚市邮政管理局", "bureau", "vsb", 2, (x.undated(DECISIONS), x.undated("yearly plan"))),
    Row("ql_tj", "青岚市统计局", "bureau", "handmade", 1, (x.on(None, DECISIONS), x.on(None, POWERS)), suite=True),
    Row("ql_lc", "林城区人民政府", "district", "trs", 3, (x.redesigned(d(11, 20)),), suite=True),
    Row("ql_gxj", "青岚市工业和信息化局", "bureau", "hanweb", 2, (x.redesigned(d(10, 15)),), units=("economy",)),
    Row("ql_zf", "青岚市城市管理行政执法局", "bureau", "dede", 4, (x.taken_down(DECISIONS), x.withdrawn(ACCOUNTS))),
    Row("ql_xf", "青岚市信访局", "bureau", "affair_text", 3, (x.never_seen(DECISIONS), x.taken_down(EVALUATION)), suite=True),
    # another year, another body, another name
    Row("ql_dh", "东湖区人民政府", "district", "hanweb", 3, (x.last_years(DECISIONS, _decisions_2018), x.of_another(BUDGET, lambda: _named(t.budget("东湖区财政局", 2019, d(2, 1)), "2019年度部门预算（东湖区财政局）"))), suite=True),
    Row("ql_xq", "西桥区人民政府", "district", "framed", 1, (x.of_another(DECISIONS, lambda: t.decision_list("西桥区民政局", 2019, d(5, 21), form="docx")), x.instead(DEPUTY, lambda s: t.reply(
        s.name, "npc", "西桥区七届人大一次", 12, d(1, 22)))), suite=True),
    Row("ql_jt", "青岚市交通运输局", "bureau", "shelled", 1, (x.last_years(BUDGET, lambda b: t.budget(b, 2018, d(2, 9, 2018))),
                                                     x.last_years(ACCOUNTS, lambda b: t.accounts(b, 2016, d(9, 1, 2017)))), units=("transport",), suite=True),
    Row("ql_lhj", "青岚市绿化和市容管理局", "bureau", "trs", 2, (x.former(DECISIONS, "青岚市园林管理局"), x.former(BUDGET, "青岚市园林管理局")), suite=True),
    Row("ql_yjj", "青岚市药品监督管理局", "bureau", "dede", 3, (_powers(names="青岚市食品药品监督管理局"), x.former(ACCOUNTS, "青岚市食品药品监督管理局")), suite=True),
    Row("ql_zrz", "青岚市自然资源和规划局", "bureau", "vsb", 1, (_powers(shown=d(3, 9, 2017)),), suite=True),
    # news instead of the thing, empty columns, declarations
    Row("ql_sl", "青岚市水务局", "bureau", "jpaas", 3, (x.news_only(DECISIONS, "{b}召开2019年度重大行政决策事项目录审议会"), x.news_only(
        BUDGET, "{b}开展2019年部门预算公开工作培训")), units=("water",), suite=True),
    Row("ql_lyj", "青岚市林业局", "bureau", "gkmlpt", 4, (x.emptied("qzqd", "zdjc"), x.news_only(GUIDE, "{b}部署政府信息公开指南修订工作")), suite=True),
    Row("ql_mz", "青岚市民族宗教事务局", "bureau", "affair_api", 4, (x.no_decisions, x.no_powers), suite=True),
    Row("ql_ty", "青岚市退役军人事务局", "bureau", "shelled", 2, (x.no_decisions, x.emptied("jyta"), x.fact_unset("handles_proposals"))),
    Row("ql_jr", "青岚市地方金融监督管理局", "bureau", "trs", 1, (x.without_column("qzqd"), x.without_column("jxpj"), x.fact_unset("has_powers")),
        units=("financial",), suite=True),
    Row("ql_qx", "青岚市气象局", "bureau", "hanweb", 4, (x.emptied("czyjs", "jyta", "gknb"),)),
    Row("ql_wsq", "文水区人民政府", "district", "dede", 2, (x.emptied("zdjc"), x.never(SUMMARY), x.never(MEMBER), x.never("gazette")), suite=True),
    # where it stands
    Row("ql_fy", "青岚市妇女儿童工作办公室", "bureau", "vsb", 2, (x.misfiled(POWERS, "tzgg"), x.misfiled(BUDGET, "gknb"), x.misfiled(DECISIONS, "zcwj")), suite=True),
    Row("ql_wl", "青岚市文物局", "bureau", "gkmlpt", 2, (x.misfiled(DECISIONS, "gzdt"), x.misfiled(ACCOUNTS, "zcjd"), x.misfiled(SUMMARY, "gzdt"))),
    Row("ql_kx", "青岚市科学技术协会", "bureau", "trs", 3, (x.renamed("czyjs", "晒晒钱袋子"), x.renamed("qzqd", "阳光权力"), x.renamed("jyta", "两会之窗")), suite=True),
    Row("ql_zq", "青岚市知识产权局", "bureau", "dede", 1, (x.renamed("zdjc", "大事公开"), x.renamed("gkzn", "怎么找信息"), x.renamed("jgzn", "认识我们"))),
    Row("ql_sp", "青岚市审批服务管理局", "bureau", "vsb", 3, (_powers(form="html"), x.on_portal(POWERS), x.on_portal(ORGAN)), suite=True),
    Row("ql_kq", "矿区人民政府", "district", "hanweb", 1, (_powers(form="html"), x.on_portal(POWERS))),
    Row("ql_rd", "青岚市人防办公室", "bureau", "trs", 4, (x.entrance_only,), suite=True),
    Row("ql_gz", "青岚市国有资产监督管理委员会", "bureau", "dede", 4, (x.split("hanweb", "czyjs", "jxpj", "zdjc"),), units=("sasac",), suite=True),
    Row("ql_da", "青岚市档案局", "bureau", "trs", 1, (x.shared(SHARED, "/daj"), x.late(DECISIONS)), suite=True),
    Row("ql_dz", "青岚市地震局", "bureau", "vsb", 4, (x.shared(SHARED, "/dzj"), x.never(DECISIONS), x.never(BUDGET)), suite=True),
    # what cannot be read, or only by people
    Row("ql_wg", "青岚市文化广播电视局", "bureau", "affair_api", 3, (_budget(form="scan"), x.pictured(DECISIONS)), units=("culture",), suite=True),
    Row("ql_zj", "青岚市质量发展局", "bureau", "gkmlpt", 1, (_powers(form="html"), x.framed(POWERS), x.framed(EVALUATION), x.pictured(GUIDE)), suite=True),
    Row("ql_dk", "青岚市大数据管理局", "bureau", "hanweb", 2, (x.refused(BUDGET), x.gone(ACCOUNTS), x.gone(DECISIONS)), suite=True),
    Row("ql_sj", "青岚市监狱管理局", "bureau", "shelled", 4, (x.refused(ACCOUNTS), x.gone(EVALUATION), x.gone(POWERS))),
    Row("ql_nx", "南溪区人民政府", "district", "postback", 1, (), suite=True),
    Row("ql_bt", "北塘区人民政府", "district", "trs", 2, (x.robots("zdjc"), x.robots("czyjs")), suite=True),
    Row("ql_gs", "青岚市供销合作社", "bureau", "jpaas", 1, (x.manner("challenge"),), suite=True),
    # lists that only a browser shows
    Row("ql_mf", "青岚市民防局", "bureau", "drawn", 3, (x.late(DECISIONS), x.never(EVALUATION))),
    Row("ql_ls", "青岚市粮食和物资储备局", "bureau", "sidebar", 1, (x.emptied("jyta"), x.misfiled(BUDGET, "tzgg"))),
    # what it holds
    Row("ql_lx", "老溪区人民政府", "district", "handmade", 2, (_powers(holds={"name"}, form="html"), x.instead(SUMMARY, lambda s: t.proposal_summary(
        "老溪区", 2019, d(11, 29), both=False)), x.instead(GUIDE, lambda s: t.guide(s.name, d(7, 2), whole=False))), suite=True),
    Row("ql_sb", "青岚市社会保险管理局", "bureau", "framed", 4, (_budget(form="html"), _powers(holds={"name", "kind", "basis"}), x.never(EVALUATION),
                                                        x.never("answer to opinions"))),
)


def _columns(rng: Random, body: str, planted: dict[str, list[Entry]]) -> list[Column]:
    """The usual columns of a careful body, with fewer everyday pages than in the first city."""
    more = extras.planted(body)
    out = [Column(name, slug, section, [*planted.get(name, []), *more.get(name, [])]) for name, slug, section in COLUMNS]
    by = {c.name: c for c in out}
    by["工作动态"].entries += fill(rng, body, "news", 12, LAST, 200)
    by["通知公告"].entries += fill(rng, body, "notices", 18, LAST, 500)
    policies, told = interpreted(fill(rng, body, "policies", 9, LAST, 500, distinct=True), 2019)
    by["政策文件"].entries += policies
    by["政策解读"].entries += told
    return out


def _bureau(row: Row, rng: Random) -> FarmSite:
    b = row.body
    planted = {
        "重大行政决策": [t.decision_list(b, 2019, d(4, 19), form=rng.choice(("docx", "html")))], "权责清单": [t.power_list(b, d(5, 21), WHOLE)],
        "建议提案办理": [t.proposal_summary(b, 2019, d(12, 5)), t.reply(b, "npc", NPC, 31, d(6, 18)), t.reply(b, "cppcc", CPPCC, 52, d(6, 20))],
        "财政预决算": [t.budget(b, 2019, d(2, 14), projects=True), t.accounts(b, 2018, d(8, 23))], "绩效评价": [t.evaluation(b, 2018, d(9, 11))],
        "公开指南": [t.guide(b, d(6, 12))], "机构职能": [t.organisation(b, d(3, 15))], "公开年报": [t.annual_report(b, 2018, d(3, 22))],
        "意见征集": [t.draft(b, f"{b[3:]}信用管理办法", d(7, 1)), t.feedback(b, f"{b[3:]}信用管理办法", d(8, 15))],
    }
    name = row.body.removeprefix("青岚")
    host = row.id.removeprefix("ql_") + ".qinglan.example"
    return FarmSite(row.id, b, "bureau", row.family, host, _columns(rng, b, planted), short=(name,), units=row.units)


def _district(row: Row, rng: Random) -> FarmSite:
    b, area = row.body, row.body.removesuffix("人民政府")
    npc, cppcc = f"{area}七届人大三次", f"{area}政协六届三次"
    planted = {
        "重大行政决策": [t.decision_list(area, 2019, d(5, 20), form=rng.choice(("docx", "html")))], "权责清单": [t.power_list(area, d(4, 30), WHOLE)],
        "建议提案办理": [t.proposal_summary(area, 2019, d(12, 20)), t.reply(b, "npc", npc, 21, d(7, 3)), t.reply(b, "cppcc", cppcc, 8, d(7, 9))],
        "财政预决算": [t.budget(area, 2019, d(2, 1)), t.accounts(area, 2018, d(8, 28))], "公开指南": [t.guide(b, d(6, 3))], "机构职能": [t.organisation(b, d(4, 2))],
        "公开年报": [t.annual_report(area, 2018, d(3, 20))],
        "政策文件": [t.gazette(area, 2019, 1, d(3, 29)), t.gazette(area, 2019, 2, d(6, 28)), t.gazette(area, 2018, 1, d(3, 30, 2018))],
        "意见征集": [t.draft(b, f"{area}户外广告设施管理办法", d(3, 1)), t.feedback(b, f"{area}户外广告设施管理办法", d(4, 15))],
    }
    facts: dict[str, str | bool | int] = {"npc_session": npc, "cppcc_session": cppcc, "gazette_since": 2018}
    return FarmSite(row.id, b, "district", row.family, f"www.{row.id.removeprefix('ql_')}.example", _columns(rng, area, planted), short=(area,),
                    units=row.units, facts=facts, cut=row.family == "postback")


def made(row: Row) -> FarmSite:
    """The site of a row; the same row gives the same words."""
    rng = Random(f"{SEED}{row.id}")
    site = (_district if row.level == "district" else _bureau)(row, rng)
    site = replace(site, facts={"has_powers": True, "budget_unit": True, "handles_proposals": True, **site.facts, **row.facts}, aaaa=row.aaaa)
    site = respelt(site, SPELLINGS[row.spelling])
    for trap in row.traps:
        site = trap(site)
    return site


def second(*, suite: bool = False) -> list[FarmSite]:
    """All its sites, or those that the suite crawls; without those that need a browser, where there is none."""
    rows = [r for r in ROWS if (r.suite or not suite) and (r.family not in BROWSED or shutil.which("chromium"))]
    return [made(row) for row in rows]
