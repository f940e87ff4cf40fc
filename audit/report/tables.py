"""The same for spreadsheets: CSV that Excel opens, an XLSX workbook with overview, findings and evidence."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from audit.report.labels import ZH
from audit.report.pages import by_rank
from audit.wording import DATED_BY, REASONS
from db.words import Reason

Row = dict[str, Any]
_COLOURS = {"pass": "#2f8f5b", "partial": "#d99a1c", "fail": "#c8432f", "unknown": "#8a97a6", "not_applicable": "#e6eaef"}


def findings(document: Row) -> Iterator[Row]:
    """One row a finding."""
    for card in document["sites"]:
        for f in card["findings"]:
            first = f["evidence"][0] if f["evidence"] else {}
            yield {"单位": card["name"], "代码": card["site"], "级别": ZH["level"][card["level"]], "指标": f["indicator"],  # type: ignore[index]
                   "内容": f["title"], "结论": ZH[f["status"]], "得分": f["score"], "权重": f["weight"],
                   "原因": REASONS[Reason(f["reason"])], "说明": f["words"], "建议": f["advice"] or "", "复核": _review(f.get("review")), "网址": first.get("url", ""),
                   "sha256": first.get("sha256") or ""}


def _review(said: Row | None) -> str:
    if said is None:
        return ""
    if not said["holds"]:
        return "证据已变，须重新复核"
    what = f"由{ZH[said['found']]}改为{ZH[said['status']]}" if said["action"] == "overrule" else "维持"
    return f"{what}：{said['ground']}（{said['by']}）"


def evidence(document: Row) -> Iterator[Row]:
    """One row a piece of evidence."""
    for card in document["sites"]:
        for f in card["findings"]:
            for e in f["evidence"]:
                yield {"单位": card["name"], "指标": f["indicator"], "注": e["note"], "标题": e["title"], "网址": e["url"],
                       "公开日期": e["published"] or "", "日期来源": DATED_BY.get(e["dated_by"], ""), "抓取时间UTC": e["fetched"] or "",
                       "sha256": e["sha256"] or "", "存档": e["warc"] or "", "摘录": e["excerpt"]}


def overview(document: Row) -> Iterator[Row]:
    """One row a site."""
    for level in ("municipal", "district", "bureau"):
        for c in by_rank([x for x in document["sites"] if x["level"] == level]):
            low, high = c["range"] or (None, None)
            yield {"级别": ZH["level"][level], "名次": c["rank"]["at"] if c["rank"] else ZH["unrated"], "单位": c["name"], "得分": c["score"],  # type: ignore[index]
                   "最低": low, "最高": high, "已核实": c["verified"], "定级": "是" if c["rated"] else "否"}


def plain(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def write_csv(document: Row, folder: Path) -> list[Path]:
    """findings.csv and evidence.csv, UTF-8 with a mark that Excel needs."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, rows in (("findings", list(findings(document))), ("evidence", list(evidence(document)))):
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as f:
            if rows:
                writer = csv.DictWriter(f, list(rows[0]))
                writer.writeheader()
                writer.writerows({k: plain(v) for k, v in r.items()} for r in rows)
        paths.append(path)
    return paths


def write_xlsx(document: Row, folder: Path) -> list[Path]:
    """scorecards.xlsx: 总表, 结论, 证据."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "scorecards.xlsx"
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": document["edition"]["name"], "comments": f"inputs {document['inputs_sha256']}"})
    head = book.add_format({"bold": True, "bg_color": "#1f4e8c", "font_color": "white", "valign": "vcenter", "border": 1, "border_color": "#dde3ea"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    marks = {ZH[s]: book.add_format({"bg_color": c, "font_color": "#66727f" if s == "not_applicable" else "white", "valign": "top"})
             for s, c in _COLOURS.items()}
    widths = {"单位": 26, "内容": 34, "说明": 60, "建议": 40, "网址": 46, "标题": 40, "摘录": 60, "sha256": 20, "存档": 30, "原因": 16, "注": 20,
              "抓取时间UTC": 20, "级别": 10}
    note = "（模拟数据）" if document["clock"] == "simulated" else ""
    for name, rows in (("总表", list(overview(document))), ("结论", list(findings(document))), ("证据", list(evidence(document)))):
        sheet = book.add_worksheet(name)
        sheet.write(0, 0, f"{document['edition']['name']}{note}　审计日 {document['as_of']}", book.add_format({"bold": True, "font_size": 13}))
        keys = list(rows[0]) if rows else []
        for c, key in enumerate(keys):
            sheet.write(2, c, key, head)
            sheet.set_column(c, c, widths.get(key, 10))
        for r, row in enumerate(rows, 3):
            for c, key in enumerate(keys):
                form = marks.get(row[key], wrap) if key == "结论" else wrap
                if isinstance(row[key], int | float):
                    sheet.write_number(r, c, row[key], form)
                else:
                    sheet.write_string(r, c, str(row[key] if row[key] is not None else ""), form)
        sheet.freeze_panes(3, 1)
        if rows:
            sheet.autofilter(2, 0, 2 + len(rows), len(keys) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    book.close()
    return [path]
