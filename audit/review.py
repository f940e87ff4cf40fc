"""People's decisions on findings: what a review is keyed by, and what becomes of a finding that was reviewed.

A decision holds for the very finding that its maker saw: edition, year, site, indicator, and a digest of status, reason and
evidence. When any of these changes it does not carry over: the finding stands as judged and asks for a review again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from audit.model import Finding
from db.archive import warc_time
from db.words import Fault, Status


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. action: overrule sets the status, confirm keeps it, undo takes the earlier decision back. by: who; ground: why."""

    edition: str
    year: int
    site: str
    indicator: str
    digest: str
    by: str
    at: datetime
    action: str
    status: str
    ground: str

    @property
    def place(self) -> str:
        """Which line of which scorecard, whatever its evidence."""
        return f"{self.edition}/{self.year}/{self.site}/{self.indicator}"

    @property
    def key(self) -> str:
        """The same with the digest of what was decided on."""
        return f"{self.place}/{self.digest}"

    def row(self) -> dict[str, Any]:
        """As archived."""
        return {"key": self.key, "by": self.by, "at": warc_time(self.at), "action": self.action, "status": self.status,
                "ground": self.ground}


def decision_of(key: str, by: str, at: datetime, action: str, status: str, ground: str) -> Decision:
    """The decision that was stored under a key."""
    rest, indicator, digest = key.rsplit("/", 2)
    edition, year, site = rest.rsplit("/", 2)
    return Decision(edition, int(year), site, indicator, digest, by, at, action, status, ground)


def digest_of(finding: Finding) -> str:
    """16 hex digits of what a reviewer sees: status, reason, and what each piece of evidence says."""
    seen = [[e.url, e.title, e.published, e.content or e.excerpt, e.note] for e in finding.evidence]
    text = json.dumps([finding.status.value, finding.reason.value, seen], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def reviewed(findings: dict[str, Finding], decisions: tuple[Decision, ...]) -> dict[str, Finding]:
    """Findings with their digests, and the newest decision on each. decisions: of this edition, year and site, oldest first."""
    newest = {d.indicator: d for d in decisions}
    return {key: _decided(replace(f, digest=digest_of(f)), newest.get(key)) for key, f in findings.items()}


def _decided(finding: Finding, decision: Decision | None) -> Finding:
    if decision is None or decision.action == "undo":
        return finding
    holds = decision.digest == finding.digest
    said = {**decision.row(), "holds": holds, "found": finding.status.value}
    if not holds or decision.action == "confirm":
        return replace(finding, review=said)
    status = Status(decision.status)
    return replace(finding, status=status, points=None, review=said, blame=Fault.OURS if status is Status.UNKNOWN else None)
