"""Telling a worker to look. Nothing depends on it: what is not heard, the sweeper finds."""

from __future__ import annotations

import logging
import time

from lms.jobs.broker import app

logger = logging.getLogger(__name__)
SILENCE = 10.0
"""Seconds in which nothing is sent after the broker did not answer: a request waits once, not each time."""


class _Line:
    """Whether the broker answered lately."""

    silent_until = 0.0


def tell_worker(job_id: int) -> bool:
    """Send "look at this job" with the id only. A broker that is away is logged, never raised."""
    if time.monotonic() < _Line.silent_until:
        return False
    try:
        app.send_task("lms.jobs.look", args=[job_id], retry=False)
    except Exception as error:  # noqa: BLE001 - each transport fails in its own way, and none may reach the request
        _Line.silent_until = time.monotonic() + SILENCE
        logger.warning("job %s: no worker told (%s); the sweeper will find it", job_id, type(error).__name__)
        return False
    return True
