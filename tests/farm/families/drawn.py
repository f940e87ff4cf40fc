"""Columns that only a browser shows: the page is a shell, its script fetches a list in a form of its own and draws it."""

from __future__ import annotations

import json

from tests.farm.families.base import GONE, Answer, as_json, day
from tests.farm.families.trs import Trs
from tests.farm.model import Column

SCRIPT = """
var q = new URLSearchParams(location.search), key = document.body.getAttribute('data-k').split('').reverse().join('');
fetch('/svc/rows', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({k: key})})
  .then(function (r) { return r.json(); }).then(function (d) {
    var rows = d.d.map(function (x) { return '<li><a href="' + x[1] + '">' + x[0] + '</a><span>' + x[2] + '</span></li>'; }).join('');
    var where = document.querySelector('.location') ? '' : '<div class="location">当前位置：<a href="/">首页</a> &gt; ' + d.p + d.n + '</div>';
    document.getElementById('app').innerHTML = where +
      (rows ? '<ul>' + rows + '</ul>' : '<div class="empty">' + d.e + '</div>');
    document.title = d.n;
  });
"""


class Drawn(Trs):
    """Lists by script; all else as it is."""

    def get(self, path: str, query: str) -> Answer:
        """The script, and what needs none."""
        if path == "/js/app.js":
            return Answer(200, "text/javascript; charset=utf-8", SCRIPT.encode())
        return super().get(path, query)

    def _list(self, column: Column, number: int) -> Answer:
        text = (f'<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body data-k="{column.slug[::-1]}">'
                '<div id="app"></div><script src="/js/app.js"></script></body></html>')
        return Answer(200, body=text.encode())

    def post(self, path: str, body: bytes) -> Answer:
        """One column's rows, in no form that anybody else uses."""
        column = self.column(json.loads(body)["k"]) if path == "/svc/rows" else None
        if column is None:
            return GONE
        section = f'<a href="/xxgk/">{column.section}</a> &gt; ' if column.section else ""
        return as_json({"n": column.name, "p": section, "e": column.note,
                        "d": [[e.title, self._detail(column, e), day(e)] for e in self.standing(column)]})


class Sidebar(Drawn):
    """The same beside a menu of the other columns: the page looks like one that only leads on."""

    def _list(self, column: Column, number: int) -> Answer:
        links = "".join(f'<li><a href="{self._folder(c)}index.html">{c.name}</a></li>'
                        for c in self.site.columns if c.section == column.section and c is not column)
        answer = self.page(f"{column.name}_{self.site.name}", (
            f'{self._crumbs(column, column.name)}<div class="left"><ul>{links}</ul></div><div class="right"><h2>{column.name}</h2>'
            '<div id="app"></div></div><script src="/js/app.js"></script>'))
        return Answer(200, answer.type, answer.body.replace(b"<body>", f'<body data-k="{column.slug[::-1]}">'.encode()))
