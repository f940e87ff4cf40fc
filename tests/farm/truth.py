"""What an honest assessor would say of each farm site: from what was planted, through the words of each clause.

Nothing of the program is imported here. Each rule stands beside the clause's quotation and says why. Facts used: what
was planted, where, when, by whom, whether it opens; that every site was looked over on 5 and 6 January 2020; that the
audited day is 31 December 2019; and that the machine has no IPv6. A day that a new system put on every page tells
nothing of any of them (CASES 34).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.farm.extras import EXTRAS, Extra, binds
from tests.farm.model import Column, Entry, FarmSite, Thing
from tests.farm.province import COLUMNS

AS_OF = date(2019, 12, 31)
YEAR = 2019


@dataclass(frozen=True)
class Verdict:
    """status as DESIGN.md names it, and why."""

    status: str
    why: str


def pass_(why: str) -> Verdict:
    return Verdict("pass", why)


def half(why: str) -> Verdict:
    return Verdict("partial", why)


def no(why: str) -> Verdict:
    return Verdict("fail", why)


def open_(why: str) -> Verdict:
    return Verdict("unknown", why)


def not_for(why: str) -> Verdict:
    return Verdict("not_applicable", why)


Found = list[tuple[Column, Entry, Thing]]


def planted(site: FarmSite, what: str, *, of: str | None = None, own: bool = True) -> Found:
    """What stands by the audited day, is the body's own, and is where a visitor who keeps to robots.txt may look."""
    return [(c, e, t) for c, e, t in site.things() if t.what == what and t.own == own and (of is None or of in t.of)
            and (t.shown is None or t.shown <= AS_OF) and not _forbidden(site, c) and not _beyond(site, c, e) and not _unseen(site, t)]


def _unseen(site: FarmSite, thing: Thing) -> bool:
    """Removed before anyone looked: for the assessor it was never there."""
    return thing.until is not None and thing.until < (EARLY if site.early else FIRST_NIGHT)


def _beyond(site: FarmSite, column: Column, entry: Entry) -> bool:
    """On a later page of a list that no link leads through; a page shows fifteen, the newest first."""
    newer = sum((x.shown or date.min) > (entry.shown or date.min) for x in column.entries)
    return site.cut and newer >= 15


def _forbidden(site: FarmSite, column: Column) -> bool:
    return any(f"/{column.slug}/" in p for p in site.forbids)


def nothing_found(site: FarmSite, *slugs: str) -> Verdict | None:
    """Where absence cannot be told: the site did not let itself be read, or closes the column where it would be."""
    if site.manner != "well":
        return open_(f"the site was not readable: {site.manner}")
    if any(f"/{s}/" in p for s in slugs for p in site.forbids):
        return open_("robots.txt closes the column where it would be")
    if site.cut:
        return open_("a list where it may lie goes on where nothing leads on")
    return None


EARLY, FIRST_NIGHT, LAST_NIGHT = date(2019, 12, 15), date(2020, 1, 5), date(2020, 1, 6)


def withdrawn(found: Found) -> Verdict | None:
    """It was seen on one night and is gone: on one day only decides nothing yet, on two it was taken down."""
    if not found or any(t.until is None or t.until >= LAST_NIGHT for _, _, t in found):
        return None
    if all(t.until is not None and t.until < FIRST_NIGHT for _, _, t in found):
        return half("seen on an early night, gone on both: taken down")
    return open_("seen on one night, gone on the other: a third look is needed")


def unopened(site: FarmSite, found: Found) -> Verdict | None:
    """What to say where none of it can be read by us though it is, or was, there; None where one can."""
    if not found:
        return None
    if (taken := withdrawn(found)) is not None:
        return taken
    if all(t.picture for _, _, t in found):
        return open_("a picture: people see it, nothing reads it here")
    if any(t.answer == 200 for _, _, t in found):
        return None
    if any(t.answer == 403 for _, _, t in found):
        return open_("its file is refused")
    return half("only its title: the page is gone on both nights")


