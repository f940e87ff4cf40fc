"""Parts of a site that never end or say the same again and again: told from what was fetched, bounded, and named.

A calendar leads on for ever, a session id makes the same page new with every link, a list goes round at its end. What
is left out here is either proved to be a copy of what was read, or chained so deep without a single entry that nobody
publishes there; where neither holds, the search says that it was stopped (``list_capped``).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from audit.links import Column, column_labels_for
from db.document import Document
from db.facts import PageFact

CHAIN = 3  # columns without a name of their own, each found only on the one before: deeper, no site nests
EMPTY = 6  # fetched members of a chain that hold no entry, before the rest is left
CROWD = 120  # nameless columns of one form of which not one in ten is a list: the rest is not read, and that is said
COPIES = 3  # fetched addresses that differ in one value only and say the same
FRESH_VALUES = 8  # values of a parameter, nearly each found on one page only: made anew for every visit
LIST_PAGES = 400  # pages of one list: at 15 a page 6,000 entries
FOLDS = 2  # times that a folder lies within one of its own name
ROUND = 3  # pages of one list with the same entries: it goes round


@dataclass(slots=True)
class Trapped:
    """Keys of columns that are left out, and what for. capped: those of which nothing is proved."""

    left: set[str] = field(default_factory=set)
    capped: dict[str, str] = field(default_factory=dict)  # key -> address
    named: Counter[str] = field(default_factory=Counter)

    def leave(self, name: str, keys: Iterable[str]) -> None:
        """Leave out, and count."""
        fresh = set(keys) - self.left
        self.left |= fresh
        if fresh:
            self.named[name] += len(fresh)


def nameless(column: Column) -> bool:
    """Its own words say nothing; what stands above it may."""
    return column_labels_for((column.name,))[0].score < 0.5


@lru_cache(maxsize=1 << 15)
def shape(url: str) -> str:
    """An address without its numbers and values: what a program makes many of."""
    parts = urlsplit(url)
    path = re.sub(r"[0-9a-f]{8,}|\d+", "0", parts.path)
    return f"{parts.netloc}{path}?{'&'.join(sorted(k for k, _ in parse_qsl(parts.query, keep_blank_values=True)))}"


def trapped(columns: Mapping[str, Column], items: Mapping[str, tuple[str, str]], sources: Mapping[str, set[str]],
            pages: Mapping[str, PageFact]) -> Trapped:
    """What to leave out. columns, items (address, title) by key; sources: on which pages each is linked; pages: what was fetched."""
    out = Trapped()
    _copies({**items, **{k: (c.ref.url, c.name) for k, c in columns.items()}}, sources, pages, out)
    _echoes([*columns, *items], sources, pages, out)
    _grown({**{k: u for k, (u, _) in items.items()}, **{k: c.ref.url for k, c in columns.items()}}, pages, out)
    _chains(columns, sources, pages, out)
    _crowds(columns, pages, out)
    return out


def _crowds(columns: Mapping[str, Column], pages: Mapping[str, PageFact], out: Trapped) -> None:
    """Nameless columns of one form without number, of which those that were read hold no list."""
    crowds: dict[str, list[str]] = defaultdict(list)
    for key, column in columns.items():
        if key not in pages and key not in out.left and nameless(column):
            crowds[shape(column.ref.url)].append(key)
    if not any(len(keys) > CROWD for keys in crowds.values()):
        return
    read: Counter[str] = Counter()
    lists: Counter[str] = Counter()
    for page in pages.values():
        form = shape(page.ref.url)
        read[form] += 1
        lists[form] += page.doc is not None and any(i.date for i in page.doc.items)
    for form, keys in crowds.items():
        if read[form] + len(keys) > CROWD and 10 * lists[form] < read[form] + 10:
            rest = keys[max(0, CROWD - read[form]):]
            out.leave("crowd", rest)
            out.capped.update((k, columns[k].ref.url) for k in rest[:1])


def _says(doc: Document) -> str:
    items = "\n".join(i.title for i in doc.items)
    return hashlib.sha256(f"{doc.title}\n{doc.text}\n{items}".encode("utf-8", "replace")).hexdigest()


def _copies(links: Mapping[str, tuple[str, str]], sources: Mapping[str, set[str]], pages: Mapping[str, PageFact], out: Trapped) -> None:
    """Addresses that differ in a value which is new on every page, where the ones fetched say the same."""
    groups: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for key, (url, title) in links.items():
        if "?" not in url:
            continue
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        for n, (name, value) in enumerate(pairs):
            rest = "&".join(f"{k}={v}" for m, (k, v) in enumerate(pairs) if m != n)
            groups[(f"{parts.netloc}{parts.path}?{rest}", name, title)].append((key, value))
    for members in groups.values():
        if len(members) < FRESH_VALUES:
            continue
        alone = sum(len(sources.get(key, ())) <= 1 for key, _ in members)
        if alone < 0.9 * len(members):
            continue
        read = Counter(_says(p.doc) for key, _ in members if (p := pages.get(key)) is not None and p.doc is not None)
        if read and max(read.values()) >= COPIES:
            out.leave("session", (key for key, _ in members if key not in pages))


def _grown(addresses: Mapping[str, str], pages: Mapping[str, PageFact], out: Trapped) -> None:
    """Folders within themselves, /a/b/a/b/a/: links that are relative to wherever they stand lead so for ever."""
    read = {k for k, p in pages.items() if p.doc is not None and p.doc.kind.readable}
    grown = {k: u for k, u in addresses.items() if k not in read and k not in out.left and folded(u)}
    out.leave("growing", grown)
    out.capped.update(sorted(grown.items())[:1])


@lru_cache(maxsize=1 << 15)
def folded(url: str) -> bool:
    """Whether one folder's name stands in an address more than twice; numbers may."""
    names = Counter(x for x in urlsplit(url).path.split("/")[:-1] if x and not x.isdigit())
    return any(n > FOLDS for n in names.values())


