"""The clock of a run: the real one, or one instant fixed for the whole run (the farm's nights, the tests)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """fixed: the instant of a simulated run, None for the real clock."""

    fixed: datetime | None = None

    @property
    def kind(self) -> str:
        """``simulated`` or ``real``, as every report of the run says."""
        return "simulated" if self.fixed is not None else "real"

    def now(self) -> datetime:
        """UTC, to the second for a real clock."""
        return self.fixed.astimezone(UTC) if self.fixed is not None else datetime.now(UTC).replace(microsecond=0)
