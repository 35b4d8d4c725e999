"""Reads about certificates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from certificates.models import Credential, Proof, StatusChange
from certificates.numbers import digest_of, read_number
from certificates.seal import is_genuine
from lms.members.models import Member
from lms.periods import today


class Verdict(StrEnum):
    """What the check page says. Unknown, hidden and erased are one and the same."""

    GENUINE = "genuine"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to "is this certificate genuine?". ``name`` is empty unless the holder opened it."""

    verdict: Verdict
    number: str
    title: str
    issued_on: dt.date
    valid_until: dt.date | None
    name: str = ""
    revoked_on: dt.date | None = None
    stones: int = 0


def check_number(text: str, *, on: dt.date | None = None) -> Check | None:
    """What a number is worth on a date, or None: unknown, malformed, hidden or erased. Two queries at most."""
    number = read_number(text)
    credential = Credential.objects.filter(number=number).first() if number else None
    if credential is None and number:
        return _proved(number, on or today())
    if credential is None or credential.disclosure == Credential.Disclosure.HIDDEN:
        return None
    if not is_genuine(credential.payload, credential.seal):
        return None
    verdict, since = verdict_on(credential, on or today())
    is_named = credential.disclosure == Credential.Disclosure.NAMED
    return Check(
        verdict=verdict,
        number=credential.number,
        title=credential.payload["title"],
        issued_on=credential.issued_on,
        valid_until=credential.valid_until,
        name=credential.payload["name"] if is_named else "",
        revoked_on=since if verdict == Verdict.REVOKED else None,
        stones=credential.payload["stones"],
    )


def _proved(number: str, day: dt.date) -> Check | None:
    """What is left of a certificate whose holder was erased and wanted it to be checked still; never a name."""
    left = Proof.objects.filter(digest=digest_of(number)).first()
    if left is None:
        return None
    is_over = left.valid_until is not None and left.valid_until <= day
    return Check(
        verdict=Verdict.REVOKED if left.revoked_on else Verdict.EXPIRED if is_over else Verdict.GENUINE,
        number=number,
        title=left.title,
        issued_on=left.issued_on,
        valid_until=left.valid_until,
        revoked_on=left.revoked_on,
        stones=left.stones,
    )


def verdict_on(credential: Credential, day: dt.date) -> tuple[Verdict, dt.date | None]:
    """What a certificate is worth on a day, and since when less. One query, none when the log is at hand."""
    over = (StatusChange.Status.REVOKED, StatusChange.Status.REPLACED)
    ended = next((change for change in credential.log.all() if change.status in over), None)
    if ended is not None:
        return Verdict.REVOKED, timezone.localdate(ended.at)
    if credential.valid_until is not None and credential.valid_until <= day:
        return Verdict.EXPIRED, credential.valid_until
    return Verdict.GENUINE, None


def shelf_of(member: Member) -> list[Credential]:
    """A person's certificates, newest first, each with its log at hand. Two queries."""
    return list(Credential.objects.filter(holder=member).prefetch_related("log"))