def one(site: FarmSite, what: str, *slugs: str, of: str | None = None) -> Verdict:
    """Is the thing there to be seen?"""
    if site.manner != "well":
        return open_(f"the site was not readable: {site.manner}")
    found = planted(site, what, of=of)
    if (closed := unopened(site, found)) is not None:
        return closed
    return pass_("it stands on the site") if found else nothing_found(site, *slugs) or no("it is nowhere on the site")


def known(site: FarmSite, fact: str, verdict: Verdict) -> Verdict:
    """Absence is a fault only of a body that is known to have the thing (CASES 7, 74)."""
    return open_(f"not known whether it has any ({fact})") if verdict.status == "fail" and fact not in site.facts else verdict


def in_time(site: FarmSite, found: Found, due: date) -> Verdict:
    """The earliest copy decides; a day that cannot be trusted decides nothing (CASES 31 to 36)."""
    if site.reset is not None:
        return open_("the day shown is that of a new system")
    days = [t.shown for _, _, t in found if t.shown is not None]
    if not days:
        return open_("no day is shown anywhere")
    return pass_("in time") if min(days) <= due else half(f"published {min(days)}")


# -- 沪府办发〔2019〕7号 ------------------------------------------------------------------------------------------------


def c01_1(site: FarmSite) -> Verdict:
    """各区政府、市政府各部门要制定本单位2019年度重大行政决策目录清单并对外公布。 A statement that there are none is publication."""
    if site.manner == "well" and planted(site, "statement that there are no major decisions", of=str(YEAR)):
        return pass_("the statement is the publication")
    return one(site, "list of major decisions", "zdjc", of=str(YEAR))


def c01_2(site: FarmSite) -> Verdict:
    """上半年: by 30 June; later within the year is late."""
    there = c01_1(site)
    if there.status != "pass":
        return there
    found = planted(site, "list of major decisions", of=str(YEAR)) + planted(
        site, "statement that there are no major decisions", of=str(YEAR))
    return in_time(site, found, date(YEAR, 6, 30))


def _entrance(site: FarmSite) -> bool:
    """The column of powers only leads to the front page of another system."""
    return any(c.slug == "qzqd" and c.away for c in site.all_columns)


def _powers(site: FarmSite) -> Verdict | frozenset[str]:
    if site.manner != "well":
        return open_("not readable")
    if planted(site, "statement that there are no powers"):
        return not_for("it says that it has none")
    found = planted(site, "list of powers")
    if not found and _entrance(site):
        return half("only the way into another system")
    if (closed := unopened(site, found)) is not None:
        return closed
    if not found:
        return nothing_found(site, "qzqd") or known(site, "has_powers", no("no list, and the body has powers"))
    return frozenset().union(*(t.holds for _, _, t in found))


def _adjusted(site: FarmSite) -> Verdict | list[date]:
    """The days that tell when the list was adjusted, or why there is nothing to judge: that it is missing is judged where its presence is."""
    if site.manner != "well":
        return open_("not readable")
    if planted(site, "statement that there are no powers"):
        return not_for("it says that it has none")
    found = planted(site, "list of powers")
    if not found:
        return open_("the other system was not read") if _entrance(site) else nothing_found(site, "qzqd") or not_for("no list to judge")
    if (closed := unopened(site, found)) is not None:
        return closed if closed.status == "unknown" else not_for("no list to judge")
    return [t.shown for _, _, t in found if t.shown and site.reset is None]


def c03_1(site: FarmSite) -> Verdict:
    """动态调整行政权力清单……并及时主动公开: items with name, kind and basis."""
    got = _powers(site)
    if isinstance(got, Verdict):
        return got
    return pass_("name, kind, basis") if {"name", "kind", "basis"} <= got else half("fields are missing")


