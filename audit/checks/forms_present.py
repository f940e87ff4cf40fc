"""Are documents of a category given in a form beside plain text: pictures, video, sound, animation?

Why: task after task asks for 图示图解、音频视频、动漫; one document in one such form shows that it is done.
pass: at least ``at_least`` of the ``forms`` occur, by the words of titles or the kinds of files that pages offer or link.
partial: some, but fewer.
fail: documents of the category were read to the end, and none has any form.
unknown: not all could be read; or a page without text may itself be a picture, which is not looked into.
not_applicable: the row's fact says that the body has no such thing.

Example:
  check = "forms_present"
  params = { category = "policy_interpretation", in_year = true, forms = [{ name = "图解", any = ["图解", "一图读懂"] }] }
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pydantic import Field

from audit.checks._absence import absent, excused
from audit.checks._ask import Asks
from audit.checks._elements import Element
from audit.checks._gather import complete, every, gather, not_all
from audit.duty import Duty
from audit.model import Finding
from audit.view import SiteView
from db.facts import PageFact
from db.words import Fault, Needs, Question, Reason, Status

NEEDS = (Needs.ALL,)

THIN = 60  # characters of text below which a page may be one picture


class Form(Element):
    """name: as the rule calls it. any: regular expressions for titles. files: extensions of files that are this form."""

    files: tuple[str, ...] = ()


class Params(Asks):
    """See the module and _ask.Asks."""

    forms: tuple[Form, ...] = Field(min_length=1)
    at_least: int = Field(1, ge=1)


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """All documents: any of them may have the form."""
    return (every(params, duty),)


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    got, what = gather(view, every(params, duty), duty), params.name(duty)
    seen: dict[str, PageFact] = {}
    for page in got.pages:
        for form in params.forms:
            if form.name not in seen and _has(view, page, form):
                seen[form.name] = page
    shown = tuple(view.evidence(p, f"形式：{name}") for name, p in seen.items())
    if len(seen) >= params.at_least:
        return Finding(Status.PASS, Reason.PUBLISHED, f"{what}有{'、'.join(seen)}形式", shown, (got.search,), count=len(seen))
    search, why = complete(view, got, duty)
    if why is not None:
        return Finding(Status.UNKNOWN, why, not_all(what, why, len(got.pages)), shown, (search,), count=len(seen))
    if not got.pages:
        return absent(view, duty, (got.question,), what)
    pictures = [p for p in got.pages if p.doc is not None and len(p.doc.text) < THIN and p not in seen.values()]
    if pictures:
        return Finding(Status.UNKNOWN, Reason.NOT_VISIBLE, f"{what}中有{len(pictures)}份没有文字，可能是图片，未能辨认形式",
                       tuple(view.evidence(p) for p in pictures[:3]), (search,), count=len(seen), blame=Fault.OURS)
    if got.undated:
        return Finding(Status.UNKNOWN, Reason.NO_DATE, f"{len(got.pages)}份{what}未见所列形式；另有{len(got.undated)}份没有可信的日期，不能判断是否属于该年",
                       tuple(view.evidence(p) for p in got.undated[:3]), (search,), count=len(seen))
    if seen:
        return Finding(Status.PARTIAL, Reason.TOO_FEW, f"{what}只有{'、'.join(seen)}形式，应有{params.at_least}种", shown, (search,), count=len(seen))
    names = "、".join(f.name for f in params.forms)
    return Finding(Status.FAIL, Reason.TOO_FEW, f"{len(got.pages)}份{what}都只有文字，未见{names}", tuple(view.evidence(p) for p in got.pages[:3]),
                   (search,), count=0)


def _has(view: SiteView, page: PageFact, form: Form) -> bool:
    assert page.doc is not None
    title = view.survey.title_of(page)
    if any(re.search(p, title) for p in form.any):
        return True
    files = [a.ext or urlsplit(a.url).path.rsplit(".", 1)[-1] for a in page.doc.attachments]
    files += [urlsplit(x.target).path.rsplit(".", 1)[-1] for x in page.doc.links if x.region.value == "body"]
    return any(f.lower() in form.files for f in files)
