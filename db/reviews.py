"""People's decisions, as rows: appended, never changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.archive import parse_time
from db.tables import ReviewRow


def store_review(session: Session, said: dict[str, Any]) -> None:
    """One decision as archived; the same twice is one."""
    at = parse_time(said["at"])
    same = (ReviewRow.finding_key == said["key"], ReviewRow.at == at, ReviewRow.by == said["by"], ReviewRow.action == said["action"])
    if session.execute(select(ReviewRow.id).where(*same)).first() is None:
        session.add(ReviewRow(finding_key=said["key"], by=said["by"], at=at, action=said["action"], status=said["status"],
                              ground=said["ground"]))
        session.flush()


def reviews(session: Session, place: str = "") -> list[ReviewRow]:
    """Decisions on an edition of a year (``shanghai-2019/2019/``) or on any, oldest first."""
    rows = session.execute(select(ReviewRow).order_by(ReviewRow.at, ReviewRow.id)).scalars()
    return [r for r in rows if r.finding_key.startswith(place)]
