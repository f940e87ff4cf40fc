"""VSB (webplus): index.htm, xxgk/qzqd.htm, further pages qzqd/2.htm counted downwards, details info/1023/1001.htm; menus drawn by WebFX."""

from __future__ import annotations

import re

from tests.farm.families.base import GONE, Answer, Web, day, pages_of
from tests.farm.model import Column, Entry


class Vsb(Web):
    """See the module."""

    def _number(self, column: Column) -> int:
        return 1021 + self.site.columns.index(column)

    def _folder(self, column: Column) -> str:
        return f"/xxgk/{column.slug}.htm" if column.section else f"/{column.slug}.htm"

    def _detail(self, column: Column, entry: Entry) -> str:
        if entry.away:
            return entry.away
        return f"/info/{self._number(column)}/{entry.id}.htm"

    def file_path(self, entry: Entry, ext: str) -> str:
        return f"/__local/{entry.id % 10}/{entry.id:06X}.{ext}"

    def get(self, path: str, query: str) -> Answer:
        """Home, portal, lists, details."""
        if path in ("/", "/index.htm"):
            return self._home()
        if path == "/xxgk.htm":
            return self._portal()
        if m := re.fullmatch(r"/info/\d+/(\d+)\.htm", path):
            found = self.find(int(m[1]))
            return self._page(*found) if found and path == self._detail(*found) else GONE
        if m := re.fullmatch(r"/(?:xxgk/)?(\w+)(?:/(\d+))?\.htm", path):
            column = self.column(m[1])
            return self._list(column, m[2]) if column else GONE
        return GONE

    def _home(self) -> Answer:
        links = "".join(f'<a href="{self._folder(c)[1:]}">{c.name}</a>' for c in self.site.columns if not c.section)
        rows = "".join(f'<li><a href="{self._detail(c, e)[1:]}" title="{e.title}">{e.title[:14]}...</a><span>{day(e)[5:]}</span></li>'
                       for c in self.site.columns if not c.section for e in self.standing(c)[:6])
        return self.page(self.site.name, f'<div class="menu"><a href="index.htm">首页</a>{links}<a href="xxgk.htm">{self.site.section}</a></div><ul>{rows}</ul>')

    def _portal(self) -> Answer:
        tree, anchors = f"var i_ = new WebFXTree('<span>{self.site.section}</span>');", ""
        for n, c in enumerate(x for x in self.site.columns if x.section):
            tree += (f"var i_{n} = new WebFXTreeItem('<span class=f1>{c.name}</span>',document.getElementById(\"k{n}\").href );"
                     f"i_.add(i_{n});")
            anchors += f'<a id="k{n}" href="{self._folder(c)[1:]}"></a>'
        text = f"<p>{self.site.name}依法公开政府信息，请从左侧目录中选择栏目查阅。</p><p>联系电话：0000-1234567</p>"
        return self.page(self.site.section, f"<script>function show(){{{tree}document.write(i_);}}</script>{anchors}{text}")

    def _where(self, column: Column, last: str = "") -> str:
        middle = f'<a href="/xxgk.htm">{column.section}</a>&gt;&gt;' if column.section else ""
        tail = f"&gt;&gt;{last}" if last else ""
        return f'<table><tr><td>当前位置: <a href="/index.htm">首页</a>&gt;&gt;{middle}<a href="{self._folder(column)}">{column.name}</a>{tail}</td></tr></table>'

    def _list(self, column: Column, number: str | None) -> Answer:
        # further pages are counted downwards: of four pages the second is 3.htm
        total = pages_of(self.standing(column), 1)[1]
        at = total - int(number) + 1 if number else 1
        if not 1 <= at <= total:
            return GONE
        entries, _ = pages_of(self.standing(column), at)
        rows = "".join(f'<tr id="line_{n}"><td><a href="{self._detail(column, e)}" title="{e.title}">{e.title}</a></td><td>{day(e).replace("-", "/")}</td></tr>'
                       for n, e in enumerate(entries))
        base = self._folder(column).removesuffix(".htm")
        pager = f'<a href="{base}/{total - at}.htm" class="Next">下页</a> <a href="{base}/1.htm">尾页</a>' if at < total else ""
        body = f"<table>{rows}</table><div>共{len(self.standing(column))}条 {at}/{total} {pager}</div>" if rows else f"<p>{column.note}</p>"
        return self.page(f"{column.name}-{self.site.name}", self._where(column) + body)

    def _page(self, column: Column, entry: Entry) -> Answer:
        dated = f"<span>{entry.shown:%Y年%m月%d日} 10:20　{entry.source or self.site.name}　点击：[<script>_showDynClicks(1)</script>]</span>" if entry.shown and not entry.bare else ""
        return self.page(f"{entry.title}-{self.site.name}", (
            f'{self._where(column, "正文")}<form name="_newscontent_fromname"><h2 align="center">{entry.title}</h2>{dated}'
            f'<div id="vsb_content">{entry.html}</div><ul>{self.file_links(entry)}</ul></form>'))
