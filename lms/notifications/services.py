"""Telling members, and marking what they have read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from lms.jobs.services import request_job
from lms.members.models import Member
from lms.notifications.models import Notice
from lms.notifications.queries import forget_counts
from lms.notifications.registry import notice_kind

BATCH = 500


def notify(*, members: Iterable[Member], kind: str, key: str, context: dict[str, Any] | None = None) -> int:
    """Say something to members: one row each, in the caller's transaction; mail follows on commit.

    Whoever has been told under the same ``key`` is not told again. ``context`` holds ids and
    printed labels. Returns how many were told now. Raises LookupError for an unknown kind.
    """
    wanted, everybody = notice_kind(kind), {member.pk: member for member in members}
    rows = [
        Notice(
            member=member,
            kind=kind,
            key=key,
            context=context or {},
            mail_state=Notice.Mail.QUEUED if wanted.mails and member.email else Notice.Mail.NONE,
        )
        for member in everybody.values()
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        told = _written([row.public_id for row in rows])
        mailed = [notice.pk for notice in told if notice.mail_state == Notice.Mail.QUEUED]
        if mailed:
            request_job(kind="send_notices", key=f"send_notices:{uuid.uuid4()}", payload={"notices": mailed}, by=None)
        if told:
            forget_counts([everybody[notice.member_id] for notice in told])
    return len(told)


def _written(ids: list[uuid.UUID]) -> list[Notice]:
    """Those of our rows that were new: a row that met its key already is not among them."""
    found: list[Notice] = []
    for start in range(0, len(ids), BATCH):
        part = Notice.objects.filter(public_id__in=ids[start : start + BATCH]).order_by("pk")
        found += part.only("pk", "member_id", "mail_state")
    return found


def mark_read(*, by: Member, notice: Notice | None = None) -> int:
    """Mark one notice, or all of one's own, as read. Somebody else's is left alone. Returns how many."""
    unread = Notice.objects.to(by).unread()
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    with transaction.atomic():
        count = unread.update(read_at=Now())
        if count:
            forget_counts([by])
    return count
