"""What is said of how bodies are composed lets nobody work out a number below five."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.organisation.composition import (
    LEAST,
    Fact,
    Group,
    Question,
    Seated,
    cells,
    compose,
    days_shown,
    is_under_40,
    least_of_gender,
    publish,
)

W = Question.WOMEN
_person = count(1)


def seats(women: int, others: int) -> list[Seated]:
    """So many women and others, all of them different people in different bodies."""
    answers = [frozenset({W})] * women + [frozenset()] * others
    return [Seated(next(_person), next(_person), answer) for answer in answers]


def tree(*parts: tuple[int, int]) -> Group:
    """A group of parts, each with so many women and others: 0, 1, 2 …"""
    return Group("all", parts=[Group(number, own=seats(*part)) for number, part in enumerate(parts)])


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (((5, 5),), {"all": 5, 0: 5}),
        (((5, 4),), {}),
        (((9, 0),), {}),
        # one hidden part would be the whole less the others: the smallest of these is hidden with it
        (((20, 20), (6, 6), (3, 3)), {"all": 29, 0: 20}),
        # what is left must have five in both cells: two small ones that do are enough
        (((20, 20), (3, 3), (3, 3)), {"all": 26, 0: 20}),
        # nobody to hide behind: the whole is said, its parts are not
        (((6, 6), (3, 0)), {"all": 9}),
        (((20, 20), (6, 6), (5, 5)), {"all": 31, 0: 20, 1: 6, 2: 5}),
        (((3, 3), (3, 3)), {"all": 6}),
    ],
)
def test_groups_are_shown_as_the_table_says(parts, shown) -> None:
    assert publish(tree(*parts), W) == shown


def test_the_same_people_in_many_bodies_are_not_many() -> None:
    same = [Seated(person, body, frozenset({W})) for person in range(3) for body in range(3)]
    assert cells(same, W) == (3, 0)
    assert publish(Group("all", own=same + seats(0, 9)), W) == {}


def test_a_board_sees_itself_and_counts_each_person_once() -> None:
    people = [
        Fact(1, "woman", 1990, True),
        Fact(1, "woman", 1990, True),
        Fact(2, "man", 1960, False),
        Fact(3, "", None, False),
    ]
    board = compose(people, year=2026)
    assert (board.size, board.women, board.men, board.unsaid, board.under_40, board.new) == (3, 1, 1, 1, 1, 1)


@pytest.mark.parametrize(("born", "is_under"), [(1987, True), (1986, False), (None, False)])
def test_under_forty_goes_by_the_year_one_turns(born, is_under) -> None:
    assert is_under_40(born, 2026) is is_under


@pytest.mark.parametrize(("size", "percent", "least"), [(7, 40, 3), (5, 40, 2), (6, 50, 3), (0, 40, 0), (9, 0, 0)])
def test_the_rule_asks_for_whole_people_rounded_up(size, percent, least) -> None:
    assert least_of_gender(size, percent) == least


def sitting(*people: int, women: frozenset[int] = frozenset()) -> list[Seated]:
    return [Seated(person, 1, frozenset({W}) if person in women else frozenset()) for person in people]


def test_a_year_in_which_a_single_person_changed_is_left_out() -> None:
    ten, eleven, others = sitting(*range(10)), sitting(*range(11)), sitting(*range(20, 30))
    assert days_shown({2026: eleven, 2025: ten, 2024: ten, 2023: others}, W) == [2026, 2023]
    assert days_shown({2026: ten, 2025: ten}, W) == [2026, 2025]


def test_a_year_in_which_a_single_answer_changed_is_left_out() -> None:
    before, after = sitting(*range(10)), sitting(*range(10), women=frozenset({3}))
    assert days_shown({2026: after, 2025: before}, W) == [2026]
    assert days_shown({2026: after, 2025: before}, Question.NEW) == [2026, 2025]


# ---- nothing below five can be worked out ----

SEATED = st.builds(
    Seated,
    person=st.integers(1, 40),
    body=st.integers(1, 12),
    answers=st.sampled_from([frozenset(), frozenset({W})]),
)
LEAF = st.lists(SEATED, max_size=25)
KINDS = st.lists(st.lists(LEAF, min_size=1, max_size=4), min_size=1, max_size=4)


def drawn(kinds: list[list[list[Seated]]]) -> Group:
    """All → kind → county, each seat in one place only."""
    top = Group("all")
    for k, leaves in enumerate(kinds):
        kind = Group(k)
        for c, leaf in enumerate(leaves):
            once = {(one.person, one.body): one for one in leaf}.values()
            kind.parts.append(Group((k, c), own=[Seated(o.person, (k, c, o.body), o.answers) for o in once]))
        top.parts.append(kind)
    return top


def groups(group: Group):
    yield group
    for part in group.parts:
        yield from groups(part)


def follows(known: list[list[int]], wanted: list[int]) -> bool:
    """Whether the wanted sum is a combination of the known ones (Gauss, in fractions)."""
    rows = [[Fraction(x) for x in row] for row in known]
    goal = [Fraction(x) for x in wanted]
    for column in range(len(goal)):
        pivot = next((row for row in rows if row[column] != 0), None)
        if pivot is None:
            continue
        rows = [
            [a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)]
            for row in rows
            if row is not pivot
        ]
        if goal[column]:
            goal = [a - b * goal[column] / pivot[column] for a, b in zip(goal, pivot, strict=True)]
    return not any(goal)


@settings(max_examples=100, deadline=None)
@given(KINDS)
def test_no_number_below_five_follows_from_what_is_shown(kinds) -> None:
    top = drawn(kinds)
    shown = publish(top, W)
    leaves = [leaf for kind in top.parts for leaf in kind.parts]

    def vector(chosen) -> list[int]:
        inside = {id(one) for one in chosen}
        return [int(id(leaf) in inside) for leaf in leaves]

    def under(group: Group) -> list[Group]:
        return [one for one in groups(group) if not one.parts]

    known = [vector(under(group)) for group in groups(top) if group.key in shown]
    small = []
    # every group, and every two and three counties of the whole, as a union somebody might be after
    asked = [under(group) for group in groups(top)]
    asked += [[a, b] for a in leaves for b in leaves if a is not b]
    asked += [[leaf for leaf in under(kind) if leaf is not one] for kind in top.parts for one in kind.parts]
    for union in asked:
        people = [seat for leaf in union for seat in leaf.own]
        if people and min(cells(people, W)) < LEAST and follows(known, vector(union)):
            small.append([leaf.key for leaf in union])
    assert small == []


@settings(max_examples=60, deadline=None)
@given(KINDS)
def test_what_is_left_of_a_group_is_nothing_or_five_of_each(kinds) -> None:
    top = drawn(kinds)
    shown = publish(top, W)

    def remainder(group: Group) -> list[Seated]:
        left = list(group.own)
        for part in group.parts:
            left += [] if part.key in shown else remainder(part)
        return left

    for group in groups(top):
        if group.key in shown:
            assert min(cells(group.everybody(), W)) >= LEAST
            left = remainder(group)
            assert not left or min(cells(left, W)) >= LEAST


@settings(max_examples=60, deadline=None)
@given(KINDS)
def test_what_is_shown_is_right(kinds) -> None:
    top = drawn(kinds)
    by_key = {group.key: group for group in groups(top)}
    for key, number in publish(top, W).items():
        assert number == sum(W in seat.answers for seat in by_key[key].everybody())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(SEATED, max_size=14), max_size=6))
def test_between_two_days_that_are_shown_nobody_changed_or_five_did(days) -> None:
    seated = dict(enumerate(days))
    for a in (shown := days_shown(seated, W)):
        for b in shown:
            one, other = ({(s.person, s.body, W in s.answers) for s in seated[day]} for day in (a, b))
            assert len({person for person, *_ in one ^ other}) in {0, *range(LEAST, 41)}
