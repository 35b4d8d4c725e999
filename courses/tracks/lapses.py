"""Who holds a level until when: what the forecast counts and an extension reaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, DateField, F, Max, Q, QuerySet, When

from courses.progression.models import Award
from lms.members.models import Member
from lms.organisation import access


@dataclass(frozen=True, slots=True)
class Holding:
    """That a person holds a level, by its award that lasts longest, until a day.

    ``last_given``: the newest day an award of the level was given. ``is_ended``: a decision ends it
    on that day, before its time.
    """

    member_id: int
    level_id: int
    award_id: int
    rule_id: int
    awarded_on: dt.date
    last_given: dt.date
    until: dt.date
    is_ended: bool = False


def people_of(unit_id: int, *, on: dt.date) -> QuerySet[Member]:
    """The people of a unit and everything below it on a day."""
    return access.people_under(access.below([unit_id], on=on), on=on)


def lapsing(
    *,
    levels: Collection[int],
    people: QuerySet[Member],
    start: dt.date,
    before: dt.date,
    on: dt.date,
) -> list[Holding]:
    """Whose level lapses from ``start`` and before ``before``, as it stands on a day. Two queries.

    Of several awards of one level the one that lasts longest counts; one for good never lapses.
    """
    given = _given(on).filter(level__in=list(levels), member__in=people.values("pk"))
    lasting = (
        given.values("member_id", "level_id")
        .annotate(last=Max("end"), newest=Max("awarded_on"), for_good=Count("pk", filter=Q(end=None)))
        .filter(for_good=0, last__gte=start, last__lt=before)
    )
    found = {(row["member_id"], row["level_id"]): (row["last"], row["newest"]) for row in lasting}
    rows = given.filter(end__gte=start, end__lt=before).order_by("member_id", "level_id", "-awarded_on", "-pk")
    holdings: dict[tuple[int, int], Holding] = {}
    for row in rows.values("pk", "member_id", "level_id", "rule_id", "awarded_on", "end", "ending__on"):
        key = (row["member_id"], row["level_id"])
        if key in holdings or key not in found or row["end"] != found[key][0]:
            continue
        holdings[key] = Holding(
            *key, row["pk"], row["rule_id"], row["awarded_on"], found[key][1], row["end"], bool(row["ending__on"])
        )
    return list(holdings.values())


def _given(on: dt.date) -> QuerySet[Any, Any]:
    """Awards that count on a day, each with the day it ends: by its rule, or sooner by a decision."""
    sooner = Q(ending__on__isnull=False) & (Q(valid_until=None) | Q(ending__on__lt=F("valid_until")))
    end = Case(When(sooner, then=F("ending__on")), default=F("valid_until"), output_field=DateField())
    return Award.objects.counting(on).annotate(end=end)
