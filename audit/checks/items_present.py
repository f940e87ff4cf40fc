"""Is each of a set of things published? Counts what is missing, for rules that take off points per item (未公开的，每1项扣…分).

Why: a clause that lists several things (公开部门预决算、“三公”经费、政府采购) is met by none of them alone. An item is a
category of documents, with words that its title or text must hold where the category is wider than the item.
pass: every item is there.
partial: some are missing, each proved by an exhausted search inside the window; the count says how many.
fail: all are missing, or fewer than ``least`` are there.
unknown: nothing is proved missing, but some could not be told; where some are proved missing, those that could not be told
widen the range of the deduction.
not_applicable: the row's fact says that the body has no such thing, or every item was declared not to exist.

Example:
  check = "items_present"
  params = { items = [{ name = "部门预算", category = "budget_plan", subjects = [0] }, { name = "部门决算", category = "final_accounts", subjects = [-1] }] }
"""

from __future__ import annotations

from pydantic import Field

from audit.checks._absence import absent, declared_none, excused
from audit.checks._ask import Asks, asked
from audit.duty import Duty
from audit.model import Evidence, Finding, Parameters
from audit.searched import Search
from audit.view import SiteView
from audit.wording import REASONS
from db.words import Needs, Question, Reason, Status

NEEDS = (Needs.ONE,)

SHOWN = 8


class Item(Asks):
    """One thing: see _ask.Asks. name: as the rule calls it."""

    label: str = Field(alias="name")


class Params(Parameters):
    """items: what must be there. least: with fewer it fails, 0 = only where all are missing."""

    items: tuple[Item, ...] = Field(min_length=1)
    least: int = Field(0, ge=0)


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """One an item."""
    return tuple(dict.fromkeys(q for item in params.items for q in asked(item, duty)))


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    if (no := excused(view, duty)) is not None:
        return no
    there: list[str] = []
    none: list[str] = []
    missing: list[str] = []
    half: list[str] = []
    unsure: list[tuple[str, Finding]] = []
    shown: list[Evidence] = []
    searches: dict[str, Search] = {}
    for item in params.items:
        wanted = asked(item, duty)
        pages = [p for q in wanted for p in view.answers(q)]
        said = next((s for q in wanted if (s := declared_none(view, q)) is not None), None)
        if said is not None:
            none.append(item.label)
            shown.append(said)
        elif pages:
            there.append(item.label)
            shown.append(view.evidence(pages[0], f"见：{item.label}"))
            searches.update({q.key: view.search(q) for q in wanted})
        else:
            found = absent(view, duty, wanted, item.label)
            searches.update({s.question.key: s for s in found.searches})
            shown += found.evidence[:1]
            if found.status is Status.FAIL:
                missing.append(item.label)
            elif found.status is Status.PARTIAL:
                half.append(f"{item.label}（{REASONS[found.reason]}）")
            else:
                unsure.append((item.label, found))
    evidence, looked = tuple(shown[:SHOWN]), tuple(searches.values())
    if len(none) == len(params.items):
        return Finding(Status.NOT_APPLICABLE, Reason.DECLARED_NONE, f"声明没有{'、'.join(none)}", evidence, looked)
    good, bad = len(there) + len(none), len(missing) + len(half)
    words = _words(there + none, missing, half, [name for name, _ in unsure])
    if bad == 0 and unsure:
        first = unsure[0][1]
        return Finding(Status.UNKNOWN, first.reason, words, evidence, looked, count=good, blame=first.fault, problems=0, maybe=len(unsure))
    if bad == 0:
        return Finding(Status.PASS, Reason.PUBLISHED, words, evidence, looked, count=good, problems=0)
    points = (good + 0.5 * len(half)) / (good + bad)
    short = good + len(half) + len(unsure) < params.least or (good == 0 and not half and not unsure)
    status = Status.FAIL if short else Status.PARTIAL
    return Finding(status, Reason.ABSENT if good == 0 and not half else Reason.FIELDS_MISSING, words, evidence, looked, count=good,
                   points=0.0 if short else round(points, 4), problems=bad, maybe=len(unsure))


def _words(there: list[str], missing: list[str], half: list[str], unsure: list[str]) -> str:
    parts = [f"已公开{'、'.join(there)}" if there else "", f"未找到{'、'.join(missing)}" if missing else "",
             f"不完整：{'、'.join(half)}" if half else "", f"未能判定：{'、'.join(unsure)}" if unsure else ""]
    return "；".join(p for p in parts if p)
