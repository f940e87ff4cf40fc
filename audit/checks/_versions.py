"""What checks of a standing list begin with: is there one, and when was it new."""

from __future__ import annotations

import re
from datetime import date

from pydantic import Field

from audit.checks._absence import absent, declared_none, excused
from audit.checks._ask import Asks, asked, opening
from audit.dating import CHINA
from audit.duty import Duty, day
from audit.model import Finding
from audit.searched import Search
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import PageFact
from db.words import Fault, Question, Reason, Status

SHOWN, CHANGED = "所示日期", "看到内容变化"
HEAD = 2000  # characters in which a text names its version
_VERSION = re.compile(r"(20\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?(?:版|修订|调整|更新|公布)")


class AsksSince(Asks):
    """See _ask.Asks. since: month and day of the year held; ``-1 11-01`` is 1 November of the year before."""

    since: str = Field(pattern=r"^(?:[+-]\d )?\d\d-\d\d$")


def newer(params: AsksSince, duty: Duty) -> tuple[Question, ...]:
    """A version dated since: while one may stand where nothing was read yet, no older one is the newest."""
    return asked(params, duty, since=day(params.since, duty.year))


def standing(view: SiteView, params: Asks, duty: Duty, nothing: str) -> Finding | tuple[list[PageFact], str, tuple[Search, ...]]:
    """(pages of the list, how it is called, searches), or why there is none to judge. nothing: what that means, 无从核对."""
    if (no := excused(view, duty)) is not None:
        return no
    wanted, what, searches = opening(view, params, duty)
    said = next((s for q in wanted if (s := declared_none(view, q)) is not None), None)
    if said is not None:
        return Finding(Status.NOT_APPLICABLE, Reason.DECLARED_NONE, f"该单位声明无此类事项：“{said.title}”", (said,), searches)
    pages = [p for q in wanted for p in view.answers(q)]
    if pages:
        return pages, what, searches
    if any(view.entrances(q) for q in wanted):
        words = f"只有通往另一系统的入口，该系统未读，不能判定{what}是否调整"
        return Finding(Status.UNKNOWN, Reason.ENTRANCE_ONLY, words, tuple(view.evidence(p) for q in wanted for _, p in view.entrances(q)[:1]), searches,
                       blame=Fault.OURS)
    found = absent(view, duty, wanted, what)  # its absence is another indicator's; one that could not be seen is no absence
    if found.status is Status.UNKNOWN and found.reason is not Reason.FACT_UNSET:  # with or without the duty, there is no list to judge
        words = f"未能判定{what}是否调整：{REASONS[found.reason]}"
        return Finding(found.status, found.reason, words, found.evidence, found.searches, blame=found.blame)
    return Finding(Status.NOT_APPLICABLE, Reason.ABSENT, f"没有{what}{nothing}", found.evidence, found.searches)


def versions(view: SiteView, page: PageFact) -> list[tuple[date, str]]:
    """Days on which the page was new: as it shows, as its text names, as we saw its content change."""
    when = view.survey.dated(page)
    found = [(when.day, SHOWN)] if when.day is not None and when.claimed and not when.bulk else []
    for m in _VERSION.finditer(view.text_of(page)[:HEAD]):
        try:
            found.append((date(int(m[1]), int(m[2] or 12), int(m[3] or 28)), f"文中“{m[0]}”"))
        except ValueError:
            continue
    found += [(s.first_at.astimezone(CHINA).date(), CHANGED) for s in page.sightings[1:]]
    return found
