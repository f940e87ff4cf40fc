"""Links of a site before anyone has read what they lead to: which look like columns, which like answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from audit.classify import THRESHOLD, categories, classify, is_a
from db.facts import PageFact
from db.urls import canonical, page_key
from db.words import Kind, Label, PageFacts, PageRef

LISTLIKE = re.compile(r"/$|/(?:index|list|default)[\w\-]*\.\w+$|/col/col\d+|/channels?/|[?&](?:column|channel|cat|typeid|lm)\w*=", re.I)
DETAILLIKE = re.compile(r"/t?20\d{6}_|/art/\d{4}/|/content[/_]|/info/\d+/|/20\d\d/\d{1,3}/|[0-9a-f]{32}|/detail", re.I)
DULL = re.compile(r"^(?:登录|注册|English|繁體?版?|简体|无障碍.*|长者.*|RSS|设为首页|加入收藏|返回.*|打印|关闭|更多.*|下一页|上一页|首页|尾页|末页|手机版|适老.*|搜索|\d+|[>»<«]+)$", re.I)
MORE = re.compile(r"^[\[【(（]?(?:查看)?(?:更多|more).{0,4}$", re.I)
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|jpe?g|png|gif|mp[34]|css|js)$", re.I)
GAP = "{words}"  # of the address of a site's own search


@lru_cache(maxsize=1 << 16)
def labels_for(title: str, column: tuple[str, ...]) -> tuple[Label, ...]:
    """Labels of a link by its words and the column it stands in."""
    return classify(PageFacts(title=title, column=column))


@lru_cache(maxsize=1 << 14)
def column_labels_for(path: tuple[str, ...]) -> tuple[Label, ...]:
    """Labels of a column's path."""
    return classify(PageFacts(column=path))


def other_names(address: str) -> list[str]:
    """The same folder's page under its other name: /x/ and /x/index.html."""
    url = canonical(address)
    stem = re.sub(r"(?:index|default)\.(?:s?html?|jsp|aspx?|php)$", "", url)
    ends = ("index.html", "index.htm", "index.shtml", "index.jsp") if url.endswith("/") else ()
    return [stem] if stem != url else [url + n for n in ends]


def fits(label: str, category: str) -> bool:
    """A column of this label may hold pages of the category: the same, a child, or a parent."""
    return is_a(label, category) or is_a(category, label)


@dataclass(frozen=True, slots=True)
class Column:
    """A link that looks like one to a column."""

    ref: PageRef
    name: str
    path: tuple[str, ...]
    labels: tuple[Label, ...]

    @property
    def hub(self) -> bool:
        """Leads on into disclosure."""
        return any(x.category in ("disclosure_portal", "disclosure_catalogue") and x.score >= 0.5 for x in self.labels[:1])

    @property
    def catch_all(self) -> bool:
        """May hold anything."""
        return any(categories()[x.category].catch_all and x.score >= 0.5 for x in self.labels[:1])

    @property
    def unlabelled(self) -> bool:
        """Its name says nothing."""
        return self.labels[0].score < 0.5

    def fits(self, category: str) -> bool:
        """Its own label or that of its path fits."""
        return any(fits(x.category, category) and x.score >= 0.5 for x in self.labels)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link whose words or place say that it may answer."""

    ref: PageRef
    title: str
    column: tuple[str, ...]
    date: str | None
    score: float
    own: bool = False  # its words alone name the category


def results_of(searches: Iterable[str], ref: PageRef) -> bool:
    """Whether a page holds results of one of the site's searches: of a form that posts, or at an address with a gap."""
    for address in searches:
        where, _, body = address.partition("\n")
        if (ref.method == "POST" and ref.url == where) if body else ref.url.startswith(where.split(GAP)[0]):
            return True
    return False


def captured_as(pages: Mapping[str, PageFact], ref: PageRef) -> PageFact | None:
    """In a capture, which no one can complete: the same folder under its other name, /x/ and /x/index.html."""
    return next((p for n in other_names(ref.url) if (p := pages.get(page_key(PageRef(n)))) is not None), None)


def labels_with(page: PageFact, title: str, path: tuple[str, ...]) -> tuple[Label, ...]:
    """A page's labels, helped by the link that led to it: its words, and the column of the list that holds it."""
    doc = page.doc
    assert doc is not None
    if doc.kind is Kind.ATTACHMENT and title:
        return labels_for(title if len(title) > 4 else doc.title, path)
    if title and doc.kind is Kind.DETAIL and doc.title and doc.column in ((), path) and not set(title) & set(doc.title):
        return labels_for(doc.title, ())  # nothing of what the link said: another page, whatever the column
    if not path or not page.labels or path == doc.column or page.labels[0].score >= THRESHOLD:
        return page.labels
    linked = labels_for(doc.title, path)
    if not doc.column:
        return linked
    # a page's own path may end at 正文 or name a parent only: the list's confirms what the page says, and says nothing in its place
    agree = bool(linked) and linked[0].category in {x.category for x in page.labels} and linked[0].score > page.labels[0].score
    return linked if agree else page.labels
