"""What a body can together: a verdict on every competence, and the moves that help most."""

import pytest

from lms.competences.together import Judgement, Needed, Verdict, judge, judge_offices, moves

TWO_ABLE, ONE_AT_3, EVERYBODY = Needed(2, 2), Needed(3, 1), Needed(1, 0)


@pytest.mark.parametrize(
    ("needs", "levels", "verdict", "more", "who"),
    [
        ([TWO_ABLE], [0, 0, 0], Verdict.MISSING, 2, ()),
        ([EVERYBODY], [0, 0, 0], Verdict.MISSING, 3, ()),
        ([TWO_ABLE], [1, 1, 0], Verdict.NOBODY, 2, ()),
        ([ONE_AT_3], [2, 1, 0], Verdict.NOBODY, 1, ()),
        ([TWO_ABLE], [4, 0, 1], Verdict.ALONE, 1, (0,)),
        ([ONE_AT_3], [0, 3, 1], Verdict.ALONE, 1, (1,)),
        ([ONE_AT_3], [3], Verdict.TOGETHER, 0, ()),
        ([ONE_AT_3], [3, 2, 0], Verdict.TOGETHER, 0, ()),
        ([Needed(2, 3)], [2, 2, 0], Verdict.SHORT, 1, ()),
        ([EVERYBODY], [1, 0, 2, 2], Verdict.SHORT, 1, (1,)),
        ([EVERYBODY], [1, 1, 2], Verdict.ALONE, 1, (2,)),
        ([EVERYBODY], [1, 1, 2, 2], Verdict.TOGETHER, 0, ()),
        ([TWO_ABLE], [4, 4, 2], Verdict.TEACH, 0, (0, 1)),
        ([TWO_ABLE, ONE_AT_3], [2, 2, 0], Verdict.NOBODY, 1, ()),
        ([EVERYBODY, ONE_AT_3], [3, 2, 0], Verdict.SHORT, 1, (2,)),
    ],
)
def test_a_verdict(needs, levels, verdict, more, who):
    found = judge(needs, levels)
    assert (found.verdict, found.more, found.who) == (verdict, more, who)


@pytest.mark.parametrize(
    ("asked_of", "levels", "verdict", "more"),
    [
        ({0: 3}, [0, 0], Verdict.MISSING, 1),
        ({0: 1, 1: 2}, [1, 2], Verdict.ALONE, 1),
        ({0: 3, 1: 2}, [2, 2], Verdict.OFFICES, 1),
        ({0: 2, 1: 2}, [2, 2], Verdict.TOGETHER, 0),
        ({0: 2}, [4, 2], Verdict.TEACH, 0),
    ],
)
def test_a_verdict_on_what_offices_need(asked_of, levels, verdict, more):
    found = judge_offices(asked_of, levels)
    assert (found.verdict, found.more) == (verdict, more)


def row(key, needs, levels, *, shared=True, urgent=False, asked_of=None):
    return Judgement(
        key, key.split(".", maxsplit=1)[0], tuple(levels), tuple(needs), judge(needs, levels), asked_of or {}, shared,
        urgent,
    )  # fmt: skip


def test_what_is_worst_shared_and_urgent_comes_first_and_each_move_is_of_its_own_kind():
    rows = [
        row("a.alone", [TWO_ABLE], [4, 0]),
        row("a.own", [TWO_ABLE], [0, 0], shared=False),
        row("a.missing", [TWO_ABLE], [0, 0]),
        row("a.urgent", [TWO_ABLE], [0, 0], urgent=True),
        row("a.fine", [TWO_ABLE], [2, 2]),
    ]
    assert [move.row.key for move in moves(rows)] == ["a.urgent", "a.alone", "a.missing"]


def test_each_area_has_its_move_before_one_has_two():
    rows = [row("a.one", [TWO_ABLE], [0, 0]), row("a.two", [TWO_ABLE], [0, 0]), row("b.one", [TWO_ABLE], [2, 0, 1])]
    assert [move.row.key for move in moves(rows)] == ["a.one", "b.one", "a.two"]


def test_whoever_has_least_left_is_nearest_and_an_office_that_asks_breaks_the_tie():
    (move,) = moves([row("a.b", [Needed(3, 1)], [1, 2, 2, 0], asked_of={2: 3})])
    assert move.nearest == (2,) and move.from_level == 2


def test_no_more_are_named_than_are_needed():
    (move,) = moves([row("a.b", [Needed(2, 3)], [2, 2, 1, 1])])
    assert move.nearest == (2,)
