"""The jobs of this room: letters to those who sign up, and the daily cleaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed, TryLater
from lms.jobs.registry import job_kind
from lms.joining import addresses, signing_up
from lms.joining.letters import letter_for, letter_to_check, mail_with
from lms.joining.models import AddressCheck, SignUp

FORGET = "forget_unconfirmed"


@job_kind(signing_up.SEND, title=_("Writing to somebody who signed up"), max_attempts=20)
def send_sign_up(job: Claimed) -> Mapping[str, Any]:
    """One letter; whoever was known before is not kept a second time."""
    row = SignUp.objects.filter(pk=job.payload["sign_up"], mailed_at=None).first()
    if row is None:
        return {"sent": 0}
    letter, stays_open = letter_for(row)
    _send(mail_with(letter, to=row.email, name=str(row.public_id)))
    if stays_open:
        SignUp.objects.filter(pk=row.pk).update(mailed_at=Now())
    else:
        row.delete()
    return {"sent": 1}


@job_kind(addresses.SEND, title=_("Writing to an address that is to be confirmed"), max_attempts=20)
def send_address_check(job: Claimed) -> Mapping[str, Any]:
    """One letter to an address somebody gave."""
    row = AddressCheck.objects.filter(pk=job.payload["check"]).select_related("member").first()
    if row is None:
        return {"sent": 0}
    _send(mail_with(letter_to_check(row), to=row.email, name=str(row.public_id)))
    return {"sent": 1}


@job_kind(FORGET, title=_("Deleting addresses that nobody confirmed"))
def forget(job: Claimed) -> Mapping[str, Any]:
    """The day's cleaning."""
    return {"deleted": signing_up.forget_unconfirmed()}


register_daily(FORGET)


def _send(mail: Any) -> None:
    """Send, or come again later when the mail server is away."""
    try:
        mail.send()
    except OSError as error:
        raise TryLater from error
