"""The recruiting day that goes on today, for those whose units take part in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max
from django.urls import reverse

from lms.joining.campaigns import campaigns_of
from lms.joining.models import Campaign
from lms.keeping import kept
from lms.members.models import Member
from lms.periods import today


@dataclass(frozen=True, slots=True)
class RecruitingDay:
    """A recruiting day, and where its board is."""

    name: str
    board_url: str


def recruiting_day_of(member: Member) -> RecruitingDay | None:
    """The recruiting day of today that the member's units take part in; of several, the one that began last.

    One query when warm. What a member takes part in is kept for the day; a day that is announced
    meanwhile is asked about anew. Only for showing: the board asks again whose it is.
    """
    day = today()
    going_on = Campaign.objects.on(day)
    count, newest = going_on.aggregate(n=Count("pk"), newest=Max("pk")).values()
    if not count:
        return None
    found = kept(f"recruiting-{day}-{count}-{newest}", f"member-{member.pk}", lambda: _days(member))
    return found[0] if found else None


def _days(member: Member) -> list[RecruitingDay]:
    days = Campaign.objects.on(today()).filter(pk__in=campaigns_of(member).values("pk"))[:1]
    return [RecruitingDay(each.name, reverse("campaign_board", args=[each.public_id])) for each in days]
