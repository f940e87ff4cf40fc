"""SiteView: what is known of one site, as an audit at (as_of, observed_until) may use it. Checks see nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from audit.classify import THRESHOLD, is_a
from audit.dating import CHINA
from audit.duty import Duty
from audit.links import Candidate, column_labels_for
from audit.matching import against, whole_text
from audit.model import Evidence
from audit.search import Search, state
from audit.survey import Survey
from audit.years import years_in
from db.facts import PageFact, ProbeFact, SiteFacts
from db.words import Kind, Question, Reason, SearchState, Site

ALIKE = 8  # characters of a title, of words and figures only, by which its page is known again; lists cut longer ones short
EXCERPT = 120  # characters either side are enough to find the place on the page


def plain(text: str) -> str:
    """Words and figures only: lists and pages set marks and spaces as they please."""
    return re.sub(r"[\W_]+", "", text)


@dataclass(slots=True)
class SiteView:
    """facts_at gives the same site's facts as they stood at the end of an earlier run."""

    facts: SiteFacts
    survey: Survey
    facts_at: Callable[[datetime], SiteFacts]
    _searches: dict[Question, Search] = field(default_factory=dict)
    _earlier: dict[datetime, Survey] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: SiteFacts, facts_at: Callable[[datetime], SiteFacts] | None = None) -> SiteView:
        """The view of some facts; without facts_at no earlier run is asked."""
        return cls(facts, Survey.of(facts), facts_at or (lambda at: facts))

    @property
    def site(self) -> Site:
        """The row."""
        return self.facts.site

    def fact(self, name: str) -> bool | str | int | None:
        """What the row says of the body, None where it says nothing."""
        found = self.site.facts.get(name)
        return found.value if found is not None else None

    # -- searches ---------------------------------------------------------------------------------------------------

    def search(self, question: Question) -> Search:
        """The state of a question as things stand."""
        if question not in self._searches:
            self._searches[question] = state(self.facts, question, survey=self.survey)
        return self._searches[question]

    def absence(self, question: Question, duty: Duty) -> tuple[Search, Reason | None]:
        """The search that proves absence, with None; or the present one with the reason why nothing is proved.

        An exhausted search of an earlier run decides too: one that was stopped later undoes nothing.
        """
        now = self.search(question)
        low, high = duty.window
        if now.state is SearchState.EXHAUSTED:
            why = _outside(now, low, high)
            if why is None:
                return now, None
        else:
            why = now.reason or Reason.NOT_SEARCHED
        for at in self.ends_between(low, high):
            earlier = self.search_at(question, at)
            if earlier.state is SearchState.EXHAUSTED and _outside(earlier, low, high) is None:
                return earlier, None
        return now, why

    def latest(self, question: Question, duty: Duty) -> tuple[Search, Reason | None]:
        """The same for a question that wants the newest entries only: every fitting column's first page is enough."""
        search = self.search(question)
        if search.state in (SearchState.ANSWERED, SearchState.EXHAUSTED):
            return search, _outside(search, *duty.window)
        return search, search.reason or Reason.NOT_SEARCHED

    def search_at(self, question: Question, at: datetime) -> Search:
        """The state of a question as it stood at an earlier run's end."""
        return state(self._survey(at).facts, question, survey=self._survey(at))

    def ends_between(self, low: date, high: date) -> list[datetime]:
        """Ends of earlier runs on these days, newest first."""
        ends = {r.ended_at for r in self.facts.runs if r.ended_at is not None and r.stage != "probe"}
        newest = max((p.last.at for p in self.facts.pages.values() if p.last is not None), default=None)
        return sorted((e for e in ends if low <= e.astimezone(CHINA).date() <= high and newest is not None and e < newest),
                      reverse=True)[:6]

    def _survey(self, at: datetime) -> Survey:
        if at not in self._earlier:
            self._earlier[at] = Survey.of(self.facts_at(at))
        return self._earlier[at]

    # -- pages ------------------------------------------------------------------------------------------------------

    def labelled(self, question: Question) -> list[PageFact]:
        """Every read page of the question's categories, whether it counts or not."""
        found = {p.key: p for c in question.categories for p in self.survey.answering(c)}
        return list(found.values())

    def answers(self, question: Question) -> list[PageFact]:
        """The pages that answer, each document once, the earliest first."""
        found = [p for p in self.labelled(question) if against(self.survey, p, question) is None]
        single = [p for p in found if p.doc is not None and p.doc.kind is not Kind.LIST]
        found = single or found
        found.sort(key=lambda p: (self.survey.dated(p).day or date.max, p.doc is not None and p.doc.kind is Kind.ATTACHMENT,
                                  p.ref.url))
        seen: set[object] = set()
        out = []
        for page in found:
            same = page.sightings[-1].content_sha if page.sightings else page.key
            if same not in seen:
                out.append(page)
            seen.add(same)
        return out

    def near(self, question: Question) -> list[tuple[PageFact, Reason]]:
        """Pages of the category that do not count, each with the reason; and what was taken for it and is not."""
        out = []
        for page in self.labelled(question):
            why = against(self.survey, page, question)
            if why is not None:
                out.append((page, why))
        return sorted(out, key=lambda x: x[0].ref.url)

    def lookalikes(self, question: Question) -> list[PageFact]:
        """Details in columns of the category, or with its words, that are about something else."""
        out = []
        for page in self.facts.pages.values():
            doc = page.doc
            if doc is None or doc.kind is not Kind.DETAIL or page.misses:
                continue
            labels = self.survey.labels_of(page)
            if not labels or any(is_a(labels[0].category, c) for c in question.categories):
                continue
            placed = any(is_a(x.category, c) and x.score >= THRESHOLD for c in question.categories
                         for path in self.survey.columns_of(page) for x in column_labels_for(path)[:1])
            if placed or any(is_a(x.category, c) for x in labels[1:] for c in question.categories):
                out.append(page)
        return sorted(out, key=lambda p: (p.ref.url,))[:3]

    def dead_links(self, question: Question) -> list[tuple[Candidate, int, list[PageFact]]]:
        """Titles in lists whose page is gone: the link, on how many days it was, the pages that say so."""
        out = []
        columns = {self.survey.key(c.ref) for c in self.survey.columns}
        for link in (x for c in question.categories for x in self.survey.candidates(c, set())):
            if not link.own:
                continue
            page = self.facts.pages.get(self.survey.key(self.survey.behind(link.ref, standing=True)))
            if page is None or page.good is not None or not page.fetches:
                continue
            if page.doc is not None and page.doc.frames and page.key in columns:
                continue  # a column that leads to the folder it lies in is there
            days = {f.at.astimezone(CHINA).date() for f in page.fetches if f.reason is Reason.GONE}
            named = years_in(link.title)
            if days and (not question.years or not named or set(question.years) & set(named)):
                out.append((link, len(days), [page]))
        return out

    def astray(self, question: Question) -> list[tuple[Candidate, PageFact]]:
        """Dated titles in lists whose link opens a page that says nothing of them: 200 for an address that is not there."""
        out = []
        for link in (x for c in question.categories for x in self.survey.candidates(c, set())):
            named = years_in(link.title)
            if not link.own or not link.date or (question.years and named and not set(question.years) & set(named)):
                continue
            page = self.survey.resolve(link.ref, standing=True)[0]
            if page is None or page.doc is None or page.doc.kind is Kind.ATTACHMENT or page.doc.attachments or page.doc.frames:
                continue
            if plain(link.title)[:ALIKE] not in plain(page.doc.title + page.doc.text):
                out.append((link, page))
        return out

    def entrances(self, question: Question) -> list[tuple[Candidate, PageFact]]:
        """Links named like the category that lead to the front of another system and no further."""
        out = []
        for link in self.survey.outward:
            if not any(is_a(x.category, c) for x in column_labels_for((link.title,))[:1] for c in question.categories):
                continue
            page = self.survey.resolve(link.ref)[0]
            if page is not None and page.doc is not None and not any(
                    is_a(x.category, c) and x.score >= THRESHOLD for x in page.labels[:1] for c in question.categories):
                out.append((link, page))
        return out

    def text_of(self, page: PageFact) -> str:
        """Title, text and the text of its readable files."""
        return whole_text(self.survey, page)

    # -- evidence ---------------------------------------------------------------------------------------------------

    def evidence(self, page: PageFact, note: str = "", words: tuple[str, ...] = ()) -> Evidence:
        """A page as evidence. words: the passage shown is where one of them stands."""
        doc, fetch = page.doc, page.read or page.last
        when = self.survey.dated(page) if doc is not None else None
        return Evidence(
            doc.url if doc is not None and page.ref.method != "GET" else page.ref.url,
            self.survey.title_of(page) if doc is not None else "",
            when.day.isoformat() if when is not None and when.day is not None else None, when.by if when is not None else "",
            fetch.at if fetch is not None else None, fetch.sha256 if fetch is not None else None,
            fetch.warc if fetch is not None else None, excerpt(doc.text, words) if doc is not None else "", note,
            page.sightings[-1].content_sha if page.sightings else None)

    def newest_probes(self, kind: str) -> list[ProbeFact]:
        """Probe answers of a kind, oldest first."""
        return [p for p in self.facts.probes if p.kind == kind]


def _outside(search: Search, low: date, high: date) -> Reason | None:
    """Whether a search was made too early or too late to prove absence."""
    if search.oldest_at is None or search.newest_at is None:
        return Reason.NOT_SEARCHED
    if search.oldest_at.astimezone(CHINA).date() < low:
        return Reason.OBSERVED_TOO_EARLY
    return Reason.OBSERVED_TOO_LATE if search.newest_at.astimezone(CHINA).date() > high else None


def excerpt(text: str, words: tuple[str, ...]) -> str:
    """The passage around the first of the words (regular expressions), else the text's beginning."""
    at = 0
    for word in words:
        if m := re.search(word, text):
            at = max(0, m.start() - 40)
            break
    return re.sub(r"\s+", " ", text[at : at + EXCERPT * 2]).strip()
