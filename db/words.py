"""The words of DESIGN.md as types: what every layer means by site, question, kind, status, reason.

Lowest layer: imports nothing of this project but its own reasons. Frozen, slotted, no I/O. Database rows and dicts stay on the
other side of the borders that make these values.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from db.reasons import Fault as Fault
from db.reasons import Reason as Reason
from db.reasons import fault_of as fault_of

DRAW = "DRAW"  # see PageRef


class Level(StrEnum):
    """Whose site it is: the city's portal, a district's, a municipal bureau's."""

    MUNICIPAL = "municipal"
    DISTRICT = "district"
    BUREAU = "bureau"


class Role(StrEnum):
    """What a host is to a site."""

    OWN = "own"
    PLATFORM = "platform"
    DELEGATED = "delegated"
    OLD = "old"


class Kind(StrEnum):
    """What sort of page this is (DESIGN.md, Words)."""

    HOME = "home"
    PORTAL = "portal"
    LIST = "list"
    DETAIL = "detail"
    QUERY = "query"
    ATTACHMENT = "attachment"
    SHELL = "shell"
    BLOCKED = "blocked"
    ERROR = "error"

    @property
    def readable(self) -> bool:
        """False for the kinds whose content could not be read; they never prove presence or absence."""
        return self not in (Kind.SHELL, Kind.BLOCKED, Kind.ERROR)


class Status(StrEnum):
    """A finding's verdict."""

    PASS = "pass"
    PARTIAL = "partial"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class Needs(StrEnum):
    """How much of an answer a question wants."""

    ONE = "one"
    LATEST = "latest"
    ALL = "all"


class SearchState(StrEnum):
    """Where the search for a question's answer stands; computed by audit.search, never claimed."""

    ANSWERED = "answered"
    EXHAUSTED = "exhausted"
    STOPPED = "stopped"
    NOT_SEARCHED = "not_searched"


class Outcome(StrEnum):
    """How one attempt at a page ended, before anyone has read its bytes."""

    OK = "ok"  # any answer with a body of ours to read, whatever its status
    NOT_MODIFIED = "not_modified"
    REDIRECT = "redirect"
    FAILED = "failed"  # no answer: `reason` says why


@dataclass(frozen=True, slots=True)
class Host:
    """Where a site publishes.

    url: scheme and name, e.g. ``https://www.example.gov.cn`` (no path, no trailing slash).
    scope: which part of a shared host is this site's; keys ``path`` (prefix), ``param`` (``{"siteId": "0075"}``),
    ``unit`` (name shown as 公开主体). Empty = the whole host.
    """

    url: str
    role: Role = Role.OWN
    scope: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Host name in lower case, with the port where the address names one."""
        return self.url.split("://", 1)[-1].split("/", 1)[0].lower()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the operator knows of a body, with where it was read: has_powers, handles_proposals, ..."""

    value: bool | str | int
    source: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Site:
    """One audited body's web presence: one ``[[site]]`` row."""

    id: str
    name: str
    level: Level
    hosts: tuple[Host, ...]
    entry: tuple[str, ...] = ()  # 政务公开 entry addresses, absolute
    units: tuple[str, ...] = ()  # closed list: finance, sasac, ...
    formerly: tuple[str, ...] = ()  # former names of the body
    short_names: tuple[str, ...] = ()
    family: str | None = None  # CMS family, None = detect
    facts: dict[str, Fact] = field(default_factory=dict)
    delay: float | None = None  # seconds between requests, None = the default
    delay_agreed_by: str | None = None
    budget: dict[str, int] = field(default_factory=dict)  # requests, bytes, minutes of one night
    window: str = ""  # hours of the night in which it may be asked, Shanghai time: 22:00-06:00; empty = always
    source: str = ""
    read_on: date | None = None

    def host_named(self, name: str) -> Host | None:
        """The row's host of that name, or None."""
        name = name.lower()
        return next((h for h in self.hosts if h.name == name), None)


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """What a check needs to know of a site.

    category: id of categories.toml; a child counts as its parent.
    year: the subject year the thing must be of, None = any.
    since, until: publication window, inclusive; None = open. An undated thing is not in a window.
    as_of: what is dated after this day does not count, undated things do; None = nothing can be.
    naming: the title or the text's head must hold one of these words (a session, a kind of petitioner); titled: title, column or
    the name of a file, and no text.
    also, or_years: further categories and subject years that will do as well.
    seen_by: an undated thing first seen after this day does not count: when it came nothing tells; None = looked in time.
    holding, holding_at: groups of regular expressions; the text and its files must hold one of at least so many groups (0 = of all).
    """

    category: str
    year: int | None = None
    since: date | None = None
    until: date | None = None
    needs: Needs = Needs.ONE
    as_of: date | None = None
    naming: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    or_years: tuple[int, ...] = ()
    titled: bool = False
    seen_by: date | None = None
    holding: tuple[tuple[str, ...], ...] = ()
    holding_at: int = 0

    @property
    def categories(self) -> tuple[str, ...]:
        """All whose pages will do."""
        return (self.category, *self.also)

    @property
    def years(self) -> tuple[int, ...]:
        """All subject years that will do; empty = any."""
        return (self.year, *self.or_years) if self.year is not None else ()

    @property
    def key(self) -> str:
        """Stable text form: the question's name in tables, JSON and reports."""
        parts = ["|".join(self.categories)]
        if self.year is not None:
            parts.append("|".join(map(str, self.years)))
        if self.since or self.until:
            parts.append(f"{self.since or ''}..{self.until or ''}")
        if self.naming:
            parts.append("/".join(self.naming))
        if self.needs is not Needs.ONE:
            parts.append(self.needs.value)
        if self.holding:
            parts.append(f"holding{self.holding_at or len(self.holding)}~{blake2b(repr(self.holding).encode(), digest_size=3).hexdigest()}")
        return ":".join(parts) + (f"@{self.as_of}" if self.as_of else "")


@dataclass(frozen=True, slots=True)
class Label:
    """A category given to a page or column: ``why`` lists the words that decided, each with its place."""

    category: str
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the classifier looks at. A row without title is a column (its path decides)."""

    title: str = ""
    column: tuple[str, ...] = ()
    url: str = ""
    excerpt: str = ""  # head of the body
    attachments: tuple[str, ...] = ()  # names shown
    kind: Kind | None = None
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page's identity before canonicalisation: method, address, payload (bytes sent, empty for GET).

    method DRAW is no request of HTTP: what a browser shows of the address once its script was told the payload,
    ``#/list/12`` or ``javascript:load(12)``, a line each where more than one is told.
    """

    url: str
    method: str = "GET"
    payload: bytes = b""
    content_type: str = ""  # of the payload: application/json, application/x-www-form-urlencoded

    def __hash__(self) -> int:
        """Strings remember their hashes, tuples do not: a plan asks for many thousands of them."""
        return hash(self.url) ^ hash(self.payload)


def sha256_hex(data: bytes) -> str:
    """Digest that names a blob."""
    return hashlib.sha256(data).hexdigest()