def c03_2(site: FarmSite) -> Verdict:
    """……责任清单……: duties shown, as a list or as columns of a joint list."""
    got = _powers(site)
    if isinstance(got, Verdict):
        return open_("the other system was not read") if _entrance(site) else got  # CASES 24
    return pass_("duties") if got & {"duties", "accountability"} else half("a list, but no duties in it")


def c03_3(site: FarmSite) -> Verdict:
    """动态调整: after the reform the list names living bodies."""
    days = _adjusted(site)
    if isinstance(days, Verdict):
        return days
    if any("an ended name" in t.holds for _, _, t in planted(site, "list of powers")):
        return no("names a body that the reform ended")
    if not days:
        return open_("no day that can be trusted")
    return pass_("adjusted since the reform") if max(days) >= date(2018, 11, 1) else half("older")


def c03_4(site: FarmSite) -> Verdict:
    """动态调整: a version of the year; whether there was anything to adjust a site does not show, so it never fails."""
    days = _adjusted(site)
    if isinstance(days, Verdict):
        return days
    if not days:
        return open_("no version shows a day")
    return pass_("a version of the year") if max(days) >= date(YEAR, 1, 1) else half("older")


def whole(site: FarmSite, *slugs: str) -> Verdict | None:
    """None where every column can be read to its end and days can be trusted; else why nothing can be said of all documents of a year."""
    closed = nothing_found(site, *slugs)
    return closed or (open_("the days shown are those of a new system") if site.reset is not None else None)


def _policies(site: FarmSite) -> Found:
    return planted(site, "policy", of=str(YEAR))


def _paired(site: FarmSite) -> int:
    told = {t.of for _, _, t in planted(site, "interpretation of a policy")}
    return sum(e.title in told for _, e, _ in _policies(site))


def c24_2(site: FarmSite) -> Verdict:
    """……政策文件均需进行解读: all of them, where there are five or more to speak of a share."""
    if (closed := whole(site, "zcwj", "zcjd")) is not None:
        return closed
    n, paired = len(_policies(site)), _paired(site)
    if n < 5:
        return not_for("no policies") if n == 0 else open_(f"only {n} policies")
    return pass_("each") if paired == n else half(f"{paired} of {n}") if 2 * paired >= n else no(f"{paired} of {n}")


def c24_3(site: FarmSite) -> Verdict:
    """Links between them: no rule of the year asks for them; no page of the province has them."""
    if (closed := whole(site, "zcwj", "zcjd")) is not None:
        return closed
    if not _policies(site):
        return not_for("no policies")
    return half("pairs, and no links") if _paired(site) else open_("no pairs")


def c24_4(site: FarmSite) -> Verdict:
    """三同步: the days between, of five pairs or more; here all of the same day."""
    if (closed := whole(site, "zcwj", "zcjd")) is not None:
        return closed
    if not _policies(site):
        return not_for("no policies")
    return pass_("the same day") if _paired(site) >= 5 else open_("fewer than five pairs")


def c303_1(site: FarmSite) -> Verdict:
    """背景依据、目标任务、主要内容、涉及范围、执行标准: at least three in four of five interpretations."""
    if (closed := whole(site, "zcwj", "zcjd")) is not None:
        return closed
    told = [t for what in ("interpretation", "interpretation in pictures", "interpretation of a policy") for _, _, t in planted(site, what)]
    if len(told) < 5:
        return not_for("no interpretations") if not told else open_("fewer than five")
    good = sum(len(t.holds & {"background", "aims", "content", "scope"}) >= 3 for t in told) / len(told)
    return pass_("most hold them") if good >= 0.8 else half("half hold them") if good >= 0.5 else no("few hold them")


def c102_1(site: FarmSite) -> Verdict:
    """将意见收集、采纳情况……向社会公布: each draft of the year has its answer."""
    if (closed := whole(site, "yjzj", "zdjc")) is not None:
        return closed
    drafts = planted(site, "draft decision")
    if not drafts:
        return not_for("the public was asked of nothing")
    answered = {t.of for _, _, t in planted(site, "answer to opinions")}
    n = sum(t.of in answered for _, _, t in drafts)
    return pass_("each") if n == len(drafts) else half("some") if 2 * n >= len(drafts) else no("drafts without an answer")


