"""The jobs of this room: the running month once a day, and again when an administrator asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.archive.models import ArchiveFile
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.models import Job
from lms.jobs.registry import Onward, job_kind
from lms.jobs.services import request_job
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.periods import today

DAILY, AGAIN, HISTORY = "write_snapshot", "count_again", "write_history"


def _write() -> Mapping[str, Any]:
    from courses.coverage.snapshots import close_and_run  # numbers in arrays: only the worker needs them

    return {"people": [row.people for row in close_and_run()][-1]}


@job_kind(DAILY, title=_("Writing the month's figures"))
def write(job: Claimed) -> Mapping[str, Any]:
    """The running month, and the one before it if its last day is not there."""
    return _write()


@job_kind(
    AGAIN,
    title=_("Counting the figures again"),
    onward=lambda job: Onward(gettext("See the figures"), reverse("coverage")),
)
def write_again(job: Claimed) -> Mapping[str, Any]:
    """The same, because somebody asked."""
    return _write()


@job_kind(HISTORY, title=_("Writing the figures of earlier months"))
def write_earlier(job: Claimed) -> Mapping[str, Any]:
    """Months that have no file yet, newest first, so that there is something to see before all are written."""
    from courses.coverage.snapshots import last_months, write_snapshot

    there = written_months()
    months = [month for month in last_months(job.payload["months"])[::-1] if month not in there]
    job.advance(done=0, total=len(months))
    for number, month in enumerate(months, start=1):  # a file is no item: nothing slow belongs in a transaction
        write_snapshot(month=month)
        job.advance(done=number)
    return {"months": len(months)}


def written_months() -> set[dt.date]:
    """The months there is a file of."""
    return set(ArchiveFile.objects.values_list("month", flat=True))


register_daily(DAILY)


def write_earlier_months(*, months: int) -> Job:
    """Ask for the figures of the last months to be written, the running one among them: after an import, or a demo."""
    return request_job(kind=HISTORY, key=f"{HISTORY}:{months}:{today()}", payload={"months": months}, by=None)


def count_again(*, by: Member) -> Job:
    """Ask for the running month to be counted now. Asked for twice within a minute it is one job.

    Raises PermissionDenied unless ``by`` keeps levels somewhere.
    """
    access.demand(by, Right.KEEP_LEVELS)
    job = request_job(kind=AGAIN, key=f"{AGAIN}:{timezone.now():%Y-%m-%dT%H:%M}", payload={}, by=by)
    record_act("count_again", by=by, subject=subject_key("job", job.public_id))
    return job
