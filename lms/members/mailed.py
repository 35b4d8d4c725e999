"""A code by mail, for confirming that it is you: for those who sign in without a password here.

The session keeps a hash of it, when it was sent, and how often it was tried.
"""

from __future__ import annotations

import secrets
import time
from typing import Any

from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac

from lms.members.models import Member
from lms.members.queries import address_of

KEY = "mailed_code"
GOOD_SECONDS = 10 * 60
MOST_TRIES = 3
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No letter that could be read as another."""


def send_code(request: HttpRequest, member: Member) -> None:
    """Send a new code to the address one signs in with. The one before is worth nothing from then on."""
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    request.session[KEY] = {"hash": _hash(code), "at": time.time(), "tries": 0}
    said = {"user": member, "code": f"{code[:4]}-{code[4:]}"}
    subject = render_to_string("account/email/confirm_code_subject.txt", said).strip()
    send_mail(subject, render_to_string("account/email/confirm_code_message.txt", said), None, [address_of(member)])


def is_waiting(request: HttpRequest) -> bool:
    """Whether a code has been sent that can still be used."""
    sent: dict[str, Any] = request.session.get(KEY) or {}
    return bool(sent) and sent["tries"] < MOST_TRIES and time.time() - sent["at"] < GOOD_SECONDS


def takes(request: HttpRequest, typed: str) -> bool:
    """Whether this is the code. It is good once, for ten minutes and for three tries."""
    if not is_waiting(request):
        return False
    sent = request.session[KEY]
    if constant_time_compare(sent["hash"], _hash(typed)):
        del request.session[KEY]
        return True
    request.session[KEY] = {**sent, "tries": sent["tries"] + 1}
    return False


def _hash(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return salted_hmac(KEY, plain, algorithm="sha256").hexdigest()
