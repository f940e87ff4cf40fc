"""The district platform of Shanghai's kind: lists only by POST JSON, dates as epoch or text, a total capped at 10,000."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from tests.farm.families.base import GONE, UNDATED, Answer, Web, as_json, day
from tests.farm.model import Column, Entry


class Affair(Web):
    """epoch: dates as milliseconds, as on one of the real sites; else as text."""

    epoch = True

    def _channel(self, column: Column) -> int:
        return 1201 + self.site.columns.index(column)

    def _folder(self, column: Column) -> str:
        return f"/zhengwu/{column.slug}-{'zfxxgk' if column.section else 'sy'}/index.html"

    def _detail(self, column: Column, entry: Entry) -> str:
        if entry.away:
            return entry.away
        when = entry.shown or UNDATED
        return f"/zhengwu/{column.slug}-nr/{when.year}/{when.timetuple().tm_yday}/{entry.id}.html"

    def get(self, path: str, query: str) -> Answer:
        """Home, portal, columns without their items, details."""
        if path in ("/", "/index.html"):
            return self._home()
        if path == "/zhengwu/zfxxgk/index.html":
            return self._portal()
        if m := re.fullmatch(r"/zhengwu/(\w+)-(?:zfxxgk|sy)/index\.html", path):
            column = self.column(m[1])
            return self._list(column) if column else GONE
        if m := re.fullmatch(r"/zhengwu/\w+-nr/\d{4}/\d+/(\d+)\.html", path):
            found = self.find(int(m[1]))
            return self._page(*found) if found and path == self._detail(*found) else GONE
        return GONE

    def post(self, path: str, body: bytes) -> Answer:
        """The list data."""
        if path != "/front/api/data/affair":
            return GONE
        ask = json.loads(body)
        wanted = {str(c) for c in ask.get("channelList", [])}
        entries = [(c, e) for c in self.site.columns if str(self._channel(c)) in wanted for e in self.standing(c)]
        size, number = int(ask.get("pageSize", 15)), int(ask.get("pageNo", 1))
        part = entries[(number - 1) * size : number * size]
        records = [{"id": e.id, "title": e.title, "display_date": self._when(e), "url": self._detail(c, e), "channel_id": self._channel(c),
                    "dispatch_agency": e.source or self.site.name} for c, e in part]
        return as_json({"code": 0, "data": {"pageNo": number, "pageSize": size, "totalPage": -(-len(entries) // size),
                                            "totalCount": min(len(entries), 10_000), "list": records}})

    def _when(self, entry: Entry) -> object:
        if entry.shown is None:
            return None
        at = datetime(entry.shown.year, entry.shown.month, entry.shown.day, 2, tzinfo=UTC)
        return int(at.timestamp() * 1000) if self.epoch else f"{day(entry)} 10:00:00"

    def _home(self) -> Answer:
        links = "".join(f'<li><a href="{self._folder(c)}">{c.name}</a></li>' for c in self.site.columns if not c.section)
        return self.page(f"{self.site.name}门户网站", (
            f'<ul>{links}<li><a href="/zhengwu/zfxxgk/index.html">{self.site.section}</a></li><li><a href="/zmhd/">政民互动</a></li></ul>'
            + "".join(f"<p>{self.site.name}欢迎您。第{n}条服务提示：办事请登录一网通办。</p>" for n in range(4))))

    def _portal(self) -> Answer:
        links = "".join(f'<li><a href="{self._folder(c)}">{c.name}</a></li>' for c in self.site.columns if c.section)
        return self.page(self.site.section, f'<div class="breadcrumb"><a href="/">首页</a> > {self.site.section}</div><ul>{links}</ul>')

    def _list(self, column: Column) -> Answer:
        middle = f'<a href="/zhengwu/zfxxgk/index.html">{column.section}</a> > ' if column.section else ""
        script = (f'<script>var param={{"channelList":["{self._channel(column)}"],"pageSize":15,"pageNo":1}};'
                  '$.ajax({url:"/front/api/data/affair",type:"POST",data:JSON.stringify(param)});</script>')
        return self.page(column.name, f'<div class="breadcrumb"><a href="/">首页</a> > {middle}{column.name}</div>'
                         f'<h2>{column.name}</h2><ul id="list"></ul>{script}')

    def _page(self, column: Column, entry: Entry) -> Answer:
        middle = f'<a href="/zhengwu/zfxxgk/index.html">{column.section}</a> > ' if column.section else ""
        signed = f"{entry.signed}" if entry.signed else "—  —"
        table = "".join(f'<div><span class="col-md-5">{k}：</span><span class="col-md-7">{v}</span></div>' for k, v in (
            ("索引号", f"YS-{entry.id}"), ("公开属性", "主动公开"), ("成文日期", signed), ("发文字号", "—  —"),
            ("发布日期", ("" if entry.bare else day(entry)) or "—  —"), ("公开主体", entry.source or self.site.name)))
        return self.page(entry.title, (
            f'<div class="breadcrumb"><a href="/">首页</a> > {middle}<a href="{self._folder(column)}">{column.name}</a></div>'
            f'<h1>{entry.title}</h1><div class="article-info">{table}</div>'
            f'<div id="ivs_content" class="Article_content">{entry.html}{self.file_links(entry)}</div>'))


class AffairText(Affair):
    """The same with dates as text."""

    epoch = False
