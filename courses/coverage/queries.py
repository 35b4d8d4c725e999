"""What the overview shows, read from the totals: a unit and what lies below it in a month, and a trend."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courses.coverage.counting import whole
from courses.coverage.ground import OUTSIDE, Ground, Order
from courses.coverage.words import LEVEL
from courses.progression.models import Level
from lms.archive.layout import State
from lms.archive.totals import GROUPS, Axes, Totals, there_are_totals
from lms.competences.framework import framework_on
from lms.members.names import name_key
from lms.organisation.models import Unit

ALL, OFFICERS, CHAIRS = range(len(GROUPS))


@dataclass(frozen=True, slots=True)
class Cell:
    """Of so many people, how many; None: too few to be shown."""

    people: int
    reached: int | None

    @property
    def share(self) -> int | None:
        """In percent, rounded."""
        return None if self.reached is None or not self.people else round(100 * self.reached / self.people)


@dataclass(frozen=True, slots=True)
class Line:
    """A level, or a competence: who holds it. ``column`` is its key in the totals."""

    column: str
    title: str
    cells: tuple[Cell, ...]
    lapsed: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """An area of the framework and its competences."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A unit just below, everything beneath it included; or the unit's own people (``is_own``)."""

    name: str
    public_id: uuid.UUID | None
    people: int
    cells: tuple[Cell, ...]
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """One unit in one month."""

    month: dt.date
    counted_on: dt.date
    months: tuple[dt.date, ...]
    people: tuple[int, int, int]
    levels: tuple[Line, ...]
    branches: tuple[Branch, ...]
    parts: tuple[Part, ...]
    is_split: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One month of a trend."""

    month: dt.date
    counted_on: dt.date
    cell: Cell


def overview(
    unit: Unit, *, month: dt.date | None = None, group: int = OFFICERS, least: int = 2, order: Order = Order.IS
) -> Overview | None:
    """A unit in a month (the newest). None: nothing has been counted yet. Five queries, however many people."""
    if not there_are_totals():
        return None
    with Totals() as totals:
        axes = totals.axes()
        at = _month(axes, month)
        counts, labels = totals.month(at)
    ground = Ground(axes, unit, order)
    branches = ground.branches(at)
    everywhere = _Shown(counts, labels, branches != OUTSIDE, axes.columns)
    levels = list(Level.objects.filter(track__archived_at=None).order_by("track__order", "track", "order"))
    return Overview(
        month=axes.months[at],
        counted_on=axes.counted_on[at],
        months=tuple(sorted(axes.months, reverse=True)),
        people=tuple(everywhere.people(group_at) for group_at in range(len(GROUPS))),  # type: ignore[arg-type]
        levels=tuple(line for level in levels if (line := _level_line(everywhere, level)) is not None),
        branches=_branches(everywhere, group, least, axes.counted_on[at]),
        parts=_parts((counts, labels), branches, axes.columns, unit, group, levels),
        is_split=ground.is_split(),
    )


def trend(unit: Unit, column: str, *, group: int = OFFICERS, least: int = 2, order: Order = Order.IS) -> list[Point]:
    """One column in a unit over all months, the oldest first. Two queries."""
    if not there_are_totals():
        return []
    with Totals() as totals:
        axes = totals.axes()
        if column not in axes.columns:
            return []
        counts, labels = totals.column(axes.columns.index(column))
    ground = Ground(axes, unit, order)
    found = []
    for at, month in sorted(enumerate(axes.months), key=lambda pair: pair[1]):
        inside = ground.branches(at) != OUTSIDE
        people, reached = counts[at, group][inside].sum(axis=0)[[0, least]].tolist()
        is_shown = bool(whole(labels[at, group, :, least - 1 : least], inside)[0])
        found.append(Point(month, axes.counted_on[at], Cell(people, reached if is_shown else None)))
    return found


def exact(point: Point) -> float | None:
    """The share in percent, not rounded; None when it is hidden, or nobody is there."""
    cell = point.cell
    return None if cell.reached is None or not cell.people else 100 * cell.reached / cell.people


def _month(axes: Axes, asked: dt.date | None) -> int:
    return axes.months.index(asked if asked in axes.months else max(axes.months))


class _Shown:
    """Some units together: what may be said of them in every column."""

    def __init__(self, counts: np.ndarray, labels: np.ndarray, inside: np.ndarray, columns: Sequence[str]) -> None:
        self._sums = counts[:, inside].sum(axis=1)
        self._labels, self._inside = labels, inside
        self._place = {column: at for at, column in enumerate(columns)}
        self._known: dict[tuple[int, int], np.ndarray] = {}

    def people(self, group: int) -> int:
        """How many there are."""
        return int(self._sums[group, 0, 0]) if self._sums.shape[1] else 0

    def cell(self, column: str, group: int, least: int) -> Cell | None:
        """How many stand at a level or higher; None for a column that the month does not have."""
        at = self._place.get(column)
        if at is None:
            return None
        if (group, least) not in self._known:
            self._known[group, least] = whole(self._labels[group, :, :, least - 1], self._inside)
        reached = int(self._sums[group, at, least])
        return Cell(int(self._sums[group, at, 0]), reached if self._known[group, least][at] else None)


def _level_line(shown: _Shown, level: Level) -> Line | None:
    """A level: who holds it, and who has held it but lets it lapse, in each group."""
    column = f"{LEVEL}{level.key}"
    held = [shown.cell(column, group, State.VALID) for group in range(len(GROUPS))]
    ever = [shown.cell(column, group, State.LAPSED) for group in range(len(GROUPS))]
    valid = tuple(cell for cell in held if cell is not None)
    if not valid:
        return None
    lapsed = [
        Cell(now.people, None if was is None or None in (was.reached, now.reached) else was.reached - now.reached)  # type: ignore[operator]
        for now, was in zip(valid, ever, strict=True)
    ]
    return Line(column, str(level), valid, tuple(lapsed))


def _branches(shown: _Shown, group: int, least: int, day: dt.date) -> tuple[Branch, ...]:
    found = []
    for area in framework_on(day).areas or framework_on().areas:
        cells = [(entry, shown.cell(entry.key, group, least)) for entry in area.entries]
        lines = tuple(Line(entry.key, str(entry), (cell,)) for entry, cell in cells if cell is not None)
        if lines:
            found.append(Branch(str(area), lines))
    return tuple(found)


def _parts(
    month: tuple[np.ndarray, np.ndarray], branches: np.ndarray, columns: Sequence[str], unit: Unit,
    group: int, levels: Sequence[Level],
) -> tuple[Part, ...]:  # fmt: skip
    """The unit's own people, and each unit just below it that has any, by the levels of the first track. One query."""
    levels = [level for level in levels if level.track_id == levels[0].track_id]
    ids = [pk for pk in np.unique(branches).tolist() if pk != OUTSIDE]
    units = {row.pk: row for row in Unit.objects.filter(pk__in=ids)}
    found = []
    for pk in ids:
        shown = _Shown(*month, branches == pk, columns)
        cells = [shown.cell(f"{LEVEL}{level.key}", group, State.VALID) for level in levels]
        row, is_own = units.get(pk), pk == unit.pk
        if row is not None and shown.people(group):
            there = None if is_own or row.valid_until is not None else row.public_id
            found.append(
                Part(row.name, there, shown.people(group), tuple(cell for cell in cells if cell is not None), is_own)
            )
    return tuple(sorted(found, key=lambda part: (not part.is_own, name_key(part.name))))
