"""How long things of the lower rooms are kept: sessions, notices, the ledger of the erased, ended rights, leavings."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.utils import timezone

from lms.members.models import Consent, Leaving
from lms.notifications.models import Notice
from lms.organisation.models import Appointment, Delegation
from lms.periods import DatedQuerySet
from lms.privacy.models import Erased
from lms.privacy.retention import Rule, register_retention

YEAR = 365


def forget_sessions(before: dt.datetime) -> int:
    """Delete sessions that ran out before then."""
    return Session.objects.filter(expire_date__lt=before).delete()[0]


def forget_notices(before: dt.datetime) -> int:
    """Delete what was said to somebody before then."""
    return Notice.objects.filter(created_at__lt=before).delete()[0]


def forget_erased(before: dt.datetime) -> int:
    """Delete ids of people erased before then: no backup is as old."""
    return Erased.objects.filter(erased_on__lt=timezone.localdate(before)).delete()[0]


def forget_ended_rights(before: dt.datetime) -> int:
    """Delete appointments and delegations that ended before then. Terms of office are history and stay."""
    rows: list[DatedQuerySet] = [Appointment.objects.all(), Delegation.objects.all()]
    return sum(row.filter(valid_until__lt=timezone.localdate(before)).delete()[0] for row in rows)


def forget_leavings(before: dt.datetime) -> int:
    """Delete leavings that were undone before then, and consents withdrawn before then."""
    undone = Leaving.objects.filter(cancelled_at__lt=before).delete()[0]
    return undone + Consent.objects.filter(withdrawn_at__lt=before).delete()[0]


def register() -> None:
    """Say so, once, at start."""
    for rule in (
        Rule("sessions", "sessions that have run out", days=1, floor=0, ceiling=30, purge=forget_sessions),
        Rule("notices", "what was said to a person", days=YEAR, floor=30, ceiling=2 * YEAR, purge=forget_notices),
        Rule("erased", "ids of the erased", days=2 * YEAR, floor=90, ceiling=5 * YEAR, purge=forget_erased),
        Rule("rights", "rights that have ended", 2 * YEAR, floor=YEAR, ceiling=5 * YEAR, purge=forget_ended_rights),
        Rule("undone", "leavings undone, consents withdrawn", 2 * YEAR, YEAR, 5 * YEAR, purge=forget_leavings),
    ):
        register_retention(rule)
