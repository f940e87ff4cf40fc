"""What a farm site is made of: things planted in columns, in neutral words, and the noise around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class File:
    """A file offered by an entry. host: another host of the site that serves it; answer: 0 = as it should be, else a status."""

    name: str
    ext: str
    body: bytes
    host: str | None = None
    answer: int = 0


@dataclass(frozen=True)
class Thing:
    """One planted disclosure. what: in neutral words; of: the year or session it is about; own: by the body itself.

    holds: which elements stand in it, in neutral words. since, until: the days from and to which it stands on the site.
    """

    what: str
    of: str = ""
    own: bool = True
    shown: date | None = None
    holds: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    answer: int = 200
    scanned: bool = False
    picture: bool = False  # nothing but a picture: people see it, no program reads it


@dataclass(frozen=True)
class Entry:
    """One page of a column. thing: None for noise. shown: the day printed on page and list; None prints none."""

    id: int
    title: str
    shown: date | None
    html: str
    files: tuple[File, ...] = ()
    thing: Thing | None = None
    signed: date | None = None
    metas: bool = True
    source: str = ""
    away: str = ""  # the list leads to this address on another system instead of to a page of the site
    bare: bool = False  # the page itself shows no day, only the list does


@dataclass
class Column:
    """A named list. section: the portal it hangs under (信息公开), empty for the home page. note: shown where it is empty."""

    name: str
    slug: str
    section: str = ""
    entries: list[Entry] = field(default_factory=list)
    note: str = "本栏目暂无内容"
    away: str = ""  # its link leads to this address on another system


@dataclass
class FarmSite:
    """One site. manner: how it answers: well, challenge, silent. forbids: slugs that robots.txt closes."""

    id: str
    name: str
    level: str
    family: str
    host: str
    columns: list[Column]
    short: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    facts: dict[str, str | bool | int] = field(default_factory=dict)
    second_host: str | None = None
    manner: str = "well"
    forbids: tuple[str, ...] = ()
    aaaa: tuple[str, ...] = ()
    servfail: bool = False
    elsewhere: dict[str, str] = field(default_factory=dict)  # pages of other systems and of frames: host and path -> html
    cut: bool = False  # its longer lists cannot be paged through by links
    others: tuple[FarmSite, ...] = ()  # the same body's further hosts, each with columns of its own
    folder: str = ""  # of a host that it shares with others: /name
    reset: date | None = None  # a new system shows this day on every page that is older
    early: bool = False  # seen on a night before the two

    @property
    def section(self) -> str:
        """The portal's name."""
        return next((c.section for c in self.columns if c.section), "政府信息公开")

    @property
    def shows_signed(self) -> bool:
        """Whether its pages print the day signed beside the day published."""
        return self.family in ("trs", "affair_api", "affair_text", "gkmlpt", "shelled", "drawn", "sidebar")

    def things(self) -> list[tuple[Column, Entry, Thing]]:
        """Everything planted, with where."""
        return [(c, e, e.thing) for c in self.all_columns for e in c.entries if e.thing is not None]

    @property
    def all_columns(self) -> list[Column]:
        """Those of its further hosts too."""
        return [*self.columns, *(c for o in self.others for c in o.columns)]
