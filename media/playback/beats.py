"""Which beats count: docs/algorithms/watched.md in code. Pure; the clock is handed in.

A beat says "I have played from here to there". It is believed only as far as the server's own
clock allows: a new second of the recording costs half a second of real time since the session
began, time that was saved up counts for a minute at most, and what costs more than there is
earns nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from media.playback.intervals import Stretch, length, merged, uncovered

FASTEST = 2.0
"""Seconds of a recording that one second of real time can pay for."""
LONGEST = 400
"""Tenths one beat may span: a player tells every ten seconds, and sends what was lost again in pieces."""
SAVED_SECONDS = 60.0
"""How much unused time a session keeps: beats get lost, but not for minutes."""
SESSION_SECONDS = 12 * 3600.0
ENOUGH = 0.9
"""Part of a recording that must have been played for it to count as watched."""
EDGE = 10
"""Tenths past the end that are forgiven: players round."""


class Reason(StrEnum):
    """Why a beat earns nothing."""

    OUTSIDE = "outside"
    TOO_LONG = "too long"
    TOO_FAST = "too fast"
    REPLACED = "replaced"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A session as the server signed it: an unguessable id, and when it began by the server's clock."""

    session: str
    began: float


@dataclass(frozen=True, slots=True)
class Played:
    """What is known of one member and one recording. ``clock`` is up to when real time has been spent."""

    stretches: tuple[Stretch, ...] = ()
    session: str = ""
    session_began: float = -1.0
    clock: float = 0.0
    position: int = 0

    @property
    def tenths(self) -> int:
        """Distinct tenths played."""
        return length(self.stretches)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a beat came to: the state afterwards, what it earned, or why it earned nothing."""

    played: Played
    earned: int = 0
    reason: Reason | None = None
    wait: float = 0.0


def judge(played: Played, ticket: Ticket, stretch: Stretch, *, duration: int, now: float) -> Verdict:
    """Take a beat (tenths) into account, or say why not."""
    start, end = stretch[0], min(stretch[1], duration)
    if start < 0 or end <= start or stretch[1] > duration + EDGE:
        return Verdict(played, reason=Reason.OUTSIDE)
    if stretch[1] - start > LONGEST:
        return Verdict(played, reason=Reason.TOO_LONG)
    if not 0 <= now - ticket.began <= SESSION_SECONDS:
        return Verdict(played, reason=Reason.EXPIRED)
    if ticket.session != played.session:
        if ticket.began <= played.session_began:
            return Verdict(played, reason=Reason.REPLACED)
        played = replace(
            played, session=ticket.session, session_began=ticket.began, clock=max(played.clock, ticket.began)
        )
    clock = min(max(played.clock, now - SAVED_SECONDS), now)
    earned = uncovered((start, end), played.stretches)
    spent = clock + earned / 10 / FASTEST
    if spent > now:
        return Verdict(played, reason=Reason.TOO_FAST, wait=round(spent - now, 1) + 0.1)
    union = tuple(merged([*played.stretches, (start, end)]))
    return Verdict(replace(played, stretches=union, clock=spent, position=end), earned)


def is_watched(tenths: int, duration: int) -> bool:
    """Whether so much of a recording counts as watched."""
    return duration > 0 and tenths >= ENOUGH * duration
