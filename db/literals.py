"""What a text must hold before a regular expression can match it: a cheap test that spares most searches.

``needs(pattern)`` is a tuple of lower-case literals, one of which stands in every text that the pattern matches; None
where the pattern does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import ahocorasick

_parser: Any = re._parser  # type: ignore[attr-defined]


def needs(pattern: str, flags: int = 0) -> tuple[str, ...] | None:
    """Literals of at least two characters (one, for Chinese), any of which is necessary."""
    try:
        found = _sequence(_parser.parse(pattern, flags))
    except re.error:
        return None
    return tuple(sorted(found)) if found and len(found) <= 40 else None


def _sequence(items: Any) -> set[str] | None:
    """The best single requirement of a run of tokens: the set whose shortest literal is longest."""
    best: set[str] | None = None
    run = ""
    for op, value in [*items, (None, None)]:
        name = str(op)
        if name == "LITERAL":
            run += chr(value).lower()
            continue
        if _worth(run) and _better({run}, best):
            best = {run}
        run = ""
        inner: set[str] | None = None
        if name == "SUBPATTERN":
            inner = _sequence(value[-1])
        elif name == "BRANCH":
            parts = [_sequence(b) for b in value[1]]
            inner = set().union(*(p for p in parts if p)) if all(parts) else None
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] >= 1:
            inner = _sequence(value[2])
        elif name == "ATOMIC_GROUP":
            inner = _sequence(value)
        if inner and _better(inner, best):
            best = inner
    return best


def _worth(text: str) -> bool:
    return len(text) >= 3 or (len(text) >= 1 and all(ord(c) > 0x2E80 for c in text))


def _better(new: set[str], old: set[str] | None) -> bool:
    return old is None or min(map(_weight, new)) > min(map(_weight, old))


def _weight(text: str) -> int:
    return sum(3 if ord(c) > 0x2E80 else 1 for c in text)


class Words:
    """Which of many words stand in a text, in one pass."""

    def __init__(self, groups: Iterable[tuple[str, ...] | None]) -> None:
        self._machine: Any = ahocorasick.Automaton()
        for group in groups:
            for word in group or ():
                self._machine.add_word(word, word)
        self._machine.make_automaton()

    def of(self, low: str) -> set[str]:
        """The words that a lower-case text holds."""
        return {word for _, word in self._machine.iter(low)}
