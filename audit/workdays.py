"""Days between two dates as rules count them: calendar days, or working days by the calendar that was in force.

A working day is no weekend, no holiday, or a weekend that the yearly notice (国务院办公厅关于部分节假日安排的通知) makes
one. The day of the event is not counted (民法典第201条; before it 民法通则第154条). Outside the years that the calendar
covers nothing is said.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib.metadata import version
from statistics import median
from typing import Literal

import chinese_calendar

Unit = Literal["working", "calendar"]
CALENDAR = f"chinesecalendar {version('chinesecalendar')}"
NAMES = {"working": "个工作日", "calendar": "天"}


def days_between(start: date, end: date, unit: Unit) -> int | None:
    """Days from the day after ``start`` to ``end``; negative where the end comes first; None outside the calendar.

    >>> days_between(date(2019, 4, 25), date(2019, 5, 24), "working")
    20
    >>> days_between(date(2019, 4, 4), date(2019, 4, 1), "calendar")
    -3
    """
    if unit == "calendar":
        return (end - start).days
    if end < start:
        back = days_between(end, start, unit)
        return None if back is None else -back
    try:
        return sum(bool(chinese_calendar.is_workday(start + timedelta(days=n))) for n in range(1, (end - start).days + 1))
    except NotImplementedError:
        return None


def middle(values: list[int]) -> float:
    """The median; of an even number the mean of the two in the middle."""
    return float(median(values))
