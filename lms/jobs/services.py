"""Asking for long work, doing it, stopping it."""

from __future__ import annotations

import logging
import re
import traceback
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now

from lms.jobs.lease import Claimed, LeaseLost, TryLater, claim_job, from_now
from lms.jobs.models import Job
from lms.jobs.registry import JobKind, kind_named, known_kinds
from lms.jobs.sending import tell_worker
from lms.members.models import Member

logger = logging.getLogger(__name__)
_ID = re.compile(r"[\w:.@/+-]{0,120}", re.ASCII)


def request_job(*, kind: str, key: str, payload: dict[str, Any], by: Member | None) -> Job:
    """Write the job in the caller's transaction; a worker is told when that commits.

    The same ``key`` gives the same job, whatever became of it. ``by`` is who may follow it,
    None is the program itself. Raises LookupError for a kind nobody has registered, ValueError
    when the payload holds anything but ids, and numbers and words that could be ids.
    """
    if kind not in known_kinds():
        raise LookupError(f"no kind of job is called {kind}")
    _demand_ids(payload)
    with transaction.atomic():
        job, is_new = Job.objects.get_or_create(key=key, defaults={"kind": kind, "payload": payload, "created_by": by})
        if is_new:
            transaction.on_commit(partial(tell_worker, job.pk), robust=True)
    return job


def run_job(*, job_id: int) -> bool:
    """Do the job, if it is free. False when there was nothing to do for us.

    Safe to call any number of times, at once and anywhere: one caller gets it.
    """
    claim = claim_job(job_id, kinds=known_kinds())
    if claim is None:
        return False
    kind = kind_named(claim.kind)
    try:
        if claim.attempts > kind.max_attempts:
            claim.leave(Job.State.FAILED, message="interrupted", finished_at=Now())
            logger.error("job %s (%s) given up: interrupted %s times", claim.id, claim.kind, claim.attempts - 1)
            return True
        _do(claim, kind)
    except LeaseLost:
        logger.warning("job %s (%s): no longer ours, stopped", claim.id, claim.kind)
        return False
    return True


def _do(claim: Claimed, kind: JobKind) -> None:
    try:
        result = kind.run(claim)
    except LeaseLost:
        raise
    except Exception as error:  # noqa: BLE001 - the row says what became of it; the worker lives on
        level = logging.INFO if isinstance(error, TryLater) else logging.ERROR
        logger.log(level, "job %s (%s), attempt %s: %s", claim.id, claim.kind, claim.attempts, _where(error))
        if claim.attempts >= kind.max_attempts or isinstance(error, PermissionDenied):
            claim.leave(Job.State.FAILED, message=type(error).__name__, finished_at=Now())
        else:
            claim.leave(Job.State.QUEUED, due_at=from_now(kind.pause_after(claim.attempts)))
        return
    claim.leave(Job.State.DONE, result=dict(result or {}), finished_at=Now())


def cancel_job(*, job: Job, by: Member) -> bool:
    """Stop a job that is not over: the worker finds out at its next step. What is done stays done.

    Raises PermissionDenied unless ``by`` started it.
    """
    _demand_own(job, by)
    open_states = (Job.State.QUEUED, Job.State.RUNNING)
    stopped = Job.objects.filter(pk=job.pk, state__in=open_states).update(
        state=Job.State.CANCELLED, finished_at=Now(), leased_by=""
    )
    return bool(stopped)


def retry_job(*, job: Job, by: Member) -> bool:
    """Let a job that failed or was stopped go on from where it was left.

    Raises PermissionDenied unless ``by`` started it.
    """
    _demand_own(job, by)
    with transaction.atomic():
        again = Job.objects.filter(pk=job.pk, state__in=(Job.State.FAILED, Job.State.CANCELLED)).update(
            state=Job.State.QUEUED, attempts=0, message="", finished_at=None, due_at=Now()
        )
        if again:
            transaction.on_commit(partial(tell_worker, job.pk), robust=True)
    return bool(again)


def _demand_own(job: Job, by: Member) -> None:
    if job.created_by_id != by.pk:
        raise PermissionDenied("this job is not yours")


def _demand_ids(value: Any) -> None:
    """Names have spaces and letters of their own; ids have not."""
    if isinstance(value, dict):
        for name, inner in value.items():
            _demand_ids(name)
            _demand_ids(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _demand_ids(inner)
    elif not (value is None or isinstance(value, int) or (isinstance(value, str) and _ID.fullmatch(value))):
        raise ValueError("a job's payload holds ids only")


def _where(error: Exception) -> str:
    """Kind of fault and where in the code. Its words could hold a name, so they stay out of the log."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}"
