"""Adding findings up: score, range, verified share, ranks (DESIGN.md, Score). No I/O, no thresholds of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.words import Status

ROUND = 1  # decimals of a score on paper


@dataclass(frozen=True, slots=True)
class Line:
    """One scored indicator at one site. score: 0..1, None for unknown and not applicable."""

    status: Status
    score: float | None
    weight: float
    bonus: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """score, low, high: 0..100; None where no weight was judged. verified: 0..1, None where nothing applies."""

    score: float | None
    low: float | None
    high: float | None
    verified: float | None


@dataclass(frozen=True, slots=True)
class Rank:
    """Among ``of`` rated sites of the level: its place, and between which places it lies whatever the unknowns are."""

    of: int
    at: int
    best: int
    worst: int


def total(lines: Iterable[Line]) -> Total:
    """Score over what was judged; the range takes every unknown as 0 and as 1. Bonus lines add, never cost."""
    judged = gained = unknown = extra = extra_unknown = 0.0
    for line in lines:
        if line.status is Status.NOT_APPLICABLE or line.weight == 0:
            continue
        if line.bonus:
            extra += line.weight * (line.score or 0.0)
            extra_unknown += line.weight if line.status is Status.UNKNOWN else 0.0
        elif line.status is Status.UNKNOWN:
            unknown += line.weight
        else:
            judged += line.weight
            gained += line.weight * (line.score or 0.0)
    whole = judged + unknown
    if whole == 0:
        return Total(None, None, None, None)
    low = 100 * (gained + extra) / whole
    high = 100 * (gained + extra + unknown + extra_unknown) / whole
    score = 100 * (gained + extra) / judged if judged else None
    return Total(_paper(score), _paper(low), _paper(high), round(judged / whole, 4))


def _paper(value: float | None) -> float | None:
    return None if value is None else round(min(value, 100.0), ROUND)


def ranks(totals: Sequence[tuple[str, Total]], by: str = "score") -> dict[str, Rank]:
    """Ranks of rated sites by id; equal values share the better place. by: ``score`` or ``low``."""
    rated = [(site, t) for site, t in totals if t.score is not None and t.low is not None and t.high is not None]

    def key(t: Total) -> float:
        value = t.low if by == "low" else t.score
        return value if value is not None else -1.0

    out = {}
    for site, t in rated:
        others = [o for s, o in rated if s != site]
        out[site] = Rank(
            len(rated), 1 + sum(key(o) > key(t) for o in others),
            1 + sum((o.low or 0.0) > (t.high or 0.0) for o in others),
            1 + sum((o.high or 0.0) > (t.low or 0.0) for o in others))
    return out
