"""A kind of job for tests: each item leaves one entry in the trail, so effects can be counted.

Payload: ``items`` (how many), ``pause`` (milliseconds an item takes), ``poison`` (items that raise).
"""

from __future__ import annotations

import time
from collections import Counter

from lms.audit.models import Entry
from lms.audit.services import record_act
from lms.jobs.lease import Claimed
from lms.jobs.models import Job
from lms.jobs.registry import job_kind


def register_strokes() -> None:
    """Make the kind known to this process."""
    job_kind("strokes", title="Strokes")(draw_strokes)


def draw_strokes(job: Claimed) -> dict[str, int]:
    """One stroke per item."""
    for key in job.remaining(f"s{number}" for number in range(job.payload["items"])):
        with job.item(key) as outcome:
            time.sleep(job.payload.get("pause", 0) / 1000)
            draw_stroke(job, key)
            if key in job.payload.get("poison", []):
                raise ValueError("Åse cannot be drawn")
            outcome.outcome = "drawn"
    return {"strokes": job.payload["items"]}


def draw_stroke(job: Claimed, key: str) -> None:
    """The effect."""
    record_act("stroke", by=None, subject=f"stroke:{job.id}:{key}")


def strokes_of(job: Job) -> Counter[str]:
    """How often each item of a job was done."""
    subjects = Entry.objects.filter(act="stroke", subject__startswith=f"stroke:{job.pk}:")
    return Counter(subject.rsplit(":", 1)[1] for subject in subjects.values_list("subject", flat=True))
