"""What checks that look for a document ask: a category, of a subject year counted from the edition's, of a session."""

from __future__ import annotations

from datetime import date

from pydantic import Field, field_validator

from audit.classify import categories
from audit.duty import Duty
from audit.model import Parameters
from audit.searched import Search
from audit.view import SiteView
from db.words import Level, Needs, Question, Reason, SearchState


class Asks(Parameters):
    """category: an id of categories.toml; also: further ones whose pages will do as well. subjects: years counted from the edition's (0 its own, -1 the year before),
    any of which will do; none = any year. naming: by level, words of which the page must name one (a session);
    naming_fact: the row's fact that holds the word where the level has none; naming_else: words where neither is known.
    in_year: published within the year whose duties are held. what: how the thing is called in the finding.
    """

    category: str
    also: tuple[str, ...] = ()
    subjects: tuple[int, ...] = ()
    naming: dict[Level, tuple[str, ...]] = Field(default_factory=dict)
    naming_fact: str | None = None
    naming_else: tuple[str, ...] = ()
    in_year: bool = False
    what: str = ""

    @field_validator("category", "also")
    @classmethod
    def _known(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for name in (value,) if isinstance(value, str) else value:
            if name not in categories():
                raise ValueError(f"no category {name}; `gongkai categories` lists them")
        return value

    def words(self, duty: Duty) -> tuple[str, ...]:
        """The words of which a page must name one at this site."""
        given = self.naming.get(duty.site.level)
        fact = duty.site.facts.get(self.naming_fact) if self.naming_fact else None
        return given or ((str(fact.value),) if fact is not None else self.naming_else)

    def name(self, duty: Duty) -> str:
        """``2019年度重大行政决策目录``."""
        what = self.what or categories()[self.category].zh
        if self.in_year:
            return f"{duty.year}年内发布的{what}"
        return f"{duty.year + self.subjects[0]}年度{what}" if self.subjects else what


def opening(view: SiteView, params: Asks, duty: Duty) -> tuple[tuple[Question, ...], str, tuple[Search, ...]]:
    """What every check of a document begins with: its questions, how the thing is called, the searches as they stand."""
    wanted = asked(params, duty)
    return wanted, params.name(duty), tuple(view.search(q) for q in wanted)


def rest(params: Asks, duty: Duty) -> tuple[Question, ...]:
    """All documents, where the first that answers may lack what another holds."""
    return asked(params, duty, needs=Needs.ALL)


def unread_rest(view: SiteView, params: Asks, duty: Duty) -> Reason | None:
    """Why another document may hold what those that were read lack; None where all were read."""
    for question in rest(params, duty):
        search = view.search(question)
        if search.state is not SearchState.EXHAUSTED:
            return search.reason or Reason.NOT_SEARCHED
    return None


def asked(params: Asks, duty: Duty, **window: object) -> tuple[Question, ...]:
    """One question: any of the categories, of any of the subject years."""
    naming = params.words(duty)
    if params.in_year:
        window = {"since": date(duty.year, 1, 1), "until": date(duty.year, 12, 31), **window}
    years = [duty.year + s for s in params.subjects]
    return (duty.question(params.category, years[0] if years else None, naming=naming, also=params.also,
                          or_years=tuple(years[1:]), **window),)
