"""robots.txt of RFC 9309 for one night: 4xx allows all, 5xx and silence mean that the site is waited for, not crawled."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from db.words import Reason

AGENT = "gongkai"


@dataclass(frozen=True, slots=True)
class Robots:
    """What a host allows. unreadable: nothing may be asked; delay: the crawl-delay it asks for, seconds."""

    rules: Protego | None = None
    unreadable: bool = False

    @classmethod
    def of(cls, status: int, body: bytes) -> Robots:
        """From an answer."""
        if status >= 500 or status == 429:
            return cls(unreadable=True)
        if status >= 300 or b"<html" in body[:2000].lower():
            return cls()
        return cls(Protego.parse(body[: 512 * 1024].decode("utf-8", "replace")))

    def refuses(self, url: str) -> Reason | None:
        """Why an address may not be asked for, or None."""
        if self.unreadable:
            return Reason.ROBOTS_UNREADABLE
        if self.rules is not None and not self.rules.can_fetch(url, AGENT):
            return Reason.ROBOTS
        return None

    @property
    def delay(self) -> float | None:
        """Crawl-delay in seconds."""
        asked = self.rules.crawl_delay(AGENT) if self.rules is not None else None
        return float(asked) if asked is not None else None

    @property
    def sitemaps(self) -> list[str]:
        """Sitemaps that it names."""
        return list(self.rules.sitemaps) if self.rules is not None else []
