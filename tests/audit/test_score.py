"""The laws of scores, ranges and ranks, and the cases that they must give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audit.score import Line, Total, ranks, total
from db.words import Status

PASS, FAIL, HALF = Line(Status.PASS, 1.0, 1.0), Line(Status.FAIL, 0.0, 1.0), Line(Status.PARTIAL, 0.5, 1.0)
UNKNOWN, NONE = Line(Status.UNKNOWN, None, 1.0), Line(Status.NOT_APPLICABLE, None, 1.0)
lines = st.lists(st.tuples(st.sampled_from([PASS, FAIL, HALF, UNKNOWN, NONE]), st.sampled_from([0.5, 1.0, 2.0, 4.0])).map(
    lambda x: Line(x[0].status, x[0].score, x[1])), max_size=12)


def test_blocking_three_failures_does_not_make_a_rated_hundred() -> None:
    assert total([PASS] * 7 + [FAIL] * 3) == Total(70.0, 70.0, 70.0, 1.0)
    assert total([PASS] * 7 + [UNKNOWN] * 3) == Total(100.0, 70.0, 100.0, 0.7)


def test_nothing_judged_is_no_score() -> None:
    assert total([UNKNOWN, NONE]) == Total(None, 0.0, 100.0, 0.0)
    assert total([NONE]) == Total(None, None, None, None)


@given(lines)
def test_unknown_rows_never_move_the_score_and_the_range_holds_it(rows: list[Line]) -> None:
    before, after = total(rows), total([*rows, UNKNOWN])
    assert before.score == after.score
    if before.score is not None and before.low is not None and before.high is not None:
        assert before.low <= before.score <= before.high
        assert after.low is not None
        assert after.high is not None
        assert after.low <= before.low
        assert after.high >= before.high


@given(lines)
def test_what_does_not_apply_changes_nothing(rows: list[Line]) -> None:
    assert total([*rows, NONE]) == total(rows)


@given(lines)
def test_turning_unknowns_into_verdicts_stays_within_the_range(rows: list[Line]) -> None:
    t = total(rows)
    for turned in (PASS, FAIL):
        known = total([Line(turned.status, turned.score, r.weight) if r.status is Status.UNKNOWN else r for r in rows])
        if known.score is not None and t.low is not None and t.high is not None:
            assert t.low - 0.1 <= known.score <= t.high + 0.1


@given(st.lists(st.floats(0, 100).map(lambda x: round(x, 1)), min_size=1, max_size=8))
def test_ranks_are_those_of_the_scores_with_ties_shared(scores: list[float]) -> None:
    got = ranks([(str(n), Total(s, s, s, 1.0)) for n, s in enumerate(scores)])
    for n, s in enumerate(scores):
        rank = got[str(n)]
        assert rank.at == 1 + sum(x > s for x in scores)
        assert rank.best <= rank.at <= rank.worst


def test_an_unrated_site_does_not_count_in_others_ranks() -> None:
    assert ranks([("a", Total(90, 80, 95, 0.9))])["a"].of == 1
