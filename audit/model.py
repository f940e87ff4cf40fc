"""What an audit says: findings with their evidence, and the protocol of the checks that give them. Frozen, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from audit.searched import Search
from db.words import Fault, Reason, Status, fault_of

POINTS = {Status.PASS: 1.0, Status.PARTIAL: 0.5, Status.FAIL: 0.0}


class Parameters(BaseModel):
    """Base of every check's Params: what an edition may set, nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Check(Protocol):
    """A module of audit.checks: its name is its id, its docstring its documentation."""

    Params: type[Parameters]
    questions: Any
    judge: Any
    __doc__: str | None
    __name__: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One page or probe answer that a finding stands on, all that a stranger needs to check it.

    note: what it shows, e.g. 不算：年度不符. dated_by: page, meta, list, written, sighting, none. content: digest of what the page says,
    counters and today's date set aside.
    """

    url: str
    title: str
    published: str | None = None
    dated_by: str = ""
    fetched: datetime | None = None
    sha256: str | None = None
    warc: str | None = None
    excerpt: str = ""
    note: str = ""
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A check's answer for one site. words: Chinese, for the site's own people. count: where the rule counts.

    problems: how many faults were proved where a rule deducts for each one found (每发现1项); maybe: how many more there
    may be where something could not be read. digest, review: see audit.review.
    """

    status: Status
    reason: Reason
    words: str
    evidence: tuple[Evidence, ...] = ()
    searches: tuple[Search, ...] = ()
    count: int | None = None
    points: float | None = None
    blame: Fault | None = None
    problems: int | None = None
    maybe: int = 0
    digest: str = ""
    review: dict[str, Any] | None = None

    @property
    def score(self) -> float | None:
        """0..1, None where nothing was judged."""
        return POINTS.get(self.status) if self.points is None else self.points

    @property
    def fault(self) -> Fault | None:
        """Whose fault an unknown is; ours where it is nobody else's."""
        return (self.blame or fault_of(self.reason) or Fault.OURS) if self.status is Status.UNKNOWN else None
