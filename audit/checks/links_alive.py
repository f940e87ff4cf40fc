"""Do the links and files of the site open? Counts those that were gone (404, 410, an error page) on ``looks`` days.

pass: fewer than ``at``. partial: so many or more, each cited with the days. unknown: too few links were followed, or gone on one day only.
What timed out or was refused is no dead link. Pictures are not fetched by the crawl and not judged.
"""

from __future__ import annotations

from audit.dating import CHINA
from audit.duty import Duty
from audit.model import Finding, Parameters
from audit.view import SiteView
from db.facts import PageFact
from db.words import Fault, Outcome, PageRef, Question, Reason, Status

_SHOWN = 6
_GONE = (Reason.GONE, Reason.HTML_INSTEAD)

NEEDS: tuple[()] = ()  # what is read anyway


class Params(Parameters):
    """at: dead links that are spoken of. pages: links that must have been followed."""

    at: int = 1
    looks: int = 2
    pages: int = 10


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of its own."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    linked: set[str] = set()
    for p in view.facts.pages.values():
        if p.doc is not None and not p.misses and view.survey.inside(p.ref.url):
            linked |= {view.survey.key(PageRef(x.url)) for x in p.doc.attachments}
            linked |= {view.survey.key(i.ref) for i in p.doc.items}
            linked |= {view.survey.key(PageRef(x.target)) for x in p.doc.links if view.survey.inside(x.target)}
    tried = [p for k, p in view.facts.pages.items() if k in linked and p.last is not None]
    answered = [p for p in tried if p.last is not None and (p.last.outcome in (Outcome.OK, Outcome.NOT_MODIFIED, Outcome.REDIRECT))]
    if len(answered) < params.pages:
        return Finding(Status.UNKNOWN, Reason.TOO_FEW, f"只打开过{len(answered)}个链接，不足{params.pages}个", blame=Fault.OURS)
    dead = [(p, _days(p)) for p in answered if p.last is not None and p.last.reason in _GONE]
    sure = [(p, n) for p, n in dead if n >= params.looks]
    shown = tuple(view.evidence(p, f"{n}日均打不开") for p, n in (sure or dead)[:_SHOWN])
    if len(sure) >= params.at:
        return Finding(Status.PARTIAL, Reason.DEAD_LINKS, f"打开过的{len(answered)}个链接和附件中，{len(sure)}个连续打不开", shown, count=len(sure))
    if len(dead) >= params.at:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"{len(dead)}个链接或附件当日打不开，须另一日再看", shown, count=len(dead))
    good = next(p for p in answered if p.good is not None)
    return Finding(Status.PASS, Reason.IN_ORDER, f"打开过的{len(answered)}个链接和附件中，打不开的{len(dead)}个", (view.evidence(good),), count=len(dead))


def _days(page: PageFact) -> int:
    """On how many days since it last opened it was gone."""
    return len({f.at.astimezone(CHINA).date() for f in page.misses if f.reason in _GONE})
