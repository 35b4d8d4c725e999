"""What we ask differently of django-allauth."""

from __future__ import annotations

import hashlib
import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.members import devices, letters
from lms.members.factors import factor_ids
from lms.members.models import Member
from lms.members.queries import account_behind, address_of


class Adapter(DefaultAccountAdapter):
    """Accounts follow from the member register and from invitations: nobody signs up by a form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """Subjects stay neutral: no word in them says what kind of organisation this is."""
        return subject.strip()

    def send_notification_mail(
        self, template_prefix: str, user: Member, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """What changed about an account is told by a job, so that a mail server that is away stops nobody."""
        if context or email:
            super().send_notification_mail(template_prefix, user, context, email)
        else:
            letters.ask_for(template_prefix, member=user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network, as a keyed hash: limits need to know it again, and nobody needs to know more."""
        address = request.META.get("REMOTE_ADDR", "")
        try:
            found = ipaddress.ip_address(address)
            network = ipaddress.ip_network((found, 64 if found.version == 6 else 32), strict=False)
        except ValueError:
            network = address
        return hashlib.blake2s(str(network).encode(), key=settings.SECRET_KEY.encode()[:32], digest_size=16).hexdigest()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose tries are counted together: those at an account, and apart from them those of its owner's device."""
        login = account_behind(str(credentials.get("email", credentials.get("username", ""))))
        return f"{login}|{devices.known(request, login)}"

    def post_login(self, request: HttpRequest, user: Member, **said: Any) -> HttpResponse:
        """Let the device be known again by the limits."""
        response: HttpResponse = super().post_login(request, user, **said)
        devices.remember(response, address_of(user) or user.member_number or "")
        return response

    def get_reauthentication_methods(self, user: Member | AnonymousUser) -> list[dict[str, str]]:
        """How one confirms that it is oneself: with the second factor where there is one.

        Else by password, by a code in the mail, and for those who have neither here by signing in again.
        """
        if not isinstance(user, Member):
            return []
        kinds = set(factor_ids(user).values())
        found = []
        if Authenticator.Type.WEBAUTHN in kinds:
            found.append(("mfa_reauthenticate_webauthn", _("Use a passkey")))
        if kinds & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}:
            found.append(("mfa_reauthenticate", _("Use a code")))
        if not found and user.password and user.has_usable_password():
            found.append(("account_reauthenticate", _("Use the password")))
        if not kinds and address_of(user):
            found.append(("confirm_by_mail", _("Get a code by e-mail")))
        if not found:
            found.append(("sign_in_again", _("Sign in again")))
        return [{"id": name, "description": words, "url": reverse(name)} for name, words in found]
