"""Tables of judgement: assessments, findings with the evidence they copy, scores; and people's reviews of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class AssessmentRow(Base):
    """One run of an edition over sites at an ``as_of`` date; never changed afterwards."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("inputs_sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[str]
    year: Mapped[int]
    as_of: Mapped[date] = mapped_column(Date)
    observed_until: Mapped[datetime]
    inputs_sha256: Mapped[str]
    supersedes: Mapped[int | None]
    head: Mapped[dict[str, Any]]  # the scorecards document without its sites


class ScoreRow(Base):
    """One site's card in an assessment, without its findings."""

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("assessment_id", "site_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    site_id: Mapped[str]
    score: Mapped[float | None]
    verified: Mapped[float | None]
    rated: Mapped[bool]
    card: Mapped[dict[str, Any]]


class FindingRow(Base):
    """One check's answer for one site; ``body`` holds words, searches and what else the card shows."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("assessment_id", "site_id", "indicator"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    site_id: Mapped[str]
    indicator: Mapped[str]
    status: Mapped[str]
    score: Mapped[float | None]
    weight: Mapped[float]
    reason: Mapped[str | None]
    fault: Mapped[str | None]
    body: Mapped[dict[str, Any]]


class EvidenceRow(Base):
    """A page that a finding stands on, copied so that it stays when readings change."""

    __tablename__ = "evidence"
    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    position: Mapped[int]
    sha256: Mapped[str | None] = mapped_column(index=True)
    url: Mapped[str]
    body: Mapped[dict[str, Any]]
