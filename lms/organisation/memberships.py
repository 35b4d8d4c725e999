"""Who belongs where, changed one person at a time: added by hand, moved to another unit.

The member register is the source; what is done here is what somebody cannot wait for it to do.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.leaving import come_back, left_by_own_act, open_leaving_of, record_leaving
from lms.organisation.models import Membership, Unit
from lms.organisation.restoring import units_left
from lms.organisation.signals import member_joined, member_moved
from lms.periods import today

KEEP = access.Right.KEEP_REGISTER


@transaction.atomic
def add_member(
    *,
    name: str,
    unit: Unit,
    on: dt.date,
    by: Member,
    status: str = Membership.Status.MEMBER,
    email: str = "",
    member_number: str | None = None,
    language: str = "nb",
    birth_year: int | None = None,
) -> Member:
    """Write down a person who belongs to ``unit`` from ``on``; no account is opened.

    Raises PermissionDenied unless ``by`` keeps the register there, ValidationError when the
    unit is not there that day, the name is empty, or the member number is somebody's already.
    """
    access.demand(by, KEEP, unit=unit)
    _demand_day(unit, on)
    if not name.strip():
        raise ValidationError({"name": _("Write the name.")})
    if member_number and Member.objects.filter(member_number=member_number).exists():
        raise ValidationError({"member_number": _("This member number is somebody's already.")})
    member = Member(
        name=" ".join(name.split()),
        email=email,
        member_number=member_number or None,
        language=language,
        birth_year=birth_year,
    )
    member.set_unusable_password()
    member.save(force_insert=True)
    Membership.objects.create(member=member, unit=unit, status=status, valid_from=on)
    record_act("add_member", by=by, subject=subject_key("member", member.public_id), unit=unit.code, on=on.isoformat())
    member_joined.send(Member, ids=[member.pk])
    return member


@transaction.atomic
def move_member(*, member: Member, unit: Unit, on: dt.date, by: Member) -> Membership:
    """Let a person belong to ``unit`` from ``on`` instead of to where they belong now.

    Both ends are checked: ``by`` keeps the register where the person is and where the person
    goes, else PermissionDenied. Raises ValidationError when there is nothing to move from, when
    it is the same unit, when ``unit`` is not there that day, or when a membership begins later.
    """
    home = _home_of(member)
    access.demand(by, KEEP, unit=home.unit)
    access.demand(by, KEEP, unit=unit)
    _demand_day(unit, on)
    if home.unit_id == unit.pk:
        raise ValidationError({"unit": _("That is where the person belongs already.")})
    if on < home.valid_from:
        raise ValidationError({"on": _("The person came to where they are on a later day. Choose a later day.")})
    came_from = home.unit
    if on == home.valid_from:  # written down wrongly: nothing lies between the two
        home.unit = unit
        home.save(update_fields=["unit"])
    else:
        ends = home.valid_until
        home.valid_until = on
        home.save(update_fields=["valid_until"])
        home = Membership.objects.create(member=member, unit=unit, status=home.status, valid_from=on, valid_until=ends)
    told = {"from": came_from.code, "to": unit.code, "on": on.isoformat()}
    record_act("move_member", by=by, subject=subject_key("member", member.public_id), **told)
    member_moved.send(Member, ids=[member.pk], on=on)
    return home


def _home_of(member: Member) -> Membership:
    """Where the person belongs today; the newest membership when there are several."""
    rows = Membership.objects.select_for_update().filter(member=member).exclude(valid_until__lte=today())
    newest = rows.order_by("-valid_from", "-pk").select_related("unit").first()
    if newest is None:
        raise ValidationError(_("This person belongs nowhere today, so there is nothing to move."))
    if newest.valid_from > today():
        raise ValidationError(_("A change on a later day is written down already."))
    return newest


def _demand_day(unit: Unit, on: dt.date) -> None:
    if on not in unit.period:
        raise ValidationError({"on": _("The unit is not there on that day.")})


@transaction.atomic
def end_membership(*, member: Member, on: dt.date, by: Member) -> int:
    """Record that a person left: ``on`` is the first day they no longer belong. Returns 1, or 0 when they had left.

    ``by`` keeps the register of every unit the person belongs to, else PermissionDenied. What
    ends with it, and when it is erased, ``leaving`` says. Raises ValidationError when the person
    belongs nowhere, or has only belonged since that day or later.
    """
    rows = list(Membership.objects.filter(member=member).exclude(valid_until__lte=today()).select_related("unit"))
    if not rows:
        raise ValidationError(_("This person belongs nowhere today."))
    for row in rows:
        access.demand(by, KEEP, unit=row.unit)
    if on > today():
        raise ValidationError({"on": _("Write a day that has come.")})
    begun = [row.valid_from for row in rows if row.valid_from <= today()]
    if not begun or on <= max(begun):
        raise ValidationError({"on": _("The person has only belonged since that day or later. Choose a later day.")})
    return record_leaving(member_ids=[member.pk], on=on, by=by)


@transaction.atomic
def undo_leaving(*, member: Member, by: Member) -> None:
    """Take back that a person left, while they are not erased: all stands as it stood and the account opens.

    ``by`` keeps the register of the units the person left, else PermissionDenied. Raises
    ValidationError when the person has not left, or said so themselves: that is theirs to undo.
    """
    leaving = open_leaving_of(member)
    if leaving is None:
        raise ValidationError(_("This person has not left."))
    access.demand(by, KEEP)
    for unit in Unit.objects.filter(pk__in=units_left(leaving)):
        access.demand(by, KEEP, unit=unit)
    if left_by_own_act(member):
        raise ValidationError(_("The person left by their own act. Only they can undo it."))
    come_back(member=member, by=by)
