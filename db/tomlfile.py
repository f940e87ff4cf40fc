"""Faults of a TOML file, told with file, line, field and fix."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

_FIX = {
    "extra_forbidden": "unknown key; remove it or mend its spelling",
    "missing": "missing; add it",
}


def table_lines(text: str, name: str) -> list[int]:
    """The line of each ``[[name]]``, in order, counted from 1."""
    head = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
    return [n for n, line in enumerate(text.splitlines(), 1) if head.match(line)]


def told(path: Path, exc: ValidationError, text: str, line: int, row: str, end: int | None = None) -> list[str]:
    """One line a fault. line, end: where the table begins and the next one does; row: how the table is called."""
    out = []
    all_lines = text.splitlines()
    for error in exc.errors():
        where = ".".join(str(p) for p in error["loc"])
        key = next((str(p) for p in reversed(error["loc"]) if isinstance(p, str)), "")
        at = line
        for n in range(line, min(end or len(all_lines) + 1, len(all_lines) + 1)):
            if key and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", all_lines[n - 1]):
                at = n
                break
        message = _FIX.get(error["type"], error["msg"].removeprefix("Value error, "))
        given = "" if error["type"] in _FIX else f" (given: {str(error['input'])[:60]})"
        out.append(f"{path}:{at}: {row}{where or 'row'}: {message}{given}")
    return out
