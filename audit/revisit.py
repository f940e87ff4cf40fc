"""When a page that was read is looked at again: learned from how often it changed, for lists and for answers alike.

A column to which nothing was added for a year is not looked at every night; one that moved yesterday is. Nothing is
left alone before it was seen twice with the same content, nor for longer than a week, so that an absence rests on lists
seen within the last nights: editions take what is at most 31 days old (``max_age_days``).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from db.facts import PageFact
from db.words import Outcome, Reason

LONGEST = timedelta(days=7)
SLACK = timedelta(hours=6)  # nights do not begin to the minute
AGING = 20  # a list whose newest entry is twenty days old is looked at again after one


def due(page: PageFact, night: datetime, modified: str | None = None) -> bool:
    """Whether a page that can be read is to be looked at in a night. modified: the day of its last change by the site's sitemap:
    a newer one calls for a look, an older one excuses none, for nobody vouches for it."""
    looks = [f.at for f in page.fetches if f.outcome is Outcome.NOT_MODIFIED or (f.outcome is Outcome.OK and f.reason is None)]
    if modified is not None and looks and looks[-1].date().isoformat() < modified <= night.date().isoformat():
        return True
    return not looks or night - looks[-1] >= interval(page, looks) - SLACK


def interval(page: PageFact, looks: list[datetime]) -> timedelta:
    """How long it may be left alone, by what was seen of it so far. looks: when it was read."""
    if len(set(looks)) < 2 or page.misses:
        return timedelta(0)
    changed = max((s.first_at for s in page.sightings), default=looks[-1])
    calm = (looks[-1] - changed) / 2
    newest = _newest(page)
    quiet = (looks[-1].date() - newest) / AGING if newest is not None and calm > timedelta(0) else timedelta(0)
    return min(LONGEST, max(calm, quiet, timedelta(0)))


def still_gone(page: PageFact | None, night: datetime) -> bool:
    """Whether a page was missed in two nights, so that it is asked for once a week only."""
    if page is None or not page.misses or any(f.reason is not Reason.GONE for f in page.misses):
        return False
    return len({f.run for f in page.misses}) >= 2 and night - page.misses[-1].at < LONGEST - SLACK


def _newest(page: PageFact) -> date | None:
    """The newest day that stands on a list, or on the page itself."""
    if page.doc is None:
        return None
    days = [i.date for i in page.doc.items if i.date and len(i.date) == 10]
    if not days and page.doc.published is not None and len(page.doc.published.value) == 10:
        days = [page.doc.published.value]
    try:
        return date.fromisoformat(max(days)) if days else None
    except ValueError:
        return None
