"""An assessment's document to rows: stored once, never changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.archive import parse_time
from db.base import clean_json
from db.tables import AssessmentRow, EvidenceRow, FindingRow, ScoreRow


def store_assessment(session: Session, document: dict[str, Any]) -> int:
    """The assessment's id; the same inputs are the same assessment."""
    document = clean_json(document)
    sha = document["inputs_sha256"]
    found = session.execute(select(AssessmentRow.id).where(AssessmentRow.inputs_sha256 == sha)).scalar_one_or_none()
    if found is not None:
        return found
    edition = document["edition"]
    earlier = session.execute(
        select(AssessmentRow.id).where(AssessmentRow.edition == edition["id"], AssessmentRow.year == edition["year"])
        .order_by(AssessmentRow.id.desc()).limit(1)).scalar_one_or_none()
    head = {k: v for k, v in document.items() if k != "sites"}
    row = AssessmentRow(
        edition=edition["id"], year=edition["year"], as_of=date.fromisoformat(document["as_of"]),
        observed_until=parse_time(document["observed"][1]), inputs_sha256=sha, supersedes=earlier, head=head)
    session.add(row)
    session.flush()
    for card in document["sites"]:
        short = {k: v for k, v in card.items() if k != "findings"}
        session.add(ScoreRow(assessment_id=row.id, site_id=card["site"], score=card["score"], verified=card["verified"],
                             rated=card["rated"], card=short))
        for f in card["findings"]:
            finding = FindingRow(
                assessment_id=row.id, site_id=card["site"], indicator=f["indicator"], status=f["status"], score=f["score"],
                weight=f["weight"], reason=f["reason"], fault=f["fault"], body=f)
            session.add(finding)
            session.flush()
            session.add_all(EvidenceRow(finding_id=finding.id, position=n, sha256=e["sha256"], url=e["url"], body=e)
                            for n, e in enumerate(f["evidence"]))
    session.flush()
    return row.id
