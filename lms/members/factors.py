"""Second factors: passkeys, authenticator apps, recovery codes. What we ask differently of allauth.mfa."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.members import vault
from lms.members.models import Member

FACTORS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
"""What counts as a second factor. Recovery codes stand in for one, and are nothing without it."""


class Adapter(DefaultMFAAdapter):
    """Secrets encrypted, names in our own words, and nothing that tells what organisation this is."""

    error_messages = {
        "add_email_blocked": gettext_lazy(
            "An account with a second factor keeps the address it has. Remove the second factor first."
        ),
        "cannot_delete_authenticator": gettext_lazy("This second factor cannot be taken away."),
        "cannot_generate_recovery_codes": gettext_lazy("Set up a passkey or an authenticator app first."),
        "incorrect_code": gettext_lazy("That did not fit. Try again, with a new code if you use the app."),
        "unverified_email": gettext_lazy("Confirm your e-mail address first. You find it under your addresses."),
    }

    def encrypt(self, text: str) -> str:
        return vault.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Member, type: Authenticator.Type) -> str:
        return _("Passkey %(number)s") % {"number": Authenticator.objects.filter(user=user, type=type).count() + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().rsplit(":", 1)[0], "name": settings.MFA_TOTP_ISSUER}


def has_factor(person: Member) -> bool:
    """Whether a person has a second factor. One query."""
    return Authenticator.objects.filter(user=person, type__in=FACTORS).exists()


def factor_ids(person: Member) -> dict[int, str]:
    """The factors and recovery codes a person has, by id, each with its type. One query."""
    return dict(Authenticator.objects.filter(user=person).values_list("pk", "type"))


def note_added(request: HttpRequest, user: Member, authenticator: Authenticator, **_said: Any) -> None:
    """Setting a factor up proves that one has it: this session has used it."""
    _note_shown(authenticator)
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def note_reset(request: HttpRequest, user: Member, authenticator: Authenticator, **_said: Any) -> None:
    """New recovery codes take the old ones' place; whoever came in by an old one is still in."""
    _note_shown(authenticator)
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def _note_shown(authenticator: Authenticator) -> None:
    """Codes are made in order to be shown. Noted here, so that opening their page writes nothing."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        authenticator.wrap().mark_as_viewed()


def listen() -> None:
    """Hear what allauth.mfa announces."""
    signals.authenticator_added.connect(note_added, dispatch_uid="tillit-factor-added")
    signals.authenticator_reset.connect(note_reset, dispatch_uid="tillit-codes-reset")
