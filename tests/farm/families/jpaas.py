"""Hanweb's newer system: a column's list is fetched piece by piece, as HTML inside JSON, by the request beside each piece."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from tests.farm.families.base import GONE, Answer, as_json, day
from tests.farm.families.hanweb import Hanweb
from tests.farm.model import Column

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"


class Jpaas(Hanweb):
    """Lists by the API; all else as in Hanweb."""

    def get(self, path: str, query: str) -> Answer:
        """Pieces of lists, and what the elder system answers."""
        if path != UNIT:
            return super().get(path, query)
        asked = {k: v[0] for k, v in parse_qs(query).items()}
        page = json.loads(asked.get("paramJson", "{}"))
        number, size = int(page.get("pageNo", 1)), int(page.get("pageSize", 15))
        column = self._by_number(int(asked.get("pageId", 0)))
        if column is None:
            return GONE
        part = self.standing(column)[(number - 1) * size : number * size]
        rows = "".join(f'<li><a href="{self._detail(column, e)}" title="{e.title}">{e.title[:20]}</a><span>{day(e)}</span></li>' for e in part)
        return as_json({"success": True, "code": "200", "data": {"html": f"<ul>{rows}</ul>" if rows else f"<p>{column.note}</p>"}})

    def _list(self, column: Column) -> Answer:
        middle = f'<a href="/col/col100/index.html">{column.section}</a> > ' if column.section else ""
        ask = ",".join(f"'{k}':'{v}'" for k, v in (
            ("parseType", "bulidstatic"), ("webId", "3096"), ("tplSetId", "t"), ("pageType", "column"), ("tagId", "当前栏目list"),
            ("editType", "null"), ("pageId", self._number(column))))
        loader = f'<script url="{UNIT}" queryData="{{{ask}}}"></script>'
        return self.page(column.name, f'<div>您现在的位置：<a href="/">首页</a> > {middle}{column.name}</div><div id="list">{loader}</div>')
