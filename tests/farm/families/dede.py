"""DedeCMS: /plus/list.php?tid=3&PageNo=2, details /a/tzgg/2019/0520/1001.html, links relative to a <base>."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from tests.farm.families.base import GONE, UNDATED, Answer, Web, day, pages_of
from tests.farm.model import Column, Entry


class Dede(Web):
    """See the module."""

    charset = "gbk"

    def _number(self, column: Column) -> int:
        return 3 + self.site.columns.index(column)

    def _folder(self, column: Column) -> str:
        return f"plus/list.php?tid={self._number(column)}"

    def _detail(self, column: Column, entry: Entry) -> str:
        if entry.away:
            return entry.away
        when = entry.shown or UNDATED
        return f"a/{column.slug}/{when:%Y}/{when:%m%d}/{entry.id}.html"

    def get(self, path: str, query: str) -> Answer:
        """Home, portal, lists, details."""
        if path in ("/", "/index.php"):
            return self._home()
        ask = {k: v[0] for k, v in parse_qs(query).items()}
        if path == "/plus/list.php" and ask.get("tid", "").isdigit():
            if ask["tid"] == "1":
                return self._portal()
            column = next((c for c in self.site.columns if str(self._number(c)) == ask["tid"]), None)
            return self._list(column, int(ask.get("PageNo", "1"))) if column else GONE
        if m := re.search(r"/(\d+)\.html$", path):
            found = self.find(int(m[1]))
            return self._page(*found) if found and path == "/" + self._detail(*found) else GONE
        return GONE

    def page(self, title: str, body: str, head: str = "") -> Answer:
        return super().page(title, body, '<base href="/">' + head)

    def _nav(self) -> str:
        links = "".join(f'<li><a href="{self._folder(c)}">{c.name}</a></li>' for c in self.site.columns if not c.section)
        return f'<ul class="nav"><li><a href="/">主页</a></li>{links}<li><a href="plus/list.php?tid=1">{self.site.section}</a></li></ul>'

    def _home(self) -> Answer:
        boxes = "".join(
            f'<dl class="tbox"><dt><strong><a href="{self._folder(c)}">{c.name}</a></strong></dt><dd><ul>' + "".join(
                f'<li><span class="date">{day(e)[5:]}</span><a href="{self._detail(c, e)}">{e.title}</a></li>' for e in self.standing(c)[:5])
            + "</ul></dd></dl>" for c in self.site.columns if not c.section)
        return self.page(self.site.name, self._nav() + boxes)

    def _portal(self) -> Answer:
        links = "".join(f'<dd><a href="{self._folder(c)}">{c.name}</a></dd>' for c in self.site.columns if c.section)
        return self.page(f"{self.site.section}_{self.site.name}", f'{self._nav()}<div class="place"><strong>当前位置:</strong> <a href="/">主页</a> > {self.site.section} > </div><dl>{links}</dl>')

    def _where(self, column: Column) -> str:
        middle = f'<a href="plus/list.php?tid=1">{column.section}</a> > ' if column.section else ""
        return f'<div class="place"><strong>当前位置:</strong> <a href="/">主页</a> > {middle}<a href="{self._folder(column)}">{column.name}</a> > </div>'

    def _list(self, column: Column, number: int) -> Answer:
        entries, total = pages_of(self.standing(column), number)
        rows = "".join(f'<li><b>[<a href="{self._folder(column)}">{column.name}</a>]</b><a href="{self._detail(column, e)}" class="title">{e.title}</a>'
                       f'<span class="info"><small>日期：</small>{day(e)} <small>点击：</small>{e.id % 97}</span></li>' for e in entries)
        pager = "".join(f'<li><a href="{self._folder(column)}&PageNo={n}">{n}</a></li>' for n in range(1, total + 1) if n != number)
        pager += f'<li><a href="{self._folder(column)}&PageNo={number + 1}">下一页</a></li>' if number < total else ""
        body = f'<ul class="e2">{rows}</ul><ul class="pagelist"><li><span class="pageinfo">共 {total}页{len(self.standing(column))}条</span></li>{pager}</ul>'
        return self.page(f"{column.name}_{self.site.name}", self._nav() + self._where(column) + (body if rows else f"<p>{column.note}</p>"))

    def _page(self, column: Column, entry: Entry) -> Answer:
        dated = f'<div class="info"><small>时间:</small>{day(entry)} 08:40<small>来源:</small>{entry.source or self.site.name} <small>点击:</small>12次</div>' if entry.shown and not entry.bare else ""
        return self.page(f"{entry.title}_{self.site.name}", (
            f'{self._nav()}{self._where(column)}<div class="viewbox"><div class="title"><h2>{entry.title}</h2></div>{dated}'
            f'<div class="content">{entry.html}{self.file_links(entry)}</div></div>'))
