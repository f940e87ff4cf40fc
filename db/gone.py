"""When a page that was seen is gone: told by two looks on different days, taken back when it is seen again."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from db.tables import FetchRow, SightingRow
from db.words import Reason

LOOKS = 2  # days on which it must have been missed: one night's fault is no deletion
_DAY = timezone(timedelta(hours=8))  # of Shanghai: two looks of one night are one
_SIGHTINGS: Any = SightingRow.__table__
_BACK = update(_SIGHTINGS).where(_SIGHTINGS.c.page_id == bindparam("page"), _SIGHTINGS.c.gone_at.is_not(None),
                                 _SIGHTINGS.c.gone_at <= bindparam("at")).values(gone_at=None)


def missed(session: Session, page: int) -> None:
    """A look at the page found it gone: note when the second day's look did, beside the content that stood there last."""
    newest = session.execute(select(SightingRow).where(SightingRow.page_id == page).order_by(
        SightingRow.last_at.desc(), SightingRow.first_at.desc()).limit(1)).scalar_one_or_none()
    if newest is None:
        return
    looks = session.execute(select(FetchRow.at).where(
        FetchRow.page_id == page, FetchRow.reason == Reason.GONE.value, FetchRow.at > newest.last_at).order_by(FetchRow.at)).scalars()
    days: dict[Any, datetime] = {}
    for at in looks:
        days.setdefault(at.astimezone(_DAY).date(), at)
    newest.gone_at = sorted(days.values())[LOOKS - 1] if len(days) >= LOOKS else None
    session.flush()


def seen(session: Session, page: int, at: datetime) -> None:
    """The page stands: what was said of it before is taken back."""
    session.connection().execute(_BACK, {"page": page, "at": at})
