"""Units, people, offices and rights, made the way the organisation makes them."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from lms.members.models import Member
from lms.members.services import open_account
from lms.organisation.lineage import rebuild_ancestry
from lms.organisation.models import Appointment, Body, Delegation, Membership, Office, Term, Unit, UnitParent
from lms.periods import Period

DAY = dt.date(2026, 3, 14)
"""The day the tests of the organisation are about."""
LONG_AGO = dt.date(2018, 1, 1)
LATER = dt.date(2028, 1, 1)
ALWAYS = Period(LONG_AGO)
TO_LATER = Period(LONG_AGO, LATER)

_number = count(1)


def make_member(
    name: str = "Kari Nordmann",
    *,
    of: Unit | None = None,
    status: str = Membership.Status.MEMBER,
    since: Period = ALWAYS,
    email: str = "",
    password: str = "",
    **fields: Any,
) -> Member:
    """A person. ``of``: who belongs to a unit; ``password``: who can sign in, with ``email``."""
    member = Member.objects.create(name=name, email=email, **fields)
    if of is not None:
        Membership.objects.create(
            member=member, unit=of, status=status, valid_from=since.start, valid_until=since.until
        )
    if password:
        open_account(member=member, email=email, password=password)
    return member


def make_unit(
    name: str = "Oslo kommunelag",
    *,
    under: Unit | None = None,
    kind: str = Unit.Kind.MUNICIPAL,
    lived: Period = ALWAYS,
    linked: Period | None = None,
) -> Unit:
    """A unit, with its ancestry drawn. ``under``: its parent, for as long as it lived or for ``linked``."""
    unit = Unit.objects.create(
        code=f"u{next(_number)}", name=name, kind=kind, valid_from=lived.start, valid_until=lived.until
    )
    if under is not None:
        link = linked or lived
        UnitParent.objects.create(unit=unit, parent=under, valid_from=link.start, valid_until=link.until)
    rebuild_ancestry([unit])
    return unit


def make_office(key: str = "chair", *, unit: Unit | None = None) -> Office:
    """An office; the same one when it is asked for again."""
    return Office.objects.get_or_create(key=key, unit=unit, defaults={"title": {"nb": key}})[0]


def make_body(unit: Unit, *, kind: str = Body.Kind.BOARD, lived: Period = ALWAYS) -> Body:
    """A body of a unit: its board unless another kind is named."""
    return Body.objects.create(
        unit=unit, kind=kind, name=f"{kind} {unit}", valid_from=lived.start, valid_until=lived.until
    )


def make_term(member: Member, *, office: str = "chair", unit: Unit, period: Period = ALWAYS) -> Term:
    """That a person holds an office in a unit's board. ``office="training"`` carries an administrator's rights."""
    return Term.objects.create(
        member=member,
        office=make_office(office),
        body=make_body(unit),
        valid_from=period.start,
        valid_until=period.until,
    )


def make_appointment(member: Member, role: str, *, unit: Unit, period: Period = TO_LATER) -> Appointment:
    """That a person was given a role for a unit and all below it."""
    return Appointment.objects.create(
        member=member, role=role, unit=unit, valid_from=period.start, valid_until=period.until
    )


def make_loan(member: Member, right: str, *, giver: Member, unit: Unit, period: Period = TO_LATER) -> Delegation:
    """That a right was lent for a unit and all below it, as a row: whether the giver holds it is another matter."""
    return Delegation.objects.create(
        member=member, giver=giver, right=right, unit=unit, valid_from=period.start, valid_until=period.until
    )


def make_tree() -> tuple[Unit, Unit, Unit, Unit]:
    """The nation, two counties, and a municipality under the first."""
    nation = make_unit("Landet", kind=Unit.Kind.NATIONAL)
    nordland = make_unit("Nordland fylkeslag", under=nation, kind=Unit.Kind.COUNTY)
    oslo = make_unit("Oslo fylkeslag", under=nation, kind=Unit.Kind.COUNTY)
    return nation, nordland, oslo, make_unit("Bodø", under=nordland)
