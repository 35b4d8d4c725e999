"""Telling people that a level of theirs lapses, and the shortest way to renew it: once for each award and distance.

Six months and one month before, it is said by itself; an administrator may say it sooner. The
subject of the letter names nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from courses.progression.models import Level
from courses.tracks.forecast import DISTANCES, forecast_of, levels_counted
from courses.tracks.lapses import Holding, lapsing
from courses.tracks.renewals import renewals_of
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.models import Job
from lms.jobs.registry import job_kind
from lms.jobs.services import request_job
from lms.members.models import Member
from lms.notifications.models import Notice
from lms.notifications.registry import NoticeKind, register_notice
from lms.notifications.services import notify
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Unit
from lms.pages.templatetags.tillit import long_date
from lms.periods import add_months, today
from lms.wording import in_language

NOTICE = "level_lapses"
ASKED, DAILY = "remind_lapsing", "remind_lapsing_daily"
BY_ITSELF = (6, 1)
"""Months before it lapses."""
AT_A_TIME = 200


def remind(*, unit: Unit, level: Level | None, months: int, by: Member) -> Job:
    """Ask that everybody whose level lapses within so many months, in a unit and below, is told: as a job.

    Whoever was told at this distance already is not told again. Raises PermissionDenied unless
    ``by`` sees the people of the unit, ValueError for another number of months.
    """
    access.demand(by, Right.SEE_PEOPLE, unit=unit)
    if months not in DISTANCES:
        raise ValueError("not a distance that is counted")
    day = today()
    key = level.key if level else ""
    job = request_job(
        kind=ASKED,
        key=f"{ASKED}:{by.pk}:{unit.pk}:{key}:{months}:{day}",
        payload={"unit": unit.pk, "level": key, "months": months},
        by=by,
    )
    record_act("remind_lapsing", by=by, subject=subject_key("unit", unit.code), level=key, months=months)
    return job


@job_kind(ASKED, title=_("Telling people that a level lapses"))
def run_asked(claim: Claimed) -> Mapping[str, Any]:
    """Tell those the administrator sees today; the right is asked for again."""
    by = Member.objects.filter(pk=claim.created_by_id or 0).first()
    unit = Unit.objects.get(pk=claim.payload["unit"])
    if by is None:
        raise PermissionDenied("who asked for this is gone")
    access.demand(by, Right.SEE_PEOPLE, unit=unit)
    levels = list(Level.objects.filter(key=claim.payload["level"]).values_list("pk", flat=True)) or None
    found = forecast_of(unit, reader=by, levels=levels).within(claim.payload["months"])
    return {"told": _tell(claim, found, today()), "people": len(found)}


@job_kind(DAILY, title=_("Telling people that a level lapses"))
def run_daily(claim: Claimed) -> Mapping[str, Any]:
    """Tell those for whom it is six months or one month; a day without a worker is caught up."""
    day = today()
    before = add_months(day, max(BY_ITSELF)) + dt.timedelta(days=1)
    people = Member.objects.filter(is_active=True)
    tomorrow = day + dt.timedelta(days=1)
    found = lapsing(levels=levels_counted(), people=people, start=tomorrow, before=before, on=day)
    return {"told": _tell(claim, [one for one in found if distance_of(one.until, day) in BY_ITSELF], day)}


def distance_of(until: dt.date, on: dt.date) -> int:
    """How many months before it lapses one is, as it is counted: 1, 3, 6 or 12."""
    steps = sorted({*DISTANCES, *BY_ITSELF})
    return next((months for months in steps if until <= add_months(on, months)), steps[-1])


def _tell(claim: Claimed, holdings: Sequence[Holding], day: dt.date) -> int:
    """Tell those who have not been told at this distance; returns how many were told now."""
    told = 0
    for start in range(0, len(holdings), AT_A_TIME):
        told += tell(holdings[start : start + AT_A_TIME], on=day)
        claim.advance(done=min(start + AT_A_TIME, len(holdings)), total=len(holdings))
    return told


def tell(holdings: Iterable[Holding], *, on: dt.date) -> int:
    """Tell each, once for each award and distance, in their own language. Returns how many were told now."""
    keys = {_key(one, on): one for one in holdings}
    known = set(Notice.objects.filter(kind=NOTICE, key__in=keys).values_list("key", flat=True))
    left = {key: one for key, one in keys.items() if key not in known}
    members = Member.objects.in_bulk({one.member_id for one in left.values()})
    levels = Level.objects.in_bulk({one.level_id for one in left.values()})
    renewals = renewals_of(list(left.values()), on=on)
    told = 0
    for key, one in left.items():
        member, level = members[one.member_id], levels[one.level_id]
        with override(member.language):
            words = {
                "name": in_language(level.display_name),
                "date": long_date(one.until),
                "way": renewals[one].words(),
                "key": level.key,
            }
        told += notify(members=[member], kind=NOTICE, key=key, context=words)
    return told


def _key(holding: Holding, on: dt.date) -> str:
    return f"lapses:{holding.award_id}:{distance_of(holding.until, on)}"


def _address(notice: Notice) -> str:
    key = notice.context.get("key", "")
    return reverse("level_on_ladder", args=[key]) if key else reverse("ladder")


def register() -> None:
    """Say what the notice says, and that it is looked after every day. Once, at start."""
    register_daily(DAILY)
    register_notice(
        NoticeKind(
            key=NOTICE,
            subject=_("Something of yours lapses on %(date)s"),
            line=_("%(name)s lapses %(date)s. The shortest way to renew it: %(way)s."),
            button=_("See how to renew it"),
            reason=_("You get this because you have reached a level that lasts for a time."),
            paragraphs=(
                _("The shortest way to renew it: %(way)s."),
                _("Do nothing, and it lapses. What you have learned is kept, and you can get the level back later."),
            ),
            heading=_("%(name)s lapses %(date)s"),
            address=_address,
        )
    )
