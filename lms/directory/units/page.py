"""One unit in full, as it stood on a day: its line, what stands under it, its boards, what it was called."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lms.directory.reach import counted_on
from lms.directory.units.queries import counts_on
from lms.directory.units.tree import Counts
from lms.members.names import name_key
from lms.organisation.models import Body, Unit, UnitAncestry, UnitLabel, UnitSuccession


@dataclass(frozen=True, slots=True)
class Named:
    """A unit by what it was called on the day, and how many belong there, where the reader may know."""

    public_id: uuid.UUID
    name: str
    kind: str
    counts: Counts | None = None


@dataclass(frozen=True, slots=True)
class Passing:
    """That one unit took over from another on a day, wholly or in part."""

    public_id: uuid.UUID
    name: str
    on: dt.date
    in_part: bool


@dataclass(frozen=True, slots=True)
class UnitPage:
    """What the page of a unit shows.

    ``is_there`` False: it had not begun, or had closed, on that day. ``is_within`` False: its
    bodies are named, and lead nowhere, since the reader sees no people here.
    """

    unit: Unit
    name: str
    code: str
    is_there: bool
    is_within: bool
    above: list[Named]
    under: list[Named]
    counts: Counts | None
    bodies: list[Body]
    labels: list[UnitLabel]
    origins: list[Passing]
    successors: list[Passing]


def page_of(unit: Unit, *, on: dt.date, seen: Collection[int]) -> UnitPage:
    """The page of a unit on a day, for one who sees people in ``seen`` today. Ten queries at most."""
    labels = list(unit.labels.order_by("valid_from", "pk"))
    called = next((label for label in labels if on in label.period), None)
    above = _related(UnitAncestry.objects.on(on).filter(unit=unit, depth__gt=0).order_by("-depth"), "ancestor")
    under = _related(UnitAncestry.objects.on(on).filter(ancestor=unit, depth=1), "unit")
    units = counted_on(seen, on) & {unit.pk, *(one.pk for one in under)}
    counts = counts_on(on, units=units)
    names = _names([*above, *under], on)
    return UnitPage(
        unit=unit,
        name=called.name if called else unit.name,
        code=called.code if called else unit.code,
        is_there=on in unit.period,
        is_within=unit.pk in seen,
        above=[_named(one, names) for one in above],
        under=sorted((_named(one, names, counts.get(one.pk)) for one in under), key=lambda one: name_key(one.name)),
        counts=counts.get(unit.pk),
        bodies=list(Body.objects.on(on).filter(unit=unit).order_by("kind", "name")),
        labels=labels if len(labels) > 1 else [],
        origins=_passings(unit.origins.select_related("predecessor"), "predecessor"),
        successors=_passings(unit.successions.select_related("successor"), "successor"),
    )


def _related(lines: Iterable[UnitAncestry], end: str) -> list[Unit]:
    return [getattr(line, end) for line in lines.select_related(end)]  # type: ignore[attr-defined]


def _names(units: Iterable[Unit], on: dt.date) -> dict[int, str]:
    labels = UnitLabel.objects.on(on).filter(unit__in=[unit.pk for unit in units])
    return dict(labels.values_list("unit", "name"))


def _named(unit: Unit, names: dict[int, str], counts: Counts | None = None) -> Named:
    return Named(unit.public_id, names.get(unit.pk, unit.name), unit.kind, counts)


def _passings(rows: Iterable[UnitSuccession], end: str) -> list[Passing]:
    passed = ((getattr(row, end), row) for row in rows)
    return [Passing(unit.public_id, unit.name, row.on, row.in_part) for unit, row in passed]
