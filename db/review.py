"""People's recorded decisions on findings: append-only; another digest of the evidence asks again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class ReviewRow(Base):
    """One decision. finding_key: edition, year, site, indicator and the digest of the evidence."""

    __tablename__ = "review"
    id: Mapped[int] = mapped_column(primary_key=True)
    finding_key: Mapped[str] = mapped_column(index=True)
    by: Mapped[str]
    at: Mapped[datetime]
    action: Mapped[str]
    status: Mapped[str]
    ground: Mapped[str]
