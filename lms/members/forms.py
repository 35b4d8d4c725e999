"""The forms of signing in, where we ask differently than django-allauth."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lms.members import letters, mailed
from lms.members.models import Member
from lms.members.queries import member_signing_in_with


class ResetForm(ResetPasswordForm):
    """Asking for a link by mail. The letter is written later, so that a known address takes no longer to answer."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        letters.ask_for(letters.LINK, member=member_signing_in_with(self.cleaned_data["email"]))
        return str(self.cleaned_data["email"])


class PasskeyForm(AddWebAuthnForm):
    """A new passkey: one that opens the account by itself, with the device's own lock."""

    name = forms.CharField(
        label=_("What to call it"),
        help_text=_("So that you know it among others: “My phone”, “The laptop at home”."),
        required=False,
        max_length=60,
    )
    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)


class RenameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("What to call it"), max_length=60)


class _OnceOnly:
    """A code from the app is taken once, for as long as the clock lets it live."""

    user: Member

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        said = f"{self.user.pk}:{''.join(code.split())}"
        key = f"code-used:{hashlib.blake2s(said.encode(), key=settings.SECRET_KEY.encode()[:32]).hexdigest()}"
        if not cache.add(key, 1, settings.MFA_TOTP_PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 2)):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_OnceOnly, AuthenticateForm):
    """The second step of signing in, by a code."""


class ConfirmByCodeForm(_OnceOnly, ReauthenticateForm):
    """Confirming by a code that it is you."""


class ActivateAppForm(_OnceOnly, ActivateTOTPForm):
    """The first code of an app that is being set up."""


class MailedCodeForm(forms.Form):
    """The code that came by mail."""

    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not mailed.takes(self.request, code):
            raise forms.ValidationError(_("That is not the code we sent last, or it is too old. Get a new one below."))
        return code
