"""The tables as rows and data frames, for notebooks and export: names spelt out, times in UTC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.queries import export_pages
from db.tables import AssessmentRow, FetchRow, FindingRow, LabelRow, PageRow, ReadingRow, ScoreRow, SearchRow


def _fetches(session: Session) -> Iterator[dict[str, Any]]:
    query = select(FetchRow, PageRow.url, PageRow.method).join(PageRow, PageRow.id == FetchRow.page_id)
    for f, url, method in session.execute(query.order_by(FetchRow.at, PageRow.url, FetchRow.id)):
        yield {"site": f.site_id, "url": url, "method": method, "at": f.at, "outcome": f.outcome, "status": f.status,
               "reason": f.reason, "fault": f.fault, "sha256": f.blob, "warc": f"{f.warc}:{f.offset}"}


def _labels(session: Session) -> Iterator[dict[str, Any]]:
    query = (select(LabelRow, PageRow.url, ReadingRow.title).join(ReadingRow, ReadingRow.id == LabelRow.reading_id)
             .join(PageRow, PageRow.id == ReadingRow.page_id).order_by(PageRow.url, LabelRow.id))
    for label, url, title in session.execute(query):
        yield {"url": url, "title": title, "category": label.category, "score": label.score, "why": label.why}


def _searches(session: Session) -> Iterator[dict[str, Any]]:
    for s in session.execute(select(SearchRow).order_by(SearchRow.site_id, SearchRow.question, SearchRow.run_id)).scalars():
        yield {"run": s.run_id, "site": s.site_id, "question": s.question, "state": s.state, "reason": s.reason,
               "claimed": s.claimed, "read": s.read, "columns": s.columns, "oldest_at": s.oldest_at, "newest_at": s.newest_at}


def _findings(session: Session) -> Iterator[dict[str, Any]]:
    query = select(FindingRow, AssessmentRow).join(AssessmentRow, AssessmentRow.id == FindingRow.assessment_id)
    for f, a in session.execute(query.order_by(FindingRow.id)):
        yield {"assessment": a.id, "edition": a.edition, "year": a.year, "as_of": a.as_of, "site": f.site_id,
               "indicator": f.indicator, "status": f.status, "score": f.score, "weight": f.weight, "reason": f.reason,
               "fault": f.fault, "words": f.body.get("words", "")}


def _scores(session: Session) -> Iterator[dict[str, Any]]:
    query = select(ScoreRow, AssessmentRow).join(AssessmentRow, AssessmentRow.id == ScoreRow.assessment_id)
    for s, a in session.execute(query.order_by(ScoreRow.id)):
        low, high = s.card.get("range") or (None, None)
        yield {"assessment": a.id, "edition": a.edition, "as_of": a.as_of, "site": s.site_id, "name": s.card["name"],
               "level": s.card["level"], "score": s.score, "low": low, "high": high, "verified": s.verified, "rated": s.rated}


_ROWS: dict[str, Callable[[Session], Iterator[dict[str, Any]]]] = {
    "fetches": _fetches, "labels": _labels, "searches": _searches, "findings": _findings, "scores": _scores,
    "pages": export_pages,
}


def rows(session: Session, what: str) -> Iterator[dict[str, Any]]:
    """Rows of pages, labels, findings, fetches, searches or scores, in a stable order."""
    return _ROWS[what](session)


def frame(engine: Engine, what: str) -> pd.DataFrame:
    """The same as a data frame."""
    with Session(engine) as session:
        return pd.DataFrame(list(rows(session, what)))
