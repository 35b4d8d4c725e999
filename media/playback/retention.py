"""What of the playing is only for the moment: by which session and clock the next beat is judged."""

from __future__ import annotations

import datetime as dt

from lms.privacy.retention import Rule, register_retention
from media.playback.models import Watch


def forget_sessions(before: dt.datetime) -> int:
    """Blank the session of playing nobody has gone on with. What has been played stays, as stretches."""
    stale = Watch.objects.filter(updated_at__lt=before).exclude(session="", clock=0)
    return stale.update(session="", session_began=0, clock=0)


def register() -> None:
    """Say so, once, at start."""
    about = "by which session the next beat of a film is judged; the stretches played stay"
    register_retention(Rule("beats", about, days=30, floor=1, ceiling=90, purge=forget_sessions))
