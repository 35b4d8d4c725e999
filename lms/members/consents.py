"""Consent per purpose: versioned, given and withdrawn with one call each.

A purpose is registered by the room that needs it, when it starts. A new version of a text
asks again: consent to the old one no longer counts as agreement to the new.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

from lms.members.models import Consent, Member


@dataclass(frozen=True, slots=True)
class Purpose:
    """What one may agree to: a short title, the whole text, its version.

    Whoever changes the text gives it a new version, and everybody is asked again. ``ends`` says
    what ends when it is taken back; only a purpose that somebody's being here rests on has one,
    and it is shown to those who have said yes to it, not offered to everybody.
    """

    key: str
    version: str
    title: str | Promise
    text: str | Promise
    ends: str | Promise = ""


consent_withdrawn = Signal()
_purposes: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> None:
    """Make a purpose known. Raises ValueError when two rooms use one key for different things."""
    if _purposes.get(purpose.key, purpose) != purpose:
        raise ValueError(f"two purposes are called {purpose.key}")
    _purposes[purpose.key] = purpose


def purposes() -> list[Purpose]:
    """Every purpose, by key."""
    return [_purposes[key] for key in sorted(_purposes)]


def purpose_named(key: str) -> Purpose:
    """One purpose. Raises LookupError when nobody has registered it."""
    return _purposes[key]


@transaction.atomic
def give_consent(*, member: Member, purpose: str) -> Consent:
    """Record that ``member`` agrees to today's text of a purpose. Twice is once; an older version is superseded."""
    known = purpose_named(purpose)
    current = Consent.objects.filter(member=member, purpose=purpose, withdrawn_at=None).first()
    if current is not None and current.version == known.version:
        return current
    if current is not None:
        _close(member, purpose)
    return Consent.objects.create(
        member=member, purpose=purpose, version=known.version, language=(get_language() or member.language)[:2]
    )


@transaction.atomic
def withdraw_consent(*, member: Member, purpose: str) -> bool:
    """Record that ``member`` no longer agrees. Acts at once; False when there was nothing to withdraw.

    Announces ``consent_withdrawn`` with ``member_id`` and ``purpose``, so that what rested on it ends with it.
    """
    is_withdrawn = _close(member, purpose)
    if is_withdrawn:
        consent_withdrawn.send(Consent, member_id=member.pk, purpose=purpose)
    return is_withdrawn


def _close(member: Member, purpose: str) -> bool:
    rows = Consent.objects.filter(member=member, purpose=purpose, withdrawn_at=None)
    return bool(rows.update(withdrawn_at=timezone.now()))


def has_consent(member: Member, purpose: str) -> bool:
    """Whether ``member`` agrees to today's text of a purpose. One query."""
    version = purpose_named(purpose).version
    return Consent.objects.filter(member=member, purpose=purpose, version=version, withdrawn_at=None).exists()


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a person stands to one purpose: today's text, the consent that stands, and all that went before.

    ``consent`` may be to an older version; then the person is asked again (``is_asked_again``)
    and it does not count meanwhile.
    """

    purpose: Purpose
    consent: Consent | None
    history: list[Consent]

    @property
    def holds(self) -> bool:
        """Whether the person agrees to today's text."""
        return self.consent is not None and self.consent.version == self.purpose.version

    @property
    def is_asked_again(self) -> bool:
        """Whether the person agreed to a text that has changed since."""
        return self.consent is not None and not self.holds


def answers_of(member: Member) -> list[Answer]:
    """Where a person stands to every purpose that concerns them, by key. One query."""
    rows: dict[str, list[Consent]] = {}
    for row in Consent.objects.filter(member=member).order_by("-given_at", "-pk"):
        rows.setdefault(row.purpose, []).append(row)
    found = []
    for purpose in purposes():
        own = rows.get(purpose.key, [])
        consent = next((row for row in own if row.withdrawn_at is None), None)
        if own or not purpose.ends:
            found.append(Answer(purpose, consent, own))
    return found
