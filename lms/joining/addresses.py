"""The address of somebody who came by a code: theirs once they have confirmed it, alone or shared."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from lms.jobs.services import request_job
from lms.joining.limits import DAY, LETTERS_A_DAY, may_try
from lms.joining.models import AddressCheck
from lms.joining.signing_up import KEPT
from lms.joining.tokens import hash_of, token_for
from lms.members.accounts import give_sign_in_address, is_in_use
from lms.members.models import Member

SEND = "send_address_check"


@transaction.atomic
def ask_for_confirmation(*, member: Member, email: str) -> None:
    """Write to the address a person gave, as a job; nothing else goes there before it is confirmed."""
    public_id = uuid.uuid4()
    email = email.strip().lower()
    AddressCheck.objects.filter(member=member).delete()
    if not may_try("address-letter", email, most=LETTERS_A_DAY, seconds=DAY):
        return
    row = AddressCheck.objects.create(
        public_id=public_id, member=member, email=email, token_hash=hash_of(token_of(public_id))
    )
    request_job(kind=SEND, key=f"{SEND}:{public_id}", payload={"check": row.pk}, by=None)


def token_of(public_id: uuid.UUID) -> str:
    """The token of a check's link."""
    return token_for("address", str(public_id))


def check_with(token: str) -> AddressCheck | None:
    """The check a link belongs to, while it works."""
    rows = AddressCheck.objects.filter(token_hash=hash_of(token), created_at__gt=timezone.now() - KEPT)
    return rows.select_related("member").first()


def is_taken(check: AddressCheck) -> bool:
    """Whether somebody else signs in with the address."""
    return is_in_use(check.email, but=check.member)


@transaction.atomic
def confirm_address(*, token: str) -> Member | None:
    """Let letters go to the address; when nobody else signs in with it, the person may.

    None when the link does not work.
    """
    check = check_with(token)
    if check is None or not AddressCheck.objects.filter(pk=check.pk).delete()[0]:
        return None
    member = check.member
    member.email = check.email
    member.save(update_fields=["email"])
    if not is_taken(check):
        give_sign_in_address(member=member, email=check.email)
    return member