def _issues(site: FarmSite, year: int) -> set[int]:
    return {int(h.split()[1]) for _, _, t in planted(site, "gazette", of=str(year)) for h in t.holds if h.startswith("issue")}


def c32_1(site: FarmSite) -> Verdict:
    """实现政府历史公报电子化: the year's issues without a gap; asked of the city and the districts."""
    if site.level == "bureau":
        return not_for("bureaus publish no gazette")
    got = _issues(site, YEAR)
    if (closed := nothing_found(site, "zcwj")) is not None:
        return closed  # an issue that could not be read may be the one after a gap
    if got == set(range(1, max(got, default=0) + 1)) and got:
        return pass_("no gap")
    return half("a gap") if got else no("no issue")


def c412_1(site: FarmSite) -> Verdict:
    """完整展示创刊以来的全部政府公报内容: only where it is known since when there is one."""
    if site.level == "bureau":
        return not_for("bureaus publish no gazette")
    since = site.facts.get("gazette_since")
    if not isinstance(since, int) or isinstance(since, bool):
        return open_("not known since when")
    missing = [y for y in range(since, YEAR + 1) if not _issues(site, y)]
    if not missing:
        return pass_("all years")
    return nothing_found(site, "zcwj") or (half("years are missing") if len(missing) <= YEAR - since else no("no issue at all"))


def c10_1(site: FarmSite) -> Verdict:
    """各单位要公开年度建议提案总体办理情况: with the numbers of both; that of 2018, published in 2019, will do."""
    if site.manner != "well":
        return open_("not readable")
    found = planted(site, "summary of proposals", of="2019") + planted(site, "summary of proposals", of="2018")
    if (closed := unopened(site, found)) is not None:
        return closed
    if not found:
        return nothing_found(site, "jyta") or known(site, "handles_proposals", no("no summary, and the body handles proposals"))
    return pass_("both numbers") if any({"motions", "proposals"} <= t.holds for _, _, t in found) else half("one kind only")


def _reply(site: FarmSite, what: str, session: str) -> Verdict:
    if site.manner != "well":
        return open_("not readable")
    if found := planted(site, what, of=session):
        return unopened(site, found) or pass_("a reply of this year's session")
    if planted(site, what):
        return half("only replies of another session")
    # one list holds both kinds: a session's other kind is no reply of this kind, and half credit is for the kind itself
    return nothing_found(site, "jyta") or known(site, "handles_proposals", no("no reply"))


def c10_2(site: FarmSite) -> Verdict:
    """……需要社会广泛知晓的办理复文: at least one to a deputy, of the year's session."""
    return _reply(site, "reply to a deputy", str(site.facts.get("npc_session", "市十五届人大二次")))


def c10_3(site: FarmSite) -> Verdict:
    """The same to a member of the 政协."""
    return _reply(site, "reply to a member", str(site.facts.get("cppcc_session", "市政协十三届二次")))


def c18_1(site: FarmSite) -> Verdict:
    """推进项目预算细化公开: the budget describes at least one project (city bodies)."""
    if site.level == "district":
        return not_for("not asked of districts")
    there = one(site, "budget", "czyjs", of=str(YEAR))
    if there.status != "pass":
        return there
    found = planted(site, "budget", of=str(YEAR))
    if any("a described project" in t.holds for _, _, t in found):
        return pass_("a project is described")
    return open_("the budget is a scan: what it describes cannot be read") if any(t.scanned for _, _, t in found) else half("totals only")


def c18_2(site: FarmSite) -> Verdict:
    """推进绩效评价结果和报告向社会公开 (city bodies)."""
    if site.level == "district":
        return not_for("not asked of districts")
    return one(site, "evaluation", "jxpj")


