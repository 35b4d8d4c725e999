"""Reads about playback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lms.members.models import Member
from media.playback.models import Watch


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of a recording a person has played, and where they go on."""

    seconds: float = 0.0
    position: float = 0.0
    is_watched: bool = False


def seen_by(member: Member, recording_ids: Iterable[int]) -> dict[int, Seen]:
    """What a person has played of these recordings. One query; none when there are no recordings."""
    ids = list(recording_ids)
    if not ids:
        return {}
    rows = Watch.objects.filter(member=member, recording__in=ids)
    return {
        row["recording"]: Seen(row["seconds"], row["position"], row["watched_at"] is not None)
        for row in rows.values("recording", "seconds", "position", "watched_at")
    }


def watched_by(member: Member, recording_ids: Iterable[int]) -> set[int]:
    """Which of these recordings a person has watched, whenever that was."""
    rows = Watch.objects.filter(member=member, recording__in=list(recording_ids), watched_at__isnull=False)
    return set(rows.values_list("recording", flat=True))
