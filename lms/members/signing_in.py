"""Signing in with an e-mail address, or with the member number when the address is another's, too."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import derive_login_method
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """One field for both. What is written is tried as one of them, never as both: known and unknown take as long."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail or member number")
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def user_credentials(self) -> dict[str, Any]:
        login = self.cleaned_data["login"]
        return {derive_login_method(login): login, "password": self.cleaned_data["password"]}
