"""Who stands under whom, and what it is called, and when: drawn from the dated links and labels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from lms.members.names import name_key
from lms.organisation.models import Unit, UnitAncestry, UnitLabel, UnitParent
from lms.periods import Period

Links = Mapping[int, list[tuple[int, Period]]]
"""unit id → its parents, each with the period it was the parent"""


def lines(unit: int, lived: Period, parents: Links) -> Iterator[tuple[int, int, Period]]:
    """Every (ancestor, depth, period) of a unit that lived ``lived``, itself at depth 0 first.

    The period of a line is the days on which every link of it held. Raises ValueError on a
    circle, naming the unit it goes through.
    """
    front: list[tuple[int, Period, tuple[int, ...]]] = [(unit, lived, (unit,))]
    while front:
        at, period, path = front.pop()
        yield at, len(path) - 1, period
        for parent, linked in parents.get(at, ()):
            common = period.meet(linked)
            if common is None:
                continue
            if parent in path:
                raise ValueError(f"unit {parent} would stand under itself")
            front.append((parent, common, (*path, parent)))


@transaction.atomic
def rebuild_ancestry(units: Iterable[Unit] | None = None) -> int:
    """Draw the ancestry of all units anew (or of those given and what lies below them is the caller's to name).

    Returns how many lines were written. Safe to run at any time: it only restates the parent links.
    """
    parents: dict[int, list[tuple[int, Period]]] = {}
    for link in UnitParent.objects.all():
        parents.setdefault(link.unit_id, []).append((link.parent_id, link.period))
    chosen = list(Unit.objects.all() if units is None else units)
    UnitAncestry.objects.filter(unit__in=[unit.pk for unit in chosen]).delete()
    rows = [
        UnitAncestry(unit=unit, ancestor_id=ancestor, depth=depth, valid_from=period.start, valid_until=period.until)
        for unit in chosen
        for ancestor, depth, period in lines(unit.pk, unit.period, parents)
    ]
    UnitAncestry.objects.bulk_create(rows, batch_size=2_000)
    return len(rows)


def with_all_below(units: Iterable[int]) -> set[int]:
    """The units and everything that ever stands below them by the parent links. One query."""
    children: dict[int, list[int]] = {}
    for child, parent in UnitParent.objects.values_list("unit", "parent"):
        children.setdefault(parent, []).append(child)
    found, front = set(units), list(units)
    while front:
        fresh = [child for child in children.get(front.pop(), ()) if child not in found]
        found.update(fresh)
        front += fresh
    return found


def called_on(day: dt.date, units: Iterable[Unit] | None = None) -> dict[int, tuple[str, str]]:
    """What units were called on a day: unit id → (code, name). Those open that day unless others are given."""
    chosen = list(Unit.objects.on(day) if units is None else units)
    labels = UnitLabel.objects.on(day).filter(unit__in=[unit.pk for unit in chosen])
    named = {unit: (code, name) for unit, code, name in labels.values_list("unit", "code", "name")}
    return {unit.pk: named.get(unit.pk, (unit.code, unit.name)) for unit in chosen}


@transaction.atomic
def restate_names(*, on: dt.date, units: Iterable[int] | None = None) -> int:
    """Let every unit be called what its label of the day says. Returns how many were not. Safe at any time."""
    labels = UnitLabel.objects.on(on).select_related("unit")
    if units is not None:
        labels = labels.filter(unit__in=list(units))
    wanted = {row.unit_id: (row.code, row.name) for row in labels if (row.code, row.name) != _called(row.unit)}
    call_units(wanted)
    return len(wanted)


def call_units(names: Mapping[int, tuple[str, str]]) -> None:
    """Give units codes and names, also when they change codes with each other."""
    units = list(Unit.objects.filter(pk__in=names))
    Unit.objects.filter(pk__in=names).update(code=Concat(Value("~"), Cast("pk", CharField())))
    for unit in units:
        unit.code, unit.name = names[unit.pk]
        unit.name_key = name_key(unit.name)
    Unit.objects.bulk_update(units, ["code", "name", "name_key"], batch_size=500)


def _called(unit: Unit) -> tuple[str, str]:
    return unit.code, unit.name
