"""Since when, and until when, hours collected have been enough. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from courses.progression.months import leaves_window, window_start
from courses.progression.record import HoursDone
from courses.progression.rules import Hours
from lms.periods import Period, joined


def hundredths(hours: float) -> int:
    """Hours as whole hundredths: sums of them do not depend on the order."""
    return round(hours * 100)


def hundredths_in_window(done: Sequence[HoursDone], rule: Hours, on: dt.date) -> tuple[int, tuple[str, ...]]:
    """What lies in the window that ends on a day: how much in all, and the first rows that are enough."""
    start = window_start(on, rule.within_months)
    rows = sorted((row for row in done if start <= row.on <= on), key=lambda row: (row.on, row.key))
    total, facts = 0, []
    for row in rows:
        if total < hundredths(rule.least):
            facts.append(row.key)
        total += hundredths(row.hours)
    return total, tuple(facts)


def when_enough(done: Sequence[HoursDone], rule: Hours) -> list[Period]:
    """The stretches on which the window held enough hours, and will if nothing new happens."""
    change: dict[dt.date, int] = {}
    for row in done:
        amount = hundredths(row.hours)
        change[row.on] = change.get(row.on, 0) + amount
        leaves = leaves_window(row.on, rule.within_months)
        if leaves is not None:
            change[leaves] = change.get(leaves, 0) - amount
    found, total = [], 0
    days: list[dt.date | None] = [*sorted(change), None]
    for day, following in pairwise(days):
        total += change[day] if day else 0
        if day and total >= hundredths(rule.least):
            found.append(Period(day, following))
    return joined(found)
