"""Everyday pages around the disclosures, from a seed: notices, news, policies, and what only looks like a disclosure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.farm.model import Entry, Thing
from tests.farm.things import interpretation, noise

_TOPICS = ("安全生产", "营商环境", "垃圾分类", "文明城区创建", "防汛防台", "老旧小区改造", "志愿服务", "节能宣传", "道路养护", "全民健身")
_PLACES = ("东湖街道", "西门社区", "南桥镇", "北新工业园", "中心广场")
_NOTICES = ("关于开展{t}专项检查的通知", "关于{y}年{t}工作有关事项的通告", "{t}宣传活动安排的公告", "关于调整{t}服务窗口办公时间的公告", "{p}{t}设施维修招标公告")
_NEWS = ("{b}召开{t}工作推进会", "{b}主要领导赴{p}调研{t}工作", "{p}举办{t}主题活动", "{b}组织开展{t}培训", "我市{t}工作取得新进展")
_POLICIES = ("关于印发《{t}管理办法》的通知", "关于加强{t}工作的实施意见", "关于进一步规范{t}的若干措施")
_BODY = ("为进一步做好{t}工作，按照统一部署，结合实际，现就有关事项作如下安排。", "各有关单位要高度重视，加强组织领导，明确任务分工，认真抓好落实。",
         "工作中遇到的问题和建议，请及时向主管部门反映，联系电话0000-1234567。")


def fill(rng: Random, body: str, kind: str, number: int, last: date, days: int = 700, *, distinct: bool = False) -> list[Entry]:
    """So many entries of a kind (notices, news, policies), spread over the ``days`` before ``last``. distinct: no two about one topic."""
    forms = {"notices": _NOTICES, "news": _NEWS, "policies": _POLICIES}[kind]
    topics = rng.sample(_TOPICS, len(_TOPICS)) if distinct else []
    out = []
    for n in range(number):
        day = last - timedelta(days=int(days * n / max(number, 1)) + rng.randrange(3))
        words = {"t": topics[n % len(topics)] if topics else rng.choice(_TOPICS), "p": rng.choice(_PLACES), "b": body, "y": str(day.year)}
        title = rng.choice(forms).format(**words)
        entry = noise(title, day, *(line.format(**words) for line in _BODY))
        if kind == "policies":
            entry = replace(entry, thing=Thing("policy", str(day.year), True, day))
        out.append(entry)
    return out


def interpreted(policies: list[Entry], year: int) -> tuple[list[Entry], list[Entry]]:
    """The policies as a careful body publishes them, with the day signed; and an interpretation of each of the year's, the same day."""
    signed = [replace(e, signed=e.shown - timedelta(days=2)) for e in policies if e.shown is not None]
    told = [interpretation(e.title, e.shown) for e in policies if e.shown is not None and e.shown.year == year]
    return signed, told
