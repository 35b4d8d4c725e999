"""Who may: nobody moves anything into or out of units they do not hold.

Whoever lays people under others gives those others what they hold over them. So it takes more
than the right to reorganise: every right an administrator has, over both ends. Then nobody
gains, by a merger or a move, what they did not have; and a loan of one right is not enough.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Unit, UnitParent
from lms.organisation.rollup import Steps, heirs_by, steps_until
from lms.periods import today
from lms.reorganisation.models import BodyChoice, Change, NewUnit, Reorganisation

REORGANISE = access.Right.REORGANISE
WHOLE = access.RIGHTS[access.Role.ADMINISTRATOR]
"""What it takes to hold a unit here."""


def ids_held(by: Member, *, on: dt.date) -> set[int]:
    """The units open on a day over which somebody then has every right of an administrator."""
    grants = access.grants(by, on=on)
    tops = {frozenset(grant.unit_id for grant in grants if right in grant.rights) for right in WHOLE}
    if not all(tops):
        return set()
    reached = [set(access.below(some, on=on).values_list("unit", flat=True)) for some in tops]
    return set.intersection(*reached)


class Today:
    """Which units answer for a unit today: itself while it is open, then what it became, else its last parent's."""

    def __init__(self) -> None:
        self.steps: Steps = steps_until(today())
        self.open = set(Unit.objects.on(today()).values_list("pk", flat=True))
        links = UnitParent.objects.order_by("valid_from").values_list("unit", "parent")
        self.parent: dict[int, int] = dict(links)
        self.ahead = set(Unit.objects.filter(valid_from__gt=today()).values_list("pk", flat=True))

    def answering(self, unit: int) -> list[int]:
        """The units to hold for a unit; none when nothing is left of it or above it."""
        if unit in self.ahead:
            return [unit]
        found = heirs_by(unit, self.steps, self.open)
        return found or (self.answering(self.parent[unit]) if unit in self.parent else [])


def units_held(by: Member, *, on: dt.date) -> list[Unit]:
    """The units somebody may reorganise today, and those that will be theirs on a day ahead; by name."""
    days = {today(), max(on, today())}
    keys = {key for day in days for key in ids_held(by, on=day)}
    return list(Unit.objects.filter(pk__in=keys).order_by("kind", "name_key", "pk"))


def closed_units_held(by: Member) -> list[Unit]:
    """Closed units for which units answer that are all somebody's to reorganise."""
    held = ids_held(by, on=today())
    now = Today()
    closed = Unit.objects.filter(valid_until__lte=today()).order_by("name_key", "pk")
    return [unit for unit in closed if (who := now.answering(unit.pk)) and held.issuperset(who)]


def demand_held(units: Iterable[int], *, by: Member | None, on: dt.date) -> None:
    """Raise PermissionDenied unless every unit may be reorganised by ``by``; a closed one, all that it became.

    The right must be held today; for a unit that is yet to begin, on the day of the change.
    """
    if by is not None and not _are_held(_asked(set(units)), by=by, on=on):
        raise PermissionDenied("not every unit is yours to reorganise")


def _asked(units: set[int]) -> set[int]:
    """The units to hold for these: themselves, and for a closed one those that answer for it."""
    closed = set(Unit.objects.filter(pk__in=units, valid_until__lte=today()).values_list("pk", flat=True))
    if not closed:
        return units
    now = Today()
    return (units - closed) | {one for unit in closed for one in now.answering(unit) or [unit]}


def _are_held(units: set[int], *, by: Member, on: dt.date) -> bool:
    """Whether all are held: open ones today, those that are yet to be made on the day of the change."""
    held = ids_held(by, on=today())
    ahead = set(Unit.objects.filter(pk__in=units - held, valid_from__gt=today()).values_list("pk", flat=True))
    if ahead:
        held |= ahead & ids_held(by, on=max(on, today()))
    return units <= held


def demand_units(*, reorganisation: Reorganisation, by: Member | None) -> None:
    """Raise PermissionDenied unless ``by`` holds every unit that a reorganisation names."""
    if by is not None:
        demand_held(_named([reorganisation.pk])[reorganisation.pk], by=by, on=reorganisation.on)


def held_by(person: Member, *, rows: Iterable[Reorganisation]) -> list[Reorganisation]:
    """Those a person may see: drafts of their own that name nothing yet, and those of which they hold every unit."""
    if not access.holds(person, REORGANISE):
        return []
    every = list(rows)
    named = _named([row.pk for row in every])
    now, ahead = Today(), max((row.on for row in every), default=today())
    held = {unit.pk for unit in units_held(person, on=ahead)}

    def is_held(unit: int) -> bool:
        return unit in held or (bool(who := now.answering(unit)) and held.issuperset(who))

    return [row for row in every if (all(map(is_held, named[row.pk])) if named[row.pk] else row.by_id == person.pk)]


def _named(reorganisations: list[int]) -> dict[int, set[int]]:
    """Every existing unit of each mapping: both ends of each row, parents, and where bodies go on. Four queries."""
    of = {"reorganisation__in": reorganisations}
    rows: list[tuple] = [
        *Change.objects.filter(**of).values_list("reorganisation", "unit", "target"),
        *NewUnit.objects.filter(**of).values_list("reorganisation", "parent", "unit"),
        *BodyChoice.objects.filter(**of).values_list("reorganisation", "target", "body__unit"),
        *Change.objects.filter(**of, municipalities__isnull=False).values_list("reorganisation", "municipalities"),
    ]
    found: dict[int, set[int]] = defaultdict(set)
    for owner, *units in rows:
        found[owner] |= {unit for unit in units if unit}
    return found
