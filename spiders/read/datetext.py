"""Dates as they are written on Chinese pages, to ISO cut to their precision (DOMAIN.md section 14).

No clock: a month-day without year stays a month-day unless a year is given. Impossible dates are no dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

_ZERO = "〇○零０OoＯ◯"
_DIGITS = {**dict.fromkeys(_ZERO, "0"), **dict(zip("一二三四五六七八九", "123456789", strict=True)), "元": "1"}
_HAN_YEAR = rf"[二一][{_ZERO}0一二三四五六七八九]{{3}}"
_HAN_NUM = "[一二三四五六七八九十廿卅]{1,3}"
_WIDE = str.maketrans("０１２３４５６７８９：／－．", "0123456789:/-.")
YEAR = r"(?:19[89]\d|20[0-4]\d)"
_PATTERNS = (
    re.compile(rf"({YEAR})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?"),
    re.compile(rf"(?<!\d)({YEAR})\s?[-/.·]\s?(\d{{1,2}})\s?[-/.·]\s?(\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)({YEAR})(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)"),
    re.compile(rf"({_HAN_YEAR})\s*年\s*({_HAN_NUM})\s*月\s*({_HAN_NUM})\s*日?"),
    re.compile(rf"(?<!\d)([0-3]?\d)[-/]([0-3]?\d)[-/]({YEAR})(?!\d)"),
)
_MONTH = (
    re.compile(rf"({YEAR})\s*年\s*(\d{{1,2}})\s*月(?!\s*\d)"),
    re.compile(rf"(?<![\d-])({YEAR})[-/.](\d{{1,2}})(?![\d-])"),
)
# a day whose parts stand apart, as lists draw it: 05 | 2019-03, 2019-03 | 05, 03-05 | 2019, 2019 | 03-05
_SPLIT = (
    (re.compile(rf"(?<![\d.:-])(\d{{1,2}})日?\s+({YEAR})\s?[-/.年]\s?(\d{{1,2}})月?(?![\d.-])"), 2, 3, 1),
    (re.compile(rf"(?<![\d.-])({YEAR})\s?[-/.年]\s?(\d{{1,2}})月?\s+(\d{{1,2}})日?(?![\d.:-])"), 1, 2, 3),
    (re.compile(rf"(?<![\d.:-])(\d{{1,2}})[-/.月](\d{{1,2}})日?\s+({YEAR})年?(?![\d.-])"), 3, 1, 2),
    (re.compile(rf"(?<![\d.-])({YEAR})年?\s+(\d{{1,2}})[-/.月](\d{{1,2}})日?(?![\d.:-])"), 1, 2, 3),
)
_SHORT = re.compile(r"(?<!\d)(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)")
_MONTH_DAY = re.compile(r"(?<![\d./-])(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})日?(?![\d/-])")
_CHINA = timezone(timedelta(hours=8))


def _han(text: str) -> int:
    """十二 → 12, 廿三 → 23, 三十一 → 31."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        return int(_DIGITS.get(tens, "1")) * 10 + (int(_DIGITS[ones]) if ones in _DIGITS else 0)
    return int("".join(_DIGITS.get(c, "0") for c in text) or 0)


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """ISO text of a date that exists, else None."""
    if not 1980 <= year <= 2049:
        return None
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        datetime(year, month, day)
    except ValueError:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


_QUICK = re.compile("19|20|１９|２０|二|一九")  # every whole date names its century


@lru_cache(maxsize=8192)
def has_day(text: str) -> bool:
    """Whether a text holds a whole date."""
    return next(find_days(text), None) is not None


def find_days(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, ISO day) of every whole date in a text, in order of place."""
    if not _QUICK.search(text):
        return
    text = text.translate(_WIDE)
    found = []
    for n, pattern in enumerate(_PATTERNS):
        for m in pattern.finditer(text):
            if n == 4:
                value = iso(int(m[3]), int(m[1]), int(m[2])) or iso(int(m[3]), int(m[2]), int(m[1]))
            elif n == 3:
                value = iso(_han_year(m[1]), _han(m[2]), _han(m[3]))
            else:
                value = iso(int(m[1]), int(m[2]), int(m[3]))
            if value:
                found.append((m.start(), m.end(), value))
    found.sort()
    end = -1
    for item in found:
        if item[0] >= end:
            yield item
            end = item[1]


def _han_year(text: str) -> int:
    return int("".join(_DIGITS.get(c, c) for c in text))


def first_day(text: str) -> str | None:
    """The first whole date in a text."""
    return next((v for _, _, v in find_days(text)), None)


def parse_date(text: str, year: int | None = None) -> str | None:
    """A cell or bracket that holds a date: whole day, else short year, month, year; month-day needs ``year``."""
    text = text.translate(_WIDE).strip()
    if day := first_day(text):
        return day
    for pattern, year_at, month_at, day_at in _SPLIT:
        if (m := pattern.search(text)) and (value := iso(int(m[year_at]), int(m[month_at]), int(m[day_at]))):
            return value
    for pattern in _MONTH:
        if (m := pattern.search(text)) and (value := iso(int(m[1]), int(m[2]))):
            return value
    if m := _SHORT.search(text):
        value = iso(2000 + int(m[1]), int(m[2]), int(m[3]))
        if value and int(m[1]) < 50:
            return value
    if year is not None and (m := _MONTH_DAY.search(text)):
        return iso(year, int(m[1]), int(m[2]))
    if re.fullmatch(rf"\D{{0,3}}{YEAR}年?\D{{0,3}}", text) and (m := re.search(YEAR, text)):
        return iso(int(m[0]))
    return None


def month_day(text: str) -> str | None:
    """``--MM-DD`` of a date that shows no year, as lists often do."""
    m = _MONTH_DAY.fullmatch(text.translate(_WIDE).strip("[]()（）【】 \t"))
    return f"--{int(m[1]):02d}-{int(m[2]):02d}" if m and iso(2000, int(m[1]), int(m[2])) else None


def from_epoch(value: int | float) -> str | None:
    """Seconds or milliseconds since 1970 to the day in China."""
    seconds = value / 1000 if value > 1e11 else value
    if not 3e8 < seconds < 2.5e9:
        return None
    return datetime.fromtimestamp(seconds, UTC).astimezone(_CHINA).strftime("%Y-%m-%d")


def any_date(value: object) -> str | None:
    """A JSON field that holds a date in any form."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return from_epoch(value)
    text = str(value).strip()
    if text.isdigit() and len(text) in (10, 13):
        return from_epoch(int(text))
    return parse_date(text)
