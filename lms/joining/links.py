"""Links to pass on: made for a unit by one who may invite there, open while that right is held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.joining.models import Campaign, InviteLink
from lms.joining.openings import OpenCourse, open_course
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Unit, UnitAncestry
from lms.periods import Period, today

INVITE = access.Right.INVITE
LASTS = dt.timedelta(days=90)
LONGEST = dt.timedelta(days=366)


@transaction.atomic
def make_link(
    *, unit: Unit, by: Member, course_key: str = "", campaign: Campaign | None = None, until: dt.date | None = None
) -> InviteLink:
    """A link by which people come to ``unit``, for three months unless ``until`` is named; a campaign's till it ends.

    Raises PermissionDenied unless ``by`` may invite for the unit, ValidationError when the unit
    takes no part in the campaign or the link would last more than a year.
    """
    access.demand(by, INVITE, unit=unit)
    start = today()
    end = campaign.valid_until if campaign else until or start + LASTS
    if campaign and not takes_part(unit, campaign):
        raise ValidationError(_("That unit takes no part in the campaign."))
    if end is None or not start < end <= start + LONGEST:
        raise ValidationError(_("Choose a last day within a year from today."))
    period = Period(start, end)
    link = InviteLink.objects.create(
        unit=unit,
        inviter=by,
        campaign=campaign,
        course_key=course_key or (campaign.course_key if campaign else ""),
        valid_from=period.start,
        valid_until=period.until,
    )
    record_act("make_invite_link", by=by, subject=subject_key("unit", unit.code), link=link.pk)
    return link


@transaction.atomic
def revoke_link(*, link: InviteLink, by: Member) -> None:
    """Shut a link for good. Raises PermissionDenied unless ``by`` made it or may invite for its unit."""
    if link.inviter_id != by.pk:
        access.demand(by, INVITE, unit=link.unit)
    InviteLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=Now())
    record_act("revoke_invite_link", by=by, subject=subject_key("unit", link.unit.code), link=link.pk)


def takes_part(unit: Unit, campaign: Campaign) -> bool:
    """Whether a unit is the campaign's own or lies below it."""
    return UnitAncestry.objects.on(today()).filter(unit=unit, ancestor=campaign.unit_id).exists()


def link_with(token: str) -> InviteLink | None:
    """The link of a token, while it is open."""
    link = InviteLink.objects.filter(token=token).select_related("unit", "inviter", "campaign").first()
    return link if link is not None and link_is_open(link) else None


def link_is_open(link: InviteLink) -> bool:
    """Whether a link lets people in today: in its period, not revoked, and its maker may still invite there."""
    return (
        link.revoked_at is None
        and today() in link.period
        and link.inviter is not None
        and access.may(link.inviter, INVITE, unit=link.unit)
    )


@dataclass(frozen=True, slots=True)
class LinkView:
    """One link on its maker's page."""

    link: InviteLink
    course: OpenCourse | None
    came: int
    is_open: bool


def links_seen_by(person: Member) -> QuerySet[InviteLink]:
    """The links of the units a person may invite for, with ``came``, how many came by each."""
    rows = InviteLink.objects.filter(unit__in=access.units_with(person, INVITE).values("pk"))
    return rows.select_related("unit", "inviter", "campaign").annotate(came=Count("arrivals")).order_by("-pk")


def link_views(links: list[InviteLink], language: str) -> list[LinkView]:
    """Links as shown, each course looked up once. Whether the maker may still invite is asked when somebody comes."""
    day = today()
    courses = {key: open_course(key, language) for key in {link.course_key for link in links}}
    return [
        LinkView(
            link,
            courses[link.course_key],
            link.came,  # type: ignore[attr-defined]
            link.revoked_at is None and day in link.period,
        )
        for link in links
    ]
