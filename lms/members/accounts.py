"""Accounts for rooms above that open them: whose address is whose, and letting somebody in."""

from __future__ import annotations

from collections.abc import Collection

from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse

from lms.members.models import Member


def has_sign_in_address() -> Exists:
    """For a query of members: whether each signs in with a confirmed address."""
    return Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True))


def addresses_in_use(emails: Collection[str]) -> set[str]:
    """Those of the addresses (in lower case) that somebody signs in with. One query."""
    rows = EmailAddress.objects.filter(verified=True).annotate(low=Lower("email")).filter(low__in=emails)
    return set(rows.values_list("low", flat=True))


def is_in_use(email: str, *, but: Member | None = None) -> bool:
    """Whether somebody (other than ``but``) signs in with an address, or did before they left."""
    rows = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return (rows.exclude(user=but) if but else rows).exists()


def give_sign_in_address(*, member: Member, email: str) -> None:
    """Let ``member`` sign in with an address that is proven to be theirs, besides those they have."""
    has_other = EmailAddress.objects.filter(user=member, primary=True).exclude(email=email).exists()
    EmailAddress.objects.update_or_create(
        user=member, email=email, defaults={"verified": True, "primary": not has_other}
    )


def let_in(request: HttpRequest, member: Member, *, to: str) -> HttpResponse:
    """Sign ``member`` in by the steps of everybody (a second factor is asked for where it is due), and go on."""
    response: HttpResponse = perform_login(request, member, redirect_url=to)
    return response
