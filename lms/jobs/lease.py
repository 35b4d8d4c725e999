"""Taking a job, and keeping it: every commit of the one who works renews the lease, or fails.

The token is ``Job.claims``. An item's effect, its line and the renewal are one transaction
that begins with the renewal, so a worker that was paused, cut off or replaced commits nothing.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.functions import Coalesce, Now

from lms.jobs.models import Job, JobItem

ITEM_TRIES = 3
"""After so many fruitless attempts the first item left is what ends them: it is left out."""
_START = int(time.time())


class LeaseLost(Exception):
    """The job is no longer ours: somebody else has it, or it was stopped. Do nothing more."""


class TryLater(Exception):
    """What the job needs is away just now: no fault, come again after a pause."""


def from_now(seconds: float) -> ExpressionWrapper:
    """A time so many seconds from now, by the database's clock."""
    return ExpressionWrapper(Now() + Value(dt.timedelta(seconds=seconds)), output_field=DateTimeField())


def worker_name() -> str:
    """host|pid|start: which process it is, also when a pid comes round again."""
    return f"{socket.gethostname()[:100]}|{os.getpid()}|{_START}"


@dataclass(slots=True)
class Outcome:
    """What the handler says of the item in hand."""

    key: str
    outcome: str = "done"
    subject: str = ""


@dataclass(slots=True)
class Claimed:
    """A job in our hands, as long as the lease holds."""

    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    created_by_id: int | None
    attempts: int
    claims: int
    _left: list[str] = field(default_factory=list)

    def remaining(self, keys: Iterable[str]) -> Iterator[str]:
        """The items not yet handled, in order; sets how many there are in all.

        The order must be the same each time. When three attempts in a row have ended before
        the first of them was done, that item is what ends them, and it is left out as failed.
        """
        wanted = list(dict.fromkeys(keys))
        handled = set(JobItem.objects.filter(job=self.id).values_list("key", flat=True))
        self._left = [key for key in wanted if key not in handled]
        self.hold(total=len(wanted))
        if self._left and self.attempts > ITEM_TRIES:
            self._write_failure(self._left.pop(0), "interrupted")
        yield from self._left

    @contextmanager
    def item(self, key: str) -> Iterator[Outcome]:
        """One item: its effect, its line and the lease in one transaction, all or nothing.

        An exception undoes the item and is written down as its outcome; the batch goes on.
        A database that is away, or a lost lease, ends the attempt instead. Keep it short, and
        let nothing slow or outside the database happen in it.
        """
        outcome = Outcome(key)
        try:
            with transaction.atomic():
                self._finish_one()
                yield outcome
                JobItem.objects.create(job_id=self.id, key=key, outcome=outcome.outcome, subject=outcome.subject)
        except (LeaseLost, OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one item must not stop the others
            self._write_failure(key, type(error).__name__)

    def advance(self, *, done: int | None = None, total: int | None = None, message: str | None = None) -> None:
        """Say how far a job without items has come, and keep the lease. Never a name in the message."""
        told = {"done": done, "total": total, "message": message}
        self.hold(**{name: value for name, value in told.items() if value is not None})

    def hold(self, **changes: Any) -> None:
        """Renew the lease, and change the row, if the job is still ours; else raise LeaseLost."""
        mine = Job.objects.filter(pk=self.id, state=Job.State.RUNNING, claims=self.claims)
        if not mine.update(lease_until=from_now(settings.TILLIT_JOB_LEASE_SECONDS), **changes):
            raise LeaseLost(self.id)

    def leave(self, state: Job.State, **changes: Any) -> None:
        """Put the job out of our hands, if it is still in them."""
        self.hold(state=state, leased_by="", **changes)

    def _finish_one(self, failed: int = 0) -> None:
        self.hold(done=F("done") + 1, failed_items=F("failed_items") + failed, attempts=1)
        self.attempts = 1

    def _write_failure(self, key: str, outcome: str) -> None:
        with transaction.atomic():
            self._finish_one(failed=1)
            JobItem.objects.create(job_id=self.id, key=key, state=JobItem.State.FAILED, outcome=outcome)


def claim_job(job_id: int, *, kinds: list[str]) -> Claimed | None:
    """Take the job when it is free and of a kind we know: one conditional UPDATE, one winner."""
    with transaction.atomic():
        taken = (
            Job.objects.free()
            .filter(pk=job_id, kind__in=kinds)
            .update(
                state=Job.State.RUNNING,
                lease_until=from_now(settings.TILLIT_JOB_LEASE_SECONDS),
                leased_by=worker_name(),
                claims=F("claims") + 1,
                attempts=F("attempts") + 1,
                started_at=Coalesce("started_at", Now()),
            )
        )
        if not taken:
            return None
        job = Job.objects.get(pk=job_id)
    return Claimed(job.pk, job.kind, job.key, job.payload, job.created_by_id, job.attempts, job.claims)
