"""How far each unit below has come with the goals a unit's plan asks of groups. No figure below five can be found.

A group is shown when it has at least five people. Whoever takes the shown groups from the whole
must not be left with fewer than five either: then the smallest shown one is hidden too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.planning.gathering import Facts, gather
from courses.planning.models import CompetencePlan, Goal, GoalFields
from courses.planning.shown import PlanShown, measure
from courses.planning.veil import LEAST
from lms.organisation.models import Unit, UnitParent

MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of how many, or that they are too few to show."""

    done: int
    total: int
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One unit and its cell for each goal. ``is_all``: the whole."""

    name: str
    url: str
    cells: list[Cell]
    is_all: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Goals across, units down; the whole first. ``hidden``: how many units have nothing that may be shown."""

    columns: list[str]
    rows: list[Row]
    hidden: int


def breakdown_of(shown: PlanShown, *, on: dt.date) -> Table | None:
    """The table, or None where nothing is asked of a group, or there is no unit below. A constant number of queries."""
    plan = shown.plan
    asked = [one for one in shown.goals if one.goal.kind != GoalFields.Kind.TASK]
    links = UnitParent.objects.on(on).filter(parent=plan.unit_id)
    below = list(Unit.objects.on(on).filter(parent_links__in=links).order_by("name_key", "pk")[:MOST_ROWS])
    if not asked or not below:
        return None
    parts = [CompetencePlan(unit=unit, office=plan.office) for unit in below]
    goals: Sequence[Goal] = [one.goal for one in asked]
    facts = gather([plan, *parts], goals, on=on)
    whole = [(one.done, one.total) for one in asked]
    numbers = [[_count(goal, part, facts) for goal in goals] for part in parts]
    columns = [shown_cells([row[at] for row in numbers], whole[at][1]) for at in range(len(goals))]
    rows = [Row(_("All"), "", [Cell(done, total, total >= LEAST) for done, total in whole], is_all=True)]
    for place, unit in enumerate(below):
        cells = [Cell(*numbers[place][at], columns[at][place]) for at in range(len(goals))]
        if any(cell.is_shown for cell in cells):
            rows.append(Row(unit.name, reverse("unit", args=[unit.public_id]), cells))
    if len(rows) == 1:
        return None
    return Table([one.what for one in asked], rows, hidden=len(below) + 1 - len(rows))


def _count(goal: Goal, part: CompetencePlan, facts: Facts) -> tuple[int, int]:
    reached, _needs = measure(goal, part, facts)
    return reached.done, reached.total


def shown_cells(parts: Sequence[tuple[int, int]], whole: int) -> list[bool]:
    """Which parts of a whole may be shown: groups of five, and what is left over must be none or five.

    >>> shown_cells([(3, 9), (1, 6), (2, 7)], 22), shown_cells([(3, 9), (1, 6), (1, 3)], 18)
    ([True, True, True], [True, False, False])
    """
    shown = [total >= LEAST for _done, total in parts]

    def left() -> int:
        return whole - sum(total for (_done, total), is_shown in zip(parts, shown, strict=True) if is_shown)

    while any(shown) and 0 < left() < LEAST:
        smallest = min((total, at) for at, (_done, total) in enumerate(parts) if shown[at])[1]
        shown[smallest] = False
    return shown
