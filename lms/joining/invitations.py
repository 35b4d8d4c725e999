"""Personal links to set up an account, for people the register knows."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from lms.audit.models import subject_key
from lms.audit.services import record_acts
from lms.joining.closing import held_without_account, shut_ways_in
from lms.joining.models import Invitation
from lms.joining.people import INVITE, KEEP, in_parts, shared_addresses, to_let_in, within, without_account
from lms.joining.tokens import hash_of, hash_of_address, token_for
from lms.members.accounts import is_in_use
from lms.members.models import Member
from lms.members.services import open_account
from lms.notifications.services import notify

NOTICE = "invitation"
LASTS = dt.timedelta(days=30)


def invite_members(*, member_ids: Iterable[int], by: Member | None) -> int:
    """Mail a personal link to those of the people who have an e-mail of their own and no account.

    Whoever has a link that still works gets no other. Only people ``by`` may let in are
    reached (``to_let_in``): whoever carries more rights is left to somebody above. None is the
    program itself. The mails are jobs. Returns how many were invited now. Raises
    PermissionDenied when ``by`` may invite nobody.
    """
    within(by, INVITE, KEEP)
    return sum(_invite(to_let_in(part, INVITE, KEEP, by=by), by) for part in in_parts(member_ids))


@transaction.atomic
def _invite(people: QuerySet[Member], by: Member | None) -> int:
    """Invite some thousands: a handful of statements."""
    waiting = list(without_account(people).exclude(email=""))
    shared = shared_addresses([member.email for member in waiting])
    own = [member for member in waiting if member.email.lower() not in shared]
    _shut_those_of_no_use(own)
    key, until = f"{NOTICE}:{uuid.uuid4().hex}", timezone.now() + LASTS
    Invitation.objects.bulk_create((_row(member, key, until) for member in own), ignore_conflicts=True)
    invited = list(Member.objects.filter(invitations__key=key))
    notify(members=invited, kind=NOTICE, key=key)
    record_acts("invite_member", by=by, subjects=[subject_key("member", member.public_id) for member in invited])
    return len(invited)


def _row(member: Member, key: str, until: dt.datetime) -> Invitation:
    return Invitation(
        member=member,
        key=key,
        token_hash=hash_of(token_of(member, key)),
        address_hash=_hash_now(member),
        expires_at=until,
    )


def _hash_now(member: Member) -> str:
    return hash_of_address(str(member.public_id), member.email)


def _shut_those_of_no_use(people: Collection[Member]) -> None:
    """Take back the links of people that are too old, or went to an address that is no longer theirs."""
    open_ones = Invitation.objects.unclosed().filter(member__in=people)
    now = {member.pk: _hash_now(member) for member in people}
    rows = open_ones.values_list("pk", "member", "address_hash")
    strayed = [pk for pk, member, sent_to in rows if sent_to != now[member]]
    open_ones.filter(Q(expires_at__lte=Now()) | Q(pk__in=strayed)).update(withdrawn_at=Now())


def is_for_its_address(invitation: Invitation) -> bool:
    """Whether the address a link was sent to still is the person's. The person is read."""
    return invitation.address_hash == _hash_now(invitation.member)


def token_of(member: Member, key: str) -> str:
    """The token of a person's link: the same when the letter must be sent again."""
    return token_for(NOTICE, key, str(member.public_id))


def invitation_with(token: str) -> Invitation | None:
    """The invitation a link belongs to, while it works: for the address it was sent to, and without an account yet."""
    usable = Invitation.objects.usable().filter(token_hash=hash_of(token))
    invitation = usable.filter(member__in=without_account(Member.objects.all())).select_related("member").first()
    return invitation if invitation and is_for_its_address(invitation) else None


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> Member | None:
    """Open the account a personal link is for; the mail it came with proves the address. Once.

    None when the link does not work. When somebody has since begun to sign in with the same
    address, the account is opened without it: the person signs in with the member number.
    Every other way in to the account shuts.
    """
    invitation = invitation_with(token)
    if invitation is None or not held_without_account(invitation.member):
        return None
    invitation.member.refresh_from_db()
    if not is_for_its_address(invitation):
        return None
    closed = Invitation.objects.usable().filter(pk=invitation.pk).update(used_at=Now())
    if not closed:
        return None
    open_with(member=invitation.member, password=password, email=invitation.member.email)
    shut_ways_in(invitation.member)
    return invitation.member


def open_with(*, member: Member, password: str, email: str) -> bool:
    """Open an account with a proven address where it is free, else without one. Whether it was free."""
    if email and not is_in_use(email, but=member):
        open_account(member=member, email=email, password=password)
        return True
    member.set_password(password)
    member.save(update_fields=["password"])
    return False


@transaction.atomic
def door_of(member: Member) -> str:
    """The token of a person's working invitation, made when there is none: for a letter they asked for themselves."""
    _shut_those_of_no_use([member])
    row = Invitation.objects.unclosed().filter(member=member).first()
    if row is None:
        row = _row(member, f"{NOTICE}:{uuid.uuid4().hex}", timezone.now() + LASTS)
        row.save(force_insert=True)
    return token_of(member, row.key)
