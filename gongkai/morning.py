"""The morning page: what the night read and could not read, of each site, against its own history; who is held back and why.

Chinese first: assessors read it. It is made from the database alone, so that it can be made again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from audit.dating import CHINA
from audit.edition import Edition
from audit.report.pages import TEMPLATES
from audit.survey import Survey
from audit.traps import LIST_PAGES
from audit.wording import REASONS
from crawler.health import HOLD, Figures, Sign, crawls, cut_off, figures, holding, signs
from db.facts import SiteFacts
from db.queries import site_facts
from db.words import Outcome, Reason, Site
from spiders.budget import GOES_ON
from spiders.night import progress
from spiders.plan import questions_of

SIGNS = {
    Sign.FIRST: "首夜，没有可比的历史", Sign.SILENT: "整夜读不到任何页面", Sign.BLOCKED: "网站开始拒绝访问", Sign.HIJACKED: "页面疑被篡改",
    Sign.MOVED: "首页转到了别的网站", Sign.REDESIGN: "网站疑已改版：首页链接或大量页面换了地址",
    Sign.RESET: "多数页面的内容或日期一夜全变", Sign.FEWER: "查清的问题比往常少"}
TRAPS = {
    "session": "网址带会话编号，同一页面反复出现", "calendar": "日历式链接没有尽头", "crowd": "同形网址过多，其余未读",
    "round": "列表首尾相接，反复给出同样条目", "redirect": "转向兜圈或过多", "echo": "不同网址反复给出同一页面",
    "growing": "目录层层自套", "endless": "列表没有尽头", "hijacked": "链接到的外站疑被劫持"}
STOPPED = {"budget": "额度用完", "window": "不在允许的时段", "interrupted": "被中断", "bug": "程序出错"}
FAULTS = {"site": "网站原因", "network": "网络原因", "ours": "我方原因", "": ""}


def morning(session: Session, rows: Iterable[Site], editions: list[tuple[Edition, int | None]], codes: dict[str, int]) -> dict[str, Any]:
    """The page as a document. codes: how each stage of the night ended."""
    sites = []
    nights: dict[str, Figures] = {}
    for site in rows:
        runs = crawls(session, site.id)
        if not runs:
            continue
        homes = [h.url + "/" for h in site.hosts if h.role.value == "own"]
        now, *before = [figures(session, r, site.id, homes) for r in runs]
        nights[site.id] = now
        line = _site(session, site, editions, now, before, runs[0].ended_at or runs[0].began_at)
        sites.append({**line, "holding": sorted(s.value for s in holding(session, site.id, now, before))})
    ours = cut_off(nights.values())
    for line in sites:
        line["held"] = ours or bool(line["holding"])
    night = max((n.at for n in nights.values()), default=None)
    return {"schema": "gongkai/morning/1", "night": night.astimezone(CHINA).isoformat() if night else None, "cut_off": ours,
            "stages": codes, "sites": sites, "held": [s["site"] for s in sites if s["held"]]}


def _site(session: Session, site: Site, editions: list[tuple[Edition, int | None]], now: Figures, before: list[Figures],
          until: datetime) -> dict[str, Any]:
    facts = site_facts(session, site, until)
    nights = None
    if now.stopped in GOES_ON:
        nights = list(progress(facts, questions_of(editions, site, now.at.astimezone(CHINA).date()), now.run, now.at))
    errors = sorted(((reason, fault, n) for (reason, fault), n in now.errors.items()), key=lambda e: (-e[2], e[0]))
    usual = sorted(b.read for b in before)
    known = sum(p.doc is not None for p in facts.pages.values())
    return {
        "site": site.id, "name": site.name, "known": known, "asked": now.asked, "read": now.read, "again": now.again,
        "changed": now.changed, "gone": now.gone, "answers": dict(now.answers), "stopped": now.stopped, "nights": nights,
        "errors": [{"reason": r, "fault": f, "pages": n} for r, f, n in errors], "signs": [s.value for s in signs(now, before)],
        "history": {"nights": len(before), "read": usual[len(usual) // 2] if usual else None,
                    "answered": sorted(b.answered for b in before)[len(before) // 2] if before else None},
        "away": now.away, "traps": trap_counts(facts), "withdrawn": withdrawn(facts, now.at)}


def withdrawn(facts: SiteFacts, since: datetime) -> list[dict[str, str]]:
    """Pages that a second night's look has now missed."""
    return [{"title": p.doc.title, "url": p.ref.url} for p in facts.pages.values() if p.doc is not None and p.doc.kind.readable
            and any(s.gone_at is not None and s.gone_at >= since for s in p.sightings)]


def trap_counts(facts: SiteFacts) -> dict[str, int]:
    """What of the site never ends or goes round, by name."""
    view = Survey.of(facts)
    out = dict(view.trapped.named)
    out["round"] = len(view.round)
    out["endless"] = sum(n > LIST_PAGES for n in view.length.values())
    out["hijacked"] = len({p.host for p in facts.pages.values() if p.last is not None and p.last.reason is Reason.HIJACKED
                           and not view.inside(p.ref.url)})
    out["redirect"] = sum(_circles(facts, key) for key in facts.pages)
    return {k: n for k, n in sorted(out.items()) if n}


def _circles(facts: SiteFacts, key: str) -> bool:
    for _ in range(6):
        page = facts.pages.get(key)
        if page is None or page.last is None or page.last.outcome is not Outcome.REDIRECT or not page.last.redirected_to:
            return False
        key = Survey.key(type(page.ref)(page.last.redirected_to))
    return True


def write(document: dict[str, Any], path: Path) -> None:
    """morning.html."""
    env = Environment(loader=FileSystemLoader([Path(__file__).parent / "templates", TEMPLATES]), autoescape=True, undefined=StrictUndefined,
                      trim_blocks=True, lstrip_blocks=True)
    env.filters["reason"] = lambda code: REASONS.get(Reason(code), code)
    path.parent.mkdir(parents=True, exist_ok=True)
    page = env.get_template("morning.html.j2").render(d=document, signs={s.value: w for s, w in SIGNS.items()}, traps=TRAPS, faults=FAULTS,
                                                      stopped=STOPPED, hold={s.value for s in HOLD})
    path.write_text(page, "utf-8")
