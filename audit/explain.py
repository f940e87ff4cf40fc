"""One indicator of an edition in plain words: what it asks, of whom, until when, and how a page answers it."""

from __future__ import annotations

from datetime import date

from audit.checks import checks
from audit.classify import categories
from audit.duty import bind, day
from audit.edition import Edition, Indicator
from audit.sitesearch import words_of
from db.words import Host, Level, Needs, Question, Site

LEVELS = {Level.MUNICIPAL: "市政府门户", Level.DISTRICT: "区", Level.BUREAU: "市级部门"}
NEEDS = {Needs.ONE: "有一份即可", Needs.LATEST: "看最近的", Needs.ALL: "须读全"}


def explain(edition: Edition, item: Indicator, year: int) -> list[str]:
    """Lines for the terminal, Chinese first: the words of the source before ours."""
    task = next((t for t in edition.task if t.id == item.task), None)
    out = [f"{item.id}  {item.title}", f"依据（{edition.source}）：{item.basis}"]
    if task is not None:
        out.append(f"任务{task.id}：{task.text}（{'、'.join(task.units)}；{task.deadline_words or '无期限'}）")
    levels = "、".join(LEVELS[x] for x in item.levels)
    out.append(f"约束：{levels}" + (f"，其中单位类别为：{'、'.join(item.units)}" if item.units else ""))
    out.append(_time(item, year))
    if item.fact:
        out.append(f"只有登记了 facts.{item.fact} = true 的单位才可能因缺失判为不达标；登记为 false 的不适用，未登记的未能判定")
    if item.deduct is not None:
        full = edition.points.get(item.chapter, 0)
        out.append(f"计分：每发现1项扣{item.deduct.per:g}分，至多{item.deduct.cap:g}分，{item.chapter}章满分{full:g}分")
    elif item.kind == "scored":
        whole = sum(i.weight for i in edition.indicator if i.kind == "scored")
        out.append(f"计分：权重{item.weight:g}，占全部权重{100 * item.weight / whole:.1f}%" if whole else f"计分：权重{item.weight:g}")
    else:
        out.append({"info": "仅供参考，不计分", "bonus": f"加分{item.weight:g}"}[item.kind])
    if item.veto is not None:
        out.append(f"不达标时全站得分不超过{item.veto:g}")
    check = checks()[item.check]
    out.append(f"怎样判断：{item.check}（`gongkai checks {item.check}` 有完整说明）")
    out += ["    " + line for line in (check.__doc__ or "").split("Example:")[0].strip().splitlines()]
    out.append("参数：" + ("；".join(f"{k} = {v}" for k, v in item.params.items()) or "无"))
    out += _asked(edition, item, year)
    return out


def _time(item: Indicator, year: int) -> str:
    dues = {LEVELS[k]: v for k, v in item.due.items()} if isinstance(item.due, dict) else {"": item.due} if item.due else {}
    said = "、".join(f"{k}{day(v, year)}" for k, v in dues.items())
    start = f"；{day(item.fail_not_before, year)}起缺失即可判为不达标" if item.fail_not_before else ""
    return f"期限：{said or '无（常年）'}{start}"


def _asked(edition: Edition, item: Indicator, year: int) -> list[str]:
    """The questions that the crawl gets of it, asked of a body that it binds."""
    site = Site("example", "某单位", item.levels[0], (Host("http://www.example.invalid"),), units=item.units)
    duty = bind(edition, item, site, year, date(year, 12, 31), date(year, 12, 31))
    check = checks()[item.check]
    asked: tuple[Question, ...] = check.questions(check.Params.model_validate(item.params), duty)
    out = []
    for question in asked:
        names = "、".join(categories()[c].zh for c in question.categories)
        years = f"，{'或'.join(map(str, question.years))}年度" if question.years else ""
        window = f"，{question.since or ''}至{question.until or ''}发布" if question.since or question.until else ""
        words = "、".join(w for c in question.categories for w in words_of(c))
        out.append(f"去找：{names}{years}{window}，{NEEDS[question.needs]}；栏目如{words}")
    return out
