"""Lists in an iframe: the column page holds a frame, the frame the list; further pages by ?page=N within the frame."""

from __future__ import annotations

from urllib.parse import parse_qs

from tests.farm.families.base import GONE, Answer, Web, day, pages_of
from tests.farm.model import Column, Entry


class Framed(Web):
    """See the module."""

    def _number(self, column: Column) -> int:
        return 11 + self.site.columns.index(column)

    def _folder(self, column: Column) -> str:
        return f"/column.aspx?cid={self._number(column)}"

    def _detail(self, column: Column, entry: Entry) -> str:
        if entry.away:
            return entry.away
        return f"/article.aspx?id={entry.id}"

    def get(self, path: str, query: str) -> Answer:
        """Home, portal, column pages, frames, details."""
        ask = {k: v[0] for k, v in parse_qs(query).items()}
        if path in ("/", "/default.aspx"):
            return self._home()
        if path == "/gk/default.aspx":
            return self._portal()
        number = int(ask["cid"]) if ask.get("cid", "").isdigit() else 0
        column = next((c for c in self.site.columns if self._number(c) == number), None)
        if path == "/column.aspx" and column:
            return self._column(column)
        if path == "/frame/list.aspx" and column:
            return self._frame(column, int(ask.get("page", "1")))
        if path == "/article.aspx" and ask.get("id", "").isdigit() and (found := self.find(int(ask["id"]))):
            return self._page(*found)
        return GONE

    def _links(self, inside: bool) -> str:
        return "".join(f'<li><a href="/column.aspx?cid={self._number(c)}">{c.name}</a></li>' for c in self.site.columns if bool(c.section) == inside)

    def _home(self) -> Answer:
        rows = "".join(f'<p><a href="/article.aspx?id={e.id}">{e.title}</a> ({day(e)})</p>'
                       for c in self.site.columns if not c.section for e in self.standing(c)[:5])
        return self.page(self.site.name, f'<ul>{self._links(False)}<li><a href="/gk/default.aspx">{self.site.section}</a></li></ul>{rows}')

    def _portal(self) -> Answer:
        return self.page(self.site.section, f'<div>您的位置：<a href="/">首页</a> - {self.site.section}</div><ul>{self._links(True)}</ul>')

    def _where(self, column: Column) -> str:
        middle = f'<a href="/gk/default.aspx">{column.section}</a> - ' if column.section else ""
        return f'<div>您的位置：<a href="/">首页</a> - {middle}<a href="/column.aspx?cid={self._number(column)}">{column.name}</a></div>'

    def _column(self, column: Column) -> Answer:
        return self.page(column.name, (f'{self._where(column)}<h3>{column.name}</h3>'
                                       f'<iframe src="/frame/list.aspx?cid={self._number(column)}" width="700" height="600" frameborder="0"></iframe>'))

    def _frame(self, column: Column, number: int) -> Answer:
        entries, total = pages_of(self.standing(column), number)
        rows = "".join(f'<tr><td><a target="_parent" href="{self._detail(column, e)}">{e.title}</a></td><td>{day(e)}</td></tr>' for e in entries)
        pager = f'<a href="?cid={self._number(column)}&page={number + 1}">下一页</a>' if number < total else ""
        body = f"<table>{rows}</table><p>第{number}/{total}页 {pager}</p>" if rows else f"<p>{column.note}</p>"
        text = f"<html><head><meta charset=utf-8><title></title></head><body>{body}</body></html>"
        return Answer(200, "text/html; charset=utf-8", text.encode())

    def _page(self, column: Column, entry: Entry) -> Answer:
        dated = f"<div>发布日期：{entry.shown:%Y}年{entry.shown.month}月{entry.shown.day}日　信息来源：{entry.source or self.site.name}</div>" if entry.shown and not entry.bare else ""
        return self.page(entry.title, f'{self._where(column)}<div class="tit">{entry.title}</div>{dated}<div>{entry.html}{self.file_links(entry)}</div>')
