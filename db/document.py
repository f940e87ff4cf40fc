"""What a reader made of one page's bytes: the value that crosses from spiders/read to the database.

Frozen and plain, so that the same bytes give an equal Document, and so that a reading can be stored, compared
and made again. Each value carries where it was read (``place``) and how sure the reader is (0..1).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from db.words import Kind, PageRef, Reason


class DateRole(StrEnum):
    """Which day a date on a page means (DOMAIN.md section 14)."""

    PUBLISHED = "published"  # 发布日期, 公开日期, 时间
    WRITTEN = "written"  # 成文日期, 生成日期
    PRINTED = "printed"  # 印发日期
    EFFECTIVE = "effective"  # 施行日期
    MODIFIED = "modified"  # 更新时间
    LISTED = "listed"  # beside a link to the page in a list
    UNKNOWN = "unknown"


class Region(StrEnum):
    """Where on the page a link stands."""

    NAV = "nav"
    CRUMB = "crumb"
    LIST = "list"
    BODY = "body"
    PAGER = "pager"
    FOOT = "foot"
    FRAME = "frame"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Claim:
    """A text value with the place it was read from, e.g. ``meta:ArticleTitle``, ``h1``, ``crumbs``, ``label:索引号``."""

    value: str
    place: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A date with what it means and where it stood. value: ISO, cut to its precision (2019, 2019-03, 2019-03-08)."""

    role: DateRole
    value: str
    place: str
    confidence: float = 1.0
    raw: str = ""

    @property
    def precision(self) -> str:
        """``year``, ``month`` or ``day``."""
        return ("year", "month", "day")[min(self.value.count("-"), 2)]


@dataclass(frozen=True, slots=True)
class Link:
    """An outgoing link in reading order; target absolute. ``title`` is the full text where the anchor is cut."""

    target: str
    anchor: str
    position: int
    region: Region = Region.OTHER
    list_date: str | None = None  # ISO, cut to its precision
    title: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: what it is called, where it leads, the date beside it."""

    title: str
    ref: PageRef
    date: str | None = None  # ISO, cut to its precision
    pinned: bool = False
    outside: bool = False  # leads to another system


@dataclass(frozen=True, slots=True)
class AttachmentRef:
    """A file the page offers: absolute address, the name shown, the extension believed (without dot, lower case)."""

    url: str
    name: str
    ext: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One reading. For unreadable kinds (shell, blocked, error) ``reason`` is set."""

    url: str
    kind: Kind
    title: str = ""
    published: DateClaim | None = None  # the claim that decides, by the order of trust of DOMAIN.md section 14
    column: tuple[str, ...] = ()  # path from the site's root down to the page's own column; a list's ends with itself
    text: str = ""  # main text, NFC, one block a line; tables as lines with tabs
    doc_no: str = ""  # 文号, normalised
    issuer: str = ""
    index_no: str = ""  # 索引号
    titles: tuple[Claim, ...] = ()  # every title read, best first
    dates: tuple[DateClaim, ...] = ()  # every date claim, best first
    columns: tuple[Claim, ...] = ()  # every column path read (joined by " > "), best first
    links: tuple[Link, ...] = ()
    items: tuple[Item, ...] = ()  # of lists (and of lists inside portals and homes)
    scripted: tuple[Item, ...] = ()  # entries of menus that only the page's script opens
    unwritten: bool = False  # next to no link stands on it, and its scripts may write more
    next_pages: tuple[PageRef, ...] = ()  # further pages of the same list, in order
    claimed: int | None = None  # how many items the list says it has
    claimed_pages: int | None = None  # how many pages
    capped: bool = False  # the claimed total is a cap of the system, not the number
    empty_words: str = ""  # 本栏目暂无内容 and the like, as shown in the place of the list
    attachments: tuple[AttachmentRef, ...] = ()
    frames: tuple[PageRef, ...] = ()  # what holds the content that the page itself does not: frames, iframes, a shell's API
    search: str = ""  # address of the site's own search, ``{words}`` where the words go
    meta: tuple[tuple[str, str], ...] = ()  # named metas, sorted by name
    family: str = "generic"
    charset: str = ""
    charset_rule: str = ""  # header, bom, meta, content, repaired
    reason: Reason | None = None  # why it could not be read, or what hampers it (mojibake, truncated, scanned)
    reader: str = "1"  # version of the readers
