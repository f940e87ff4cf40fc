"""Hanweb: /col/colN/ with records in a <datastore>, further groups by dataproxy.jsp, details at /art/Y/M/D/."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from tests.farm.families.base import GONE, UNDATED, Answer, Web, day
from tests.farm.model import Column, Entry

GROUP = 20


class Hanweb(Web):
    """See the module."""

    def _number(self, column: Column) -> int:
        return 101 + self.site.columns.index(column)

    def _folder(self, column: Column) -> str:
        return f"/col/col{self._number(column)}/index.html"

    def _detail(self, column: Column, entry: Entry) -> str:
        if entry.away:
            return entry.away
        when = entry.shown or UNDATED
        return f"/art/{when.year}/{when.month}/{when.day}/art_{self._number(column)}_{entry.id}.html"

    def _by_number(self, number: int) -> Column | None:
        return next((c for c in self.site.columns if self._number(c) == number), None)

    def get(self, path: str, query: str) -> Answer:
        """Home, portal, lists, groups of records, details."""
        if path in ("/", "/index.html"):
            return self._home()
        if path == "/col/col100/index.html":
            return self._portal()
        if path == "/jsearch/search.do":
            return self.page("检索结果", "<p>抱歉，没有找到相关结果。请换一个词试试。</p>")
        if m := re.fullmatch(r"/col/col(\d+)/(?:index\.html)?", path):
            column = self._by_number(int(m[1]))
            return self._list(column) if column else GONE
        if path == "/module/web/jpage/dataproxy.jsp":
            return self._group(parse_qs(query))
        if m := re.fullmatch(r"/art/\d{4}/\d+/\d+/art_\d+_(\d+)\.html", path):
            found = self.find(int(m[1]))
            return self._page(*found) if found and path == self._detail(*found) else GONE
        return GONE

    def _home(self) -> Answer:
        links = "".join(f'<a href="{self._folder(c)}">{c.name}</a> ' for c in self.site.columns if not c.section)
        links += f'<a href="/col/col100/index.html">{self.site.section}</a>'
        news = [(c, e) for c in self.site.columns if not c.section for e in self.standing(c)[:5]]
        rows = "".join(f'<li><a href="{self._detail(c, e)}">{e.title}</a> {day(e)}</li>' for c, e in news)
        form = '<form action="/jsearch/search.do"><input name="q" type="text"></form>'  # broken on this site: it finds nothing
        return self.page(self.site.name, f'<div class="nav">{links}</div>{form}<ul>{rows}</ul>')

    def _portal(self) -> Answer:
        links = "".join(f'<div><a href="{self._folder(c)}">{c.name}</a></div>' for c in self.site.columns if c.section)
        return self.page(self.site.section, f'<div>您现在的位置：<a href="/">首页</a> > {self.site.section}</div>{links}')

    def _records(self, column: Column, start: int) -> str:
        return "".join(
            f'<record><![CDATA[<li><a href="{self._detail(column, e)}" title="{e.title}">{e.title}</a><span>{day(e)}</span></li>]]></record>'
            for e in self.standing(column)[start : start + GROUP])

    def _list(self, column: Column) -> Answer:
        total = len(self.standing(column))
        middle = f'<a href="/col/col100/index.html">{column.section}</a> > ' if column.section else ""
        more = "".join(
            f'<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?startrecord={n + 1}&endrecord={n + GROUP}&perpage={GROUP}'
            f'&columnid={self._number(column)}"></a>]]></nextgroup>' for n in range(GROUP, total, GROUP))
        store = (f'<script type="text/xml"><datastore><totalrecord>{total}</totalrecord><recordset>{self._records(column, 0)}</recordset>'
                 f'{more}</datastore></script>')
        body = store if total else f"<p>{column.note}</p>"
        return self.page(column.name, f'<div>您现在的位置：<a href="/">首页</a> > {middle}{column.name}</div><div id="list">{body}</div>')

    def _group(self, ask: dict[str, list[str]]) -> Answer:
        column = self._by_number(int(ask.get("columnid", ["0"])[0]))
        if column is None:
            return GONE
        start = int(ask.get("startrecord", ["1"])[0]) - 1
        text = (f'<?xml version="1.0" encoding="utf-8"?><datastore><totalrecord>{len(self.standing(column))}</totalrecord>'
                f'<recordset>{self._records(column, start)}</recordset></datastore>')
        return Answer(200, "text/xml; charset=utf-8", text.encode())

    def _page(self, column: Column, entry: Entry) -> Answer:
        head = f'<meta name="ArticleTitle" content="{entry.title}"><meta name="PubDate" content="{day(entry)}">' if entry.metas and not entry.bare else ""
        middle = f'<a href="/col/col100/index.html">{column.section}</a> > ' if column.section else ""
        dated = f"<div>发布时间：{day(entry)} 浏览次数：</div>" if entry.shown and not entry.bare else ""
        return self.page(entry.title, (
            f'<div>您现在的位置：<a href="/">首页</a> > {middle}<a href="{self._folder(column)}">{column.name}</a></div>'
            f'<div class="title">{entry.title}</div>{dated}<div id="zoom">{entry.html}{self.file_links(entry)}</div>'), head)
