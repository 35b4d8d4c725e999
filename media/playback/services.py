"""Writes to playback. What one has played is one's own record: no trail."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.utils import timezone

from lms.members.models import Member
from media.playback.beats import Played, Ticket, Verdict, is_watched, judge
from media.playback.intervals import Stretch
from media.playback.models import Watch
from media.playback.signals import recording_watched
from media.recordings.models import Recording

_SALT = "media.playback.session"


class ForeignSession(Exception):
    """The session was not given out to this person for this recording."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a beat came to, and how much has been played in all."""

    verdict: Verdict
    seconds: float
    is_watched: bool


def begin_session(*, member: Member, recording: Recording) -> str:
    """A signed session for one person and one recording; its time begins now, by our clock. Nothing is written.

    The one begun last is the one that counts.
    """
    told = {"m": member.pk, "r": recording.pk, "s": secrets.token_hex(12), "t": time.time()}
    return signing.dumps(told, salt=_SALT, compress=False)


def _ticket(session: str, member: Member, recording: Recording) -> Ticket:
    try:
        told = signing.loads(session, salt=_SALT)
    except signing.BadSignature as error:
        raise ForeignSession from error
    if (told["m"], told["r"]) != (member.pk, recording.pk):
        raise ForeignSession
    return Ticket(told["s"], told["t"])


def count_beat(*, member: Member, recording: Recording, session: str, start: float, end: float) -> Counted:
    """Take one beat into account. One read and at most one upsert. Raises ForeignSession.

    Announces ``recording_watched`` in the same transaction, when this beat made it 90 %.
    """
    ticket = _ticket(session, member, recording)
    return _count(member, recording, ticket, (round(start * 10), round(end * 10)))


@transaction.atomic(savepoint=False)
def _count(member: Member, recording: Recording, ticket: Ticket, stretch: Stretch) -> Counted:
    row = Watch.objects.select_for_update().filter(member=member, recording=recording).first()
    played = _played(row)
    duration = round(recording.duration * 10)
    verdict = judge(played, ticket, stretch, duration=duration, now=time.time())
    was_watched = row is not None and row.watched_at is not None
    if verdict.reason is None:
        now_watched = is_watched(verdict.played.tenths, duration)
        _keep(member, recording, verdict.played, row, is_first=now_watched and not was_watched)
        if now_watched and not was_watched:
            recording_watched.send(Watch, ids=[recording.pk], member_ids=[member.pk])
        was_watched = was_watched or now_watched
    return Counted(verdict, verdict.played.tenths / 10, was_watched)


def _played(row: Watch | None) -> Played:
    if row is None:
        return Played()
    return Played(
        stretches=tuple((start, end) for start, end in row.intervals),
        session=row.session,
        session_began=row.session_began,
        clock=row.clock,
        position=round(row.position * 10),
    )


def _keep(member: Member, recording: Recording, played: Played, row: Watch | None, *, is_first: bool) -> None:
    now = timezone.now()
    watch = Watch(
        member=member,
        recording=recording,
        intervals=[list(stretch) for stretch in played.stretches],
        seconds=played.tenths / 10,
        position=played.position / 10,
        session=played.session,
        session_began=played.session_began,
        clock=played.clock,
        watched_at=now if is_first else row.watched_at if row else None,
        updated_at=now,
    )
    told = ["intervals", "seconds", "position", "session", "session_began", "clock", "watched_at", "updated_at"]
    Watch.objects.bulk_create([watch], update_conflicts=True, unique_fields=["member", "recording"], update_fields=told)
