"""Can a citizen reach the body: are address, hours, telephone, fax, e-mail really given, not only named?

Why: 国令711第12条、第20条第二项 ask for 办公地址、办公时间、联系电话、传真号码、互联网联系方式; a page with the words and no
number (电话：待定) helps no one. A value counts where it looks like one: a telephone number of seven digits or more, an
address with a road or a house number, hours with times of the day.
pass: at least ``pass_at`` (all where not said) of the ``fields`` are given on one page, its files or all pages together.
partial: some. fail: none, on pages that were read whole; or no such page after an exhausted search.
unknown: pages or files that could hold them could not be read.
not_applicable: the row's fact says that the body has no such thing; with ``absence = "not_applicable"`` there is no such
page, where its absence is another indicator's.

Example:
  check = "contact_details"
  params = { category = "organisation", fields = ["address", "hours", "telephone"] }
"""

from __future__ import annotations

from typing import Literal

from audit.checks._absence import absent, elsewhere, excused, unknown_words
from audit.checks._ask import Asks, asked, opening, rest, unread_rest
from audit.checks._elements import Element, held, only_lists
from audit.duty import Duty
from audit.model import Finding
from audit.view import SiteView
from audit.wording import REASONS
from db.words import Needs, Question, Reason, Status

NEEDS = (Needs.ONE, Needs.ALL)

Name = Literal["address", "hours", "telephone", "fax", "email", "postcode", "person"]
_DIGITS = r"(?:\(?0\d{2,3}\)?[-－—]?)?\d{7,8}|\d{3,4}[-－—]\d{7,8}|1\d{10}|123\d{2}"
KNOWN: dict[str, Element] = {
    "address": Element(name="地址", any=(r"(?:地址|地点)[:：为]?[^。；]{0,30}(?:路|街|道|巷|弄|号|大厦|楼)", r"[\u4e00-\u9fff]{2,8}(?:路|街|大道)\d+号")),
    "hours": Element(name="时间", any=(r"(?:时间|工作日)[^。；]{0,40}\d{1,2}[:：点时]\d{0,2}", )),
    "telephone": Element(name="电话", any=(rf"(?:电话|热线|联系方式)[^。；]{{0,12}}(?:{_DIGITS})",)),
    "fax": Element(name="传真", any=(rf"传真[^。；]{{0,10}}(?:{_DIGITS})",)),
    "email": Element(name="电子邮箱", any=(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",)),
    "postcode": Element(name="邮编", any=(r"邮(?:政)?编(?:码)?[:：]?\d{6}",)),
    "person": Element(name="负责人", any=(r"(?:负责人|局长|主任|区长)[:：]?[\u4e00-\u9fff]{2,4}",)),
}


class Params(Asks):
    """See the module and _ask.Asks. fields: which must be given."""

    fields: tuple[Name, ...] = ("address", "hours", "telephone")
    pass_at: int | None = None
    absence: Literal["fail", "not_applicable"] = "fail"


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """The page that tells them; and all, for another may tell what the first does not."""
    return (*asked(params, duty), *rest(params, duty))


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    wanted, what, searches = opening(view, params, duty)
    pages = [p for q in wanted for p in view.answers(q)]
    if not pages:
        found = absent(view, duty, wanted, what)
        return elsewhere(found) if params.absence == "not_applicable" else found
    elements = tuple(KNOWN[f] for f in params.fields)
    read = [held(view, p, elements) for p in pages]
    given = [e.name for e in elements if any(e.name in h.found for h in read)]
    missing = [e.name for e in elements if e.name not in given]
    best = max(read, key=lambda h: len(h.found))
    shown = (view.evidence(best.page, f"见：{'、'.join(best.found)}" if best.found else "未见联系方式", best.patterns),)
    need = params.pass_at if params.pass_at is not None else len(elements)
    if len(given) >= need:
        return Finding(Status.PASS, Reason.PUBLISHED, f"{what}给出了{'、'.join(given)}", shown, searches, count=len(given))
    if only_lists(pages):
        return Finding(Status.UNKNOWN, Reason.NOT_FETCHED, f"只读到{what}的栏目，栏目内的页面尚未读取", shown, searches)
    unread = next((h.unread for h in read if h.unread is not None), None)
    if unread is not None:
        return Finding(Status.UNKNOWN, unread, f"{what}的部分内容未能读出（{REASONS[unread]}），不能判定有无{'、'.join(missing)}", shown, searches)
    if (more := unread_rest(view, params, duty)) is not None:
        words = f"所读页面未给出{'、'.join(missing)}；是否另有给出的：{unknown_words(what, more, searches)}"
        return Finding(Status.UNKNOWN, more, words, shown, searches)
    status = Status.PARTIAL if given else Status.FAIL
    return Finding(status, Reason.FIELDS_MISSING, f"{what}未给出{'、'.join(missing)}", shown, searches, count=len(given), problems=len(missing))
