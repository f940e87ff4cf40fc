"""What an honest assessor would say of each farm site under 国办秘函〔2019〕19号, from what was planted and the words of each item.

Nothing of the program is imported. Facts used: the columns and entries as planted; that every page was looked at on 5 and 6 January 2020;
what another machine measured (tests/farm/measured.py); that the audited day is 31 December 2019.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.farm.measured import PLANTED, Planted
from tests.farm.model import Column, FarmSite
from tests.farm.truth import AS_OF, Verdict, half, no, not_for, open_, pass_

NIGHT = date(2020, 1, 5)


def standing(column: Column) -> list[date | None]:
    """The days shown of what stands in a column on the nights."""
    return [e.shown for e in column.entries if (e.thing is None or e.thing.since is None or e.thing.since <= NIGHT) and (e.shown or NIGHT) <= NIGHT]


def readable(rule: Callable[[FarmSite], Verdict]) -> Callable[[FarmSite], Verdict]:
    """A rule about pages, which a site that cannot be read leaves open."""
    return lambda site: rule(site) if site.manner == "well" else open_(f"the site was not readable: {site.manner}")


def measured(site: FarmSite) -> Planted:
    """What was planted of its answers."""
    return PLANTED.get(site.id, Planted())


def s2_1(site: FarmSite) -> Verdict:
    """……超过（含）15秒网站仍打不开的次数比例累计超过（含）5%: of 168 visits nine are 5.4 %, eight 4.8 %."""
    if site.manner == "silent":
        return open_("never measured from a proved place")
    return no("5 % or more") if measured(site).down / 168 >= 0.05 else pass_("less than 5 %; a challenge too is an answer")


def s3_1(site: FarmSite) -> Verdict:
    """监测2周，首页无信息更新的: news, notices or policies of the last two weeks stand there or one click away."""
    newest = max(d for c in site.columns for d in standing(c) if d is not None)
    return pass_("new entries") if newest >= AS_OF - timedelta(days=14) else no("nothing new")


def s4_1(site: FarmSite) -> Verdict:
    """……累计超过（含）5个未更新."""
    limits = {"工作动态": 14, "通知公告": 183, "政策文件": 183}
    stale = [c for c in site.columns if c.name in limits and max(d for d in standing(c) if d) < AS_OF - timedelta(days=limits[c.name])]
    return no("five or more") if len(stale) >= 5 else pass_("fewer than five")


def s4_3(site: FarmSite) -> Verdict:
    """空白栏目数量超过（含）5个."""
    closed = [c for c in site.columns if any(f"/{c.slug}/" in p for p in site.forbids)]
    blank = [c for c in site.columns if not standing(c) and c not in closed]
    if len(blank) >= 5:
        return no("five or more say that they hold nothing")
    return open_("robots.txt closes what would decide") if len(blank) + len(closed) >= 5 else pass_("fewer than five")


def s5_1(site: FarmSite) -> Verdict:
    """未提供网上有效咨询建言渠道: a letter box is there."""
    return pass_("a letter box") if any(c.name == "领导信箱" for c in site.columns) else open_("not seen")


def s5_2(site: FarmSite) -> Verdict:
    """……对网民有效留言超过3个月未答复: the one letter shown has its answer; where none is shown nothing can be told."""
    return pass_("answered") if any(t.what == "answered letters" for _, _, t in site.things()) else open_("no letter is shown")


def s6_1(site: FarmSite) -> Verdict:
    """未提供办事服务: nothing of it is planted, which does not mean that there is none."""
    return open_("not seen")


def s1_1(site: FarmSite) -> Verdict:
    """伪造发稿日期: no day shown lies ahead; a site of which no dated page was opened tells nothing."""
    return open_("only lists were opened") if not site.things() or site.id == "kjj" else pass_("none lies ahead")


def s1_2(site: FarmSite) -> Verdict:
    """链接反动、暴力、色情等内容: no home page of the province leads away."""
    return open_("no link leads away")


def s7_2(site: FarmSite) -> Verdict:
    """Every page's head links to a site map and a search that are not there."""
    return half("the site map is gone")


def s7_3(site: FarmSite) -> Verdict:
    """TRS's search finds titles, Hanweb's finds nothing; the others have none."""
    if site.family == "trs":
        return pass_("finds a known title")
    if site.family == "hanweb":
        return open_("no title to ask for was read") if site.id == "kjj" else no("broken")
    return not_for("no search was seen")


def s8_1(site: FarmSite) -> Verdict:
    """The foot shows code, sponsor and contact, no ICP, police record or party mark."""
    return half("some marks were not seen")


def s8_2(site: FarmSite) -> Verdict:
    """政府网站使用以.gov.cn为后缀的英文域名: names under .example are none."""
    return no("not under .gov.cn")


def s9_1(site: FarmSite) -> Verdict:
    """HTTPS, measured elsewhere."""
    if site.manner == "silent":
        return not_for("only an address that is not public")
    days = measured(site).tls
    if days is None:
        return no("nothing at port 443 while HTTP answers")
    return no("ended") if days < 0 else half("ends soon") if days < 30 else pass_("good")


def s9_2(site: FarmSite) -> Verdict:
    """HTTPS over IPv6 was not measured."""
    return open_("not measured over IPv6")


def s9_3(site: FarmSite) -> Verdict:
    """AAAA by two resolvers on two nights."""
    if site.servfail:
        return open_("the resolvers failed")
    public = [a for a in site.aaaa if not a.startswith("fd")]
    if not public:
        return no("none that is public")
    return half("refused over IPv6 on two nights") if measured(site).six == "refused" else pass_("public")


def s9_4(site: FarmSite) -> Verdict:
    """Reached over IPv6 from elsewhere."""
    if site.servfail:
        return open_("the resolvers failed")
    if not [a for a in site.aaaa if not a.startswith("fd")]:
        return not_for("no public address")
    return no("refused on two nights") if measured(site).six == "refused" else pass_("answered")


def s9_5(site: FarmSite) -> Verdict:
    """The same over both families, as measured elsewhere."""
    if site.manner == "silent":
        return open_("not measured")
    return {"ok": pass_("alike"), "other": no("another site's page"), "refused": not_for("nothing came over IPv6"),
            "none": not_for("no public address")}[measured(site).six]


def s9_6(site: FarmSite) -> Verdict:
    """Two name servers with IPv6 are wanted."""
    return {0: open_("the zone's servers were not learned"), 1: half("only one"), 2: pass_("two")}[measured(site).servers]


def s9_7(site: FarmSite) -> Verdict:
    """Figures only: the edition sets no limit."""
    return open_("no limit, or no IPv6 here")


SITE_CHECK: dict[str, Callable[[FarmSite], Verdict]] = {
    "S2.1": s2_1, "S8.2": s8_2, "S9.1": s9_1, "S9.2": s9_2, "S9.3": s9_3, "S9.4": s9_4, "S9.5": s9_5, "S9.6": s9_6, "S9.7": s9_7, "S9.8": s9_7, "S1.2": s1_2,
    **{k: readable(r) for k, r in {"S3.1": s3_1, "S4.1": s4_1, "S4.3": s4_3, "S5.1": s5_1, "S5.2": s5_2, "S6.1": s6_1, "S1.1": s1_1, "S7.2": s7_2,
                                   "S7.3": s7_3, "S8.1": s8_1}.items()},
}
UNTOLD = {"S7.1"}  # depends on how many details a night happens to read; its own cases are in tests/audit/test_health.py
