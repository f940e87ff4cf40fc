"""What is probed of each site, from what the crawl stored: its home page after redirects, its links, what its pages say.

robots.txt as stored is obeyed: what it forbids is not asked for here either. Where it could not be read no link is followed; the home page
alone is still asked for, once a run, for whether a site answers at all is what is to be learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from audit.sitesearch import of_site
from audit.survey import Survey
from crawler.probe.identity import marks
from crawler.probe.run import Subject
from db.archive import Archive
from db.errors import ArchiveError
from db.facts import PageFact, SiteFacts
from db.queries import site_facts
from db.urls import host_of, page_key
from db.words import Kind, PageRef, Reason, Site
from spiders.robots import Robots

_HOPS = 5
_PARENTS = 40  # pages of the second level whose links make the third


def subjects(session: Session, archive: Archive, rows: Sequence[Site], now: datetime, only: frozenset[str]) -> list[Subject]:
    """One a site."""
    stored = only & {"links", "search", "identity"}
    return [_subject(site_facts(session, site, now), archive, stored) for site in rows]


def _subject(facts: SiteFacts, archive: Archive, stored: frozenset[str]) -> Subject:
    url, home = _home(facts)
    rules: dict[str, Robots] = {}

    def allowed(target: str) -> bool:
        origin = "/".join(target.split("/")[:3])
        if origin not in rules:
            rules[origin] = _robots(facts, archive, origin)
        return rules[origin].refuses(target) is None

    refused = _robots(facts, archive, "/".join(url.split("/")[:3])).refuses(url)
    barred = refused.value if refused is Reason.ROBOTS else ""
    more: list[tuple[str, dict[str, Any]]] = []
    second: tuple[str, ...] = ()
    third: tuple[str, ...] = ()
    outside: tuple[tuple[str, str], ...] = ()
    if "links" in stored and home is not None and home.doc is not None:
        second, outside = _links(facts, [home], allowed)
        known = [p for u in second if (p := facts.pages.get(page_key(PageRef(u)))) is not None and p.doc is not None]
        deeper, _ = _links(facts, [p for p in known if p.doc is not None and p.doc.kind is not Kind.DETAIL][:_PARENTS], allowed)
        third = tuple(u for u in deeper if u not in set(second))
    if "identity" in stored:
        more.append(("identity.home", _identity(home, archive)))
    if "search" in stored:
        more.append(("search.home", _search(facts)))
    return Subject(facts.site.id, url, second, third, outside, barred, tuple(more))


def _home(facts: SiteFacts) -> tuple[str, PageFact | None]:
    """The home page's address after its redirects, and the page where it was read."""
    url = facts.site.hosts[0].url + "/"
    page = None
    for _ in range(_HOPS):
        page = facts.pages.get(page_key(PageRef(url)))
        if page is None or page.last is None or not page.last.redirected_to:
            break
        url = page.last.redirected_to
    return url, page


def _robots(facts: SiteFacts, archive: Archive, origin: str) -> Robots:
    """What the stored robots.txt of a host allows; all where none was ever asked for."""
    page = facts.pages.get(page_key(PageRef(f"{origin}/robots.txt")))
    if page is None or page.last is None:
        return Robots()
    status = page.last.status
    if status is None:
        return Robots(unreadable=True)
    return Robots.of(status, _bytes(page, archive)[0])


def _bytes(page: PageFact, archive: Archive) -> tuple[bytes, str]:
    """The newest bytes of a page with their content type, empty where none can be had."""
    fetch = page.read
    if fetch is None or not fetch.warc:
        return b"", ""
    file, _, offset = fetch.warc.rpartition(":")
    try:
        record = archive.read(file, int(offset))
    except ArchiveError:
        return b"", ""
    return record.body, next((v for k, v in record.headers if k.lower() == "content-type"), "")


def _links(facts: SiteFacts, pages: Sequence[PageFact], allowed: Any) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Links of some pages, (on the site's own hosts and allowed, to others with their words), each once, by address."""
    own: set[str] = set()
    other: dict[str, str] = {}
    for page in pages:
        assert page.doc is not None
        for link in page.doc.links:
            if not link.target.startswith("http") or link.target == page.ref.url:
                continue
            if facts.site.host_named(host_of(link.target)) is None:
                other.setdefault(link.target, (link.title or link.anchor)[:60])
            elif allowed(link.target):
                own.add(link.target.split("#")[0])
    return tuple(sorted(own)), tuple(sorted(other.items()))


def _identity(home: PageFact | None, archive: Archive) -> dict[str, Any]:
    body, kind = _bytes(home, archive) if home is not None else (b"", "")
    if home is None or not body or home.doc is None or not home.doc.kind.readable:
        return {"answer": "not_read"}
    fetch = home.read
    assert fetch is not None
    return {**marks(body, kind), "url": home.ref.url, "sha256": fetch.sha256, "fetched": fetch.at.isoformat(), "warc": fetch.warc}


def _search(facts: SiteFacts) -> dict[str, Any]:
    """Whether the site's own search found a title that is known to be there: works, finds_nothing, none (no search was
    seen), not_asked (no title to prove it by), failed, not_read (no page of the site)."""
    survey = Survey.of(facts)
    found, why = of_site(survey)
    if found is None:
        docs = [p.doc for p in facts.pages.values() if p.doc is not None and survey.inside(p.ref.url)]
        if not any(d.kind.readable for d in docs):
            return {"answer": "not_read", "why": "not_fetched"}
        return {"answer": "not_asked" if any(d.search for d in docs) else "none", "why": why}
    ref = found.ask(found.title)
    value: dict[str, Any] = {"address": ref.url, "title": found.title, "host": urlsplit(ref.url).netloc}
    if not survey.was_fetched(survey.key(ref)):
        return {"answer": "not_asked", **value}
    page, reason, at = survey.resolve(ref)
    if page is None:
        return {"answer": "failed", "why": (reason.value if reason is not None else ""), **value}
    fetch = page.read or page.last
    return {"answer": "works" if found.finds_it(survey, page) else "finds_nothing", **value, "fetched": at.isoformat() if at else "",
            "sha256": fetch.sha256 if fetch else None, "warc": fetch.warc if fetch else None}
