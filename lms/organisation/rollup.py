"""Whose results count where: as it was on a day, and as it is now.

Results stay at the unit where they were earned. Asked "as it is on D", they follow the
successions up to D, every step. Where a unit was split, a result follows the person: to the
successor whose membership the person began that day. Whoever was not there then (had left, or
was only an officer) counts with the unit itself if it goes on, else with the first successor,
the one that took everybody else. A unit that was re-established takes its own old results back.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from lms.organisation.models import Membership, Unit, UnitAncestry, UnitSuccession
from lms.periods import Period, today


@dataclass(frozen=True, slots=True)
class Step:
    """One succession: on a day a unit became, wholly or in part, another. ``closes``: it was open no longer then."""

    successor: int
    on: dt.date
    in_part: bool
    closes: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """A unit whose results count for the one asked about, for the days it lived.

    ``in_part``: only those of the people who went that way.
    """

    unit: int
    period: Period
    in_part: bool = False


Steps = Mapping[int, list[Step]]
Earned = tuple[int, int, dt.date]
"""(member, unit, the day): one result, or one person's place on a day."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that rooms above add to reports over time: ``rows`` are the results of up to a day."""

    key: str
    title: str | Promise
    rows: Callable[[dt.date], Sequence[Earned]]


_figures: dict[str, Figure] = {}


def register_figure(figure: Figure) -> None:
    """Add a number to reports over time; the same key again replaces it."""
    _figures[figure.key] = figure


def figures() -> list[Figure]:
    """Every number that was added, in the order they came."""
    return list(_figures.values())


def steps_until(day: dt.date) -> dict[int, list[Step]]:
    """Every succession up to a day, by predecessor. One query."""
    found: dict[int, list[Step]] = defaultdict(list)
    rows = UnitSuccession.objects.filter(on__lte=day).order_by("on", "id")
    columns = ("predecessor", "predecessor__valid_until", "successor", "on", "in_part")
    for unit, until, successor, on, in_part in rows.values_list(*columns):
        found[unit].append(Step(successor, on, in_part, closes=until is not None and until <= on))
    return found


def next_steps(unit: int, after: dt.date, steps: Steps) -> list[Step]:
    """The successions that carry a unit's results of ``after`` on: those of one day.

    That day is the first one after the result, unless the unit was re-established later: then
    its own old results go straight to the one that is it again.
    """
    ahead = [step for step in steps.get(unit, ()) if step.on > after]
    if not ahead:
        return []
    first = [step for step in ahead if step.on == ahead[0].on]
    again = ahead[len(first) :] if first[0].closes else []
    return again[-1:] or first


def place(unit: int, after: dt.date, steps: Steps, went: Mapping[tuple[int, dt.date], int]) -> int:
    """Where a result earned in ``unit`` on ``after`` counts. ``went``: (split unit, day) → where the person went."""
    while ahead := next_steps(unit, after, steps):
        first, after = ahead[0], ahead[0].on
        otherwise = first.successor if first.closes else unit
        unit = went.get((unit, after), otherwise) if first.in_part else first.successor
    return unit


def placed(rows: Iterable[Earned], *, on: dt.date | None = None) -> list[int]:
    """For each (member, unit, day): the unit it counts for in the order of ``on`` (today). Two queries."""
    wanted = list(rows)
    steps = steps_until(on or today())
    went = _went(steps, {member for member, _, _ in wanted})
    nowhere: dict[tuple[int, dt.date], int] = {}
    return [place(unit, day, steps, went.get(member, nowhere)) for member, unit, day in wanted]


def _went(steps: Steps, people: set[int]) -> dict[int, dict[tuple[int, dt.date], int]]:
    """Of people: (split unit, day) → the successor they went to, or the unit itself where they stayed."""
    splits: dict[tuple[int, dt.date], list[int]] = defaultdict(list)
    for unit, ahead in steps.items():
        for step in ahead:
            if step.in_part:
                splits[unit, step.on].append(step.successor)
    if not splits:
        return {}
    named = {unit for unit, _ in splits} | {heir for heirs in splits.values() for heir in heirs}
    stays: dict[int, list[tuple[int, dt.date, dt.date | None]]] = defaultdict(list)
    rows = Membership.objects.filter(unit__in=named).values_list("member", "unit", "valid_from", "valid_until")
    for member, unit, since, until in rows:
        if member in people:
            stays[member].append((unit, since, until))
    found: dict[int, dict[tuple[int, dt.date], int]] = defaultdict(dict)
    for member, own in stays.items():
        for (unit, day), heirs in splits.items():
            was_there = any(u == unit and s < day and (e is None or e >= day) for u, s, e in own)
            there = {u for u, s, e in own if s <= day and (e is None or e > day)}
            to = next((heir for heir in heirs if heir in there), unit if unit in there else None)
            if was_there and to is not None:
                found[member][unit, day] = to
    return found


def units_as_it_was(unit: Unit, on: dt.date) -> list[Counted]:
    """The units whose results count for ``unit`` in the order of a day: it and all below, and what became them."""
    below = UnitAncestry.objects.on(on).filter(ancestor=unit).values_list("unit", flat=True)
    lived = {row.pk: row for row in Unit.objects.all()}
    into: dict[int, list[tuple[int, Step]]] = defaultdict(list)
    steps = steps_until(on)
    for predecessor in steps:
        for step in _every_step(predecessor, steps):
            into[step.successor].append((predecessor, step))
    found = {key: Counted(key, lived[key].period) for key in below}
    front = list(found)
    while front:
        at = front.pop()
        for predecessor, step in into[at]:
            counted = Counted(predecessor, lived[predecessor].period, step.in_part or found[at].in_part)
            old = found.get(predecessor)
            if old is None or (old.in_part and not counted.in_part):
                found[predecessor] = counted
                front.append(predecessor)
    return sorted(found.values(), key=lambda one: (one.unit, one.in_part))


def _every_step(unit: int, steps: Steps) -> Iterator[Step]:
    """The steps that results of a unit may take, whenever they were earned."""
    for after in sorted({dt.date.min, *(step.on for step in steps[unit])}):
        yield from next_steps(unit, after, steps)


def units_as_it_is(unit: Unit) -> list[Counted]:
    """The units whose results count for ``unit`` as it is now."""
    return units_as_it_was(unit, today())


def heirs_of(unit: int, *, on: dt.date | None = None) -> list[int]:
    """The units that a unit has become by a day (today), through every step; itself while it is open."""
    day = on or today()
    return heirs_by(unit, steps_until(day), set(Unit.objects.on(day).values_list("pk", flat=True)))


def heirs_by(unit: int, steps: Steps, open_units: Collection[int]) -> list[int]:
    """The same from successions and open units at hand."""
    found, front = [], [(unit, dt.date.min)]
    while front:
        at, after = front.pop(0)
        if at in open_units and at not in found:
            found.append(at)
        front += [(step.successor, step.on) for step in next_steps(at, after, steps)]
    return found