def c18_3(site: FarmSite) -> Verdict:
    """推进本级地方政府债务信息公开: the finance bureau."""
    return one(site, "public debt", "czyjs") if "finance" in site.units else not_for("only the finance bureau")


def c35_1(site: FarmSite) -> Verdict:
    """财政预决算……的可见性: this year's budget; a scan is seen."""
    return one(site, "budget", "czyjs", of=str(YEAR))


def c35_2(site: FarmSite) -> Verdict:
    """The accounts of the year before."""
    return one(site, "accounts", "czyjs", of=str(YEAR - 1))


def _aaaa(site: FarmSite) -> Verdict:
    if site.servfail:
        return open_("the resolvers failed for that name")
    if any(not a.startswith("fd") for a in site.aaaa):
        return pass_("a public address")
    return no("two resolvers on two nights: none" if not site.aaaa else "only addresses that are not public")


def c30_1(site: FarmSite) -> Verdict:
    """稳步推进各区政府网站部署互联网协议第六版(IPv6): districts."""
    return _aaaa(site) if site.level == "district" else not_for("asked of districts")


def c30_2(site: FarmSite) -> Verdict:
    """Whether it answers over IPv6 cannot be told from a machine without."""
    if site.level != "district":
        return not_for("asked of districts")
    return open_("no IPv6 here") if _aaaa(site).status == "pass" else not_for("no public address to call")


def c30_3(site: FarmSite) -> Verdict:
    """Bureaus: for information."""
    return _aaaa(site) if site.level != "district" else not_for("districts are judged at 30.1")


def c08_2(site: FarmSite) -> Verdict:
    """公开法定职责范围内的所有执法项目: a list of powers tells the basis of each; districts and bureaus with powers."""
    got = _powers(site)
    return got if isinstance(got, Verdict) else pass_("the list of powers tells what is enforced and on what basis")


def c40_2(site: FarmSite) -> Verdict:
    """认真做好……政府信息公开指南的修订更新: after 15 May 2019, with 20 working days for answers."""
    there = one(site, "guide", "gkzn")
    if there.status != "pass":
        return there
    found = planted(site, "guide")
    if not any("the office with address, hours, phone, fax, mail" in t.holds for _, _, t in found):
        return open_("the guide is shortened and tells no period")
    if site.reset is not None or all(t.shown is None for _, _, t in found):
        return open_("the period is right, and no day that can be trusted tells whether it was updated")
    return pass_("updated, 20 working days") if any(t.shown and t.shown >= date(YEAR, 5, 15) for _, _, t in found) else half("older")


def c20_1(site: FarmSite) -> Verdict:
    """深化公共资源配置领域政府信息公开: the development and the assets office; nothing of it is planted."""
    return one(site, "public resources", "zcwj") if {"development", "sasac"} & set(site.units) else not_for("not asked of this body")


def of_units(what: str, *units: str) -> Callable[[FarmSite], Verdict]:
    """A clause that binds some offices only."""
    return lambda site: one(site, what, "zcwj") if set(units) & set(site.units) else not_for("not asked of this body")


def extra(row: Extra) -> Callable[[FarmSite], Verdict]:
    """The rule of one further task."""

    def rule(site: FarmSite) -> Verdict:
        if not binds(row, site):
            return not_for("the clause does not speak of this body")
        slugs = [slug for name, slug, _ in COLUMNS if name == row.column]
        verdict = one(site, row.what, *slugs)
        if verdict.status == "fail":
            verdict = next((v for what in row.also if (v := one(site, what, *slugs)).status == "pass"), verdict)
        if verdict.status == "pass" and row.year and site.reset is not None:
            sure = [t for what in (row.what, *row.also) for _, _, t in planted(site, what) if t.shown != site.reset]
            return verdict if sure else open_("no day that can be trusted tells that it is of the year")
        if verdict.status == "pass" and row.due is not None:
            return in_time(site, planted(site, row.what), row.due)
        return open_("not seen, which does not mean that there is none") if verdict.status == "fail" and row.unseen else verdict

    return rule


