"""When to look at a person again: the rows that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from courses.progression.models import NextLook


def write_looks(days: Mapping[int, dt.date | None]) -> None:
    """Write the first day on which time alone may change something, by member; None: there is no such day.

    One question, and a write only for what differs.
    """
    there = dict(NextLook.objects.filter(member__in=list(days)).values_list("member", "on"))
    gone = [pk for pk, day in days.items() if day is None and pk in there]
    if gone:
        NextLook.objects.filter(member__in=gone).delete()
    rows = [NextLook(member_id=pk, on=day) for pk, day in sorted(days.items()) if day and there.get(pk) != day]
    if rows:
        NextLook.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["member"], update_fields=["on"], batch_size=500
        )
