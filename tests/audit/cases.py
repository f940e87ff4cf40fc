"""A case of a check as data: what stands on a small site, the parameters, what the finding must say.

A file tests/fixtures/checks/ID.toml holds `[params]` for all its cases and one table a case, named as a sentence:

  columns."政策文件" = [{ title, day, text, copies, no_date, file, status, link }]   what each column lists
  states."政策文件" = "blocked"         the column fails for that reason; "empty" says 本栏目暂无内容; "script" is drawn by script
  params, due, fail_not_before, fact    as an indicator of an edition has them, over those of the file
  level, name, facts, formerly, as_of, year, looks     the row, the audited day, the days of looking (default 2020-01-06)
  form = true                           the home page has a search form; pages = { path = html } stand beside the columns
  expect = { status, reason, count, problems, maybe, fault, words, evidence }   what is named must be so
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from audit.edition import Edition, Indicator
from audit.model import Finding
from db.words import Level, Reason
from tests.audit.build import Town, doc, home, listing

SCRIPT = "<html><title>{name}</title><body><div id=app></div><script src=/app.js></script></body></html>"
ALWAYS = ("通知公告", "统计数据", "人事信息", "政府采购")  # a site has more columns than the one in question
FORM = '<form action="/so/" method="get"><input type="text" name="q"></form></body>'
NEWS = "区领导调研重点项目建设工作"
TEXT = "现将有关内容公布如下，请遵照执行，并欢迎社会各界监督。联系电话见网站首页。" * 4


def finding(check: str, case: dict[str, Any], shared: dict[str, Any]) -> Finding:
    """What the check says of the case."""
    edition = _edition(check, case, {**shared, **case.get("params", {})})
    return town(case).finding("1.1", edition=edition, as_of=case.get("as_of", date(2019, 12, 31)), year=case.get("year"))


def _edition(check: str, case: dict[str, Any], params: dict[str, Any]) -> Edition:
    item = Indicator(id="1.1", title="示例", basis="示例", check=check, params=params, due=case.get("due"),
                     fail_not_before=case.get("fail_not_before"), fact=case.get("fact"))
    return Edition(id="case", name="示例", source="示例", year=2019, indicator=(item,), ended_names=tuple(case.get("ended_names", ())))


def town(case: dict[str, Any]) -> Town:
    """The site of a case, looked at on its days."""
    facts = case.get("facts", {"has_powers": True, "handles_proposals": True, "budget_unit": True})
    made = Town(name=case.get("name", "清河区人民政府"), level=Level(case.get("level", "district")), facts=facts,
                formerly=tuple(case.get("formerly", ())))
    columns: dict[str, list[dict[str, Any]]] = {**{name: [] for name in ALWAYS}, **case.get("columns", {})}
    states = case.get("states", {})
    links = []
    for n, name in enumerate(dict.fromkeys((*columns, *states))):
        path = f"/c{n}/"
        links.append((name, path))
        rows = _pages(made, path, columns.get(name, []))
        state = states.get(name)
        if state == "script":
            made.set({path: SCRIPT.format(name=name)})
        elif state not in (None, "empty"):
            made.set({path: Reason(state)})
        else:
            made.set({path: listing(name, rows, "" if rows else "本栏目暂无内容")})
    hub = "".join(f'<li><a href="{href}">{name}</a></li>' for name, href in links)
    made.set({"/": home(*links).replace("</body>", FORM if case.get("form") else "</body>"), "/gk/": f"<html><title>信息公开</title><body><ul>{hub}</ul></body></html>"})
    for n in range(2):
        made.set({f"/news/{n}/": listing(f"要闻频道{n}", [(f"/news/{n}/1.html", NEWS, "2019-06-02")]),
                  f"/news/{n}/1.html": doc(NEWS, "2019-06-02", f"区领导一行实地察看了第{n + 1}处项目现场，听取进展汇报。" * 6)})
    made.set(case.get("pages", {}))
    for day in case.get("looks", [date(2020, 1, 6)]):
        made.set(case.get("changes", {}).get(str(day), {}))
        made.look(datetime(day.year, day.month, day.day, 2, tzinfo=UTC))
    return made


def _pages(made: Town, path: str, rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    listed = []
    for n, row in enumerate(x for r in rows for x in (r,) * r.get("copies", 1)):
        href, day = f"{path}{n}.html", str(row.get("day", ""))
        title = row["title"].replace("{n}", "甲乙丙丁戊己庚辛壬癸"[n % 10])
        text = row.get("text", TEXT).replace("{n}", "甲乙丙丁戊己庚辛壬癸"[n % 10]) + (f"（之{n + 1}）" if row.get("copies") else "")
        shown = "" if row.get("no_date") else day
        files = "".join(f'<p><a href="{f}">附件</a></p>' for f in row.get("links", []))
        page: Any = doc(title, shown, text, files, source=row.get("source", made.name))
        if row.get("signed"):
            page = page.replace("发布日期", f"成文日期：{row['signed']}　发布日期")
        status = row.get("status")
        made.set({href: Reason(status) if isinstance(status, str) else status or page})
        for name, body in row.get("files", {}).items():
            made.set({name: body})
        listed.append((href, title, "" if row.get("no_date") else day))
    return listed
