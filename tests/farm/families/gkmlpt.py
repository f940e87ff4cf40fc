"""Guangdong's disclosure platform: columns are numbers behind a #, their tree stands in a script, lists come by GET JSON."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs

from tests.farm.families.base import GONE, Answer, Web, as_json, day
from tests.farm.model import Column, Entry

SID = "990001"
PER_CALL = 20


class Gkmlpt(Web):
    """See the module."""

    def _number(self, column: Column) -> int:
        return 501 + self.site.columns.index(column)

    def _folder(self, column: Column) -> str:
        return f"/gkmlpt/api/all/{self._number(column)}?page=1&sid={SID}"

    def _detail(self, column: Column, entry: Entry) -> str:
        return f"/gkmlpt/content/1/{entry.id // 1000}/post_{entry.id}.html"

    def get(self, path: str, query: str) -> Answer:
        """Home, the platform's shell, lists, details."""
        if path in ("/", "/index.html"):
            return self.page(f"{self.site.name}门户网站", (
                f'<ul class="nav"><li><a href="/gkmlpt/index">{self.site.section}</a></li><li><a href="/zmhd/">政民互动</a></li></ul>'
                + "".join(f"<p>{self.site.name}欢迎您。第{n}条服务提示：办事请登录一网通办。</p>" for n in range(6))))
        if path == "/gkmlpt/index":
            return self._shell()
        if m := re.fullmatch(r"/gkmlpt/api/all/(\d+)", path):
            asked = parse_qs(query)
            return self._records(int(m[1]), int(asked.get("page", ["1"])[0])) if asked.get("sid") == [SID] else GONE
        if m := re.fullmatch(r"/gkmlpt/content/1/\d+/post_(\d+)\.html", path):
            found = self.find(int(m[1]))
            return self._page(*found) if found else GONE
        return GONE

    def _shell(self) -> Answer:
        leaf = lambda c: {"id": self._number(c), "name": c.name, "children": []}  # noqa: E731
        tree = [leaf(c) for c in self.site.columns if not c.section]
        tree.append({"id": 500, "name": self.site.section, "children": [leaf(c) for c in self.site.columns if c.section]})
        script = f"window._CONFIG = {{ SID: '{SID}', TREE: {json.dumps(tree, ensure_ascii=False)} }};"
        text = (f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{self.site.section}</title><script>{script}</script></head>'
                '<body><div id="app"></div><script src="/gkmlpt/app.js"></script></body></html>')
        return Answer(200, body=text.encode())

    def _records(self, number: int, page: int) -> Answer:
        entries = [(c, e) for c in self.site.columns if number in (0, self._number(c)) for e in self.standing(c)]
        part = entries[(page - 1) * PER_CALL : page * PER_CALL]
        return as_json({"total": len(entries), "articles": [
            {"id": e.id, "title": e.title, "url": f"http://{self.site.host}{self._detail(c, e)}", "publisher": e.source or self.site.name,
             "display_publish_time": int(datetime(e.shown.year, e.shown.month, e.shown.day, 2, tzinfo=UTC).timestamp()) if e.shown else None}
            for c, e in part]})

    def _page(self, column: Column, entry: Entry) -> Answer:
        middle = f"{column.section} &gt; " if column.section else ""
        table = "".join(f"<tr><td>{k}：</td><td>{v}</td></tr>" for k, v in (
            ("索引号", f"YS-{entry.id}"), ("发布机构", entry.source or self.site.name), ("成文日期", entry.signed or ""), ("发布日期", "" if entry.bare else day(entry))))
        return self.page(entry.title, (
            f'<div class="path">当前位置：<a href="/">首页</a> &gt; {middle}<a href="/gkmlpt/index#{self._number(column)}">{column.name}</a></div>'
            f'<table class="head">{table}</table><h1 class="title">{entry.title}</h1>'
            f'<div class="article-content">{entry.html}{self.file_links(entry)}</div>'))
