"""TRS: folders with index.html, index_1.html …, details t20190520_1001.html, a pager drawn by createPageHTML."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from tests.farm.families.base import GONE, UNDATED, Answer, Web, day, pages_of
from tests.farm.model import Column, Entry


class Trs(Web):
    """See the module."""

    def _folder(self, column: Column) -> str:
        return column.away or (f"/xxgk/{column.slug}/" if column.section else f"/{column.slug}/")

    def _detail(self, column: Column, entry: Entry) -> str:
        if entry.away:
            return entry.away
        when = entry.shown or UNDATED
        return f"{self._folder(column)}{when:%Y%m}/t{when:%Y%m%d}_{entry.id}.html"

    def get(self, path: str, query: str) -> Answer:
        """Home, portal, lists, details."""
        if path in ("/", "/index.html"):
            return self._home()
        if path in ("/xxgk/", "/xxgk/index.html"):
            return self._portal()
        if path == "/search/":
            return self._results(parse_qs(query).get("searchword", [""])[0])
        if m := re.fullmatch(r"/(?:xxgk/)?(\w+)/(?:index(?:_(\d+))?\.html)?", path):
            column = self.column(m[1])
            return self._list(column, int(m[2] or 0) + 1) if column else GONE
        if m := re.search(r"/t\d{8}_(\d+)\.html$", path):
            found = self.find(int(m[1]))
            return self._page(*found) if found and path == self._detail(*found) else GONE
        return GONE

    def _home(self) -> Answer:
        loose = [c for c in self.site.columns if not c.section]
        nav = "".join(f'<li><a href="{self._folder(c)}">{c.name}</a></li>' for c in loose)
        nav += f'<li><a href="/xxgk/">{self.site.section}</a></li>'
        blocks = "".join(
            f'<div class="block"><h3><a href="{self._folder(c)}">{c.name}</a></h3><ul>' + "".join(
                f'<li><a href="{self._detail(c, e)}">{e.title}</a><span>{day(e)}</span></li>' for e in self.standing(c)[:6]) + "</ul></div>"
            for c in loose)
        return self.page(self.site.name, f'{self.search_form()}<ul class="nav">{nav}</ul>{blocks}')

    def search_form(self) -> str:
        """A plain GET form."""
        return '<form action="/search/" method="get"><input type="hidden" name="siteid" value="1"><input type="text" name="searchword"></form>'

    def _results(self, words: str) -> Answer:
        rows = "".join(f'<li><a href="{self._detail(c, e)}">{e.title}</a><span>{day(e)}</span></li>' for c, e in self.found(words))
        return self.page("站内搜索", f"<p>搜索“{words}”的结果</p><ul>{rows}</ul>" if rows else f"<p>没有找到与“{words}”相关的内容</p>")

    def _portal(self) -> Answer:
        links = "".join(f'<li><a href="{self._folder(c)}">{c.name}</a></li>' for c in self.site.columns if c.section)
        crumbs = f'<div class="location">当前位置：<a href="/">首页</a> &gt; {self.site.section}</div>'
        return self.page(f"{self.site.section}_{self.site.name}", f'{crumbs}<ul class="menu">{links}</ul>')

    def _crumbs(self, column: Column, last: str) -> str:
        middle = f'<a href="/xxgk/">{column.section}</a> &gt; ' if column.section else ""
        return f'<div class="location">当前位置：<a href="/">首页</a> &gt; {middle}{last}</div>'

    def _list(self, column: Column, number: int) -> Answer:
        entries, pages = pages_of(self.standing(column), number)
        if number > pages:
            return GONE
        rows = "".join(f'<li><span class="date">[{day(e)}]</span><a href="{self._detail(column, e)}" title="{e.title}">{e.title}</a></li>'
                       for e in entries)
        body = f'<ul class="list">{rows}</ul>' if rows else f'<div class="empty">{column.note}</div>'
        pager = f'<script>createPageHTML({pages}, {number - 1}, "index", "html");</script>' if pages > 1 else ""
        return self.page(f"{column.name}_{self.site.name}", f'{self._crumbs(column, column.name)}{body}{pager}')

    def _page(self, column: Column, entry: Entry) -> Answer:
        head = ""
        if entry.metas and not entry.bare:
            head = (f'<meta name="SiteName" content="{self.site.name}"><meta name="ArticleTitle" content="{entry.title}">'
                    f'<meta name="PubDate" content="{day(entry)} 09:30"><meta name="ColumnName" content="{column.name}">')
        link = f'<a href="{self._folder(column)}">{column.name}</a>'
        dated = f'<p class="info">发布日期：{day(entry)}　来源：{entry.source or self.site.name}</p>' if entry.shown and not entry.bare else ""
        signed = f'<p class="info">成文日期：{entry.signed}</p>' if entry.signed else ""
        body = (f'{self._crumbs(column, link + " &gt; 正文")}<h1>{entry.title}</h1>{dated}{signed}'
                f'<div class="TRS_Editor">{entry.html}{self.file_links(entry)}</div>')
        return self.page(f"{entry.title}_{self.site.name}", body, head)
