"""Recruiting days: made by those who may invite for a unit; the unit and all below it take part."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncHour
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.joining.board import Board, Cell, draw
from lms.joining.models import Arrival, Campaign
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Membership, Unit, UnitAncestry
from lms.periods import Period, today

INVITE = access.Right.INVITE
LONGEST = dt.timedelta(days=31)


@transaction.atomic
def make_campaign(
    *, name: str, unit: Unit, period: Period, by: Member, goal: int = 0, course_key: str = ""
) -> Campaign:
    """Announce a recruiting day, or a few, for a unit and all below it.

    Raises PermissionDenied unless ``by`` may invite for the unit, ValidationError when it has
    no name, has begun already, or lasts more than a month.
    """
    access.demand(by, INVITE, unit=unit)
    if not name.strip():
        raise ValidationError(_("Give the campaign a name."))
    if period.start < today() or period.until is None or period.until - period.start > LONGEST + dt.timedelta(days=1):
        raise ValidationError(_("A campaign begins today or later, and lasts a month at most."))
    campaign = Campaign.objects.create(
        name=" ".join(name.split()),
        unit=unit,
        goal=goal,
        course_key=course_key,
        valid_from=period.start,
        valid_until=period.until,
    )
    record_act("make_campaign", by=by, subject=subject_key("unit", unit.code), campaign=str(campaign.public_id))
    return campaign


def campaigns_of(person: Member) -> QuerySet[Campaign]:
    """The campaigns a person's units take part in: where they belong, and where they may invite."""
    day = today()
    own = Membership.objects.on(day).filter(member=person).values("unit")
    units = access.units_with(person, INVITE).values("pk")
    above = UnitAncestry.objects.on(day).filter(Q(unit__in=own) | Q(unit__in=units)).values("ancestor")
    return Campaign.objects.filter(unit__in=above).select_related("unit")


def board_of(campaign: Campaign, *, is_wall: bool) -> Board:
    """The counts of a campaign as they are now. One query; names nobody."""
    zone = timezone.get_default_timezone()
    start = dt.datetime.combine(campaign.valid_from, dt.time(), zone)
    rows = (
        Arrival.objects.filter(campaign=campaign)
        .order_by()
        .annotate(hour=TruncHour("at", tzinfo=zone))
        .values_list("unit__name", "hour")
        .annotate(n=Count("pk"))
    )
    cells = [Cell(name, _hour_of(start, hour), n) for name, hour, n in rows]
    return draw(cells, goal=campaign.goal, is_wall=is_wall)


def _hour_of(start: dt.datetime, at: dt.datetime) -> int:
    """The hour of the campaign by the clock on the wall, also on the days when it is put forward or back."""
    local = at.astimezone(start.tzinfo)
    return (local.date() - start.date()).days * 24 + local.hour
