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


def total(lines: Iterable[Line], *, bonus_from: float = 0.0, bonus_cap: float = 100.0) -> Total:
    """Score over what was judged; the range takes every unknown as 0 and as 1.

    Bonus lines add, never cost: ``bonus_cap`` points at most, and only to a score of at least ``bonus_from`` without them.
    """
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
    def paper(points: float, of: float, more: float) -> float | None:
        base = 100 * points / of
        return on_paper(base + (min(bonus_cap, 100 * more / of) if base >= bonus_from else 0.0))

    low, high = paper(gained, whole, extra), paper(gained + unknown, whole, extra + extra_unknown)
    return Total(paper(gained, judged, extra) if judged else None, low, high, round(judged / whole, 4))


def on_paper(value: float) -> float:
    """As it is printed: at most 100, one decimal."""
    return round(min(value, 100.0), ROUND)


def capped(t: Total, sure: Sequence[float], maybe: Sequence[float]) -> Total:
    """The total under vetoes. sure: caps of those that were proved to hold; maybe: of those that could not be told."""
    top = min(sure, default=100.0)
    worst = min((*sure, *maybe), default=100.0)
    return Total(None if t.score is None else min(t.score, top), None if t.low is None else min(t.low, worst),
                 None if t.high is None else min(t.high, top), t.verified)


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
