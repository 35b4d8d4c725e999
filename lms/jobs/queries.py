"""How far a job has come, and how the queue stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.jobs.models import Heartbeat, Job, JobItem
from lms.jobs.registry import Line, Onward, kind_named, known_kinds
from lms.members.models import Member

WORKER_SILENCE = 30
"""Seconds without a sweep after which there is no worker."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A job as shown. ``label`` is "187 of 312"; ``text`` says what that means for the reader."""

    title: str
    text: str
    label: str
    value: int
    max: int
    state: str
    is_running: bool
    can_retry: bool
    failed: int
    onward: Onward | None


def job_progress(job: Job) -> Progress:
    """How far a job has come. Asks the database nothing."""
    kind = kind_named(job.kind) if job.kind in known_kinds() else None
    is_done = job.state == Job.State.DONE
    most = max(job.total, job.done, 1)
    return Progress(
        title=str(kind.title) if kind else job.kind,
        text=_texts()[job.state],
        label=_("%(done)s of %(total)s") % {"done": job.done, "total": job.total} if job.total else "",
        value=most if is_done else job.done,
        max=most,
        state=job.state,
        is_running=not job.is_over,
        can_retry=job.state in (Job.State.FAILED, Job.State.CANCELLED),
        failed=job.failed_items,
        onward=kind.onward(job) if kind and kind.onward and is_done else None,
    )


def _texts() -> dict[str, str]:
    return {
        Job.State.QUEUED: _("Waiting to begin. You can leave this page; the work goes on."),
        Job.State.RUNNING: _("In progress. You can leave this page; the work goes on."),
        Job.State.DONE: _("Done."),
        Job.State.FAILED: _("This stopped before it was done. What is done is kept. You can let it go on."),
        Job.State.CANCELLED: _("Stopped. What is done is kept."),
    }


def result_lines(job: Job, items: Sequence[JobItem], *, to: Member) -> Sequence[Line]:
    """One line per item, in the words of the job's kind; without those, keys and outcomes."""
    describe = kind_named(job.kind).describe if job.kind in known_kinds() else None
    if describe is not None:
        return describe(items, to)
    return [
        Line(item.key, item.outcome, mark="late" if item.state == JobItem.State.FAILED else "done") for item in items
    ]


def queue_state() -> dict[str, str | int]:
    """For the health page: whether a worker lives, how many jobs wait, how long the oldest has."""
    now = timezone.now()
    seen = Heartbeat.objects.filter(name="worker").values_list("seen_at", flat=True).first()
    lives = seen is not None and (now - seen).total_seconds() < WORKER_SILENCE
    waits = Job.objects.waiting().aggregate(count=Count("pk"), oldest=Min("due_at"))
    oldest = max(0, int((now - waits["oldest"]).total_seconds())) if waits["oldest"] else 0
    return {"queue": "ok" if lives else "no worker", "waiting": waits["count"], "oldest_seconds": oldest}
