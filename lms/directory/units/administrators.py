"""Who administers a unit: by appointment or by office, there or above."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import RIGHTS_OF_OFFICE, Right, Role
from lms.organisation.models import Appointment, Term, Unit, UnitAncestry
from lms.organisation.rights import BODIES_WITH_RIGHTS
from lms.periods import today

SEEING = [role for role in Role.values if Right.SEE_PEOPLE in access.RIGHTS[role]]
SEEING_OFFICES = [key for key, rights in RIGHTS_OF_OFFICE.items() if Right.SEE_PEOPLE in rights]


@dataclass(frozen=True, slots=True)
class Administrator:
    """One who sees the people of a unit. ``office`` is empty for an appointment."""

    public_id: uuid.UUID
    name: str
    office: str
    unit: str
    until: dt.date | None


def administrators_of(unit: Unit, *, reader: Member) -> list[Administrator]:
    """Those of a unit and the units above it today whom the reader may see, nearest first. Five queries."""
    day = today()
    line = UnitAncestry.objects.on(day).filter(unit=unit)
    depth = dict(line.values_list("ancestor", "depth"))
    named = Appointment.objects.on(day).filter(unit__in=depth, role__in=SEEING).select_related("member", "unit")
    held = Term.objects.on(day).filter(
        body__unit__in=depth, body__kind__in=BODIES_WITH_RIGHTS, office__unit=None, office__key__in=SEEING_OFFICES
    )
    held = held.select_related("member", "office", "body__unit")
    rows = [
        (depth[row.unit_id], row.member, "", row.unit, row.valid_until) for row in access.visible(named, to=reader)
    ] + [
        (depth[row.body.unit_id], row.member, str(row.office), row.body.unit, row.valid_until)
        for row in access.visible(held, to=reader)
    ]
    rows.sort(key=lambda row: (row[0], row[1].name_key, row[1].pk))
    return [Administrator(who.public_id, who.name, office, at.name, until) for _, who, office, at, until in rows]
