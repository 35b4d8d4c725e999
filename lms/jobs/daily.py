"""What is done once a day, whatever day the worker is up: announcements, expiry, erasure.

A room registers a kind of job as daily when it starts. The sweeper asks for it once per day,
by a unique key; the work itself finds what is due, so a day without a worker is caught up by
the next one.
"""

from __future__ import annotations

from lms.jobs.models import Job
from lms.jobs.services import request_job
from lms.periods import today

_daily: list[str] = []


def register_daily(kind: str) -> None:
    """Have jobs of this kind asked for once a day."""
    if kind not in _daily:
        _daily.append(kind)


def request_daily() -> int:
    """Ask for today's jobs that have not been asked for. Returns how many. One query when there are none."""
    day = today().isoformat()
    keys = {f"daily:{kind}:{day}": kind for kind in _daily}
    asked = set(Job.objects.filter(key__in=keys).values_list("key", flat=True))
    missing = {key: kind for key, kind in keys.items() if key not in asked}
    for key, kind in missing.items():
        request_job(kind=kind, key=key, payload={}, by=None)
    return len(missing)
