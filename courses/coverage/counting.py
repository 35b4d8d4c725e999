"""Counting a month: how many stand at which level, for each unit's own people; and which units are held together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from courses.coverage.suppression import HIDDEN, NOBODY, Tree, shown_with
from courses.coverage.words import LEVEL
from lms.archive.layout import Columns, Groups, State, UnitRow
from lms.archive.totals import GROUPS, LEAST_LEVELS, LEVELS, NO_PARENT, MonthTotals


class Tally:
    """Counts rows as they come. Each person counts once among the members, and once among the officers.

    Members count where they belong, officers where they hold the office that counts first.
    """

    def __init__(self, columns: Columns, units: Sequence[UnitRow]) -> None:
        self.columns = [*columns.competences, *(f"{LEVEL}{key}" for key in columns.levels)]
        self.units = sorted(units, key=lambda unit: unit.pk)
        self.ids = np.array([unit.pk for unit in self.units], np.int32)
        self.exact = np.zeros((len(GROUPS), len(self.units), len(self.columns), LEVELS), np.int32)

    def add(self, rows: np.ndarray) -> None:
        """Count rows of the month's file."""
        said = np.concatenate([rows["competences"], rows["levels"]], axis=1)
        groups = rows["groups"]
        for at, bit, unit in (
            (0, Groups.MEMBER, "unit"),
            (1, Groups.OFFICER, "office_unit"),
            (2, Groups.CHAIR, "office_unit"),
        ):
            self._count(at, said[groups & int(bit) != 0], rows[unit][groups & int(bit) != 0])

    def _count(self, group: int, said: np.ndarray, units: np.ndarray) -> None:
        """Count some rows for a group; those whose unit is not there any more count nowhere."""
        if not len(self.ids) or not len(said) or not self.columns:
            return
        places = np.minimum(np.searchsorted(self.ids, units), len(self.ids) - 1)
        there = self.ids[places] == units
        said, places = said[there], places[there]
        wide = len(self.columns)
        cells = (places[:, None].astype(np.int64) * wide + np.arange(wide)) * LEVELS + np.clip(said, 0, LEVELS - 1)
        counted = np.bincount(cells.ravel(), minlength=self.exact[group].size)
        self.exact[group] += counted.reshape(self.exact[group].shape).astype(np.int32)

    def totals(self, *, month: dt.date, counted_on: dt.date) -> MonthTotals:
        """What is kept of the month: numbers at each level or higher, and the clusters."""
        place = {unit.pk: at for at, unit in enumerate(self.units)}
        parents = np.array([place.get(unit.parent, NO_PARENT) for unit in self.units], np.int32)
        at_least = np.flip(np.cumsum(np.flip(self.exact, axis=3), axis=3), axis=3)
        return MonthTotals(
            month=month,
            counted_on=counted_on,
            units=self.ids,
            parents=parents,
            columns=self.columns,
            counts=at_least.astype(np.int32),
            shown_with=clusters_of(self.exact, self.columns, parents.tolist()),
        )


def clusters_of(exact: np.ndarray, columns: Sequence[str], parents: Sequence[int]) -> np.ndarray:
    """The clusters of every group, column and level, as the archive keeps them."""
    groups, many, wide, _levels = exact.shape
    found = np.full((groups, many, wide, LEAST_LEVELS), NOBODY, np.int32)
    tree = Tree(parents)
    for at, column in enumerate(columns):
        highest = State.VALID if column.startswith(LEVEL) else LEAST_LEVELS
        everybody, officers, chairs = (exact[group, :, at].tolist() for group in range(groups))
        for group, labels in enumerate(shown_with(everybody, officers, chairs, tree, highest=highest)):
            for least, where in labels.items():
                found[group, :, at, least - 1] = where
    return found


def whole(labels: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Whether units are made of whole clusters, for many answers at once.

    ``labels``: [unit, answer]; ``inside``: which units. The same rule as ``suppression.is_shown``.
    """
    own = labels[inside]
    shown = (own >= 0).any(axis=0) & ~(own == HIDDEN).any(axis=0)
    many, answers = labels.shape
    taken = np.zeros((many + 1, answers), bool)
    rows, columns = np.nonzero(own >= 0)
    taken[own[rows, columns], columns] = True
    rest = labels[~inside]
    crosses = np.take_along_axis(taken, np.where(rest >= 0, rest, many), axis=0).any(axis=0)
    return np.asarray(shown & ~crosses)
