"""Which units count where: for the unit a page is about, itself and each unit just below it, month by month.

"As it was" takes the lines of the month. "As it is" takes today's, and follows the successions:
what was counted in a unit that was merged counts for the one that took over. Where a unit was
split, totals cannot follow each person; they stay with the unit, or with the one that took
everybody else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from lms.archive.totals import Axes
from lms.organisation.models import Unit, UnitParent
from lms.organisation.rollup import Step, place, steps_until
from lms.periods import today

OUTSIDE = 0


class Order(StrEnum):
    """In which order of units results are shown."""

    IS = "is"
    WAS = "was"


class Ground:
    """The units of the totals, seen from one of them."""

    def __init__(self, axes: Axes, unit: Unit, order: Order) -> None:
        self.axes, self.unit, self.order = axes, unit, order
        self._steps: Mapping[int, list[Step]] = {}
        self._parents: dict[int, int] = {}
        if order == Order.IS:
            self._steps = steps_until(today())
            self._parents = dict(UnitParent.objects.on(today()).values_list("unit", "parent"))
            self._here = np.array([self._branch_now(pk) for pk in axes.units.tolist()], np.int64)

    def branches(self, at: int) -> np.ndarray:
        """For each unit of the totals: the unit it counts under in a month; itself and those below, else OUTSIDE."""
        return self._as_it_was(at) if self.order == Order.WAS else self._as_it_is(self.axes.counted_on[at])

    def is_split(self) -> bool:
        """Whether some of the units counted here were split: their earlier figures could not follow each person."""
        if self.order == Order.WAS:
            return False
        units = self.axes.units.tolist()
        split = {unit for unit, steps in self._steps.items() if any(step.in_part for step in steps)}
        return any(branch != OUTSIDE for unit, branch in zip(units, self._here.tolist(), strict=True) if unit in split)

    def _as_it_is(self, counted_on: dt.date) -> np.ndarray:
        found = self._here
        moved = [at for at, unit in enumerate(self.axes.units.tolist()) if unit in self._steps]
        if moved:
            found = found.copy()
            for at in moved:
                found[at] = self._branch_now(place(int(self.axes.units[at]), counted_on, self._steps, {}))
        return found

    def _branch_now(self, unit: int) -> int:
        if unit == self.unit.pk:
            return unit
        while (above := self._parents.get(unit, OUTSIDE)) not in (OUTSIDE, self.unit.pk):
            unit = above
        return unit if above == self.unit.pk else OUTSIDE

    def _as_it_was(self, at: int) -> np.ndarray:
        units, parents = self.axes.units.astype(np.int64), self.axes.parents[at]
        found = np.where(units == self.unit.pk, units, OUTSIDE)
        top = np.flatnonzero(units == self.unit.pk)
        if len(top):
            found = np.where(parents == top[0], units, found)
        has_parent = parents >= 0
        above = np.maximum(parents, 0)
        while True:
            inherited = np.where(has_parent & (found == OUTSIDE), found[above], OUTSIDE)
            inherited[inherited == self.unit.pk] = OUTSIDE
            if not inherited.any():
                return found
            found = np.where(inherited != OUTSIDE, inherited, found)
