"""The further tasks of the edition: what is planted for each, in which column, worded how; whom the clause binds and its words.

One row serves three uses: the page that carries the thing, the thing in neutral words, and the rule of the truth table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.farm.model import Entry, FarmSite, Thing
from tests.farm.things import _entry, _p

TOLD = "一、背景依据：停车供需矛盾突出。二、目标任务：规范停车秩序。三、主要内容：明确收费和管理责任。四、适用范围：本行政区域。"
BODY = "为做好有关工作，依据有关规定，结合实际，现予公布。请各有关单位和公众知悉，并欢迎监督。具体内容按条目列明，联系电话0000-1234567。"


@dataclass(frozen=True)
class Extra:
    """levels, units: whom it binds (empty = all). unseen: what no one can say where nothing was found (True).

    year: what counts is made within the year, so a day that can be trusted is needed. due: the day by which it is public.
    """

    indicator: str
    what: str
    title: str
    column: str
    quote: str
    levels: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    unseen: bool = False
    also: tuple[str, ...] = ()  # other things that satisfy the clause as well
    year: bool = False
    due: date | None = None


EXTRAS = (
    Extra("02.1", "system of announcing decisions beforehand", "{b}重大决策预公开制度", "公开指南", "制定出台……重大决策预公开制度"),
    Extra("02.2", "system of hearing at meetings", "{b}利益相关方列席有关会议制度", "公开指南", "……利益相关方等列席政府有关会议制度"),
    Extra("04.1", "reform and business environment", "{b}深化放管服改革优化营商环境工作情况", "政策文件", "公开……改革成效等情况", ("municipal", "bureau"),
          ("development", "economy", "commerce", "labour", "housing", "water", "market", "tax"), year=True),
    Extra("09.1", "list of things inspected at random", "{b}随机抽查事项清单（2019年版）", "通知公告", "全面实施“双随机、一公开”", ("district", "bureau")),
    Extra("23.1", "institutions below the body", "{b}所属公共企事业单位办事服务信息公开", "政策文件", "集中公开相关信息", ("bureau",), ("economy", "education", "transport", "culture", "health", "sasac", "medical_insurance")),
    Extra("11.1", "national tasks", "{b}推进长江三角洲区域一体化发展工作情况", "政策文件", "三项新的重大任务的推进落实情况", ("district", "bureau"),
          ("development", "financial", "pudong"), year=True),
    Extra("19.1", "major projects", "{b}2019年度重大建设项目清单", "政策文件", "重大建设项目批准和实施领域政府信息公开", (),
          ("municipal", "district", "development", "housing"), year=True),
    Extra("21.1", "list of welfare matters", "{b}社会公益事业领域基层政务公开标准目录", "公开指南", "形成公开事项清单", ("municipal", "bureau"),
          ("development", "education", "civil", "finance", "environment", "agriculture", "culture", "health", "emergency", "market", "sport", "drug")),
    Extra("24.1", "interpretation", "《{b}公共停车管理办法》政策解读", "政策文件", "政策文件均需进行解读", also=("interpretation in pictures", "interpretation of a policy"), year=True),
    Extra("25.1", "interpretation in pictures", "一图读懂《{b}公共停车管理办法》", "政策文件", "综合运用图示图解、音频视频、动漫等形式", year=True),
    Extra("28.1", "answered letters", "关于小区噪声问题的来信及回复", "领导信箱", "充分收集、及时回应公众诉求", unseen=True),
    Extra("29.1", "open day", "{b}2019年公众开放日活动公告", "通知公告", "开展公众开放日或网络问政等活动", ("district", "bureau"), year=True),
    Extra("31.1", "new media", "{b}政务新媒体账号名单", "公开指南", "打造……政务新媒体矩阵体系", unseen=True),
    Extra("32.1", "gazette", "{b}人民政府公报2019年第3期", "政策文件", "实现政府历史公报电子化", ("municipal", "district")),
    Extra("40.3", "catalogue", "{b}政府信息公开目录", "公开指南", "政府信息公开基本目录的维护", unseen=True),
    Extra("42.1", "rules of disclosure", "{b}政府信息公开工作制度", "公开指南", "公开工作制度，应当通过门户网站集中公开", ("district", "bureau"),
          also=("system of announcing decisions beforehand",)),
    Extra("701.2", "yearly plan", "{b}2019年政务公开工作要点", "公开指南", "印发后30日内公开", ("district", "bureau"), due=date(2019, 4, 8)),
)


def planted(body: str) -> dict[str, list[Entry]]:
    """Column -> entries of all of them, as a body that does everything publishes them."""
    out: dict[str, list[Entry]] = {}
    for n, row in enumerate(EXTRAS):
        shown = date(2019, 4, 2) if row.indicator == "701.2" else date(2019, 3 + n % 3, 4 + n)
        told = row.what.startswith("interpretation")
        holds = frozenset({"background", "aims", "content", "scope"} if told else {"issue 3"} if row.what == "gazette" else ())
        entry = _entry(row.title.format(b=body), shown, _p(TOLD if told else BODY, BODY), Thing(row.what, "2019", True, shown, holds), source=body)
        out.setdefault(row.column, []).append(entry)
    return out


def binds(row: Extra, site: FarmSite) -> bool:
    """Whether the clause speaks of this body."""
    if row.levels and site.level not in row.levels:
        return False
    return not row.units or bool({*site.units, site.level} & set(row.units))


__all__ = ["EXTRAS", "Extra", "binds", "planted"]
