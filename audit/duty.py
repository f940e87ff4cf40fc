"""A duty: one indicator held against one site, its days worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from audit.edition import Edition, Indicator
from db.words import Question, Reason, Site


@dataclass(frozen=True, slots=True)
class Duty:
    """year: whose duties are held. due: the last day in time, None for a standing duty. start: from which day absence
    may fail. until: the last day we looked. excuse: why it does not bind now (not_bound, not_due), None where it does."""

    edition: Edition
    indicator: Indicator
    site: Site
    year: int
    as_of: date
    until: date
    due: date | None = None
    start: date | None = None
    excuse: Reason | None = None
    excuse_words: str = ""

    @property
    def bound(self) -> bool:
        """Whether it binds this site at as_of."""
        return self.excuse is None

    @property
    def window(self) -> tuple[date, date]:
        """Between which days a look may prove absence."""
        lower = self.as_of - timedelta(days=self.edition.max_age_days)
        return max(lower, self.start) if self.start else lower, self.as_of + timedelta(days=self.edition.grace_days)

    @property
    def cut(self) -> date | None:
        """as_of where things dated after it can have been seen, else None."""
        return self.as_of if self.until > self.as_of else None

    @property
    def seen_by(self) -> date | None:
        """The last day whose first sighting may stand for as_of, where things can have been seen later, else None."""
        last = self.window[1]
        return last if self.until > last else None

    def question(self, category: str, year: int | None = None, **more: object) -> Question:
        """A question about this site at as_of."""
        return Question(category, year, as_of=self.cut, seen_by=self.seen_by, **more)  # type: ignore[arg-type]


def day(text: str, year: int) -> date:
    """``06-30`` of the year, ``+1 03-31`` of the next."""
    offset, _, rest = text.rpartition(" ")
    month, _, number = rest.partition("-")
    return date(year + int(offset or 0), int(month), int(number))


def bind(edition: Edition, item: Indicator, site: Site, year: int, as_of: date, until: date) -> Duty:
    """The duty, with its excuse where it does not bind this site at as_of."""
    said = item.due.get(site.level) if isinstance(item.due, dict) else item.due
    due = day(said, year) if said else None
    start = day(item.fail_not_before, year) if item.fail_not_before else due
    excuse, words = None, ""
    task = next((t for t in edition.task if t.id == item.task), None)
    if site.level not in item.levels or (item.units and not set(item.units) & {*site.units, site.level.value}):
        excuse, words = Reason.NOT_BOUND, "本条不约束该单位"
    elif task is not None and task.fixed and edition.year is not None and year != edition.year:
        excuse, words = Reason.NOT_BOUND, f"本条只约束{edition.year}年"
    elif start is not None and as_of < start:
        excuse, words = Reason.NOT_DUE, f"至{as_of}尚未到期（{start}）"
    elif not (item.valid_from or date.min) <= (due or as_of) <= (item.valid_to or date.max):
        excuse, words = Reason.NOT_BOUND, f"所依据的规定在{due or as_of}不适用（{item.valid_from or ''}至{item.valid_to or ''}有效）"
    elif edition.in_force is not None and (due or as_of) < edition.in_force:
        excuse, words = Reason.NOT_DUE, f"规则自{edition.in_force}起施行，当期义务尚未产生"
    return Duty(edition, item, site, year, as_of, until, due, start, excuse, words)
