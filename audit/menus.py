"""A column page that shows nothing but the site's menus was not read: what it holds is drawn by other ways.

Menus stand on many pages; what a column holds stands on its own page, or lies below it by its path. A page of which
neither can be found is no proof that the column is empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from audit.survey import Survey
from db.facts import PageFact
from db.words import Kind, Outcome, PageRef, Reason

MENU = 3  # lists that a page must lead to before it is called a menu
_MENUS = (Kind.HOME, Kind.PORTAL, Kind.LIST, Kind.QUERY)


def menu_only(survey: Survey, page: PageFact) -> bool:
    """Whether a portal or list shows no entry of its own: none dated, none found here alone, none that lies below it."""
    doc = page.doc
    if doc is None or doc.kind not in (Kind.PORTAL, Kind.LIST):
        return False
    if doc.empty_words or doc.claimed == 0 or doc.next_pages or doc.frames or any(i.date for i in doc.items):
        return False
    shared = _shared(survey)
    path = tuple(doc.column)
    for target in {survey.key(i.ref) for i in doc.items} | {survey.key(PageRef(x.target)) for x in doc.links}:
        below = survey.facts.pages.get(target)
        if shared[target] == 1 and target != page.key:
            return False
        if path and below is not None and below.doc is not None and below.key != page.key:
            column = tuple(below.doc.column)
            deeper = len(column) > len(path) if below.doc.kind in _MENUS else len(column) >= len(path)
            if deeper and column[: len(path)] == path:
                return False
    return True


def is_menu(survey: Survey, page: PageFact) -> bool:
    """A hub by the link that leads to it, whose links lead to lists that were read: a menu, whatever its head says."""
    assert page.doc is not None
    hub = any(c.hub and survey.key(c.ref) == page.key for c in survey.columns)
    read = {p.key for p in survey.lists if p.doc is not None and (p.doc.items or p.doc.empty_words)}
    return hub and len({survey.key(PageRef(x.target)) for x in page.doc.links} & read) >= MENU


def unwritten(page: PageFact) -> bool:
    """Whether a page leaves its menu to scripts that no browser has run yet."""
    return page.doc is not None and page.doc.unwritten and not any(f.rendered for f in page.fetches)


def lost(survey: Survey, lists: Iterable[str]) -> dict[str, Reason]:
    """Pages in the folders of some lists that were asked for, never read, and that nothing names any more; with the reason.

    They were taken off since: what they held nobody knows, so nothing can be said to have been missing. lists: keys of pages.
    """
    # asked of every question of every plan: most sites have no such page, and then nothing else is looked at
    unread = {p.ref.url: p.last.reason for p in survey.facts.pages.values()
              if p.doc is None and p.last is not None and p.last.outcome is Outcome.FAILED
              and p.last.reason not in (None, Reason.GONE) and p.key not in survey._links}
    if not unread:
        return {}
    every = {_folder(p) for p in survey.lists}
    folders = {f for f in (_folder(survey.facts.pages[k]) for k in lists)
               if f.count("/") > 3 and not any(g != f and g.startswith(f) for g in every)}  # of columns, not of all that lies below a hub
    starts = tuple(folders | {stem for f in folders if (stem := _stem(f))})
    return {url: reason for url, reason in unread.items() if reason is not None and url.startswith(starts)}


def _folder(page: PageFact) -> str:
    return page.ref.url.split("?")[0].rsplit("/", 1)[0] + "/"


def _stem(folder: str) -> str:
    """Of a folder that is one of several of its column, as in /jxpj-zfxxgk/ beside /jxpj-nr/: what they have in common; else empty.

    >>> _stem("http://a.example/zhengwu/jxpj-zfxxgk/"), _stem("http://a.example/xxgk/")
    ('http://a.example/zhengwu/jxpj-', '')
    """
    above, _, name = folder.rstrip("/").rpartition("/")
    first, dash, _ = name.partition("-")
    return f"{above}/{first}-" if dash and len(first) > 2 else ""


def _shared(survey: Survey) -> Counter[str]:
    """On how many pages of the site each address is linked."""
    if survey.shared is None:
        survey.shared = Counter(target for page in survey.facts.pages.values() if page.doc is not None and page.doc.kind in _MENUS
                                for target in {survey.key(PageRef(x.target)) for x in page.doc.links})
    return survey.shared
