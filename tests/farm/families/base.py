"""What every family shares: answers, file addresses, who stands where on a night."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from tests.farm.model import Column, Entry, FarmSite

PER_PAGE = 15
UNDATED = date(2018, 3, 1)  # in the address of an entry that shows no day; an address decides nothing


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    status: int = 200
    type: str = "text/html; charset=utf-8"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


GONE = Answer(404, "text/html; charset=utf-8", b"<html><title>404</title><body><h1>404 Not Found</h1></body></html>")


@dataclass
class Web:
    """A site as one family draws it on one night; subclasses draw pages."""

    site: FarmSite
    night: date
    files: dict[str, Answer] = field(default_factory=dict)
    _kept: dict[str, list[Entry]] = field(default_factory=dict)

    charset = "utf-8"

    def __post_init__(self) -> None:
        for column in self.site.columns:
            for entry in self.standing(column):
                for file in entry.files:
                    kinds = {"pdf": "application/pdf", "docx": "application/msword", "xlsx": "application/vnd.ms-excel"}
                    body = file.body if not file.answer else b"<html><title>403 Forbidden</title><h1>403 Forbidden</h1></html>"
                    self.files[(file.host or self.site.host) + self.file_path(entry, file.ext)] = Answer(
                        file.answer or 200, kinds[file.ext] if not file.answer else "text/html", body)

    # -- what stands ------------------------------------------------------------------------------------------------

    def standing(self, column: Column) -> list[Entry]:
        """Entries that the column lists this night, newest first, undated ones last."""
        if column.slug in self._kept:
            return self._kept[column.slug]
        out = []
        for entry in column.entries:
            t = entry.thing
            since, until = (t.since, t.until) if t is not None else (None, None)
            if (since or entry.shown or date.min) <= self.night and (until is None or self.night <= until):
                out.append(entry)
        self._kept[column.slug] = sorted(out, key=lambda e: (e.shown or date.min, e.id), reverse=True)
        return self._kept[column.slug]

    def find(self, number: int) -> tuple[Column, Entry] | None:
        """An entry by id, with its column, if its page opens this night."""
        for column in self.site.columns:
            for entry in self.standing(column):
                if entry.id == number:
                    gone = entry.thing is not None and entry.thing.answer == 404
                    return None if gone else (column, entry)
        return None

    def column(self, slug: str) -> Column | None:
        """A column by its slug."""
        return next((c for c in self.site.columns if c.slug == slug), None)

    def sections(self) -> list[str]:
        """Names of the portals."""
        return list(dict.fromkeys(c.section for c in self.site.columns if c.section))

    # -- addresses, drawn by each family ----------------------------------------------------------------------------

    def file_path(self, entry: Entry, ext: str) -> str:
        """Where a file lies."""
        return f"/files/{entry.id}.{ext}"

    def file_links(self, entry: Entry) -> str:
        """Links to the entry's files."""
        links = []
        for file in entry.files:
            origin = f"http://{file.host}" if file.host and file.host != self.site.host else ""
            links.append(f'<p>附件：<a href="{origin}{quote(self.file_path(entry, file.ext))}">{html.escape(file.name)}</a></p>')
        return "".join(links)

    def _folder(self, column: Column) -> str:
        """Where a column's first page stands."""
        raise NotImplementedError

    def _detail(self, column: Column, entry: Entry) -> str:
        """Where an entry's page stands."""
        raise NotImplementedError

    def get(self, path: str, query: str) -> Answer:
        """Answer a GET on the site's own host."""
        raise NotImplementedError

    def search_form(self) -> str:
        """The form on the home page; families without leave it out."""
        return ""

    def found(self, words: str) -> list[tuple[Column, Entry]]:
        """What the site's own search finds: titles that hold the words."""
        return [(c, e) for c in self.site.columns for e in self.standing(c) if words and words in e.title][:30]

    def post(self, path: str, body: bytes) -> Answer:
        """Answer a POST."""
        return GONE

    def page(self, title: str, body: str, head: str = "") -> Answer:
        """A whole page."""
        text = (f'<!DOCTYPE html><html lang="zh"><head><meta charset="{self.charset}"><title>{title}</title>{head}</head>'
                f'<body><div class="header"><a href="/">网站首页</a> <a href="/sitemap">网站地图</a> <a href="/search">站内搜索</a></div>'
                f'{body}<div class="footer">主办：{self.site.name}　网站标识码：9900000001　联系我们　本站支持IPv6</div></body></html>')
        return Answer(200, f"text/html; charset={self.charset}", text.encode(self.charset, "xmlcharrefreplace"))


def as_json(value: object) -> Answer:
    """A JSON answer."""
    return Answer(200, "application/json;charset=UTF-8", json.dumps(value, ensure_ascii=False).encode())


def pages_of(entries: list[Entry], number: int, size: int = PER_PAGE) -> tuple[list[Entry], int]:
    """One page of a list, counted from 1, and how many pages there are."""
    return entries[(number - 1) * size : number * size], max(1, -(-len(entries) // size))


def day(entry: Entry) -> str:
    """As lists and pages print it."""
    return entry.shown.isoformat() if entry.shown else ""
