"""When a page is looked at again: never left alone unlearned, never for more than a week, sooner the more it moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.revisit import LONGEST, due, still_gone
from db.document import Document, Item
from db.facts import FetchFact, PageFact, Sighting
from db.words import Kind, Outcome, PageRef, Reason

FIRST = datetime(2020, 1, 6, 2, tzinfo=UTC)
REF = PageRef("http://a.example/list/")


def night(n: float) -> datetime:
    return FIRST + timedelta(days=n)


def page(looks: list[float], changed: list[float], newest: str | None = "2019-06-01") -> PageFact:
    """A list that was looked at in some nights, and had new content in some of them."""
    items = (Item("某项通知", PageRef("http://a.example/1.html"), newest),) if newest else ()
    fetches = tuple(FetchFact(night(n), int(n), Outcome.OK, 200, sha256="x") for n in looks)
    seen = tuple(Sighting(str(n), night(n), night(n)) for n in changed)
    return PageFact("k", REF, "a.example", fetches, Document(REF.url, Kind.LIST, items=items), (), seen)


@pytest.mark.parametrize(("looks", "changed", "newest", "night_of", "wanted"), [
    ([0], [0], "2018-01-01", 1, True),
    ([0, 1], [0], "2018-01-01", 2, False),
    ([0, 1], [0], "2018-01-01", 8, True),
    ([0, 1], [0, 1], "2018-01-01", 2, True),
    ([0, 1], [0], "2020-01-05", 2, True),
    ([0, 1, 2, 3, 4], [0], "2020-01-05", 5, False),
    ([0, 1, 2, 3, 4], [0], "2020-01-05", 6, True),
    ([0, 1], [0], None, 2, True),
    ([0, 10], [0], None, 14, False),
    ([0, 10], [0], None, 15, True),
])
def test_a_list_is_due_as_it_has_moved(looks: list[float], changed: list[float], newest: str | None, night_of: float, wanted: bool) -> None:
    assert due(page(looks, changed, newest), night(night_of)) is wanted


@pytest.mark.parametrize(("modified", "wanted"), [(None, False), ("2020-01-06", False), ("2020-01-10", True), ("2019-01-01", False), ("2030-01-01", False)])
def test_a_sitemap_may_call_for_a_look_and_excuses_none(modified: str | None, wanted: bool) -> None:
    assert due(page([0, 1, 2, 3], [0], "2018-01-01"), night(4), modified) is wanted
    assert due(page([0], [0], "2018-01-01"), night(1), modified)


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=12, unique=True), st.data())
def test_nothing_is_left_alone_for_more_than_a_week(looks: list[int], data: st.DataObject) -> None:
    looks = sorted(looks)
    changed = data.draw(st.lists(st.sampled_from(looks), min_size=1, unique=True))
    newest = data.draw(st.sampled_from(["2010-01-01", "2019-12-31", "2020-01-06", "2030-01-01", None]))
    assert due(page([float(n) for n in looks], [float(n) for n in changed], newest), night(looks[-1]) + LONGEST)


def test_a_page_that_failed_is_tried_again_each_night_and_a_lost_one_after_two_nights_once_a_week() -> None:
    def missed(*at: tuple[float, Reason]) -> PageFact:
        return PageFact("k", REF, "a.example", tuple(FetchFact(night(n), int(n), Outcome.OK, 404, reason) for n, reason in at))

    gone, blocked = Reason.GONE, Reason.BLOCKED
    assert not still_gone(missed((0, gone)), night(1)), "one look proves nothing"
    assert still_gone(missed((0, gone), (1, gone)), night(2))
    assert not still_gone(missed((0, gone), (1, gone)), night(8))
    assert not still_gone(missed((0, gone), (1, blocked)), night(2))
    assert not still_gone(None, night(2))
