"""Codes on paper, for people whose e-mail is shared or missing: issued, shown once, used once."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from lms.audit.models import subject_key
from lms.audit.services import record_acts
from lms.joining.closing import shut_ways_in
from lms.joining.models import JoinCode
from lms.joining.people import KEEP, by_number_only, in_parts, to_let_in, within, without_account
from lms.joining.tokens import code_from, hash_of_code
from lms.members.models import Member

LASTS = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Slip:
    """One line of the list that is handed out."""

    member: Member
    code: str
    until: dt.date


def issue_codes(*, member_ids: Iterable[int], by: Member | None) -> int:
    """Give a code to join by to those of the people who have a member number and no account.

    Whoever has a code that still works keeps it. Only people whose register ``by`` keeps and who
    carry no more rights than ``by`` are reached; None is the program itself. Returns how many
    codes are new. Raises PermissionDenied for whoever keeps no register.
    """
    within(by, KEEP)
    return sum(_issue(to_let_in(part, KEEP, by=by), by) for part in in_parts(member_ids))


@transaction.atomic
def _issue(people: QuerySet[Member], by: Member | None) -> int:
    waiting = list(without_account(people).exclude(member_number=None).exclude(member_number=""))
    JoinCode.objects.unclosed().filter(member__in=waiting, expires_at__lte=Now()).update(withdrawn_at=Now())
    kept = set(JoinCode.objects.unclosed().filter(member__in=waiting).values_list("member", flat=True))
    new = [member for member in waiting if member.pk not in kept]
    until = timezone.now() + LASTS
    rows = [new_code(member, until) for member in new]
    JoinCode.objects.bulk_create(rows, ignore_conflicts=True)
    record_acts("issue_join_code", by=by, subjects=[subject_key("member", member.public_id) for member in new])
    return len(new)


def new_code(member: Member, until: dt.datetime, *, renews: bool = False) -> JoinCode:
    """A code, not yet written to the table."""
    seed = secrets.token_hex(16)
    wanted = hash_of_code(str(member.public_id), code_from(seed))
    return JoinCode(member=member, seed=seed, code_hash=wanted, expires_at=until, renews=renews)


@transaction.atomic
def show_codes(*, member_ids: Iterable[int], by: Member) -> list[Slip]:
    """The codes of people to be handed out, by name; each is shown this once.

    Whoever's code has been shown before gets a new one, and the old one stops working: a lost
    list is worth nothing. A code opens another's account, so it takes whoever keeps the register
    to see it, and nobody sees that of somebody with more rights; PermissionDenied for others.
    """
    within(by, KEEP)
    slips = [slip for part in in_parts(member_ids) for slip in _show(to_let_in(part, KEEP, by=by), by)]
    return sorted(slips, key=lambda slip: (slip.member.name_key, slip.member.pk))


def _show(reached: QuerySet[Member], by: Member) -> list[Slip]:
    people = without_account(reached)
    shown = JoinCode.objects.unclosed().filter(member__in=people.values("pk"), seed="")
    renewed = list(shown.values_list("member", flat=True))
    shown.update(withdrawn_at=Now())
    _issue(people.filter(pk__in=renewed), by)
    usable = JoinCode.objects.usable().filter(member__in=people.values("pk")).exclude(seed="")
    rows = list(usable.select_related("member"))
    JoinCode.objects.filter(pk__in=[row.pk for row in rows]).update(seed="", shown_at=Now())
    record_acts("show_join_code", by=by, subjects=[subject_key("member", row.member.public_id) for row in rows])
    return [Slip(row.member, code_from(row.seed), timezone.localdate(row.expires_at)) for row in rows]


@transaction.atomic
def account_by_code(*, number: str, code: str, password: str) -> Member | None:
    """Open the account a member number and a code are for: one signs in with the number. Once.

    A code that renews gives an open account a new password. None when the two do not belong
    together, the code is used, replaced or too old, or the account was opened another way.
    """
    # The row is held: a link to the same account that is used now waits, and finds it open.
    member = Member.objects.select_for_update().filter(member_number=number.strip(), is_active=True).first()
    # A number nobody has is worked on like any other: the answer takes as long.
    wanted = hash_of_code(str(member.public_id) if member else "", code)
    row = JoinCode.objects.usable().filter(_fits_account(), code_hash=wanted, member=member.pk if member else 0)
    is_theirs = row.update(used_at=Now(), seed="")
    if member is None or not is_theirs:
        return None
    member.set_password(password)
    member.save(update_fields=["password"])
    shut_ways_in(member)
    return member


def _fits_account() -> Q:
    """For a query of codes: those of people without an account; those that renew, of people who have one."""
    waiting = without_account(Member.objects.all()).values("pk")
    return Q(member__in=waiting, renews=False) | Q(member__in=by_number_only(), renews=True)
