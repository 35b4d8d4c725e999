"""Devices that have signed in before: their tries at a password are counted apart.

Whoever guesses at an account from elsewhere uses up the tries that strangers share, not those
of the owner, who is let in from the phone or the laptop as always. The cookie says nothing of
whose it is: it holds a random number, and the address under a key together with it.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "tillit_device"
PATH = "/accounts/"
KEPT_SECONDS = 365 * 24 * 3600


def remember(response: HttpResponse, address: str) -> None:
    """Give the device a number that is good for this address."""
    if not address:
        return
    number = secrets.token_urlsafe(16)
    response.set_cookie(
        COOKIE, f"{number}.{_proof(number, address)}", max_age=KEPT_SECONDS, path=PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def known(request: HttpRequest, address: str) -> str:
    """The number of a device that has signed in with this address before, or ''. No query."""
    number, _, proof = request.COOKIES.get(COOKIE, "").partition(".")
    return number if number and constant_time_compare(proof, _proof(number, address)) else ""


def _proof(number: str, address: str) -> str:
    return salted_hmac(COOKIE, f"{number}|{address.lower()}", algorithm="sha256").hexdigest()
