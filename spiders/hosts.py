"""What one night learns of each host: its robots.txt, and whether it should be left alone until tomorrow."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.http import Response

from crawler.politeness import LONGEST_DELAY
from db.urls import canonical
from db.words import PageRef, Reason
from spiders.robots import Robots

TRIES = 1  # further attempts in one night at a page that a passing trouble kept from us
ROBOTS_WAITS = (60.0, 600.0)  # seconds before robots.txt is asked for again (RFC 9309, 2.3.1.4: assume complete disallow meanwhile)
LONGEST_WAIT = 1800.0  # a host that asks for a longer pause is left alone for the night
SILENT = 5  # failures of the network one after another
REFUSING = 12  # refusals one after another: a folder that is closed is no closed site
_NETWORK = (Reason.TIMEOUT, Reason.REFUSED, Reason.DNS, Reason.RESOLVER, Reason.TLS)


@dataclass(slots=True)
class _Host:
    robots: Robots | None = None
    silent: int = 0
    refusing: int = 0
    gone: tuple[Reason, str] | None = None  # why it is left alone


class Hosts:
    """The hosts of one site."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    def known(self, host: str) -> bool:
        """Whether its robots.txt was asked for."""
        row = self._hosts.get(host)
        return row is not None and (row.robots is not None or row.gone is not None)

    def allow(self, host: str, status: int, body: bytes) -> float | None:
        """Keep a robots.txt; the delay that it asks for, in seconds."""
        robots = self._row(host).robots = Robots.of(status, body)
        return min(robots.delay, LONGEST_DELAY) if robots.delay is not None else None

    def give_up(self, host: str, reason: Reason, detail: str) -> None:
        """Ask nothing more of a host this night."""
        self._row(host).gone = (reason, detail)

    def refuses(self, host: str, url: str) -> tuple[Reason, str] | None:
        """(reason, detail) why an address may not be asked for, or None."""
        row = self._row(host)
        if row.gone is not None:
            return row.gone[0], f"not asked, the host is left alone for the night: {row.gone[1]}"
        refused = row.robots.refuses(url) if row.robots is not None else None
        return (refused, "robots.txt") if refused is not None else None

    @staticmethod
    def robots_wait(tries: int, asked: float | None, *, waiting: bool) -> float | None:
        """Seconds until robots.txt is asked for again; None = not this night. waiting: time passes in this run."""
        if tries >= len(ROBOTS_WAITS) or (asked is not None and asked > LONGEST_WAIT):
            return None
        return asked if asked is not None else ROBOTS_WAITS[tries] if waiting else None

    def heard(self, host: str, status: int | None, reason: Reason | None, wait: float | None, detail: str = "") -> None:
        """How it answered; one that fails or refuses without end is left alone."""
        row = self._row(host)
        row.silent = row.silent + 1 if reason in _NETWORK or status in (429, 503) else 0
        row.refusing = row.refusing + 1 if reason is Reason.BLOCKED else 0
        if wait is not None and wait > LONGEST_WAIT and status in (429, 503):
            row.gone = (Reason.BLOCKED if status == 429 else Reason.HTTP_ERROR, f"it asks to be left alone for {wait:.0f} s")
        elif row.silent >= SILENT:
            row.gone = (reason or Reason.HTTP_ERROR, f"{row.silent} failures one after another; {detail or status}")
        elif row.refusing >= REFUSING:
            row.gone = (Reason.BLOCKED, f"{row.refusing} refusals one after another")

    def _row(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host())


def robots_of(ref: PageRef, host: str) -> PageRef:
    """Where the rules stand that hold for a page."""
    return PageRef(f"{ref.url.split('://')[0]}://{host}/robots.txt")


def location(response: Response) -> str:
    """Where an answer leads on, or ""."""
    if not 300 <= response.status < 400 or response.status == 304:
        return ""
    said = (response.headers.get("Location") or b"").decode("latin-1")
    return canonical(response.urljoin(said)) if said else ""
