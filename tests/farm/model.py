"""The farm's world as plain values: sites, columns, pages, files, and what was planted, in neutral words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class File:
    """An attachment. host: where it lies if not on the page's own host; status: what the server answers."""

    name: str
    path: str
    body: bytes
    type: str
    host: str = ""
    status: int = 200


@dataclass(slots=True)
class Page:
    """One document. shown: date printed on it; since, until: first day served, first day no longer served."""

    title: str
    column: str
    shown: date
    body: str
    plant: str = ""
    header: tuple[tuple[str, str], ...] = ()
    files: tuple[File, ...] = ()
    since: date | None = None
    until: date | None = None
    path: str = ""
    number: int = 0
    status: int = 200  # 403: this page alone is refused

    def served(self, night: date) -> bool:
        """Whether the page stands on the site on a night."""
        return (self.since or self.shown) <= night and (self.until is None or night < self.until)


@dataclass(frozen=True, slots=True)
class Column:
    """A column. hub: leads on to its children; capped: its list claims the platform's limit as its total."""

    key: str
    name: str
    parent: str = ""
    number: int = 0
    hub: bool = False
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Planted:
    """What was put where, in neutral words; the clause table judges by these and by nothing else.

    what: decision_list, power_list, ...; year: subject year; form: html, pdf, docx, xlsx, scan, statement, entrance;
    issuer: ``self`` or the other body's name; has: parts that it contains; day: the shown day of publication.
    access: open, robots, blocked. gone: first day on which it was no longer served.
    """

    id: str
    what: str
    day: date
    year: int | None = None
    form: str = "html"
    issuer: str = "self"
    has: tuple[str, ...] = ()
    url: str = ""
    access: str = "open"
    gone: date | None = None
    note: str = ""


@dataclass(slots=True)
class Site:
    """One invented body with its web presence. reach: open, challenge, silent (accepts and never answers)."""

    id: str
    name: str
    short: str
    level: str
    family: str
    host: str
    more_hosts: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    facts: dict[str, bool] = field(default_factory=dict)
    reach: str = "open"
    metas: bool = True
    dates: str = "epoch"  # of the affair API: epoch or text
    search: str = ""  # works, broken or none
    aaaa: str = "nodata"  # public, nodata, servfail_one, private
    forbidden: tuple[str, ...] = ()  # columns that robots.txt forbids
    columns: dict[str, Column] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    def column_path(self, key: str) -> tuple[Column, ...]:
        """From the top column down to this one."""
        found: list[Column] = []
        while key:
            column = self.columns[key]
            found.insert(0, column)
            key = column.parent
        return tuple(found)


@dataclass(slots=True)
class World:
    """The province. seed: what the ordinary pages were drawn from."""

    seed: int
    sites: dict[str, Site]

    def of_host(self, host: str) -> Site | None:
        """The site that publishes on a host name."""
        return next((s for s in self.sites.values() if host == s.host or host in s.more_hosts), None)
