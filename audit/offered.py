"""Files that pages offer: which could be read, which could not and why, and who offers a file."""

from __future__ import annotations

from audit.dating import CHINA
from audit.survey import Survey
from db.facts import PageFact
from db.words import Kind, PageRef, Reason

FILES = 12  # of one page, looked into


def read_files(survey: Survey, page: PageFact) -> list[PageFact]:
    """The page's attachments that could be read."""
    assert page.doc is not None
    found = (survey.resolve(PageRef(a.url), standing=True)[0] for a in page.doc.attachments[:FILES])
    return [f for f in found if f is not None and f.doc is not None and f.doc.kind is Kind.ATTACHMENT]


def carriers(survey: Survey, page: PageFact) -> list[PageFact]:
    """The pages read that offer a file."""
    if survey.offered is None:
        survey.offered = {}
        for p in survey.facts.pages.values():
            for file in p.doc.attachments if p.doc is not None else ():
                survey.offered.setdefault(survey.key(PageRef(file.url)), []).append(p)
    return survey.offered.get(page.key, [])


def linked(survey: Survey, page: PageFact) -> bool:
    """Whether any page read leads to it, as an entry, a link or a frame."""
    if page.key in survey._links:
        return True
    if survey.targets is None:
        docs = [p.doc for p in survey.facts.pages.values() if p.doc is not None]
        survey.targets = {survey.key(PageRef(x.target)) for d in docs for x in d.links} | {survey.key(f) for d in docs for f in d.frames}
    return page.key in survey.targets


def unread_files(survey: Survey, page: PageFact) -> list[tuple[str, Reason]]:
    """Its attachments that could not, each with the reason."""
    assert page.doc is not None
    out = []
    for file in page.doc.attachments[:FILES]:
        got, reason, _ = survey.resolve(PageRef(file.url), standing=True)
        if got is not None and got.doc is not None and got.doc.kind is not Kind.ATTACHMENT:
            reason = Reason.HTML_INSTEAD
        elif got is not None:
            continue
        out.append((file.name or file.url, reason or Reason.NOT_FETCHED))
    return out


def gone_file_days(survey: Survey, page: PageFact) -> int:
    """On how many days its files were asked for and not there."""
    assert page.doc is not None
    days = set()
    for file in page.doc.attachments[:FILES]:
        known = survey.facts.pages.get(survey.key(PageRef(file.url)))
        days |= {f.at.astimezone(CHINA).date() for f in known.fetches} if known is not None and known.good is None else set()
    return len(days)
