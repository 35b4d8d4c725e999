"""Making a person's own copy: asked for, built as a job, fetched within a day, gone after it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.desk.my_data_copy import write_copy
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.jobs.lease import Claimed, from_now
from lms.jobs.models import Job
from lms.jobs.registry import Onward, job_kind
from lms.jobs.services import request_job
from lms.members.models import Member
from lms.privacy.declarations import declared
from lms.privacy.registry import register_eraser
from lms.privacy.retention import Rule, register_retention

COPY, FORGET = "own_copy", "forget_own_copy"
FOLDER = "own-copies"
HOURS = 24
"""For how long a copy can be fetched; then the file is removed."""


@transaction.atomic
def ask_for_copy(*, member: Member, by: Member) -> Job:
    """Ask for one's own copy. While one is being made or waits to be fetched, that is the one."""
    if by.pk != member.pk:
        raise PermissionDenied("a copy is made for the person and nobody else")
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)  # two clicks at once ask for one
    job = current_copy(member)
    if job is None:
        job = request_job(kind=COPY, key=f"{COPY}:{uuid.uuid4()}", payload={}, by=member)
        record_act("ask_for_copy", by=by, subject=subject_key("member", member.public_id), job=str(job.public_id))
    return job


def current_copy(member: Member) -> Job | None:
    """The copy that is being made, or can be fetched; None when there is none. One query."""
    job = Job.objects.of(member).filter(kind=COPY).exclude(state__in=(Job.State.FAILED, Job.State.CANCELLED)).first()
    return job if job is not None and (not job.is_over or is_open(job)) else None


def closes_at(job: Job) -> dt.datetime | None:
    """When a copy that is made can no longer be fetched."""
    return job.finished_at + dt.timedelta(hours=HOURS) if job.finished_at else None


def is_open(job: Job) -> bool:
    """Whether a copy is made and can still be fetched."""
    end = closes_at(job)
    return job.state == Job.State.DONE and end is not None and timezone.now() < end


def fetch_copy(*, job: Job, by: Member) -> IO[bytes]:
    """The file of a copy, for whom it was made, within its day; written on the trail.

    Raises LookupError when it is somebody else's, not made, or its day is over.
    """
    if job.kind != COPY or job.created_by_id != by.pk or not is_open(job) or not default_storage.exists(path_of(job)):
        raise LookupError("no copy to fetch")
    record_act("fetch_copy", by=by, subject=subject_key("member", by.public_id), job=str(job.public_id))
    return default_storage.open(path_of(job))


def path_of(job: Job) -> str:
    """Where the file lies; no address leads there."""
    return f"{FOLDER}/{job.public_id}.zip"


def _onward(job: Job) -> Onward | None:
    return Onward(_("To your copy"), reverse("my_copy")) if is_open(job) else None


@job_kind(COPY, title=gettext_lazy("Your own copy"), onward=_onward)
def make_copy(claim: Claimed) -> Mapping[str, Any]:
    """Write the ZIP beside the uploads, and see to it that it goes in time."""
    job = Job.objects.select_related("created_by").get(pk=claim.id)
    member = job.created_by
    if member is None or not member.is_active:
        raise PermissionDenied("the person is gone")
    kinds = len(declared())
    claim.advance(total=kinds)
    with TemporaryFile() as draft:
        for done, _kind in enumerate(write_copy(member=member, file=draft), start=1):
            claim.advance(done=min(done, kinds))
        size = draft.tell()
        draft.seek(0)
        default_storage.delete(path_of(job))
        default_storage.save(path_of(job), File(draft))
    claim.advance(done=kinds)
    _forget_later(job)
    return {"bytes": size}


def _forget_later(job: Job) -> None:
    key = f"{FORGET}:{job.public_id}"
    with transaction.atomic():
        later = request_job(kind=FORGET, key=key, payload={"copy": str(job.public_id)}, by=None)
        Job.objects.filter(pk=later.pk).update(due_at=from_now(HOURS * 3600))


@job_kind(FORGET, title=gettext_lazy("Removing a copy that was to be fetched"))
def forget_copy(claim: Claimed) -> Mapping[str, Any]:
    """Remove the file of a copy whose day is over."""
    default_storage.delete(f"{FOLDER}/{uuid.UUID(claim.payload['copy'])}.zip")
    return {"removed": 1}


def erase_copies(person: Model) -> int:
    """Eraser: the files of a person's copies."""
    paths = [path_of(job) for job in Job.objects.filter(created_by=person.pk, kind=COPY)]
    for path in paths:
        transaction.on_commit(partial(default_storage.delete, path), robust=True)
    return len(paths)


def forget_files(before: dt.datetime) -> int:
    """Retention: files that were left behind, whatever became of their jobs."""
    if not default_storage.exists(FOLDER):
        return 0
    paths = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1] if Path(name).suffix == ".zip"]
    old = [path for path in paths if default_storage.get_modified_time(path) < before]
    for path in old:
        default_storage.delete(path)
    return len(old)


def register() -> None:
    """Say so, once, at start."""
    register_eraser("own copies", erase_copies)
    register_retention(Rule("copies", "files of people's own copies", days=1, floor=1, ceiling=7, purge=forget_files))
