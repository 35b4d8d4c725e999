"""How sure we are of who asks: the second factor, and a fresh confirmation before what cannot be taken back.

What a session has been shown stands in allauth's own records of it: how, when, and with which
factor. A sign-in is the first confirmation, so that nobody is asked twice in a row.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum, auto
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from lms.members.factors import FACTORS, factor_ids
from lms.members.models import Member

View = Callable[..., Any]


class Assured(Enum):
    """Where a session stands with the second factor."""

    USED = auto()
    NOT_USED = auto()
    NOT_SET_UP = auto()


def assured(request: HttpRequest, person: Member) -> Assured:
    """Whether a person has a second factor, and has used it in this session. One query.

    A factor that was taken away no longer speaks for the sessions it opened.
    """
    had = factor_ids(person)
    if not any(kind in FACTORS for kind in had.values()):
        return Assured.NOT_SET_UP
    used = {said.get("id") for said in get_authentication_records(request, person) if said["method"] == "mfa"}
    return Assured.USED if used & set(had) else Assured.NOT_USED


def confirmed_lately(request: HttpRequest) -> bool:
    """Whether the person signed in, or confirmed that it is them, within the time the settings say."""
    said = [record["at"] for record in get_authentication_records(request, request.user) if "reauthenticated" in record]
    return bool(said) and time.time() - said[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def step_up(view: View) -> View:
    """Decorator for views that export, erase or issue: whoever has not confirmed lately is asked to, and comes back.

    A form that was sent is kept and goes through once it is confirmed.
    """
    return _asking(view, methods=None)


def step_up_to_change(view: View) -> View:
    """The same for views that also show: looking is free, sending the form asks."""
    return _asking(view, methods=("POST",))


def _asking(view: View, *, methods: tuple[str, ...] | None) -> View:
    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if methods is None or request.method in methods:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not confirmed_lately(request):
                raise ReauthenticationRequired
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    return asking


def note_sign_in(request: HttpRequest | None, user: Member, **_said: Any) -> None:
    """Signing in is a confirmation."""
    if request is not None:
        record_authentication(request, user, "sign_in", reauthenticated=True)


def listen() -> None:
    """Hear of every sign-in."""
    user_logged_in.connect(note_sign_in, dispatch_uid="tillit-sign-in")
