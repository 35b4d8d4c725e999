"""Who is to be invited: those without an account, and whether their e-mail is theirs alone. Set-based reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from lms.members.accounts import addresses_in_use, has_sign_in_address
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.carrying import above
from lms.organisation.models import Membership
from lms.periods import today

AT_ONCE = 2_000
"""People handled in one go: few statements, and short ones."""
INVITE, KEEP = access.Right.INVITE, access.Right.KEEP_REGISTER


def in_parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """Ids, each once, some thousands at a time."""
    rest = iter(dict.fromkeys(ids))
    while part := list(islice(rest, AT_ONCE)):
        yield part


def within(by: Member | None, *rights: access.Right, on: dt.date | None = None) -> QuerySet[Member]:
    """The people ``by`` has one of the rights for; the program itself (None) everybody.

    Who keeps the register reaches those who belong there; who may invite reaches those who
    serve there, too. Raises PermissionDenied for whoever has none of the rights anywhere.
    """
    if by is None:
        return Member.objects.all()
    day = on or today()
    held = access.rights_of(access.grants(by, on=day)).intersection(rights)
    if not held:
        raise PermissionDenied(f"{' or '.join(rights)} is not held")
    reached = Q()
    for right in held:
        units = access.units_with(by, right, on=day).values("pk")
        if right == KEEP:
            reached |= Q(pk__in=Membership.objects.on(day).filter(unit__in=units).values("member"))
        else:
            reached |= Q(pk__in=access.people_under(units, on=day).values("pk"))
    return Member.objects.filter(reached)


def to_let_in(ids: Collection[int], *rights: access.Right, by: Member | None) -> QuerySet[Member]:
    """Those of the people whom ``by`` may let in: within reach, and with no right that ``by`` has not of their own.

    A way in is the whole account: else it would be a way to rights one does not have. A few
    thousand ids at most. Raises as ``within``.
    """
    people = within(by, *rights).filter(pk__in=ids)
    return people if by is None else people.exclude(pk__in=above(ids, than=by))


def left_to_others(ids: Iterable[int], *rights: access.Right, by: Member) -> int:
    """How many of the people somebody else lets in: they carry more rights, or belong elsewhere."""
    return sum(len(part) - to_let_in(part, *rights, by=by).count() for part in in_parts(ids))


def without_account(people: QuerySet[Member]) -> QuerySet[Member]:
    """Those who cannot sign in yet."""
    has_none = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return people.filter(has_none, is_active=True).exclude(has_sign_in_address())


def by_number_only() -> QuerySet[Member]:
    """Those who sign in with the member number and a password: no address of theirs is confirmed."""
    has_none = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | has_sign_in_address()
    return Member.objects.filter(is_active=True).exclude(member_number=None).exclude(member_number="").exclude(has_none)


def shared_addresses(emails: Collection[str]) -> set[str]:
    """Those of the addresses (in lower case) that more than one person has, or that another signs in with."""
    wanted = {email.lower() for email in emails if email}
    people = Member.objects.filter(is_active=True).annotate(low=Lower("email")).filter(low__in=wanted)
    shared = set(people.values("low").annotate(n=Count("pk")).filter(n__gt=1).values_list("low", flat=True))
    return shared | addresses_in_use(wanted)
