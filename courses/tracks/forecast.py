"""Whose levels lapse soon: how many, month by month, where, and what the shortest way to renew is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from courses.progression.models import Level
from courses.tracks.lapses import Holding, lapsing, people_of
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Membership, Unit, UnitAncestry, UnitParent
from lms.periods import add_months, today

DISTANCES = (3, 6, 12)
"""Within how many months, as the page counts."""
MONTHS = DISTANCES[-1]


@dataclass(frozen=True, slots=True)
class Month:
    """One month ahead: its first day, how many lapse in it, and the length of its bar in percent of the longest."""

    first: dt.date
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Place:
    """How many lapse in a unit just below, itself and everything beneath it included; ``unit`` None: elsewhere."""

    unit: Unit | None
    number: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What lapses within a year among the people of a unit whom the reader may see."""

    unit: Unit
    on: dt.date
    holdings: tuple[Holding, ...]

    def within(self, months: int) -> list[Holding]:
        """Those that lapse within so many months, the first first."""
        before = add_months(self.on, months)
        return [one for one in self.holdings if one.until <= before]

    def months(self) -> list[Month]:
        """The twelve months ahead, this one first: a lapse stands in the month of its day."""
        first = self.on.replace(day=1)
        firsts = [add_months(first, number) for number in range(MONTHS + 1)]
        counts = Counter(one.until.replace(day=1) for one in self.holdings)
        most = max((counts[day] for day in firsts), default=0) or 1
        return [Month(day, counts[day], round(counts[day] * 100 / most, 1)) for day in firsts]

    def by_level(self) -> Counter[int]:
        """How many of each level."""
        return Counter(one.level_id for one in self.holdings)


def units_seen(reader: Member, *, on: dt.date | None = None) -> list[Unit]:
    """The units whose people a reader sees, the largest kinds first. Two queries."""
    return list(access.units_with(reader, Right.SEE_PEOPLE, on=on).order_by("kind", "name_key"))


def topmost(units: Sequence[Unit], *, on: dt.date) -> Unit | None:
    """The unit to begin with: the first whose parent is not among them. One query."""
    ids = {unit.pk for unit in units}
    parents = dict(UnitParent.objects.on(on).filter(unit__in=ids).values_list("unit", "parent"))
    tops = [unit for unit in units if parents.get(unit.pk) not in ids]
    return tops[0] if tops else None


def forecast_of(
    unit: Unit, *, reader: Member, levels: Collection[int] | None = None, on: dt.date | None = None
) -> Forecast:
    """Whose levels lapse within a year in a unit and below: only of people the reader may see. Constant queries."""
    day = on or today()
    people = access.visible(people_of(unit.pk, on=day), to=reader, on=day)
    shown = levels_counted() if levels is None else levels
    before = add_months(day, MONTHS) + dt.timedelta(days=1)
    start = day + dt.timedelta(days=1)
    found = lapsing(levels=shown, people=people, start=start, before=before, on=day)
    return Forecast(unit, day, tuple(sorted(found, key=lambda one: (one.until, one.level_id, one.member_id))))


def levels_counted() -> list[int]:
    """The levels of the tracks that are in use. One query."""
    return list(Level.objects.filter(track__archived_at=None).values_list("pk", flat=True))


def places_of(forecast: Forecast, months: int) -> list[Place]:
    """How many lapse within so many months, unit by unit just below. Three queries."""
    members = Counter(one.member_id for one in forecast.within(months))
    belong = Membership.objects.on(forecast.on).filter(member__in=list(members)).order_by("-pk")
    home = dict(belong.values_list("member", "unit"))
    below = UnitParent.objects.on(forecast.on).filter(parent=forecast.unit).select_related("unit")
    children = {link.unit_id: link.unit for link in below}
    under = UnitAncestry.objects.on(forecast.on).filter(ancestor__in=list(children))
    child_of = dict(under.values_list("unit", "ancestor"))
    counts: Counter[int | None] = Counter()
    for member, number in members.items():
        unit = home.get(member)
        counts[unit if unit == forecast.unit.pk else child_of.get(unit or 0)] += number
    known = {**children, forecast.unit.pk: forecast.unit}
    rows = [Place(known.get(pk or 0), number) for pk, number in counts.items()]
    return sorted(rows, key=lambda row: (row.unit is None, -row.number, row.unit.name_key if row.unit else ""))
