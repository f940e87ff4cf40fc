"""Schemes that start from full points and take off for each fault found (每发现1项，扣…分): no I/O.

A chapter starts with its points. Each indicator takes off ``per`` for each fault proved, ``cap`` at most, and the chapter
never falls below the floor. What could not be told takes nothing off, and widens the range by the most it could.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit.score import Total, on_paper
from db.words import Status


@dataclass(frozen=True, slots=True)
class Loss:
    """What one indicator takes off. sure: for faults proved; worst: with all that may be faults; most: its cap."""

    status: Status
    chapter: str
    sure: float
    worst: float
    most: float


def loss(status: Status, score: float | None, problems: int | None, maybe: int, *, per: float, cap: float, chapter: str) -> Loss:
    """Of one finding. A check that counts tells its faults; of another one a fail is one fault and a partial half of one.

    >>> loss(Status.PARTIAL, 0.5, 3, 1, per=0.2, cap=1.0, chapter="A").sure
    0.6
    """
    if status is Status.NOT_APPLICABLE:
        return Loss(status, chapter, 0.0, 0.0, cap)
    if status is Status.UNKNOWN:
        return Loss(status, chapter, 0.0, min(cap, per * maybe) if maybe else cap, cap)
    faults = 0.0 if status is Status.PASS else float(problems) if problems is not None else 1.0 - (score or 0.0)
    return Loss(status, chapter, round(min(cap, per * faults), 6), round(min(cap, per * (faults + maybe)), 6), cap)


def deducted(losses: Iterable[Loss], points: Mapping[str, float], floor: float = 0.0) -> Total:
    """Chapters' points less what was taken off, on a scale of 100. floor: below which no chapter falls, in its points."""
    rows = [x for x in losses if x.status is not Status.NOT_APPLICABLE and x.most > 0]
    whole = sum(points.values())
    applicable = sum(x.most for x in rows)
    judged = sum(x.most for x in rows if x.status is not Status.UNKNOWN)
    if not rows or whole <= 0:
        return Total(None, None, None, None)
    best = worst = 0.0
    for chapter, full in points.items():
        mine = [x for x in rows if x.chapter == chapter]
        best += max(floor, full - sum(x.sure for x in mine))
        worst += max(floor, full - sum(x.worst for x in mine))
    score = on_paper(100 * best / whole)
    return Total(score if judged else None, on_paper(100 * worst / whole), score, round(judged / applicable, 4))
