"""No number of fewer than five people is shown, nor can one be worked out from what is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.coverage.suppression import LEAST, Tree, is_shown, shown_with

LEVELS = range(5)
BANDS = [(low, high) for low, high in combinations(range(6), 2) if (low, high) != (0, 5)]
"""Every stretch of levels [low, high), but the whole: how many people there are is no secret."""


@st.composite
def organisations(draw: st.DrawFn) -> tuple[Tree, np.ndarray, Tree]:
    """A tree of up to twelve units; in each, chairs and other officers by exact level; and the tree it became."""
    size = draw(st.integers(1, 12))
    parents, later = (
        [-1, *(draw(st.integers(-1 if unit > 8 else 0, unit - 1)) for unit in range(1, size))] for _ in range(2)
    )
    most = draw(st.sampled_from([3, 9, 40]))
    seed = draw(st.integers(0, 2**32 - 1))
    people = np.random.default_rng(seed).integers(0, most, (size, 2, 5))
    empty = draw(st.lists(st.integers(0, size - 1), max_size=4))
    people[empty] = 0
    none = np.random.default_rng(seed + 1).random(size)
    people[:, 0][none < 0.2] = 0
    people[:, 1][none > 0.8] = 0
    return Tree(parents), people, Tree(later)


def below(tree: Tree, top: int) -> list[int]:
    """A unit and everything beneath it."""
    return [unit for unit in range(len(tree.parents)) if tree.meeting(unit, top) == top]


def vector(people: np.ndarray, units: list[int], kinds: tuple[int, ...], band: tuple[int, int]) -> np.ndarray:
    """The cell (units, chairs or others or both, levels) as a sum of unknowns."""
    found = np.zeros(people.shape)
    for unit in units:
        for kind in kinds:
            if people[unit, kind].any():
                found[unit, kind, band[0] : band[1]] = 1
    return found.ravel()


OFFICERS, CHAIRS, OTHERS = (0, 1), (0,), (1,)


def published(tree: Tree, people: np.ndarray, later: Tree) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """What is shown, and what is hidden, as vectors, in the order of then and in that of now.

    How many people are anywhere is known to all. Where officers and chairs are shown, so are the
    officers who are not chairs. A number that is shown under one name is not hidden under another:
    where all officers are chairs, or none is, two names mean the same people.
    """
    both = people.sum(axis=1).tolist()
    _everybody, of_officers, of_chairs = shown_with(both, both, people[:, 0].tolist(), tree)
    known = [vector(people, [unit], kinds, (0, 5)) for unit in range(len(people)) for kinds in (OTHERS, CHAIRS)]
    shown, hidden = [one for one in known if one.any()], []
    for inside in (below(order, top) for order in (tree, later) for top in range(len(people))):
        for least in range(1, 5):
            officers, chairs = (vector(people, inside, kinds, (least, 5)) for kinds in (OFFICERS, CHAIRS))
            seen = [
                (one, is_shown(labels[least], inside)) for one, labels in ((officers, of_officers), (chairs, of_chairs))
            ]
            for one, is_seen in seen:
                if one.any():
                    (shown if is_seen else hidden).append(one)
            if all(is_seen for _one, is_seen in seen):
                shown.append(officers - chairs)
    told = {one.tobytes() for one in shown}
    return shown, [one for one in hidden if one.tobytes() not in told]


def small_cells(tree: Tree, people: np.ndarray) -> Iterator[np.ndarray]:
    """Every cell of a unit and all below it that holds one to four people, or none of some."""
    for top in range(len(people)):
        inside = below(tree, top)
        for kinds in (OFFICERS, CHAIRS, OTHERS):
            for band in BANDS:
                one = vector(people, inside, kinds, band)
                if one.any() and (one * people.ravel()).sum() < LEAST:
                    yield one


def follow(shown: list[np.ndarray], asked: list[np.ndarray]) -> np.ndarray:
    """Which of the cells follow from what is shown: those that are sums and differences of it."""
    if not asked:
        return np.zeros(0, bool)
    basis, sizes, _ = np.linalg.svd(np.array(shown, float).T, full_matrices=False)
    basis = basis[:, sizes > 1e-9]
    wanted = np.array(asked, float).T
    left = wanted - basis @ (basis.T @ wanted)
    return np.abs(left).max(axis=0) < 1e-6


def demand_nothing_follows(tree: Tree, people: np.ndarray, later: Tree) -> None:
    shown, hidden = published(tree, people, later)
    if shown:
        assert not follow(shown, hidden).any()
        assert not follow(shown, list(small_cells(tree, people))).any()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(organisations())
def test_nothing_hidden_and_nothing_small_follows_from_what_is_shown(given_: tuple[Tree, np.ndarray, Tree]) -> None:
    demand_nothing_follows(*given_)


@pytest.mark.slow
@settings(max_examples=4_000, deadline=None)
@given(organisations())
def test_four_thousand_trees_hide_what_they_hide(given_: tuple[Tree, np.ndarray, Tree]) -> None:
    demand_nothing_follows(*given_)


def test_where_all_officers_are_chairs_they_cannot_be_taken_away_from_the_rest() -> None:
    """Three chairs at level 2 in the first unit, and twenty in the second, where officers are shown."""
    people = np.array([np.zeros((2, 5)), [[5, 0, 3, 0, 0], [10, 0, 10, 0, 0]], [[10, 0, 20, 0, 0], [0] * 5]], int)
    tree = Tree([-1, 0, 0])
    both = people.sum(axis=1).tolist()
    _everybody, of_officers, of_chairs = shown_with(both, both, people[:, 0].tolist(), tree)
    assert is_shown(of_officers[2], [1]) and is_shown(of_officers[2], [2]) and is_shown(of_chairs[2], [2])
    assert not is_shown(of_chairs[2], [1]) and not is_shown(of_chairs[2], [0, 1, 2])


def exactly(level_0: int, level_2: int) -> list[int]:
    """So many at 0, so many at 2."""
    return [level_0, 0, level_2, 0, 0]


def shown_at_two(parents: list[int], everybody: list[list[int]]) -> list[bool]:
    tree = Tree(parents)
    labels = shown_with(everybody, everybody, [[0] * 5] * len(parents), tree)[0][2]
    return [is_shown(labels, below(tree, unit)) for unit in range(len(parents))]


def test_a_unit_with_five_in_both_cells_is_shown() -> None:
    assert shown_at_two([-1, 0, 0], [exactly(0, 0), exactly(5, 6), exactly(9, 5)]) == [True, True, True]


def test_one_small_unit_hides_the_smallest_of_its_siblings_too() -> None:
    units = [exactly(0, 0), exactly(3, 2), exactly(9, 8), exactly(20, 30)]
    assert shown_at_two([-1, 0, 0, 0], units) == [True, False, False, True]


def test_two_small_siblings_that_suffice_together_hide_nobody_else() -> None:
    units = [exactly(0, 0), exactly(3, 3), exactly(3, 3), exactly(20, 30)]
    assert shown_at_two([-1, 0, 0, 0], units) == [True, False, False, True]


def test_what_is_too_small_everywhere_is_shown_nowhere() -> None:
    assert shown_at_two([-1, 0, 0], [exactly(1, 0), exactly(2, 1), exactly(4, 0)]) == [False, False, False]


def test_a_unit_without_anybody_hides_nothing_and_shows_nothing() -> None:
    assert shown_at_two([-1, 0, 0], [exactly(0, 0), exactly(0, 0), exactly(6, 6)]) == [True, False, True]


def test_a_cousin_is_hidden_when_the_whole_county_is_too_small() -> None:
    # The nation, two counties, two branches in each; the first county has six people in all.
    units = [exactly(0, 0), exactly(0, 0), exactly(0, 0), exactly(2, 1), exactly(2, 1), exactly(8, 7), exactly(30, 30)]
    shown = shown_at_two([-1, 0, 0, 1, 1, 2, 2], units)
    assert shown == [True, False, False, False, False, False, True]
