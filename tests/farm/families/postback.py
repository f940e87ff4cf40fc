"""ASP.NET with a pager that posts a form back: whoever cannot press it sees the first page, which says how many there are."""

from __future__ import annotations

from tests.farm.families.base import Answer, day, pages_of
from tests.farm.families.framed import Framed
from tests.farm.model import Column


class Postback(Framed):
    """See the module."""

    def _column(self, column: Column) -> Answer:
        entries, total = pages_of(self.standing(column), 1)
        rows = "".join(f'<li><a href="{self._detail(column, e)}">{e.title}</a><em>{day(e)}</em></li>' for e in entries)
        pager = (f"<div>共{len(self.standing(column))}条 第1/{total}页 <a href=\"javascript:__doPostBack('pager','2')\">下一页</a></div>"
                 if total > 1 else "")
        return self.page(column.name, f'{self._where(column)}<ul>{rows}</ul>{pager}' + ("" if rows else f"<p>{column.note}</p>"))
