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
        inside = range(line, min(end or len(all_lines) + 1, len(all_lines) + 1))
        table = row.rpartition(" ")[2].rstrip(".")  # e.g. params, where the keys of an inline table are told
        forms = [rf"\s*\"?{re.escape(key)}\"?\s*=", rf".*[{{,]\s*\"?{re.escape(key)}\"?\s*="] if key else []
        forms += [rf"\s*{re.escape(table)}\s*="] if table else []
        at = next((n for form in forms for n in inside if re.match(form, all_lines[n - 1])), line)
        message = _FIX.get(error["type"], error["msg"].removeprefix("Value error, "))
        given = "" if error["type"] in _FIX else f" (given: {str(error['input'])[:60]})"
        out.append(f"{path}:{at}: {row}{where or 'row'}: {message}{given}")
    return out
