"""Lending a right for a while: "may issue certificates until 30 June".

What is lent counts only while the giver holds it of their own (``access.grants``). It cannot
be lent on, and it is never more, wider or longer than what the giver holds.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.organisation import access, holding
from lms.organisation.models import Delegation, Unit
from lms.organisation.right_notices import tell_of_right
from lms.organisation.services import cut_short, demand_known, project_groups
from lms.periods import Period, today

LONGEST = dt.timedelta(days=366)


@transaction.atomic
def delegate(*, member: Member, right: str, unit: Unit, period: Period, reason: str = "", by: Member) -> Delegation:
    """Lend a right for a unit and all below it until a date, at most a year.

    ``by`` must hold the right there of their own on every day of it, else PermissionDenied.
    Raises ValidationError when no end is given, when it is over, too long, lent to oneself, to
    somebody who does not belong, or lent already; and for rights that are appointed, not lent.
    """
    if right not in access.LENDABLE:
        raise ValidationError({"right": _("This right is given by appointment, not lent.")})
    if period.until is None:
        raise ValidationError({"until": _("Say until when. What is lent always has an end.")})
    if period.until <= today():
        raise ValidationError({"until": _("Choose a day to come.")})
    if period.until - period.start > LONGEST:
        raise ValidationError({"until": _("A right is lent for a year at most. It can be lent again.")})
    if member.pk == by.pk:
        raise ValidationError({"member": _("You hold it already.")})
    holding.demand_throughout(by, [access.Right(right)], unit=unit, period=period)
    demand_known(member, by)
    same = Delegation.objects.filter(member=member, giver=by, right=right, unit=unit)
    if same.overlapping(period).exists():
        raise ValidationError({"member": _("You have lent this to the same person on some of these days.")})
    row = Delegation.objects.create(
        member=member,
        giver=by,
        right=right,
        unit=unit,
        reason=reason,
        valid_from=period.start,
        valid_until=period.until,
    )
    _record("delegate", row, by, until=period.until.isoformat())
    project_groups(member=member)
    tell_of_right(member, right, unit=unit, period=period, key=f"delegation:{row.pk}", by=by)
    return row


@transaction.atomic
def end_delegation(*, delegation: Delegation, on: dt.date, by: Member) -> None:
    """End what was lent before its time: ``on`` is the first day without it. What has not begun never does.

    Raises PermissionDenied unless ``by`` lent it, borrowed it, or holds that right there of
    their own; ValidationError when the day is past, or not before its end.
    """
    if by.pk not in (delegation.giver_id, delegation.member_id):
        holding.demand_own(by, [access.Right(delegation.right)], unit=delegation.unit)
    cut_short(delegation, on)
    _record("end_delegation", delegation, by, on=on.isoformat())
    project_groups(member=delegation.member)
    tell_of_right(
        delegation.member, delegation.right, unit=delegation.unit, key=f"end_delegation:{delegation.pk}", by=by
    )


def _record(act: str, row: Delegation, by: Member, **details: str) -> None:
    subject = subject_key("member", row.member.public_id)
    record_act(act, by=by, subject=subject, right=row.right, unit=row.unit.code, **details)