def _echoes(keys: Iterable[str], sources: Mapping[str, set[str]], pages: Mapping[str, PageFact], out: Trapped) -> None:
    """What is linked only on pages that say, word for word and link for link, what others say: those led there already."""
    alike: dict[tuple[object, ...], list[PageFact]] = defaultdict(list)
    for page in pages.values():
        if page.doc is not None and page.doc.links:
            alike[(page.doc.title, len(page.doc.text), len(page.doc.links), len(page.doc.items))].append(page)
    echoes: set[str] = set()
    for some in alike.values():
        if len(some) <= COPIES:
            continue
        same: dict[str, list[PageFact]] = defaultdict(list)
        for page in some:
            assert page.doc is not None
            same[_says(page.doc) + "\n".join(x.anchor for x in page.doc.links)].append(page)
        for group in same.values():
            echoes |= {p.key for p in sorted(group, key=lambda p: (len(p.ref.url), p.ref.url))[COPIES:]}
    if echoes:
        out.leave("echo", (k for k in keys if k not in pages and sources.get(k) and sources[k] <= echoes))


def _chains(columns: Mapping[str, Column], sources: Mapping[str, set[str]], pages: Mapping[str, PageFact], out: Trapped) -> None:
    """Nameless columns of one form that are each found only on another of that form."""
    depth: dict[str, int] = {}
    same = {k: shape(c.ref.url) for k, c in columns.items() if nameless(c)}
    inner = {k: {s for s in sources.get(k, ()) if same.get(s) == form} for k, form in same.items()}
    roots = [k for k in same if len(inner[k]) < len(sources.get(k, ())) or not sources.get(k)]
    leads: dict[str, set[str]] = defaultdict(set)
    for key, found_on in inner.items():
        for source in found_on:
            leads[source].add(key)
    depth.update(dict.fromkeys(roots, 0))
    while roots:
        following = {k for r in roots for k in leads[r] if k not in depth}
        depth.update({k: 1 + min(depth[s] for s in inner[k] if s in depth) for k in following})
        roots = sorted(following)
    forms: dict[str, list[str]] = defaultdict(list)
    for key, level in depth.items():
        if level > CHAIN:
            forms[same[key]].append(key)
    for form, deep in forms.items():
        members = [pages[k].doc for k, f in same.items() if f == form and k in pages]
        empty = sum(d is not None and not any(i.date for i in d.items) for d in members)
        fresh = [k for k in deep if k not in pages]
        if empty >= EMPTY and empty == len(members):
            out.leave("calendar", fresh)


def list_path(doc: Document) -> tuple[str, ...]:
    """What the pages of one list have in common."""
    return doc.column or (doc.title,)


def rounds(lists: Iterable[PageFact]) -> tuple[Counter[tuple[str, ...]], set[str]]:
    """(pages read of each list, keys of pages that give the same entries as others of their list: it goes round)."""
    length: Counter[tuple[str, ...]] = Counter()
    same: dict[tuple[tuple[str, ...], frozenset[str]], list[str]] = defaultdict(list)
    for page in lists:
        if page.doc is None:
            continue
        path = list_path(page.doc)
        length[path] += 1
        if page.doc.items and page.doc.next_pages:
            same[(path, frozenset(i.ref.url + i.title for i in page.doc.items))].append(page.key)
    return length, {k for keys in same.values() if len(keys) >= ROUND for k in keys}
