"""The plan on disk: a night that is killed goes on with the very steps it was at, and so ends with the same pages.

A plan made anew in the middle would ask for other pages than the one that was broken off: what a question still wants
depends on what was read when it was asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from audit.searched import Want
from db.base import clean_json
from db.facts import SiteFacts
from db.tables import FrontierRow
from db.urls import page_key
from db.words import PageRef
from spiders.plan import Step

WAITING, LATER = "waiting", "later"


def save(session: Session, run: int, site: str, plan: Iterable[Step], later: Iterable[Step]) -> None:
    """Keep a site's plan in place of the one before."""
    session.execute(delete(FrontierRow).where(FrontierRow.site_id == site))
    rows = {page_key(s.want.ref): _row(run, site, s, state) for state, steps in ((LATER, later), (WAITING, plan)) for s in steps}
    if rows:
        session.execute(insert(FrontierRow), list(rows.values()))
    session.commit()


def put_off(session: Session, run: int, site: str, step: Step) -> None:
    """Keep a step for the end of the night."""
    session.execute(delete(FrontierRow).where(FrontierRow.site_id == site, FrontierRow.page_key == page_key(step.want.ref)))
    session.execute(insert(FrontierRow), [_row(run, site, step, LATER)])
    session.commit()


def load(session: Session, run: int, facts: SiteFacts) -> tuple[list[Step], list[Step]]:
    """(plan, later) of a run that was broken off, without what it has fetched; where a page led elsewhere, that instead."""
    rows = session.execute(select(FrontierRow).where(FrontierRow.site_id == facts.site.id).order_by(FrontierRow.id)).scalars().all()
    plan: list[Step] = []
    later: list[Step] = []
    for row in rows:
        if row.ref.get("run") != run:
            continue
        step = _step(row)
        if row.state == LATER:
            later.append(step)
            continue
        onward = _onward(facts, run, step)
        if onward is not None:
            plan.append(onward)
    return plan, later


def _onward(facts: SiteFacts, run: int, step: Step) -> Step | None:
    for _ in range(8):
        page = facts.pages.get(page_key(step.want.ref))
        tried = [f for f in page.fetches if f.run == run] if page is not None else []
        if len(tried) <= step.tries:
            return step
        if not tried[-1].redirected_to:
            return None
        want = step.want
        step = Step(Want(PageRef(tried[-1].redirected_to), want.priority, want.why, want.name, want.column), step.question, step.hops + 1)
    return None


def _row(run: int, site: str, step: Step, state: str) -> dict[str, Any]:
    ref, want = step.want.ref, step.want
    return clean_json({  # type: ignore[no-any-return]
        "site_id": site, "page_key": page_key(ref), "question": step.question, "why": want.why, "priority": want.priority, "state": state,
        "ref": {"run": run, "url": ref.url, "method": ref.method, "payload": ref.payload.decode("latin-1"), "type": ref.content_type,
                "name": want.name, "column": list(want.column), "hops": step.hops, "tries": step.tries}})


def _step(row: FrontierRow) -> Step:
    r = row.ref
    ref = PageRef(r["url"], r["method"], r["payload"].encode("latin-1"), r["type"])
    return Step(Want(ref, row.priority, row.why, r["name"], tuple(r["column"])), row.question, r["hops"], r["tries"])
