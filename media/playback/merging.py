"""What two records of one person have played: the union, as if one had played it all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.merging.registry import one_per, register_rule
from media.playback.beats import is_watched
from media.playback.intervals import length, merged
from media.playback.models import Watch

FOLDED = (
    "intervals", "seconds", "position", "session", "session_began", "clock", "watched_at", "updated_at",
)  # fmt: skip


def fold(own: Watch, other: Watch) -> Mapping[str, Any]:
    """The stretches of both; where to go on, and what the next beat is judged by, from the one played last."""
    stretches = merged([*own.intervals, *other.intervals])
    newer = other if other.updated_at > own.updated_at else own
    watched = min(filter(None, (own.watched_at, other.watched_at)), default=None)
    if watched is None and is_watched(length(stretches), round(own.recording.duration * 10)):
        watched = timezone.now()
    return {
        "intervals": [list(stretch) for stretch in stretches],
        "seconds": length(stretches) / 10,
        "position": newer.position,
        "session": newer.session,
        "session_began": newer.session_began,
        "clock": newer.clock,
        "watched_at": watched,
        "updated_at": newer.updated_at,
    }


def register() -> None:
    """Say so, once, at start."""
    register_rule(Watch, one_per("recording_id", fold=fold), label=_("Films and episodes played"), yields=FOLDED)
