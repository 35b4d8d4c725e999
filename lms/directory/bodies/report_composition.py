"""How the bodies of a scope are composed, by kind and county, on the first of January and of July.

The rules of what may be shown stand in ``lms.organisation.composition``; here the rows are
gathered for them. Every number counts people seated in a body: who sits in two is two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from lms.directory.reach import with_origins
from lms.members.models import Member
from lms.organisation.composition import Group, Question, Seated, days_shown, is_under_40, publish
from lms.organisation.models import Body, Term, Unit, UnitAncestry
from lms.organisation.words import KIND_WORDS
from lms.periods import Period

HALF_YEARS = 12
YEAR = dt.timedelta(days=365)
ALL = "all"


def half_years(until: dt.date) -> list[dt.date]:
    """The first days of the last half-years, the newest first."""
    day = dt.date(until.year, 7 if until.month >= 7 else 1, 1)
    found = []
    for _ in range(HALF_YEARS):
        found.append(day)
        day = dt.date(day.year, 1, 1) if day.month == 7 else dt.date(day.year - 1, 7, 1)
    return found


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person in one body for a while, with what is asked of them."""

    body: int
    unit: int
    kind: str
    person: int
    period: Period
    is_woman: bool
    birth_year: int | None
    first: dt.date

    def seated(self, on: dt.date) -> Seated:
        """The answers on a day."""
        answers = {
            Question.WOMEN: self.is_woman,
            Question.UNDER_40: is_under_40(self.birth_year, on.year),
            Question.NEW: self.first > on - YEAR,
        }
        return Seated(self.person, self.body, frozenset(q for q, holds in answers.items() if holds))


def sittings(units: Iterable[int]) -> list[Sitting]:
    """Every term in the bodies of some units. One query."""
    rows = Term.objects.filter(body__unit__in=units).order_by().values_list(
        "body", "body__unit", "body__kind", "member", "valid_from", "valid_until",
        "member__gender", "member__birth_year",
    )  # fmt: skip
    found, woman = list(rows), Member.Gender.WOMAN
    first: dict[tuple[int, int], dt.date] = {}
    for body, _unit, _kind, person, start, *_rest in found:
        first[body, person] = min(start, first.get((body, person), start))
    return [
        Sitting(body, unit, kind, person, Period(start, until), gender == woman, born, first[body, person])
        for body, unit, kind, person, start, until, gender, born in found
    ]


@dataclass(slots=True)
class Line:
    """One row of the table: a group, how many bodies and people, and what may be said of them."""

    label: str
    depth: int
    bodies: int
    seated: int
    said: dict[str, int | None] = field(default_factory=dict)

    @property
    def shares(self) -> list[int | None]:
        """Women, under forty, new: in percent; None when too few to be shown."""
        return [None if number is None else round(100 * number / self.seated) for number in self.said.values()]


@dataclass(frozen=True, slots=True)
class Report:
    """The table for one day, and the whole over the years, the newest first."""

    day: dt.date
    lines: list[Line]
    years: list[tuple[dt.date, Line]]


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the units a reader sees, and those they took over whole, have stood, and in which county."""

    lived: list[tuple[int, Period]]
    counties: list[tuple[int, int, str, Period]]

    def units_on(self, day: dt.date) -> set[int]:
        """The units within reach on a day."""
        return {unit for unit, period in self.lived if day in period}

    def counties_on(self, day: dt.date) -> dict[int, tuple[int, str]]:
        """Unit → the county it stood in on a day, with its name today."""
        return {unit: (county, name) for unit, county, name, period in self.counties if day in period}


def lines_of(seen: Iterable[int]) -> Lines:
    """The lines of units, of all times. Two queries."""
    origins = with_origins(set(seen))
    rows = UnitAncestry.objects.filter(Q(ancestor__in=origins) | Q(ancestor__kind=Unit.Kind.COUNTY))
    columns = ("unit", "ancestor", "ancestor__kind", "ancestor__name", "valid_from", "valid_until")
    found = [(*line, Period(start, until)) for *line, start, until in rows.values_list(*columns)]
    return Lines(
        lived=[(unit, period) for unit, above, _kind, _name, period in found if above in origins],
        counties=[(unit, a, name, period) for unit, a, kind, name, period in found if kind == Unit.Kind.COUNTY],
    )


def composition_report(lines: Lines, *, on: dt.date, now: dt.date) -> Report:
    """What may be said of the bodies of a reader's units, as of the half-year that had come on a day. One query."""
    rows = sittings({unit for unit, _ in lines.lived})
    days: dict[dt.date, list[Sitting]] = {}
    for day in half_years(now):
        there = lines.units_on(day)
        held = {(row.body, row.person): row for row in rows if row.unit in there and day in row.period}
        days[day] = list(held.values())
    seated = {day: [row.seated(day) for row in held] for day, held in days.items()}
    asked = next((day for day in days if day <= on), min(days))
    open_days = {question: set(days_shown(seated, question)) for question in Question}
    tops = {day: Group(ALL, own=some) for day, some in seated.items() if some}
    years = [(day, _line(top, "", 0, _said(top, day, open_days))) for day, top in tops.items()]
    table = _table(days[asked], asked, lines.counties_on(asked), open_days) if days[asked] else []
    return Report(asked, table, years)


OpenDays = dict[Question, set[dt.date]]


def _table(rows: list[Sitting], day: dt.date, counties: dict[int, tuple[int, str]], open_days: OpenDays) -> list[Line]:
    """All, each kind, and each county within the kind."""
    top, labels = _grown(rows, day, counties)
    said = _said(top, day, open_days)
    lines = [_line(top, "", 0, said)]
    for kind in top.parts:
        lines.append(_line(kind, labels[kind.key], 1, said))
        # With one county only, the county is the kind over again.
        parts = kind.parts if len(kind.parts) > 1 else []
        lines += [_line(part, labels[part.key], 2, said) for part in sorted(parts, key=lambda p: labels[p.key])]
    return lines


def _grown(
    rows: list[Sitting], day: dt.date, counties: dict[int, tuple[int, str]]
) -> tuple[Group, dict[Hashable, str]]:
    """The groups, nested, and what they are called."""
    top, labels = Group(ALL), dict[Hashable, str]()
    groups: dict[Hashable, Group] = {}
    order = list(Body.Kind.values)
    for row in sorted(rows, key=lambda one: order.index(one.kind)):
        county, name = counties.get(row.unit, (0, ""))
        if row.kind not in groups:
            groups[row.kind] = Group(row.kind)
            labels[row.kind] = str(KIND_WORDS[row.kind])
            top.parts.append(groups[row.kind])
        key = (row.kind, county)
        if key not in groups:
            groups[key], labels[key] = Group(key), name
            groups[row.kind].parts.append(groups[key])
        groups[key].own.append(row.seated(day))
    return top, labels


def _said(top: Group, day: dt.date, open_days: OpenDays) -> dict[Question, dict[Hashable, int]]:
    """What may be said of each group; nothing on a day that lies too near another that is shown."""
    return {question: publish(top, question) if day in open_days[question] else {} for question in Question}


def _line(group: Group, label: str, depth: int, said: dict[Question, dict[Hashable, int]]) -> Line:
    everybody = group.everybody()
    line = Line(label, depth, len({one.body for one in everybody}), len(everybody))
    line.said = {question.name.lower(): shown.get(group.key) for question, shown in said.items()}
    return line
