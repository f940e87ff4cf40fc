"""The site's own search: asked for the category's words, once it has found a title that is known to be there.

A broken, barred or foreign one is put on record and not needed (DESIGN.md, How a question is closed, 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from audit.classify import categories
from audit.links import GAP
from audit.survey import Survey
from db.facts import PageFact
from db.words import Kind, PageRef

WORDS = 2  # queries a category: its name and the commonest name of its column


@dataclass(frozen=True, slots=True)
class SiteSearch:
    """address: with a gap for the words, which lies in its second line where the form posts; known: a read page of the site
    by which the search is proved."""

    address: str
    known: PageFact

    def ask(self, words: str) -> PageRef:
        """The page of results for some words."""
        address, _, body = self.address.partition("\n")
        if body:
            return PageRef(address, "POST", body.replace(GAP, quote(words)).encode(), "application/x-www-form-urlencoded")
        return PageRef(address.replace(GAP, quote(words)))

    @property
    def title(self) -> str:
        """The title that must be found."""
        return self.known.doc.title if self.known.doc is not None else ""

    def finds_it(self, survey: Survey, page: PageFact) -> bool:
        """Whether the results for the known title lead to its page."""
        assert page.doc is not None
        return any(survey.key(PageRef(x.target)) == self.known.key for x in page.doc.links)


def of_site(survey: Survey) -> tuple[SiteSearch | None, str]:
    """The search of a site, or None with what is put on record instead."""
    if not any(r.stage == "crawl" for r in survey.facts.runs):
        return None, "存档中没有站内搜索"
    pages = survey.facts.pages.values()
    address = next((p.doc.search for p in pages if p.doc is not None and p.doc.search and survey.inside(p.ref.url)), "")
    if not address:
        return None, "没有可用的站内搜索"
    if not survey.inside(address.partition("\n")[0].replace(GAP, "")):
        return None, "站内搜索在其他网站上，未使用"
    known = sorted((p for p in pages if p.doc is not None and p.doc.kind is Kind.DETAIL and not p.misses
                    and survey.inside(p.ref.url) and 8 <= len(p.doc.title) <= 40), key=lambda p: p.ref.url)
    proofs = [SiteSearch(address, p) for p in known]
    # a title that was asked for once stays the proof, whatever is read later
    asked = next((s for s in proofs if survey.was_fetched(survey.key(s.ask(s.title)))), None)
    return (asked or proofs[0], "") if proofs else (None, "没有可用来验证站内搜索的标题")


def words_of(category: str) -> tuple[str, ...]:
    """What is asked for a category."""
    row = categories()[category]
    return tuple(dict.fromkeys((row.zh, *row.columns)))[:WORDS]
