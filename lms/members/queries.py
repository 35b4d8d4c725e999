"""Reads about accounts."""

from __future__ import annotations

from collections.abc import Collection

from allauth.account.models import EmailAddress

from lms.members.models import Member


def signs_in_with(member: Member, addresses: Collection[str]) -> bool:
    """Whether one of these addresses is a confirmed sign-in of the member's. One query."""
    return EmailAddress.objects.filter(user=member, email__in=addresses, verified=True).exists()


def address_of(member: Member) -> str:
    """The confirmed address a member signs in with, or ''. One query."""
    confirmed = EmailAddress.objects.filter(user=member, verified=True).order_by("-primary", "pk")
    return confirmed.values_list("email", flat=True).first() or ""


def sign_in_addresses(member: Member) -> list[str]:
    """Every address a member signs in with, confirmed or not. One query."""
    return list(EmailAddress.objects.filter(user=member).order_by("-primary", "pk").values_list("email", flat=True))


def account_behind(login: str) -> str:
    """The one name an account's tries are counted under, whether one writes its address or the member number.

    A number costs one query, known or not.
    """
    if "@" in login:
        return login.lower()
    behind = EmailAddress.objects.filter(user__member_number=login, verified=True).order_by("-primary", "pk")
    return (behind.values_list("email", flat=True).first() or login).lower()


def member_signing_in_with(email: str) -> Member | None:
    """Whoever signs in with a confirmed address. One query."""
    confirmed = EmailAddress.objects.filter(email=email.lower(), verified=True, user__is_active=True)
    found = confirmed.select_related("user").first()
    return found.user if found else None
