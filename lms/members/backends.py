"""Who a pair of name and password belongs to. Each is looked up by an index, so known and unknown take as long."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress

from lms.members.models import Member


class Backend(AuthenticationBackend):
    """By confirmed sign-in address or by member number.

    Where letters go (``Member.email``) opens nothing: couples share one, and it is not
    confirmed. allauth would look there too, through every row of the table.
    """

    def _authenticate_by_email(self, email: str, password: str) -> Member | None:
        found = EmailAddress.objects.filter(email=email.lower(), verified=True).select_related("user").first()
        return self._check_password(found.user if found else None, password)

    def _authenticate_by_username(self, username: str, password: str) -> Member | None:
        return self._check_password(Member.objects.filter(member_number=username).first(), password)
