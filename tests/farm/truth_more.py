"""The truth of the two editions that came as data later: a scheme that deducts, and the check of government websites.

As in truth.py: from what was planted and the words of each clause, with nothing of the program imported.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.farm.model import FarmSite
from tests.farm.truth import (
    AS_OF,
    YEAR,
    Verdict,
    c24_2,
    c24_3,
    c102_1,
    half,
    no,
    not_for,
    nothing_found,
    one,
    open_,
    pass_,
    planted,
)

Rule = Callable[[FarmSite], Verdict]


def seen(what: str, *slugs: str, of: str | None = None) -> Rule:
    """Published, or absent."""
    return lambda site: one(site, what, *slugs, of=of)


def known(fact: str, rule: Rule) -> Rule:
    """Absence is a fault only of bodies that are known to have the thing."""

    def told(site: FarmSite) -> Verdict:
        found = rule(site)
        return open_(f"not known whether it has any ({fact})") if found.status == "fail" and fact not in site.facts else found

    return told


def unseen(rule: Rule) -> Rule:
    """Not seen is not absent."""

    def told(site: FarmSite) -> Verdict:
        found = rule(site)
        return open_("not seen, which is not absent") if found.status == "fail" else found

    return told


def only(units: set[str], rule: Rule) -> Rule:
    """A rule on a field binds the bodies of that field."""
    return lambda site: rule(site) if units & set(site.units) else not_for("another field")


def any_of(*whats: str, slug: str) -> Rule:
    """One of several things will do."""
    return lambda site: next((v for w in whats if (v := one(site, w, slug)).status == "pass"), one(site, whats[0], slug))


def budget_and_accounts(site: FarmSite) -> Verdict:
    """公开部门财政预决算信息……每1项: both, one, none."""
    found = [one(site, "budget", "czyjs", of=str(YEAR)), one(site, "accounts", "czyjs", of=str(YEAR - 1))]
    kinds = {v.status for v in found}
    if kinds == {"pass"}:
        return pass_("both")
    if "fail" not in kinds and "partial" not in kinds:
        return open_("one could not be told")
    return no("neither") if kinds == {"fail"} else half("one of two")


def finance_items(site: FarmSite) -> Verdict:
    """公开财政预决算、债务、……专项资金: special funds are planted nowhere."""
    found = [one(site, "budget", "czyjs", of=str(YEAR)), one(site, "accounts", "czyjs", of=str(YEAR - 1)), one(site, "public debt", "czyjs")]
    return half("without special funds") if any(v.status == "pass" for v in found) else no("none")


def tenders(site: FarmSite) -> Verdict:
    """公开政府采购项目公告: a call for tenders among the notices is one."""
    calls = [e for c in site.columns for e in c.entries if e.title.endswith("招标公告")]
    return pass_("a call for tenders") if site.manner == "well" and calls else nothing_found(site, "tzgg") or no("no call")


def shown_effect(site: FarmSite) -> Verdict:
    """规范性文件统一标注“有效、失效、废止”: no policy of the province does."""
    return (nothing_found(site, "zcwj") or no("none is marked")) if planted(site, "policy", of=str(YEAR)) else not_for("no policies")


def interpretations(site: FarmSite) -> int:
    """How many of the year."""
    return sum(len(planted(site, w)) for w in ("interpretation", "interpretation in pictures", "interpretation of a policy"))


def questions_and_answers(site: FarmSite) -> Verdict:
    """简明问答: none of the province has that form."""
    return nothing_found(site, "zcjd", "zcwj") or no("no such form")


def substance(site: FarmSite) -> Verdict:
    """背景、出台目的、重要举措: every interpretation of the province tells them; a share needs five."""
    if (closed := nothing_found(site, "zcjd", "zcwj")) is not None:
        return closed
    n = interpretations(site)
    return not_for("no interpretations") if n == 0 else pass_("all") if n >= 5 else open_("fewer than five")


def forms(site: FarmSite) -> Verdict:
    """图示图解……: one will do."""
    return one(site, "interpretation in pictures", "zcwj", "zcjd")


def search_there(site: FarmSite) -> Verdict:
    """网站具备便捷信息检索功能: a form that can be seen without a script."""
    if site.manner == "well" and site.family in ("trs", "hanweb"):
        return pass_("a form that answers")
    return open_("no form to be seen")


def search_finds(site: FarmSite) -> Verdict:
    """确保准确查找: only one family has a search that finds what it has; the other one's finds nothing."""
    there = search_there(site)
    return half("finds nothing") if there.status == "pass" and site.family == "hanweb" else there


