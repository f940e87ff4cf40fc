"""The judgements: one check a file, the file's name is its id; found here, registered nowhere."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import cast

from audit.model import Check


@cache
def checks() -> dict[str, Check]:
    """Every check by id."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return {n: cast(Check, importlib.import_module(f"audit.checks.{n}")) for n in names}
