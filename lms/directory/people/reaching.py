"""Who of all people exists for a reader: found by public id, else not found."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from lms.directory.people.queries import left_from
from lms.directory.reach import units_seen
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.leaving import open_leaving_of
from lms.organisation.models import Membership, Unit
from lms.periods import today


def units_or_404(reader: Member, right: Right = Right.SEE_PEOPLE) -> list[Unit]:
    """The units a reader has a right for today; without any the page does not exist."""
    units = units_seen(reader, right)
    if not units:
        raise Http404
    return units


def person_or_404(reader: Member, public_id: uuid.UUID, *, units: Collection[Unit] | None = None) -> Member:
    """One person within the reader's reach today, or who left from within it; others do not exist."""
    seen = [unit.pk for unit in (units_or_404(reader) if units is None else units)]
    here = access.people_under(seen, on=today())
    within = Member.objects.filter(Q(pk__in=here.values("pk")) | Q(pk__in=left_from(seen)))
    return get_object_or_404(within, public_id=public_id)


def keeps_last(reader: Member, member: Member) -> bool:
    """Whether the reader keeps the register of every unit a person left when they left."""
    leaving = open_leaving_of(member)
    homes = (
        Membership.objects.filter(member=member, valid_until=leaving.left_on) if leaving else Membership.objects.none()
    )
    left = set(homes.values_list("unit", flat=True))
    return bool(left) and access.units_with(reader, Right.KEEP_REGISTER).filter(pk__in=left).count() == len(left)


def keeps(reader: Member, member: Member) -> bool:
    """Whether the reader keeps the register of every unit the person belongs to; False when there is none."""
    homes = set(
        Membership.objects.exclude(valid_until__lte=today()).filter(member=member).values_list("unit", flat=True)
    )
    if not homes:
        return False
    return access.units_with(reader, Right.KEEP_REGISTER).filter(pk__in=homes).count() == len(homes)
