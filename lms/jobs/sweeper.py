"""The sweeper: finds what nobody heard of and what a dead worker left, and says so again."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone

from lms.jobs.daily import request_daily
from lms.jobs.lease import from_now
from lms.jobs.models import Heartbeat, Job
from lms.jobs.sending import tell_worker
from lms.jobs.services import run_job

AT_ONCE = 200
"""Most jobs told of in one sweep, so that a long queue is not sent again and again."""


def sweep() -> int:
    """Leave a sign of life; tell workers of every free job not told of lately. Returns how many."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"seen_at": Now()})
    request_daily()
    unheard = Job.objects.free().filter(sent_at__lt=from_now(-settings.TILLIT_JOB_RESEND_SECONDS))
    ids = list(unheard.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])
    if ids:
        Job.objects.filter(pk__in=ids).update(sent_at=Now())
    for job_id in ids:
        tell_worker(job_id)
    return len(ids)


def run_waiting(*, at_most: int = 1000) -> int:
    """Do every free job here and now, without broker or worker. Returns how many were done.

    For tests, for loading a demo, and for a house whose worker is away.
    """
    count = 0
    while count < at_most:
        job_id = Job.objects.free().order_by("due_at", "pk").values_list("pk", flat=True).first()
        if job_id is None:
            break
        count += run_job(job_id=job_id)
    return count


def forget_old_jobs() -> int:
    """Delete jobs that were over longer ago than they are kept. Returns how many."""
    limit = timezone.now() - dt.timedelta(days=settings.TILLIT_JOB_KEEP_DAYS)
    _, counts = Job.objects.filter(finished_at__lt=limit).delete()
    return counts.get("jobs.Job", 0)
