"""The laws of scores, ranges and ranks, and the cases that they must give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audit.deduct import Loss, deducted, loss
from audit.score import Line, Total, capped, ranks, total
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


def test_the_worked_example_of_weights() -> None:
    rows = [Line(Status.PASS, 1.0, 3), Line(Status.PARTIAL, 0.5, 2), Line(Status.FAIL, 0.0, 1), Line(Status.UNKNOWN, None, 2),
            Line(Status.NOT_APPLICABLE, None, 5)]
    assert total(rows) == Total(66.7, 50.0, 75.0, 0.75)


# -- schemes that deduct -----------------------------------------------------------------------------------------------

POINTS = {"A": 6.0, "B": 4.0}
statuses = st.sampled_from([Status.PASS, Status.PARTIAL, Status.FAIL, Status.UNKNOWN, Status.NOT_APPLICABLE])
SCORE = {Status.PASS: 1.0, Status.PARTIAL: 0.5, Status.FAIL: 0.0}
losses = st.lists(st.builds(
    lambda status, problems, maybe, per, cap, chapter: loss(status, SCORE.get(status), problems, maybe, per=per, cap=cap, chapter=chapter),
    statuses, st.none() | st.integers(0, 9), st.integers(0, 4), st.sampled_from([0.2, 0.5, 1.0]), st.sampled_from([0.5, 1.0, 2.0]),
    st.sampled_from(["A", "B"])), max_size=10)
UNSURE = Loss(Status.UNKNOWN, "A", 0.0, 1.0, 1.0)


def test_the_worked_example_of_the_page() -> None:
    rows = [loss(Status.PARTIAL, 0.5, 3, 1, per=0.2, cap=1.0, chapter="A"), loss(Status.FAIL, 0.0, None, 0, per=0.5, cap=0.5, chapter="A"),
            loss(Status.UNKNOWN, None, None, 0, per=0.5, cap=0.5, chapter="B"), loss(Status.PASS, 1.0, None, 0, per=1.0, cap=1.0, chapter="B")]
    assert deducted(rows, POINTS) == Total(89.0, 82.0, 89.0, round(2.5 / 3, 4))


def test_a_chapter_never_falls_below_its_floor() -> None:
    rows = [Loss(Status.FAIL, "B", 3.0, 3.0, 3.0), Loss(Status.FAIL, "B", 3.0, 3.0, 3.0)]
    assert deducted(rows, POINTS) == Total(60.0, 60.0, 60.0, 1.0)
    assert deducted(rows, POINTS, floor=1.0).score == 70.0


@given(losses)
def test_deductions_keep_the_laws_of_scores(rows: list[Loss]) -> None:
    before = deducted(rows, POINTS)
    assert deducted(list(reversed(rows)), POINTS) == before
    assert deducted([*rows, Loss(Status.NOT_APPLICABLE, "A", 0.0, 0.0, 1.0)], POINTS) == before
    after = deducted([*rows, UNSURE], POINTS)
    assert after.score == before.score or before.score is None
    if before.score is not None and before.low is not None and before.high is not None:
        assert before.low <= before.score <= before.high
        assert after.low is not None
        assert after.low <= before.low


@given(losses, st.integers(0, 9))
def test_turning_a_finding_into_a_pass_never_costs(rows: list[Loss], at: int) -> None:
    if at < len(rows) and rows[at].status not in (Status.UNKNOWN, Status.NOT_APPLICABLE):
        better = [*rows[:at], Loss(Status.PASS, rows[at].chapter, 0.0, 0.0, rows[at].most), *rows[at + 1 :]]
        a, b = deducted(rows, POINTS).score, deducted(better, POINTS).score
        assert a is not None
        assert b is not None
        assert b >= a


@given(lines, st.integers(0, 11))
def test_turning_a_fail_into_a_pass_never_lowers_a_score(rows: list[Line], at: int) -> None:
    if at < len(rows) and rows[at].status is Status.FAIL:
        before, after = total(rows).score, total([*rows[:at], Line(Status.PASS, 1.0, rows[at].weight), *rows[at + 1 :]]).score
        assert before is not None
        assert after is not None
        assert after >= before


def test_a_veto_caps_the_score_and_an_open_one_the_range() -> None:
    t = Total(90.0, 80.0, 95.0, 1.0)
    assert capped(t, [], []) == t
    assert capped(t, [59.0], []) == Total(59.0, 59.0, 59.0, 1.0)
    assert capped(t, [], [59.0]) == Total(90.0, 59.0, 95.0, 1.0)


def test_bonuses_count_from_their_gate_on_and_up_to_their_cap() -> None:
    extra = Line(Status.PASS, 1.0, 2.0, bonus=True)
    assert total([PASS, HALF, extra], bonus_from=80.0).score == 75.0
    assert total([PASS] * 9 + [FAIL, extra], bonus_from=80.0, bonus_cap=5.0).score == 95.0
    assert total([PASS] * 9 + [FAIL, extra]).score == 100.0
