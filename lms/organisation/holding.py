"""What somebody holds of their own over a stretch of time: what they can give away.

Both ends are asked for, and every day between: a right is held for a unit on the days its
source lasts and its unit stands at or above that one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from lms.members.models import Member
from lms.organisation.models import Appointment, Term, Unit
from lms.organisation.rights import BODIES_WITH_RIGHTS, RIGHTS, RIGHTS_OF_OFFICE, Right
from lms.organisation.seating import covers
from lms.periods import Period, today

Held = tuple[frozenset[Right], Period]


def own_periods(person: Member, *, unit: Unit) -> list[Held]:
    """Every stretch in which a person holds rights for a unit by a term or appointment of their own. Two queries."""
    if not person.is_active:
        return []
    carrying = {"office__unit": None, "office__key__in": RIGHTS_OF_OFFICE, "body__kind__in": BODIES_WITH_RIGHTS}
    terms = Term.objects.filter(member=person, **carrying)
    named = Appointment.objects.filter(member=person)
    return [
        *_meetings(terms, "office__key", "body__unit__descent", unit, RIGHTS_OF_OFFICE),
        *_meetings(named, "role", "unit__descent", unit, RIGHTS),
    ]


def _meetings(rows: QuerySet, key: str, descent: str, unit: Unit, table: dict[str, frozenset[Right]]) -> Iterator[Held]:
    """Rights, and the days on which both the source lasted and its unit stood above ``unit``."""
    ends = ("valid_from", "valid_until", f"{descent}__valid_from", f"{descent}__valid_until")
    for name, start, until, above, no_more in rows.filter(**{f"{descent}__unit": unit}).values_list(key, *ends):
        common = Period(start, until).meet(Period(above, no_more))
        if common is not None:
            yield table[name], common


def demand_throughout(person: Member, rights: Collection[Right], *, unit: Unit, period: Period) -> None:
    """Raise PermissionDenied unless each right is held by the person, of their own, on every day left of the period."""
    left = period.meet(Period(today()))
    held = own_periods(person, unit=unit)
    for right in rights:
        if left is None or not covers((days for some, days in held if right in some), left):
            raise PermissionDenied(f"{right} is not held here of one's own throughout")


def demand_own(person: Member, rights: Collection[Right], *, unit: Unit, on: dt.date | None = None) -> None:
    """Raise PermissionDenied unless each right is held by the person for the unit on the day, not by delegation."""
    day = on or today()
    held = own_periods(person, unit=unit) if rights else []
    if not all(any(right in some and day in days for some, days in held) for right in rights):
        raise PermissionDenied("what is given must be held of one's own")
