"""Ordinary Chinese pages from word lists of our own: news, notices, policies, interpretations, guides."""

from __future__ import annotations

import random
from datetime import date, timedelta

_WHERE = ("河湾社区", "东桥街道", "柳溪镇", "城西园区", "北岸片区", "枫桥路", "石桥村", "南塘片区")
_WHAT = ("老旧小区改造", "防汛准备", "垃圾分类宣传", "就业帮扶", "道路养护", "养老服务", "校园周边整治", "河道清淤", "营商服务",
         "安全生产检查", "青年人才服务", "春季绿化", "图书馆夜间开放", "社区医疗签约")
_DO = ("调研", "推进", "部署", "督查", "总结", "启动")
_LINE = ("{body}有关负责同志到{where}实地察看{what}进展，听取居民和企业的意见。", "会议要求，各科室要细化分工、倒排时间，确保{what}按期完成。",
         "截至目前，{where}已完成{n}处点位的{what}工作，群众满意度稳步提高。", "下一步，{body}将继续围绕{what}完善措施，形成长效机制。",
         "活动现场发放宣传资料{n}份，解答咨询{m}人次。")


class Prose:
    """Text drawn from one site's own random source."""

    def __init__(self, seed: str, body: str) -> None:
        self.random = random.Random(seed)
        self.body = body

    def day(self, first: date = date(2018, 3, 1), last: date = date(2019, 12, 27)) -> date:
        """A day between two, both possible."""
        return first + timedelta(days=self.random.randrange((last - first).days + 1))

    def paragraphs(self, count: int = 4) -> str:
        """Paragraphs of ordinary text."""
        r = self.random
        return "\n".join(f"<p>　　{r.choice(_LINE).format(body=self.body, where=r.choice(_WHERE), what=r.choice(_WHAT), n=r.randint(3, 60), m=r.randint(20, 300))}</p>"
                         for _ in range(count))

    def news(self) -> str:
        """A title of news."""
        r = self.random
        return f"{self.body}{r.choice(_DO)}{r.choice(_WHERE)}{r.choice(_WHAT)}工作"

    def notice(self) -> str:
        """A title of a notice."""
        r = self.random
        return f"关于{r.choice(_WHERE)}{r.choice(_WHAT)}期间{r.choice(('临时交通管制', '服务时间调整', '报名安排', '停水检修'))}的通告"

    def policy(self, number: int) -> str:
        """A title of a policy document."""
        return f"{self.body}关于印发《{self.random.choice(_WHAT)}实施办法（{number}）》的通知"

    def guide(self, number: int) -> str:
        """A title of a service guide."""
        return f"{self.random.choice(('设立登记', '资质核准', '补贴申领', '信息变更', '场所备案'))}办事指南（{number}）"
