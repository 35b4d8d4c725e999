"""Notices to members."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lms.members.models import Member


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, asked for by whom they are to. There is no other way to ask for them on a page."""

    def to(self, member: Member) -> Self:
        """What one member has been told. Nobody else sees it, whatever their rights."""
        return self.filter(member=member)

    def unread(self) -> Self:
        """What has not been marked as read."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing said to one member, in the app and perhaps by mail.

    ``key`` names the effect: the same key is said once to each member. ``context`` holds the
    ids the address is made of and the labels the sentence prints. The words themselves belong
    to the kind and are put together in the reader's language when they are shown or sent.

    Mail goes queued → sending → sent or failed. ``sending`` means that the letter may have left;
    ``mail_attempts`` counts how often it may have.

    Personal data: yes, what concerns the person and when they read it.
    """

    class Mail(models.TextChoices):
        NONE = "none", _("no mail")
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    context = models.JSONField(default=dict, blank=True, help_text="ids and printed labels")
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)
    mail_state = models.CharField(max_length=10, choices=Mail.choices, default=Mail.NONE)
    mail_attempts = models.PositiveSmallIntegerField(default=0, help_text="how often the letter may have left")
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="notifications_said_once")]
        indexes = [
            models.Index(fields=["member"], condition=models.Q(read_at=None), name="notifications_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
