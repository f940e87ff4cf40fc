"""The clock of a run: the real one, or one instant fixed for the whole run (the farm's nights, the tests)."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """fixed: the instant of a simulated run, None for the real clock.

    The real one is read once; from there on the run counts by the monotonic clock, so that a jump of the wall clock
    in the middle of a night cannot put what was seen later before what was seen earlier.
    """

    fixed: datetime | None = None
    _read_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    _counted: float = field(default_factory=time.monotonic)

    @property
    def kind(self) -> str:
        """``simulated`` or ``real``, as every report of the run says."""
        return "simulated" if self.fixed is not None else "real"

    def now(self) -> datetime:
        """UTC, to the second for a real clock."""
        if self.fixed is not None:
            return self.fixed.astimezone(UTC)
        return (self._read_at + timedelta(seconds=time.monotonic() - self._counted)).replace(microsecond=0)
