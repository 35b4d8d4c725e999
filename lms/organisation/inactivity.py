"""Somebody who is no member and has not been here for a year: told twice, then treated as having left.

Members are never taken out for staying away, nor is whoever holds an office or a right, or has
asked to keep their course history. A sign-in begins the year anew.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import DateTimeField, F, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.members.models import Leaving, Member
from lms.notifications.models import Notice
from lms.notifications.registry import NoticeKind, register_notice
from lms.notifications.services import notify
from lms.organisation.leaving import record_leaving
from lms.organisation.models import Appointment, Membership, Term
from lms.periods import today
from lms.privacy.retention import Rule, register_retention

KIND = "inactive"
FIRST, SECOND = dt.timedelta(days=60), dt.timedelta(days=14)
"""How long before the end of the year somebody is told, and told again."""


def forget_inactive(before: dt.datetime) -> int:
    """Purge: tell those whose year is nearly over, and record that those have left who were told twice. Returns these.

    Nobody leaves earlier than a fortnight after the second letter, however late the letters were.
    """
    now = timezone.now()
    _tell("1", inactive_since(before + FIRST))
    told_once = _told("1", before=now - (FIRST - SECOND))
    _tell("2", inactive_since(before + SECOND).filter(pk__in=told_once))
    told_twice = _told("2", before=now - SECOND)
    gone = inactive_since(before).filter(pk__in=told_twice).values_list("pk", flat=True)
    return record_leaving(member_ids=list(gone), on=today(), by=None)


def inactive_since(moment: dt.datetime) -> QuerySet[Member]:
    """Accounts of people who are no members, hold nothing, and have not signed in since."""
    day = today()
    busy: tuple[QuerySet[Any], ...] = (
        Membership.objects.on(day).filter(status=Membership.Status.MEMBER),
        Term.objects.exclude(valid_until__lte=day),
        Appointment.objects.exclude(valid_until__lte=day),
        Leaving.objects.filter(cancelled_at=None),
    )
    people = Member.objects.filter(is_active=True).annotate(
        here_at=Coalesce(F("last_login"), F("created_at"), output_field=DateTimeField())
    )
    for rows in busy:
        people = people.exclude(pk__in=rows.values("member"))
    return people.filter(here_at__lt=moment)


def _tell(number: str, people: Iterable[Member]) -> None:
    """Tell each once for each time they stay away: the key holds the day they were last here."""
    by_day: dict[dt.date, list[Member]] = defaultdict(list)
    for person in people:
        by_day[timezone.localdate(person.here_at)].append(person)  # type: ignore[attr-defined]
    for day, those in by_day.items():
        notify(members=those, kind=KIND, key=f"{KIND}:{number}:{day.isoformat()}")


def _told(number: str, *, before: dt.datetime) -> list[int]:
    """Who was told, long enough ago, and has not been here since."""
    rows = Notice.objects.filter(kind=KIND, key__startswith=f"{KIND}:{number}:", created_at__lte=before)
    since = rows.exclude(member__last_login__gt=F("created_at"))
    return list(since.values_list("member", flat=True).distinct())


def register() -> None:
    """Say so, once, at start."""
    about = "accounts of people who are no members and stay away; told twice before"
    register_retention(Rule(KIND, about, days=365, floor=180, ceiling=730, purge=forget_inactive))
    register_notice(
        NoticeKind(
            key=KIND,
            subject=_("Do you want to keep your account?"),
            line=_("You have not been here for a long time. Sign in, and your account stays."),
            button=_("Sign in"),
            reason=_("You get this because you have an account you have not used for nearly a year."),
            paragraphs=(
                _("You have not been here for a long time. We do not keep people's data longer than they are of use."),
                _("Sign in once, and your account stays. If you do nothing, it is closed and erased."),
            ),
            address=lambda notice: reverse("account_login"),
        )
    )
