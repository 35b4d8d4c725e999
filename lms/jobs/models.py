"""Rows of long work. The row is the truth; a message to a worker only says "look now"."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lms.members.models import Member


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, asked for by who started them and by whether somebody should look at them."""

    def of(self, member: Member) -> Self:
        """Jobs a member has started. Nobody else sees them here."""
        return self.filter(created_by=member)

    def waiting(self) -> Self:
        """Jobs that nobody works on and that are due."""
        return self.filter(state=Job.State.QUEUED, due_at__lte=Now())

    def free(self) -> Self:
        """Jobs that may be claimed: those that wait, and those whose worker is gone."""
        return self.filter(
            Q(state=Job.State.QUEUED, due_at__lte=Now()) | Q(state=Job.State.RUNNING, lease_until__lt=Now())
        )


class Job(models.Model):
    """One piece of long work, written in the transaction of its cause.

    ``key`` names the effect and is unique: asking twice gives the same job. ``payload`` and
    ``result`` hold ids and counts only. ``claims`` counts every time a worker took the job and
    is the token it works under: whoever holds an older one can commit nothing more.
    ``attempts`` counts claims since the last finished item, so a long batch that is
    interrupted often is not given up while it moves. All times are the database's own.

    Personal data: who started it, and opaque ids in the payload.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("working")
        DONE = "done", _("done")
        FAILED = "failed", _("stopped by a fault")
        CANCELLED = "cancelled", _("stopped")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict, blank=True, help_text="ids only")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, help_text="items handled, the failed ones among them")
    failed_items = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True, help_text="short and safe: never a name")
    result = models.JSONField(default=dict, blank=True, help_text="ids and counts; never names")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="claims since the last finished item")
    claims = models.PositiveIntegerField(default=0, help_text="claims in all; the token of the one who works")
    leased_by = models.CharField(max_length=150, blank=True, help_text="host|pid|start of the worker")
    lease_until = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(db_default=Now(), help_text="not to be looked at before")
    sent_at = models.DateTimeField(db_default=Now(), help_text="when a worker was last told to look")
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "due_at"], name="jobs_state_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)


class JobItem(models.Model):
    """What became of one item of a job: written in the transaction of the item's effect.

    It is the line on the result page and the reason a resumed job skips the item. ``key`` is
    an opaque id or stable key; ``outcome`` a word the job's kind knows. Appended, never
    changed. Personal data: the key may be the opaque id of a person.
    """

    class State(models.TextChoices):
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DONE)
    outcome = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=120, blank=True, help_text="stable key of what came of it")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="jobs_item_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.outcome or self.state}"


class Heartbeat(models.Model):
    """When a worker last swept: one row per name. Not personal data."""

    name = models.CharField(max_length=20, primary_key=True)
    seen_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.name} {self.seen_at:%H:%M:%S}"
