"""The main job end to end, on the farm: crawl and probe two nights, audit, report, and say what came out.

`make demo` runs it. It uses the same verbs as a user would; only the sites are served from here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.farm.home import write_home  # noqa: E402
from tests.farm.province import NIGHTS, province  # noqa: E402
from tests.farm.serve import Farm  # noqa: E402

HOME = ROOT / "var" / "demo"
EDITION = "shanghai-2019"


def verb(*args: str, quiet: bool = False, allowed: tuple[int, ...] = (0,)) -> str:
    """Run one gongkai verb as a user would; its standard output."""
    print(f"\n$ gongkai {' '.join(args)}", file=sys.stderr, flush=True)
    done = subprocess.run([sys.executable, "-m", "gongkai", "--home", str(HOME), *args], stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.PIPE if quiet else None, check=False, cwd=ROOT)
    if done.returncode not in allowed:
        print(done.stderr or "", file=sys.stderr)
        sys.exit(done.returncode)
    return done.stdout


def telling(document: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Three findings that show what the program does: something found instead, something late, something hidden."""
    every = [(c, f) for c in document["sites"] for f in c["findings"] if f["kind"] == "scored" and f["evidence"]]
    wanted = (lambda f: f["status"] == "fail" and f["reason"] in ("other_year", "other_body", "not_updated"),
              lambda f: f["reason"] == "late", lambda f: f["status"] == "unknown" and f["fault"] == "site")
    found = [max((x for x in every if want(x[1])), key=lambda x: x[1]["weight"], default=None) for want in wanted]
    return [x for x in found if x is not None]


def show(document: dict[str, Any]) -> None:
    """The ranked table and the three findings, in Chinese."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=110)
    table = Table(title=f"{document['edition']['name']}　审计日 {document['as_of']}（模拟数据）")
    for name, side in (("级别", "left"), ("名次", "right"), ("单位", "left"), ("得分", "right"), ("区间", "left"), ("已核实", "right")):
        table.add_column(name, justify=side)  # type: ignore[arg-type]
    levels = {"municipal": "市级", "district": "区", "bureau": "部门"}
    for c in sorted(document["sites"], key=lambda c: (list(levels).index(c["level"]), c["rank"]["at"] if c["rank"] else 99, c["site"])):
        score = "—" if c["score"] is None else f"{c['score']:.1f}"
        span = "—" if c["range"] is None else f"{c['range'][0]:.1f}–{c['range'][1]:.1f}"
        table.add_row(levels[c["level"]], str(c["rank"]["at"]) if c["rank"] else "未定级", c["name"], score, span,
                      f"{100 * (c['verified'] or 0):.0f}%")
    console.print(table)
    console.print("\n[bold]三条最能说明问题的结论[/bold]")
    for c, f in telling(document):
        e = f["evidence"][0]
        console.print(f"\n● {c['name']}　{f['indicator']} {f['title']}：[bold]{f['words']}[/bold]", highlight=False, soft_wrap=True)
        console.print(f"  证据：{e['note'] or e['title']}　{e['url']}\n  sha256 {e['sha256']}　{e['warc']}", highlight=False, soft_wrap=True)


def main() -> int:
    """See the module."""
    began = time.monotonic()
    again = (HOME / "var" / "gongkai.db").exists()
    requests = 0
    with Farm(province(), NIGHTS[0]) as farm:
        for night in NIGHTS:
            farm.set_night(night)
            write_home(HOME, farm)
            print(f"\n== 第 {NIGHTS.index(night) + 1} 夜（{night}，模拟）", file=sys.stderr)
            verb("crawl", allowed=(0, 4))
            verb("probe")
        requests = sum(1 for _, _, path in farm.asked if path)
    document = json.loads(verb("audit", "--edition", EDITION, "--as-of", "2019-12-31", "--json"))
    out = HOME / "report"
    page = verb("report", "--format", "html,xlsx,csv,json", "--out", str(out)).strip()
    print()
    show(document)
    if again:
        print(f"\n增量运行：此前已抓取的内容不再重复，本次只发出 {requests} 个请求。")
    print(f"\n用时 {time.monotonic() - began:.0f} 秒。请打开报告：{page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
