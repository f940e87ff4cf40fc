"""The columns of a site with what their lists show: newest date, blank or not, on which days they were seen.

A column is what a link named like one leads to, or a list that was read. Only its first page is looked at: where its dates do not run
from new to old, or some entries have none, the newest may stand elsewhere and is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator

from audit.classify import THRESHOLD, categories, is_a
from audit.dating import CHINA, day_of
from audit.duty import Duty
from audit.model import Evidence
from audit.survey import Survey
from audit.view import SiteView
from db.document import Item
from db.facts import PageFact
from db.words import Kind, Needs, PageRef, Question, Reason


def known(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same ids of categories; ValueError for one that there is not."""
    for name in names:
        if name not in categories():
            raise ValueError(f"no category {name}; `gongkai categories` lists them")
    return names


Categories = Annotated[tuple[str, ...], AfterValidator(known)]  # ids of categories, each known
_NOT_COLUMNS = ("site_identity", "site_search", "site_operation", "disclosure_portal", "new_media", "ipv6")  # map, search, home, hubs


@dataclass(frozen=True, slots=True)
class Column:
    """name: as the site calls it. category: what it is about. path: from the site's root, as its page says. page: its list as read,
    None where it was not.

    reason: why it was not. newest: the newest day its list shows, None where that is not known. blank: it says that it holds
    nothing. days: on which the list was seen to stand.
    """

    name: str
    category: str
    ref: PageRef
    page: PageFact | None = None
    path: tuple[str, ...] = ()
    reason: Reason | None = None
    newest: date | None = None
    blank: bool = False
    days: tuple[date, ...] = ()

    def is_of(self, categories: tuple[str, ...]) -> bool:
        """Whether it is about one of the categories."""
        return any(is_a(self.category, c) for c in categories)

    def stale(self, limit: int, duty: Duty) -> bool:
        """Whether its newest entry lies more than so many days before as_of (or before our last look, where that is earlier)."""
        return self.newest is not None and bool(self.days) and self.newest < min(duty.as_of, self.days[-1]) - timedelta(days=limit)

    @property
    def judged(self) -> bool:
        """Whether it can be judged."""
        return self.page is not None and (self.blank or self.newest is not None)


def first_pages(names: tuple[str, ...], duty: Duty) -> tuple[Question, ...]:
    """Asks for the newest page of every column of the categories: a window of one day wants no more of a list that is in date order."""
    return tuple(duty.question(c, since=duty.as_of, needs=Needs.ALL) for c in names)


def columns_of(view: SiteView, duty: Duty) -> list[Column]:
    """Every column once, in a stable order; none where the home page was not read."""
    survey = view.survey
    starts = {survey.key(r) for r in survey.starts}
    later = {survey.key(r) for p in survey.lists if p.doc is not None for r in p.doc.next_pages if p.doc.items}
    found: dict[tuple[str, ...], Column] = {}
    for link in survey.columns:
        label, key = link.labels[0], survey.key(link.ref)
        named = label.score >= THRESHOLD
        if not link.name or key in starts or key in later or label.category in _NOT_COLUMNS or not (named or survey.was_fetched(key)):
            continue
        path, column = _read(view, duty, link.name, label.category if named else "other", link.ref)
        if column is None:
            continue
        old = found.get(path or (key,))
        if old is None or (column.judged and (not old.judged or (column.newest or date.min) > (old.newest or date.min))):
            found[path or (key,)] = column  # a list may be led to in several ways; what shows most counts
    return sorted(found.values(), key=lambda c: (c.ref.url, c.ref.payload))


def _read(view: SiteView, duty: Duty, name: str, category: str, ref: PageRef) -> tuple[tuple[str, ...], Column | None]:
    """(the column's path as its page says, the column as it was last seen in the window; None where it turns out to be no list)."""
    survey = view.survey
    page, reason, _ = survey.resolve(ref)
    if page is None:
        return (), Column(name, category, ref, reason=reason or Reason.NOT_FETCHED)
    doc = page.doc
    assert doc is not None
    path = doc.column
    if doc.kind not in (Kind.LIST, Kind.SHELL):
        return path, None  # leads on, or is the thing itself
    for onward in (*doc.next_pages[:1], *doc.frames[:1]):
        if not doc.items:  # the list comes by another request, or stands in a frame
            page, reason, _ = survey.resolve(onward)
            if page is None or page.doc is None:
                return path, Column(name, category, ref, None, path, reason or Reason.NOT_FETCHED)
            doc = page.doc
    low, high = duty.window
    days = tuple(sorted({d for f in page.fetches if f.reason is None and low <= (d := f.at.astimezone(CHINA).date()) <= high}))
    if not days:
        return path, Column(name, category, ref, None, path, Reason.OBSERVED_TOO_EARLY)
    if not doc.items:
        blank = (bool(doc.empty_words) or doc.claimed == 0) and doc.reason is None and not doc.frames
        return path, Column(name, category, ref, page if blank else None, path, None if blank else Reason.NEEDS_RENDERING, None, blank, days)
    return path, Column(name, category, ref, page, path, None, newest_of(survey, page), False, days)


def newest_of(survey: Survey, page: PageFact) -> date | None:
    """The newest day that the site itself gives to a list's entries; None where some have none or later pages may hold newer ones."""
    assert page.doc is not None
    days: list[date] = []
    for item in page.doc.items:
        day = day_of(item.date) or claimed_day(survey, item)
        if day is None:
            return None
        if not item.pinned:
            days.append(day)
    if not days:
        return None
    return max(days) if days == sorted(days, reverse=True) or not (page.doc.next_pages or (page.doc.claimed_pages or 1) > 1) else None


def claimed_day(survey: Survey, item: Item) -> date | None:
    """The day that the page of an entry shows, or a list beside its link; our first sighting of it is no proof that it is new."""
    target = survey.facts.pages.get(survey.key(item.ref))
    when = survey.dated(target) if target is not None and target.doc is not None else None
    return when.day if when is not None and when.claimed else day_of(survey.list_day(survey.key(item.ref)))


def once(columns: list[Column], every: list[Column]) -> list[Column]:
    """The columns that count: one that leads to others of the site is not counted beside them, and columns of one name count once."""

    def leads(column: Column) -> bool:
        folder = column.ref.url.rsplit("/", 1)[0] + "/"
        return any(o is not column and (
            (column.path and len(o.path) > len(column.path) and o.path[: len(column.path)] == column.path)
            or (column.ref.method == "GET" and folder.count("/") > 3 and o.ref.url.startswith(folder) and o.ref.url.rsplit("/", 1)[0] + "/" != folder))
            for o in every)

    return list({c.name: c for c in reversed(columns) if not leads(c)}.values())[::-1]


def cited(view: SiteView, column: Column, note: str) -> Evidence:
    """A column as evidence."""
    assert column.page is not None
    shown = view.evidence(column.page, note)
    return Evidence(column.ref.url, column.name, None, "", shown.fetched, shown.sha256, shown.warc, shown.excerpt, note)


def unread_words(columns: list[Column]) -> str:
    """``通知公告、政策文件等3个``."""
    names = list(dict.fromkeys(c.name for c in columns))
    return "、".join(names[:3]) + (f"等{len(names)}个" if len(names) > 3 else "")
