"""When a page is looked at again: never left alone unlearned, never for more than a week, sooner the more it moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.revisit import LONGEST, due, still_gone
from db.document import Document, Item
from db.facts import FetchFact, PageFact, Sighting
from db.words import Kind, Outcome, PageRef, Reason

FIRST = datetime(2020, 1, 6, 2, tzinfo=UTC)
REF = PageRef("http://a.example/list/")
KEY = "0000001b"  # one that may be left alone for a whole week


def night(n: float) -> datetime:
    return FIRST + timedelta(days=n)


def page(looks: list[float], changed: list[float], newest: str | None = "2019-06-01", entries: int = 1,
         key: str = KEY) -> PageFact:
    """A list that was looked at in some nights, and had new content in some of them."""
    items = tuple(Item("某项通知", PageRef(f"http://a.example/{n}.html"), newest) for n in range(entries)) if newest else ()
    fetches = tuple(FetchFact(night(n), int(n), Outcome.OK, 200, sha256="x") for n in looks)
    seen = tuple(Sighting(str(n), night(n), night(n)) for n in changed)
    return PageFact(key, REF, "a.example", fetches, Document(REF.url, Kind.LIST, items=items), (), seen)


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


@pytest.mark.parametrize(("newest", "entries", "night_of", "wanted"), [
    ("2018-01-01", 3, 1, False), ("2018-01-01", 3, 6, False), ("2018-01-01", 3, 7, True),  # it shows that nothing moves
    ("2019-12-17", 3, 1, True), ("2019-11-27", 3, 1, False), ("2019-11-27", 3, 2, True),  # a twentieth of 20 and of 40 days
    ("2018-01-01", 2, 1, True), (None, 0, 1, True),  # nothing to tell it by
])
def test_a_list_seen_once_is_taken_at_the_word_of_its_dates(newest: str | None, entries: int, night_of: float, wanted: bool) -> None:
    assert due(page([0], [0], newest, entries), night(night_of)) is wanted


@pytest.mark.parametrize(("apart", "looked_again"), [(1, 1), (8, 2), (20, 5), (60, 7)])
def test_a_list_of_many_entries_is_looked_at_four_times_between_two(apart: int, looked_again: int) -> None:
    days = [FIRST.date() - timedelta(days=1 + apart * n) for n in range(6)]
    moving = replace(page([0, 0.5], [0]), doc=Document(REF.url, Kind.LIST, items=tuple(
        Item("某项通知", PageRef(f"http://a.example/{n}.html"), d.isoformat()) for n, d in enumerate(days))))
    assert next(n for n in range(1, 9) if due(moving, night(0.5 + n))) == looked_again


def test_an_answer_that_a_list_names_is_left_to_it_and_one_that_none_names_is_not() -> None:
    document = replace(page([0], [0]), doc=Document(REF.url, Kind.DETAIL))
    assert due(document, night(1))
    assert not due(document, night(6), watched=True)
    assert due(document, night(7), watched=True)


def test_a_column_that_said_twice_that_it_is_empty_is_left_alone() -> None:
    empty = Document(REF.url, Kind.LIST, empty_words="暂无内容")
    assert due(replace(page([0], [0]), doc=empty), night(1))
    assert not due(replace(page([0, 1], [0]), doc=empty), night(7))
    assert due(replace(page([0, 1], [0, 1]), doc=empty), night(2)), "it changed"


def test_what_was_first_read_in_one_night_does_not_come_up_again_in_one() -> None:
    def share(looks: list[float], night_of: float) -> float:
        keys = [f"{n:08x}" for n in range(700)]
        return sum(due(page(looks, [0], "2018-01-01", 3, k), night(night_of)) for k in keys) / len(keys)

    assert [round(share([0], n), 2) for n in range(1, 8)] == [0.14, 0.29, 0.43, 0.57, 0.71, 0.86, 1.0], "a seventh more each night"
    assert [share([0, 1], n) for n in (4, 5, 6, 7, 8)] == [0.0, 0.25, 0.5, 0.75, 1.0]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12, unique=True), st.data())
def test_nothing_is_left_alone_for_more_than_a_week(looks: list[int], data: st.DataObject) -> None:
    looks = sorted(looks)
    changed = data.draw(st.lists(st.sampled_from(looks), min_size=1, unique=True))
    newest = data.draw(st.sampled_from(["2010-01-01", "2019-12-31", "2020-01-06", "2030-01-01", None]))
    key = data.draw(st.sampled_from([f"{n:08x}" for n in range(30)]))
    assert due(page([float(n) for n in looks], [float(n) for n in changed], newest, 3, key), night(looks[-1]) + LONGEST)


def test_a_page_that_failed_is_tried_again_each_night_and_a_lost_one_after_two_nights_once_a_week() -> None:
    def missed(*at: tuple[float, Reason]) -> PageFact:
        return PageFact(KEY, REF, "a.example", tuple(FetchFact(night(n), int(n), Outcome.OK, 404, reason) for n, reason in at))

    gone, blocked = Reason.GONE, Reason.BLOCKED
    assert not still_gone(missed((0, gone)), night(1)), "one look proves nothing"
    assert still_gone(missed((0, gone), (1, gone)), night(2))
    assert not still_gone(missed((0, gone), (1, gone)), night(8))
    assert not still_gone(missed((0, gone), (1, blocked)), night(2))
    assert not still_gone(None, night(2))
