"""Reads about where people stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from lms.members.models import Member
from lms.organisation.models import Membership, Term, Unit, UnitAncestry
from lms.periods import today


class Standing(StrEnum):
    """What a person is to the organisation on a date."""

    MEMBER = "member"
    SYMPATHISER = "sympathiser"
    FORMER = "former"
    UNKNOWN = "unknown"


def standing_of(member: Member, *, on: dt.date | None = None) -> Standing:
    """Member, sympathiser, former (all memberships have ended) or unknown (never had one)."""
    day = on or today()
    rows = list(Membership.objects.filter(member=member, valid_from__lte=day))
    now = {row.status for row in rows if day in row.period}
    if Membership.Status.MEMBER in now:
        return Standing.MEMBER
    if now:
        return Standing.SYMPATHISER
    return Standing.FORMER if rows else Standing.UNKNOWN


def terms_of(member: Member, *, on: dt.date | None = None) -> list[Term]:
    """The terms a person holds on a date, with office, body and unit at hand. One query."""
    rows = Term.objects.on(on or today()).filter(member=member)
    return list(rows.select_related("office", "body__unit").order_by("office__order", "valid_from"))


def home_unit_of(member: Member, *, on: dt.date | None = None) -> Unit | None:
    """The unit a person belongs to on a date; the newest membership when there are several."""
    row = Membership.objects.on(on or today()).filter(member=member).order_by("-valid_from").select_related("unit")
    found = row.first()
    return found.unit if found else None


@dataclass(frozen=True, slots=True)
class Line:
    """A unit and those above it, nearest first."""

    unit: Unit
    above: tuple[Unit, ...]

    @property
    def county(self) -> Unit | None:
        """The county branch in the line, the unit itself included."""
        return next((u for u in (self.unit, *self.above) if u.kind == Unit.Kind.COUNTY), None)


def line_of(unit: Unit, *, on: dt.date | None = None) -> Line:
    """Where a unit stands on a date. One query."""
    rows = UnitAncestry.objects.on(on or today()).filter(unit=unit, depth__gt=0)
    return Line(unit, tuple(row.ancestor for row in rows.select_related("ancestor").order_by("depth")))
