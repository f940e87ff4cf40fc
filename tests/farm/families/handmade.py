"""Made by hand: GB18030, tables for layout, list.asp?id=3&page=2, show.asp?id=1001."""

from __future__ import annotations

from urllib.parse import parse_qs

from tests.farm.families.base import GONE, Answer, Web, day, pages_of
from tests.farm.model import Column, Entry


class Handmade(Web):
    """See the module."""

    charset = "gb18030"

    def _number(self, column: Column) -> int:
        return 1 + self.site.columns.index(column)

    def _folder(self, column: Column) -> str:
        return f"/list.asp?id={self._number(column)}"

    def _detail(self, column: Column, entry: Entry) -> str:
        return f"/show.asp?id={entry.id}"

    def get(self, path: str, query: str) -> Answer:
        """Home, portal, lists, details."""
        ask = {k: v[0] for k, v in parse_qs(query).items()}
        if path in ("/", "/index.asp"):
            return self._home()
        if path == "/gk.asp":
            return self._portal()
        number = int(ask["id"]) if ask.get("id", "").isdigit() else 0
        if path == "/list.asp" and 0 < number <= len(self.site.columns):
            return self._list(self.site.columns[number - 1], int(ask.get("page", "1")))
        if path == "/show.asp" and (found := self.find(number)) is not None:
            return self._page(*found)
        return GONE

    def _nav(self) -> str:
        links = "".join(f'<td><a href="list.asp?id={self._number(c)}">{c.name}</a></td>' for c in self.site.columns if not c.section)
        return f'<table width=960><tr><td><a href="index.asp">首页</a></td><td><a href="gk.asp">{self.site.section}</a></td>{links}</tr></table>'

    def _home(self) -> Answer:
        rows = "".join(f'<tr><td>·<a href="show.asp?id={e.id}">{e.title}</a></td><td>{day(e)}</td></tr>'
                       for c in self.site.columns if not c.section for e in self.standing(c)[:6])
        return self.page(self.site.name, f"{self._nav()}<table>{rows}</table>")

    def _portal(self) -> Answer:
        links = "".join(f'<tr><td><a href="list.asp?id={self._number(c)}">{c.name}</a></td></tr>' for c in self.site.columns if c.section)
        return self.page(self.site.section, f'{self._nav()}<font>您的位置：<a href="index.asp">首页</a>&gt;&gt;{self.site.section}</font><table>{links}</table>')

    def _where(self, column: Column) -> str:
        middle = f'<a href="gk.asp">{column.section}</a>&gt;&gt;' if column.section else ""
        return f'<font>您的位置：<a href="index.asp">首页</a>&gt;&gt;{middle}<a href="list.asp?id={self._number(column)}">{column.name}</a></font>'

    def _list(self, column: Column, number: int) -> Answer:
        entries, pages = pages_of(self.standing(column), number)
        rows = "".join(f'<tr><td width=700>·<a href="show.asp?id={e.id}">{e.title}</a></td><td>{day(e)}</td></tr>' for e in entries)
        pager = "".join(f'<a href="list.asp?id={self._number(column)}&page={n}">{n}</a> ' for n in range(1, pages + 1))
        pager = f"<p>共{len(self.standing(column))}条 {pager}</p>" if pages > 1 else ""
        body = f"<table>{rows}</table>" if rows else f"<p align=center>{column.note}</p>"
        return self.page(column.name, f"{self._nav()}{self._where(column)}{body}{pager}")

    def _page(self, column: Column, entry: Entry) -> Answer:
        dated = f"<p align=center>发布时间：{day(entry)}　作者：{entry.source or self.site.name}</p>" if entry.shown and not entry.bare else ""
        return self.page(entry.title, (f"{self._nav()}{self._where(column)}<p align=center><b><font size=5>{entry.title}</font></b></p>{dated}"
                                       f"<table><tr><td>{entry.html}{self.file_links(entry)}</td></tr></table>"))
