"""The province of Linshan: which sites stand in it and what each has planted. Every name is invented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tests.farm import plants
from tests.farm.model import Column, Page, Site, World
from tests.farm.prose import Prose

_COLUMNS = (
    ("xwdt", "新闻动态", "", False), ("tzgg", "通知公告", "", False), ("zwgk", "政务公开", "", True), ("bsfw", "办事指南", "", False),
    ("gkzn", "政府信息公开指南", "zwgk", False), ("gknb", "政府信息公开年报", "zwgk", False), ("jgzn", "机构职能", "zwgk", False),
    ("ldxx", "领导信息", "zwgk", False), ("zcwj", "政策文件", "zwgk", False), ("zcjd", "政策解读", "zwgk", False),
    ("zdjc", "重大行政决策", "zwgk", False), ("qzqd", "权责清单", "zwgk", False), ("czyjs", "财政预决算", "zwgk", True),
    ("ys", "部门预算", "czyjs", False), ("js", "部门决算", "czyjs", False), ("jx", "绩效评价", "czyjs", False), ("jyta", "建议提案", "zwgk", False),
)
_ORDINARY = (("xwdt", 38), ("tzgg", 18), ("zcwj", 17), ("bsfw", 8), ("ldxx", 3))


def build(seed: int = 2019, without: Iterable[tuple[str, str]] = (), blocked: Iterable[tuple[str, str]] = ()) -> World:
    """The province. without, blocked: (site id, planted id) pairs taken away, or left standing but refused (403)."""
    sites = {s.id: s for s in _sites()}
    for site in sites.values():
        _furnish(site, seed)
        _plant(site)
    for site_id, planted_id in without:
        site = sites[site_id]
        _known(site, planted_id)
        site.pages = [p for p in site.pages if p.plant != planted_id]
        site.planted = [p for p in site.planted if p.id != planted_id]
    for site_id, planted_id in blocked:
        site = sites[site_id]
        _known(site, planted_id)
        for page in site.pages:
            if page.plant == planted_id:
                page.status = 403
                page.files = tuple(replace(f, status=403) for f in page.files)
        site.planted = [replace(p, access="blocked") if p.id == planted_id else p for p in site.planted]
    from tests.farm.cms import paths

    for site in sites.values():
        paths.number(site)
    return World(seed, sites)


def _known(site: Site, planted_id: str) -> None:
    if planted_id not in {p.id for p in site.planted}:
        raise KeyError(f"{site.id}: nothing planted as {planted_id}")


def _bound() -> dict[str, bool]:
    return {"has_powers": True, "handles_proposals": True}


def _sites() -> list[Site]:
    def site(id: str, name: str, short: str, level: str, family: str, host: str) -> Site:
        return Site(id, name, short, level, family, f"{host}-farm.gov.cn", facts=_bound())

    all_sites = [
        site("linshan", "林杉市人民政府", "林杉市", "municipal", "trs", "www.linshan"),
        site("qinglou", "清溇区人民政府", "清溇区", "district", "affair_api", "www.qinglou"),
        site("qihe", "栖禾区人民政府", "栖禾区", "district", "affair_api", "www.qihe"),
        site("yunbu", "云埠区人民政府", "云埠区", "district", "trs", "www.yunbu"),
        site("mingpu", "茗浦区人民政府", "茗浦区", "district", "hanweb", "www.mingpu"),
        site("caizheng", "林杉市财政局", "市财政局", "bureau", "hanweb", "czj.linshan"),
        site("shangwu", "林杉市商务局", "市商务局", "bureau", "handmade", "swj.linshan"),
        site("yanjiu", "林杉市政策研究室", "市研究室", "bureau", "trs", "yjs.linshan"),
        site("weijian", "林杉市卫生健康委员会", "市卫健委", "bureau", "hanweb", "wjw.linshan"),
        site("jiaotong", "林杉市交通局", "市交通局", "bureau", "trs", "jtj.linshan"),
        site("wenlv", "林杉市文化旅游局", "市文旅局", "bureau", "hanweb", "wlj.linshan"),
        site("shichang", "林杉市市场监管局", "市市场监管局", "bureau", "handmade", "scj.linshan"),
    ]
    s = {x.id: x for x in all_sites}
    s["qinglou"].aaaa, s["linshan"].aaaa, s["yunbu"].aaaa, s["mingpu"].aaaa = "public", "public", "servfail_one", "private"
    s["qihe"].dates, s["qihe"].more_hosts = "text", ("files.qihe-farm.gov.cn",)
    s["shangwu"].more_hosts = ("gk.swj-farm.gov.cn",)
    s["yunbu"].forbidden = ("qzqd",)
    s["yanjiu"].metas = False
    s["yanjiu"].facts = {"handles_proposals": True}
    s["weijian"].reach, s["jiaotong"].reach = "challenge", "silent"
    s["caizheng"].search, s["shangwu"].search, s["linshan"].search = "works", "broken", "works"
    s["shichang"].formerly = ("林杉市工商局",)
    return all_sites


def _furnish(site: Site, seed: int) -> None:
    for n, (key, name, parent, hub) in enumerate(_COLUMNS, 1):
        shown = name.replace("部门", "政府") if key in ("ys", "js") and site.level != "bureau" else name
        site.columns[key] = Column(key, shown, parent, n, hub, capped=site.id == "qinglou" and key == "zcwj")
    prose = Prose(f"{seed}:{site.id}", site.name)
    for key, count in _ORDINARY:
        for n in range(1, count + 1):
            title = {"xwdt": prose.news, "tzgg": prose.notice}.get(key, prose.news)()
            if key == "zcwj":
                title = prose.policy(n)
            elif key == "bsfw":
                title = prose.guide(n)
            elif key == "ldxx":
                title = f"{'周李王'[n - 1]}{'明远 文静 立新'.split()[n - 1]}同志简历及分工"
            site.pages.append(Page(title, key, prose.day(), prose.paragraphs(prose.random.randint(3, 6))))


def _plant(site: Site) -> None:
    if site.id == "wenlv":
        _empty_words(site)
        return
    special = {
        "qinglou": {"decision": lambda s: plants.decision_list(s, day=date(2019, 8, 10))},
        "qihe": {"decision": lambda s: plants.decision_list(s, column="tzgg"), "budget": lambda s: plants.budget(s, host=s.more_hosts[0]),
                 "power": lambda s: plants.power_list(s, form="xlsx")},
        "yunbu": {"decision": lambda s: plants.decision_list(s, id="decision-2018", year=2018, day=date(2018, 5, 22))},
        "mingpu": {"decision": lambda s: plants.decision_list(s, id="decision-other", issuer="茗浦区教育局"),
                   "guide": lambda s: plants.guide(s, whole=False)},
        "caizheng": {"power": lambda s: plants.power_list(s, form="xlsx")},
        "shangwu": {"power": lambda s: plants.power_list(s, form="scan"), "annual": plants.site_report,
                    "budget": lambda s: plants.budget(s, host=s.more_hosts[0])},
        "yanjiu": {"power": plants.no_powers, "decision": plants.no_decisions},
        "shichang": {"decision": lambda s: plants.decision_list(s, gone=date(2020, 1, 1)), "proposals": lambda s: plants.proposals(s, replies_of=2018),
                     "power": lambda s: plants.power_list(s, day=date(2018, 3, 9), named="林杉市工商局")},
    }.get(site.id, {})
    for name, plant in plants.STANDARD.items():
        special.get(name, plant)(site)
    if site.forbidden:
        site.planted = [replace(p, access="robots") if p.id == "power" else p for p in site.planted]


def _empty_words(site: Site) -> None:
    """News about disclosures, and none of them."""
    site.pages = [p for p in site.pages if p.column in ("xwdt", "tzgg", "ldxx")]
    for n, title in enumerate(("我局召开权责清单调整工作会议", "我局部署2019年部门预算编制工作", "我局召开建议提案办理工作推进会", "我局开展政府信息公开培训")):
        site.pages.append(Page(title, "xwdt", date(2019, 4, 10 + n), Prose(title, site.name).paragraphs()))
