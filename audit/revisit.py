"""When a page that was read is looked at again: learned from how often it changed, for lists and for answers alike.

A column to which nothing was added for a year is not looked at every night; one that moved yesterday is. A list that shows
by its dates how it moves is taken at its word until it was seen twice; an answer is left to the list that names it; what
shows nothing of the kind is seen again the next night. Nothing is left alone for longer than a week, so that an absence rests
on lists seen within the last nights: editions take what is at most 31 days old (``max_age_days``). Which of those nights it is
differs from page to page, lest what was first read in one night comes up again in one.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from db.facts import PageFact
from db.words import Kind, Outcome, Reason

LONGEST = timedelta(days=7)
SLACK = timedelta(hours=6)  # nights do not begin to the minute
FIRST, LATER = 1, 4  # days after which what may be left alone for a week is due at the soonest: when seen once, when seen more often
DATED = 3  # entries with a day, from which a list's pace can be told
AGING = 20  # a list whose newest entry is twenty days old is looked at again after one
RHYTHM, PACE = 5, 4  # and one of five entries or more after a quarter of the days that usually lie between two, if that is longer


def due(page: PageFact, night: datetime, modified: str | None = None, *, watched: bool = False) -> bool:
    """Whether a page that can be read is to be looked at in a night. watched: a list names it, and would show that it went. modified: the
    day of its last change by the site's sitemap: a newer one calls for a look, an older one excuses none, for nobody vouches for it."""
    looks = [f.at for f in page.fetches if f.outcome is Outcome.NOT_MODIFIED or (f.outcome is Outcome.OK and f.reason is None)]
    if modified is not None and looks and looks[-1].date().isoformat() < modified <= night.date().isoformat():
        return True
    return not looks or night - looks[-1] >= interval(page, looks, watched=watched) - SLACK


def interval(page: PageFact, looks: list[datetime], *, watched: bool = False) -> timedelta:
    """How long it may be left alone, by what was seen of it so far. looks: when it was read."""
    if page.misses:
        return timedelta(0)
    quiet = _quiet(page, looks[-1].date())
    if watched:
        return spread(page, FIRST if len(set(looks)) < 2 else LATER)
    if len(set(looks)) < 2:
        return max(timedelta(0), min(quiet, spread(page, FIRST))) if _moves(page) else timedelta(0)
    changed = max((s.first_at for s in page.sightings), default=looks[-1])
    calm = (looks[-1] - changed) / 2
    if calm > timedelta(0) and _stands(page):
        quiet = LONGEST
    return max(timedelta(0), min(spread(page, LATER), max(calm, quiet if calm > timedelta(0) else calm)))


def spread(page: PageFact, earliest: int) -> timedelta:
    """The longest that this page may be left alone: between ``earliest`` days and a week, by its identity."""
    return timedelta(days=earliest + int(page.key[:8], 16) % (LONGEST.days + 1 - earliest))


def _stands(page: PageFact) -> bool:
    """Whether nothing is added to the page itself: a menu, a column that says that it is empty, one whose entries come from elsewhere."""
    doc = page.doc
    if doc is None or any(i.date for i in doc.items):
        return False
    return doc.kind is Kind.PORTAL or (not doc.items and bool(doc.empty_words or doc.next_pages or doc.frames))


def _moves(page: PageFact) -> bool:
    """Whether a list shows by the days of its entries how often something is added to it."""
    return page.doc is not None and sum(1 for i in page.doc.items if i.date and len(i.date) == 10) >= DATED


def still_gone(page: PageFact | None, night: datetime) -> bool:
    """Whether a page was missed in two nights, so that it is asked for once a week only."""
    if page is None or not page.misses or any(f.reason is not Reason.GONE for f in page.misses):
        return False
    return len({f.run for f in page.misses}) >= 2 and night - page.misses[-1].at < LONGEST - SLACK


def _quiet(page: PageFact, looked: date) -> timedelta:
    """How long nothing need have happened, by the days that it shows: of a list's entries, or a document's own."""
    if page.doc is None:
        return timedelta(0)
    shown = [i.date for i in page.doc.items if i.date and len(i.date) == 10 and not i.pinned]
    if not shown and page.doc.published is not None:
        shown = [page.doc.published.value]
    days = sorted(d for d in map(_day, shown) if d is not None)
    if not days:
        return timedelta(0)
    usual = (days[-1] - days[0]) / (len(days) - 1) / PACE if len(days) >= RHYTHM else timedelta(0)
    return max((looked - days[-1]) / AGING, usual)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
