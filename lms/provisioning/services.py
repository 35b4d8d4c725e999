"""Writing down what another system says of a person. There is nobody behind it: the trail names the program itself."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.joining.invitations import invite_members
from lms.members.models import Member
from lms.merging.queries import owner_of_number
from lms.organisation.leaving import come_back, left_by_own_act, lock_left, open_leaving_of, record_leaving
from lms.organisation.models import Membership
from lms.organisation.signals import member_joined, member_moved
from lms.periods import today
from lms.register.cells import Said


class Known(ValidationError):
    """The member number is somebody's already."""


@transaction.atomic
def add_person(*, said: Said, by: Member | None) -> Member:
    """Write down a new person with a membership from today, or one who left and comes back; invite them.

    Raises Known when the number is that of somebody who belongs here, or who left by their own act,
    or was that of a record merged into another.
    """
    member = Member.objects.select_for_update().filter(member_number=said.number).first()
    if member is not None and (open_leaving_of(member) is None or left_by_own_act(member)):
        raise Known("the member number is somebody's already")
    if member is None and owner_of_number(said.number) is not None:
        raise Known("the member number was somebody's whose record was merged into another")
    if member is None:
        member = Member(member_number=said.number)
        member.set_unusable_password()
    else:
        come_back(member=member, by=by, reopen=False)
    _write(member, said)
    Membership.objects.create(
        member=member, unit_id=said.unit_id, valid_from=today(), status=said.status or Membership.Status.MEMBER
    )
    record_act("provision_person", by=by, subject=_subject(member), unit=said.unit_id)
    member_joined.send(Member, ids=[member.pk])
    invite_members(member_ids=[member.pk], by=by)
    return member


@transaction.atomic
def change_person(*, member: Member, said: Said, by: Member | None) -> Member:
    """Let a person be as they are said to be, and belong where they are said to belong from today on."""
    changed = _write(member, said)
    moved = _move(member, said.unit_id, today())
    if changed or moved:
        record_act("reprovision_person", by=by, subject=_subject(member), fields=changed, moved=moved)
    if moved:
        member_moved.send(Member, ids=[member.pk], on=today())
    return member


@transaction.atomic
def set_active(*, member: Member, active: bool, by: Member | None) -> bool:
    """Lock an account, out of every session at once, or open it again. Returns whether anything changed."""
    if member.is_active == active:
        return False
    if active:
        Member.objects.filter(pk=member.pk).update(is_active=True)
    else:
        lock_left(member_ids=[member.pk])
    member.is_active = active
    record_act("open_account" if active else "lock_account", by=by, subject=_subject(member))
    return True


def remove_person(*, member: Member, by: Member | None) -> int:
    """The person has left: locked at once, erased in time, as when the register leaves somebody out."""
    return record_leaving(member_ids=[member.pk], on=today(), by=by)


def _write(member: Member, said: Said) -> list[str]:
    """Write what differs; the names of the fields. What is not said stays."""
    wanted = {"name": said.name, "email": said.email, "language": said.language or None}
    changes = {key: value for key, value in wanted.items() if value is not None and getattr(member, key) != value}
    for key, value in changes.items():
        setattr(member, key, value)
    if changes or member.pk is None:
        member.save()
    return sorted(changes)


def _move(member: Member, unit_id: int, on: dt.date) -> bool:
    """Let the person belong to this unit from ``on`` on, and to no other."""
    rows = Membership.objects.select_for_update().filter(member=member).exclude(valid_until__lte=on)
    standing = list(rows.order_by("valid_from"))
    if [row.unit_id for row in standing] == [unit_id]:
        return False
    status = standing[-1].status if standing else Membership.Status.MEMBER
    rows.filter(valid_from__gte=on).delete()
    rows.filter(valid_from__lt=on).update(valid_until=on)
    Membership.objects.create(member=member, unit_id=unit_id, status=status, valid_from=on)
    return True


def _subject(member: Member) -> str:
    return subject_key("member", member.public_id)