def fresh(slug: str, days: int, near: int = 0) -> Rule:
    """How old the newest entry of a column is on the audited day."""

    def told(site: FarmSite) -> Verdict:
        if site.manner != "well":
            return open_("not readable")
        shown = [e.shown for c in site.columns if c.slug == slug for e in c.entries if e.shown is not None and e.shown <= AS_OF]
        age = AS_OF - max(shown, default=date.min)
        return pass_("new") if age <= timedelta(days) else half("older") if age <= timedelta(near) else no("stale")

    return told


SUQIAN: dict[str, Rule] = {
    "A001.1": seen("organisation", "jgzn"), "A003.1": seen("guide", "gkzn"),
    "A004.1": any_of("rules of disclosure", "system of announcing decisions beforehand", slug="gkzn"),
    "A005.1": seen("annual report", "gknb", of=str(YEAR - 1)), "A007.1": known("makes_decisions", seen("draft decision", "yjzj", "zdjc")),
    "A009.1": c102_1, "A010.1": c102_1, "A010.2": lambda site: nothing_found(site, "yjzj", "zdjc") or not_for("no answers to opinions"),
    "A011.2": shown_effect,
    "A015.1": any_of("summary of proposals", "reply to a deputy", "reply to a member", slug="jyta"), "A016.1": budget_and_accounts,
    "A017.1": seen("list of powers", "qzqd"), "A019.1": unseen(seen("services", "zwfw")),
    "A035.1": only({"finance"}, finance_items), "A032.1": only({"finance"}, tenders),
    "A013.1": only({"finance", "development"}, known("charges_fees", seen("fees", "czyjs"))),
    "B045.1": unseen(seen("flow chart", "gkzn")), "B045.2": unseen(seen("form of request", "gkzn")),
    "C051.1": any_of("interpretation", "interpretation in pictures", "interpretation of a policy", slug="zcjd"),
    "C052.1": c24_2, "C052.2": c24_3, "C052.3": questions_and_answers, "C053.1": substance, "C054.1": forms,
    "C055.1": seen("open day", "tzgg"), "C056.1": unseen(seen("answered letters", "ldxx")),
    "D058.1": search_there, "D059.1": search_finds,
    "D061.1": unseen(seen("list of void documents", "zcwj")), "E065.1": unseen(seen("catalogue", "gkzn")), "E066.1": unseen(seen("catalogue", "gkzn")),
}
SITE_CHECK: dict[str, Rule] = {
    "4.1": fresh("gzdt", 14, 31), "4.2": fresh("tzgg", 183), "4.3": fresh("zcwj", 183), "5.1": unseen(seen("answered letters", "ldxx")),
    "6.1": unseen(seen("services", "zwfw")), "6.2": search_finds,
}
MORE = {"suqian-dept": SUQIAN, "example": SITE_CHECK}


def truth_of(site: FarmSite, edition: str, indicators: list[str]) -> dict[str, Verdict]:
    """Every indicator's right answer; what has no rule here speaks of fields that no body of the province has."""
    if edition == "suqian-dept" and site.level != "bureau":
        return {key: not_for("bureaus only") for key in indicators}
    return {key: MORE[edition].get(key, lambda s: not_for("another field"))(site) for key in indicators}
