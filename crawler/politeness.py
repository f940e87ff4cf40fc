"""When a host may be asked next: one pace for all spiders of a process, kept where the connection is made.

Scrapy paces each spider by itself; two sites that share a platform's host, or two hosts that share a machine, would be
asked twice as fast as agreed. So the wait stands in the download handler, before each connection, and nowhere else.
Times are of the monotonic clock: a jump of the wall clock hurries nobody.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

ADDRESS_GAP = 1.0  # seconds between two requests to one address, whatever the names: a machine counts its visitors together
SLOWEST = 120.0  # seconds; who asks for more is told to wait by Retry-After or given up for the night
LONGEST_DELAY = 60.0  # of a robots.txt's crawl-delay; beyond it a night would ask 500 pages
CALM = 30  # answers in order after which a slowed host is asked twice as fast again, never faster than agreed
SLICE = 0.25  # seconds of sleep between two looks at whether the night was broken off


class BrokenOff(Exception):
    """The night was broken off while a request waited for its turn; it was never sent."""


@dataclass(slots=True)
class _Host:
    agreed: float  # seconds between two requests: of the row, or of robots.txt where that is longer
    slower: float = 1.0  # how many times slower than agreed
    calm: int = 0
    asked_at: float = float("-inf")
    not_before: float = 0.0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def delay(self) -> float:
        return min(max(self.agreed, 0.1 if self.slower > 1 else 0.0) * self.slower, max(SLOWEST, self.agreed))

    @property
    def next_at(self) -> float:
        """By the delay as it is now: a robots.txt may just have made it longer."""
        return max(self.asked_at + self.delay, self.not_before)


class Pace:
    """The pace of every host and address of a run. stopping: set when the night is broken off."""

    def __init__(self) -> None:
        self.stopping = False
        self._hosts: dict[str, _Host] = {}
        self._addresses: dict[str, float] = {}

    def agree(self, host: str, delay: float) -> None:
        """Seconds between two requests to a host; of two sites that share it, the slower one's."""
        known = self._hosts.get(host)
        if known is None:
            self._hosts[host] = _Host(delay)
        else:
            known.agreed = max(known.agreed, delay)

    def delay(self, host: str) -> float:
        """Seconds between two requests to a host as things stand."""
        return self._host(host).delay

    def asked_before(self, host: str, address: str, ago: float) -> None:
        """An earlier run asked it ``ago`` seconds ago."""
        row = self._host(host)
        row.asked_at = max(row.asked_at, time.monotonic() - ago)
        if address:
            gap = min(ADDRESS_GAP, row.agreed)
            self._addresses[address] = max(self._addresses.get(address, 0.0), time.monotonic() - ago + gap)

    def wait(self, host: str, seconds: float) -> None:
        """Ask nothing of a host for so long."""
        row = self._host(host)
        row.not_before = max(row.not_before, time.monotonic() + seconds)

    @asynccontextmanager
    async def turn(self, host: str, address: str) -> AsyncIterator[None]:
        """Hold the host's one connection when its time has come; afterwards it rests as long as it took to answer."""
        row = self._host(host)
        async with row.turn:
            gap = min(ADDRESS_GAP, row.agreed)
            while (at := max(row.next_at, self._addresses.get(address, 0.0))) > (now := time.monotonic()):
                if self.stopping:
                    raise BrokenOff(host)
                await asyncio.sleep(min(SLICE, at - now))
            if self.stopping:
                raise BrokenOff(host)
            began = row.asked_at = time.monotonic()
            self._addresses[address] = began + gap
            try:
                yield
            finally:
                ended = time.monotonic()
                if row.agreed:  # a host that is slow to answer is busy: at most half of its time is ours
                    row.not_before = max(row.not_before, ended + min(ended - began, LONGEST_DELAY))

    def answered(self, host: str, latency: float) -> None:
        """The answer began ``latency`` seconds after the turn did: by then the request had been sent, and not sooner for certain."""
        self._host(host).asked_at += latency

    def heard(self, host: str, status: int | None, retry_after: float | None = None) -> None:
        """How a host answered: 429 and 503 halve the pace, Retry-After is waited for, a calm stretch gives half back."""
        row = self._host(host)
        if status in (429, 503):
            row.slower, row.calm = min(row.slower * 2, 64.0), 0
            row.not_before = max(row.not_before, time.monotonic() + max(row.delay, retry_after or 0.0))
            return
        row.calm += 1
        if row.slower > 1 and row.calm >= CALM:
            row.slower, row.calm = row.slower / 2, 0

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(0.0))


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After field asks for (RFC 9110, 10.2.3: seconds or a date); None where it says nothing."""
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())


def window_open(window: str, minute: int) -> bool:
    """Whether a site may be asked at a minute of the day; ``HH:MM-HH:MM``, may run past midnight; empty = always.

    >>> window_open("22:00-06:00", 3 * 60), window_open("22:00-06:00", 12 * 60)
    (True, False)
    """
    if not window:
        return True
    begin, end = (int(t[:2]) * 60 + int(t[3:]) for t in window.split("-"))
    return begin <= minute < end if begin <= end else minute >= begin or minute < end
