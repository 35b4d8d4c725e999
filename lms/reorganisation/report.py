"""Members, offices and results per county on a day: as it was, and in the counties of now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.lineage import called_on
from lms.organisation.models import Membership, Term, Unit, UnitAncestry
from lms.organisation.rollup import Earned, figures, placed
from lms.periods import today

MEMBERS, SYMPATHISERS, OFFICES = "member", "sympathiser", "office"
KINDS, PEOPLE = (MEMBERS, SYMPATHISERS, OFFICES), (MEMBERS, SYMPATHISERS)


@dataclass(frozen=True, slots=True)
class Figures:
    """One county and its figures: ``KINDS``, then what rooms above registered."""

    name: str
    code: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OverTime:
    """The report: the same people and results on the same day, in the counties of then and of now.

    ``totals`` are the same for both orders: people counted once, results as many as there are.
    """

    on: dt.date
    was: list[Figures]
    now: list[Figures]
    ways: list[tuple[str, str, int]]
    totals: tuple[int, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether the counties of then are those of now, with the same people and figures in each."""
        return self.was == self.now and all(source == target for source, target, _ in self.ways)


def over_time(*, to: Member, on: dt.date) -> OverTime:
    """The figures of ``on`` for what counts today for units of which ``to`` may see the people.

    A fixed number of queries, however many people.
    """
    held = set(access.units_with(to, access.Right.SEE_PEOPLE).values_list("pk", flat=True))
    rows = _rows(on)
    earned = [row.earned for row in rows]
    then, now = placed(earned, on=on), placed(earned)
    then_county, now_county = county_of(on), county_of(today())
    was, is_, ways = _Tally(), _Tally(), _Tally()
    for row, place_then, place_now in zip(rows, then, now, strict=True):
        if place_now not in held:
            continue
        source, target = then_county.get(place_then, place_then), now_county.get(place_now, place_now)
        was.count((source, row.what), row)
        is_.count((target, row.what), row)
        if row.what in PEOPLE:
            ways.count((source, target), row)
    columns = [*KINDS, *(figure.key for figure in figures())]
    names_then, names_now = (
        _names(on, {unit for unit, _ in was.found}),
        _names(today(), {unit for unit, _ in is_.found}),
    )
    return OverTime(
        on,
        was=_figures(was, columns, names_then),
        now=_figures(is_, columns, names_now),
        ways=sorted((names_then[a][1], names_now[b][1], len(who)) for (a, b), who in ways.found.items()),
        totals=tuple(len(set().union(*(who for (_, w), who in was.found.items() if w == what))) for what in columns),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One person's place, or one result: what is counted, and by what it is counted once."""

    what: str
    earned: Earned
    once: object


class _Tally:
    """What is counted for each key, each thing once."""

    def __init__(self) -> None:
        self.found: dict[tuple, set[object]] = defaultdict(set)

    def count(self, key: tuple, row: _Row) -> None:
        self.found[key].add(row.once)


def _rows(on: dt.date) -> list[_Row]:
    """Everything that is counted on a day: people once in each county, registered figures one by one."""
    stays = Membership.objects.on(on).order_by("member", "unit").values_list("member", "unit", "status")
    terms = Term.objects.on(on).order_by("member").values_list("member", "body__unit")
    rows = [_Row(status, (member, unit, on), member) for member, unit, status in stays]
    rows += [_Row(OFFICES, (member, unit, on), member) for member, unit in terms]
    for figure in figures():
        rows += [_Row(figure.key, one, (figure.key, number)) for number, one in enumerate(figure.rows(on))]
    return rows


def county_of(day: dt.date) -> dict[int, int]:
    """Every unit of a day → the county it stands in; the nation and what has no county stand for themselves."""
    lines = UnitAncestry.objects.on(day).filter(ancestor__kind=Unit.Kind.COUNTY)
    return dict(lines.order_by("-depth").values_list("unit", "ancestor"))


def _names(day: dt.date, units: Iterable[int]) -> dict[int, tuple[str, str]]:
    return called_on(day, list(Unit.objects.filter(pk__in=set(units))))


def _figures(tally: _Tally, columns: list[str], names: dict[int, tuple[str, str]]) -> list[Figures]:
    rows = [
        Figures(name, code, tuple(len(tally.found.get((unit, what), ())) for what in columns))
        for unit, (code, name) in names.items()
    ]
    return sorted(rows, key=lambda row: (row.code, row.name))


def as_rows(report: OverTime, *, headers: list[str], orders: tuple[str, str]) -> list[list[object]]:
    """The report as a sheet: one row per county and order."""
    lines: list[list[object]] = [list(headers)]
    for order, found in zip(orders, (report.was, report.now), strict=True):
        lines += [[order, row.code, row.name, *row.numbers] for row in found]
    return lines
