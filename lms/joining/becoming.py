"""From sympathiser to member: the same person, with everything they have done."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.keeping import forget
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Membership, Unit
from lms.organisation.queries import Standing, standing_of
from lms.organisation.signals import member_joined
from lms.periods import Period, today


@transaction.atomic
def join_as_member(*, member: Member, unit: Unit, on: dt.date, by: Member | None) -> Membership:
    """Make a sympathiser a member of ``unit`` from a day; the time as sympathiser ends there and stays on record.

    ``by`` None is the program itself; a person must keep the register for the unit, else
    PermissionDenied. Raises ValidationError for somebody who is a member on that day already.
    """
    if by is not None:
        access.demand(by, access.Right.KEEP_REGISTER, unit=unit)
    if standing_of(member, on=on) == Standing.MEMBER:
        raise ValidationError("a member already")
    open_ones = Membership.objects.filter(member=member, status=Membership.Status.SYMPATHISER)
    open_ones = open_ones.overlapping(Period(on))
    open_ones.filter(valid_from__gte=on).delete()
    open_ones.filter(valid_from__lt=on).update(valid_until=on)
    row = Membership.objects.create(member=member, unit=unit, status=Membership.Status.MEMBER, valid_from=on)
    record_act("join_as_member", by=by, subject=subject_key("member", member.public_id), unit=unit.code)
    transaction.on_commit(partial(forget, f"member-{member.pk}"))
    if on <= today():
        member_joined.send(Member, ids=[member.pk])
    return row
