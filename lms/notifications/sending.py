"""Sending the mail of notices: claim, send, mark.

A letter is claimed by one conditional UPDATE before it leaves and marked after. A crash in
between leaves ``sending``: it may have left. Such a letter is sent once more, with the same
Message-ID, and after a second unknown ending it is left as failed. No transaction is open
while a mail server is spoken to.
"""

from __future__ import annotations

import logging
import smtplib
from typing import Any

from django.core.mail import get_connection
from django.db.models import F, Q
from django.db.models.functions import Now

from lms.jobs.lease import Claimed, TryLater
from lms.notifications.letters import mail_of
from lms.notifications.models import Notice

logger = logging.getLogger(__name__)
MAY_LEAVE = 2
"""How often a letter may leave without our knowing whether it did."""
LAST_ATTEMPT = 30
"""With pauses of up to half an hour: a mail server may be away for half a day."""


def send_notices(job: Claimed) -> dict[str, int]:
    """Send the mail of every notice in the job that still waits for it."""
    ids: list[int] = job.payload["notices"]
    ours = Notice.objects.filter(pk__in=ids)
    ours.filter(mail_state=Notice.Mail.SENDING, mail_attempts__gte=MAY_LEAVE).update(mail_state=Notice.Mail.FAILED)
    open_ones = ours.filter(mail_state__in=(Notice.Mail.QUEUED, Notice.Mail.SENDING))
    left = list(open_ones.order_by("pk").values_list("pk", flat=True))
    job.advance(total=len(ids), done=len(ids) - len(left))
    if left:
        _send_all(job, left, total=len(ids))
        if open_ones.exists():
            if job.attempts < LAST_ATTEMPT:
                raise TryLater
            open_ones.update(mail_state=Notice.Mail.FAILED)
    job.advance(done=len(ids))
    return {"sent": ours.filter(mail_state=Notice.Mail.SENT).count()}


def _send_all(job: Claimed, left: list[int], *, total: int) -> None:
    line = get_connection()
    try:
        line.open()
        for done, pk in enumerate(left, start=total - len(left)):
            job.advance(done=done)
            _send_one(pk, line)
    except OSError as error:  # the server is away, or went away: smtplib's own faults are among these
        logger.warning("job %s: mail server does not answer (%s)", job.id, type(error).__name__)
    finally:
        _hang_up(line)


def _send_one(pk: int, line: Any) -> None:
    notice = _claimed(pk)
    if notice is None:
        return
    try:
        mail = mail_of(notice)
        mail.connection = line
        mail.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        _put_back(notice) if _is_passing(error) else _mark(notice, Notice.Mail.FAILED)
    except (smtplib.SMTPException, OSError):
        raise  # it may have left: the row stays at sending
    except Exception as error:  # noqa: BLE001 - a letter that cannot be written must not stop the others
        logger.error("notice %s could not be written (%s)", notice.pk, type(error).__name__)
        _put_back(notice)
    else:
        _mark(notice, Notice.Mail.SENT, mailed_at=Now())


def _claimed(pk: int) -> Notice | None:
    """The notice, when it is ours to send now."""
    one = Notice.objects.filter(pk=pk)
    waits = Q(mail_state=Notice.Mail.QUEUED) | Q(mail_state=Notice.Mail.SENDING)
    if not one.filter(waits).update(mail_state=Notice.Mail.SENDING, mail_attempts=F("mail_attempts") + 1):
        return None
    return one.select_related("member").get()


def _put_back(notice: Notice) -> None:
    """It has certainly not left: the server said not now, or it could not be written."""
    _mark(notice, Notice.Mail.QUEUED, mail_attempts=F("mail_attempts") - 1)


def _mark(notice: Notice, state: Notice.Mail, **changes: Any) -> None:
    Notice.objects.filter(pk=notice.pk, mail_state=Notice.Mail.SENDING).update(mail_state=state, **changes)


def _is_passing(error: smtplib.SMTPException) -> bool:
    """Whether every answer was of the kind that may be another tomorrow (4xx)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code < 500


def _hang_up(line: Any) -> None:
    try:
        line.close()
    except (smtplib.SMTPException, OSError):
        logger.debug("the mail server had hung up first")
