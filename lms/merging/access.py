"""Who may merge whom."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet

from lms.members.models import Member
from lms.merging.models import Merge
from lms.organisation import access
from lms.organisation.carrying import above, holds_everything
from lms.organisation.models import Membership, Term
from lms.periods import today

KEEP = access.Right.KEEP_REGISTER


def mergeable(to: Member) -> QuerySet[Member]:
    """The people whose records somebody may merge: where they keep the register, those belong, serve, or belonged.

    Nobody's own record, and none that has been absorbed. Each pair is asked of ``demand_merging`` again.
    """
    units = access.units_with(to, KEEP).values("pk")
    people = Member.objects.exclude(pk=to.pk).exclude(pk__in=Merge.objects.filter(undone_at=None).values("absorbed"))
    day = today()
    now = Membership.objects.on(day)
    belong = now.filter(unit__in=units).values("member")
    serve = Term.objects.on(day).filter(body__unit__in=units).values("member")
    former = Membership.objects.filter(unit__in=units).exclude(member__in=now.values("member")).values("member")
    return people.filter(models.Q(pk__in=belong) | models.Q(pk__in=serve) | models.Q(pk__in=former))


def units_of(member: Member) -> set[int]:
    """Where a person's record stands: units they belong to or serve in today, else where they last belonged."""
    day = today()
    rows = Membership.objects.filter(member=member)
    found = set(rows.on(day).values_list("unit", flat=True))
    found |= set(Term.objects.on(day).filter(member=member).values_list("body__unit", flat=True))
    if not found:
        found = set(rows.order_by("-valid_until", "-valid_from").values_list("unit", flat=True)[:1])
    return found


def demand_merging(*, kept: Member, absorbed: Member, by: Member) -> None:
    """Raise PermissionDenied unless ``by`` may make one of these two.

    Both ends are checked: ``by`` keeps the register of every unit either record stands in.
    Whoever does not hold everything for the whole organisation must also hold, of their own,
    every right that either record holds: else a merge would be a way to take or to give rights
    one does not have, or has on loan. Nobody merges a record of their own.
    """
    if by.pk in (kept.pk, absorbed.pk):
        raise PermissionDenied("nobody merges their own record")
    _demand_keeping((kept, absorbed), by)


def demand_undoing(*, kept: Member, absorbed: Member, by: Member) -> None:
    """Raise PermissionDenied unless ``by`` may part the two again, by the same rule, asked of the kept one."""
    if by.pk in (kept.pk, absorbed.pk):
        raise PermissionDenied("nobody parts their own record")
    _demand_keeping((kept,), by)


def _demand_keeping(people: Iterable[Member], by: Member) -> None:
    if holds_everything(by):
        return
    own = set(access.units_with(by, KEEP).values_list("pk", flat=True))
    for person in people:
        stands = units_of(person)
        if not stands or not stands <= own:
            raise PermissionDenied("not both records are where you keep the register")
        if above([person.pk], than=by):
            raise PermissionDenied("a record carries a right that you do not hold of your own")
