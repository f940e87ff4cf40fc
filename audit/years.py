"""Which year a page is about: read from its title first, then from the head of its text."""

from __future__ import annotations

import re

_HAN = {**dict.fromkeys("〇○零OoО０", "0"), **dict(zip("一二三四五六七八九", "123456789", strict=True))}
_HAN_YEAR = re.compile(r"[二][〇○零0OО][〇○零0OО一二三四][〇○零0OО一二三四五六七八九]")
_RANGE = re.compile(r"(20\d\d)\s*[-—–至到~]\s*(20\d\d)")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)(?!\s*[〕\]】)]?\s*\d{1,4}\s*号)")
_DOC_NO = re.compile(r"[〔\[【(（]\s*20\d\d\s*[〕\]】)）]\s*第?\d+\s*号|20\d\d年?第?\d+号")
_SHORT = re.compile(r"(?<!\d)([12]\d)年度?(?=.{0,8}(?:预算|决算|报告|目录|清单))")


def years_in(text: str) -> tuple[int, ...]:
    """Every year that a text names, in order, without those of document numbers; 二〇一九 counts."""
    text = _HAN_YEAR.sub(lambda m: "".join(_HAN.get(c, c) for c in m[0]), text)
    text = _DOC_NO.sub(" ", text)
    found: list[int] = []
    for m in _RANGE.finditer(text):
        found += range(int(m[1]), min(int(m[2]), int(m[1]) + 10) + 1)
    found += [int(m[1]) for m in _YEAR.finditer(text)]
    if not found:
        found += [2000 + int(m[1]) for m in _SHORT.finditer(text)]
    return tuple(dict.fromkeys(found))


def subject_years(title: str, text: str) -> tuple[int, ...]:
    """The years a page is about: those of its title, else those of the first lines of its text."""
    return years_in(title) or years_in(text[:200])


def names_other_year(title: str, *years: int) -> bool:
    """Whether a title names years and none of these is among them."""
    named = years_in(title)
    return bool(named) and not set(years) & set(named)