def unbound(site: FarmSite) -> Verdict:
    """Clauses that speak of bodies which the province does not have."""
    return not_for("no body of the province is bound")


# -- 国令711 -----------------------------------------------------------------------------------------------------------


def r12_1(site: FarmSite) -> Verdict:
    """政府信息公开指南……应当及时更新。"""
    return one(site, "guide", "gkzn")


def r12_2(site: FarmSite) -> Verdict:
    """……包括……工作机构的名称、办公地址、办公时间、联系电话、传真号码、互联网联系方式等内容。"""
    there = one(site, "guide", "gkzn")
    if there.status != "pass":
        return there
    whole = any("the office with address, hours, phone, fax, mail" in t.holds for _, _, t in planted(site, "guide"))
    return pass_("all that art. 12 names") if whole else half("without the office")


def r20_2(site: FarmSite) -> Verdict:
    """机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名。"""
    return one(site, "organisation", "jgzn")


def r20_3(site: FarmSite) -> Verdict:
    """办公地址、办公时间、联系方式: all are given wherever the body's page is; absence of the page is judged at R20.2."""
    there = r20_2(site)
    return not_for("no page to judge") if there.status == "fail" else there


def r26_1(site: FarmSite) -> Verdict:
    """自该政府信息形成或者变更之日起20个工作日内: to be told only where pages show the day signed."""
    if (closed := whole(site, "zcwj")) is not None:
        return closed
    policies = [e for _, e, _ in _policies(site)]
    if not policies:
        return not_for("no policies")
    signed = [e for e in policies if e.signed is not None and site.shows_signed]
    return pass_("two days") if 2 * len(signed) >= len(policies) else open_("no day signed is shown")


def r20_5(site: FarmSite) -> Verdict:
    """办理行政许可……的依据、条件、程序。"""
    got = _powers(site)
    return got if isinstance(got, Verdict) else pass_("a list of powers")


def r50(site: FarmSite) -> Verdict:
    """……每年1月31日前……: in force since 15 May 2019, so the first report is due in 2020."""
    return not_for("not due under this Regulation by 31 December 2019")


RULES: dict[str, dict[str, Callable[[FarmSite], Verdict]]] = {
    "shanghai-2019": {
        "01.1": c01_1, "01.2": c01_2, "03.1": c03_1, "03.2": c03_2, "03.3": c03_3, "10.1": c10_1, "10.2": c10_2, "10.3": c10_3,
        "18.1": c18_1, "18.2": c18_2, "18.3": c18_3, "35.1": c35_1, "35.2": c35_2, "30.1": c30_1, "30.2": c30_2, "30.3": c30_3,
        "08.2": c08_2, "40.2": c40_2, **{row.indicator: extra(row) for row in EXTRAS},
        **dict.fromkeys(("06.1", "07.1", "14.1", "16.1", "17.1", "33.1", "34.1"), unbound),
        "12.1": of_units("import fair", "commerce"), "13.1": of_units("risks", "financial", "housing"), "15.1": of_units("rural life", "agriculture"),
        "22.1": of_units("rules of state enterprises", "sasac"),
        "20.1": c20_1, "03.4": c03_4, "24.2": c24_2, "24.3": c24_3, "24.4": c24_4, "303.1": c303_1, "102.1": c102_1, "32.1": c32_1,
        "412.1": c412_1,
    },
    "regulation-2019": {
        "R12.1": r12_1, "R12.2": r12_2, "R20.2": r20_2, "R20.3": r20_3, "R20.5": r20_5, "R26.1": r26_1, "R20.7": c35_1, "R20.8": c35_2, "R50.1": r50, "R50.2": r50,
    },
}


def truth(site: FarmSite, edition: str) -> dict[str, Verdict]:
    """Every indicator's right answer for one site."""
    return {key: rule(site) for key, rule in RULES[edition].items()}
