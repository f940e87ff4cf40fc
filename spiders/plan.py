"""What a night asks of a site, and what to fetch next for it: the editions' questions, merged into one order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from audit.edition import Edition, questions
from audit.search import Want, state
from audit.survey import Survey
from db.facts import SiteFacts
from db.urls import page_key
from db.words import Needs, Question, Site

VOTE, VOTES = 0.05, 2.0  # what each further question that one page can settle adds to a page's worth, and the most that they add


@dataclass(frozen=True, slots=True)
class Step:
    """A page to fetch and the question that wants it most.

    hops: redirects that led to it; tries: asked in vain before; worth: its priority, and what other questions add to it.
    """

    want: Want
    question: str
    hops: int = 0
    tries: int = 0
    worth: float = 0.0


def questions_of(editions: list[tuple[Edition, int | None]], site: Site, today: date) -> tuple[Question, ...]:
    """Every question that the editions ask of a site, each once."""
    found: dict[Question, None] = {}
    for edition, year in editions:
        for question in questions(edition, year or edition.year_at(today), site, today):
            found[question] = None
    return tuple(sorted(found, key=lambda q: q.key))


def steps(facts: SiteFacts, asked: tuple[Question, ...], fresh_since: datetime, survey: Survey | None = None,
          retry_since: datetime | None = None) -> list[Step]:
    """What is wanted, best first; a page that several questions want comes sooner.

    fresh_since: lists seen before it are looked at again; retry_since: what failed before it is tried again.
    """
    survey = survey or Survey.of(facts)
    best: dict[str, Step] = {}
    votes: dict[str, float] = {}
    for question in asked:
        search = state(facts, question, fresh_since=fresh_since, retry_since=retry_since, survey=survey)
        vote = VOTE if question.needs is Needs.ONE else 0.0
        for want in search.wanted:
            key = page_key(want.ref)
            votes[key] = min(VOTES, votes.get(key, 0.0) + vote)
            if key not in best or want.priority > best[key].want.priority:
                best[key] = Step(want, question.key)
    ranked = (replace(s, worth=s.want.priority + votes[k]) for k, s in best.items())
    return sorted(ranked, key=lambda s: (-s.worth, s.want.ref.url, s.want.ref.payload))
