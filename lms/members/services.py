"""Writes to people and their accounts."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from lms.members.models import Member


@transaction.atomic
def open_account(*, member: Member, email: str, password: str) -> EmailAddress:
    """Let ``member`` sign in with ``email`` and ``password``.

    Raises ValueError when another member already signs in with that address.
    """
    taken = EmailAddress.objects.filter(email__iexact=email, verified=True).exclude(user=member)
    if taken.exists():
        raise ValueError("another member already signs in with this e-mail address")
    member.set_password(password)
    member.save(update_fields=["password"])
    address, _ = EmailAddress.objects.update_or_create(
        user=member, email=email.lower(), defaults={"verified": True, "primary": True}
    )
    return address


@transaction.atomic
def let_sign_in(*, member: Member, email: str) -> EmailAddress:
    """Let ``member`` sign in with ``email``, which somebody answers for. Which password, a link lets them choose.

    Raises ValueError when another member already signs in with that address.
    """
    if EmailAddress.objects.filter(email__iexact=email, verified=True).exclude(user=member).exists():
        raise ValueError("another member already signs in with this e-mail address")
    if not member.password:
        member.set_unusable_password()
        member.save(update_fields=["password"])
    EmailAddress.objects.filter(user=member, primary=True).exclude(email__iexact=email).update(primary=False)
    address, _ = EmailAddress.objects.update_or_create(
        user=member, email=email.lower(), defaults={"verified": True, "primary": True}
    )
    return address


def choose_language(*, member: Member, language: str) -> None:
    """Remember the language a member reads in."""
    if member.language != language:
        member.language = language
        member.save(update_fields=["language"])
