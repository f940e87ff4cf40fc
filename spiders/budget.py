"""What one night may spend on a site, and how many nights a pass over it takes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.politeness import window_open
from db.facts import RunFact, SiteFacts
from db.words import Reason, Site

REQUESTS = 2000  # a night's budget where the row sets none: under three hours at five seconds each
PASS = timedelta(days=14)  # a pass may take so long; an absence must rest on lists seen within `max_age_days`, 31 in the editions
GOES_ON = (Reason.BUDGET.value, "window", "interrupted")  # ends of a night after which the next one goes on where it stood


@dataclass(slots=True)
class Budget:
    """requests, bytes, minutes of one night; None = no limit. spent: requests that this night made before it was resumed."""

    requests: int
    bytes: int | None = None
    minutes: int | None = None
    window: str = ""
    spent: int = 0
    began: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, site: Site, facts: SiteFacts, run: int, requests: int | None) -> Budget:
        """Of a row; ``requests`` of the command line hold for rows that set none."""
        spent = sum(1 for p in facts.pages.values() for f in p.fetches if f.run == run and f.warc is not None)
        row = site.budget
        return cls(row.get("requests", requests or REQUESTS), row.get("bytes"), row.get("minutes"), site.window, spent)

    def ended(self, counts: dict[str, int], now: datetime) -> str | None:
        """Why no more may be asked, or None. now: Shanghai time."""
        if not window_open(self.window, now.hour * 60 + now.minute):
            return "window"
        over = (counts["requested"] + self.spent >= self.requests
                or (self.bytes is not None and counts["bytes"] >= self.bytes)
                or (self.minutes is not None and time.monotonic() - self.began >= 60 * self.minutes))
        return Reason.BUDGET.value if over else None


def nights_before(facts: SiteFacts, run: int, began: datetime) -> list[RunFact]:
    """Earlier nights of the pass that this run goes on with, newest first: each ended before the site was done."""
    out: list[RunFact] = []
    for past in reversed([r for r in facts.runs if r.stage == "crawl" and r.id != run and r.began_at <= began]):
        broken = past.ended_at is None or past.stopped in GOES_ON
        if not broken or began - past.began_at > PASS:
            break
        out.append(past)
    return out


def about(nights: int, asked: int, left: int) -> int:
    """How many nights a pass takes in all, by what is known to be left: pages yet unseen make it longer."""
    return nights + -(-left // max(1, asked // max(1, nights))) if left else nights
