"""Periods: half-open stretches of days, [from, until), on one axis of valid time.

A row that is true for a while (a membership, a term, a parent link, a rule) carries
``valid_from`` and ``valid_until``; an open end is NULL. "On 14 March" means
``valid_from <= 14 March < valid_until``, so the day a period ends is already outside it
and two periods that follow each other never overlap.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db import models
from django.utils import timezone


def today() -> dt.date:
    """The day it is where the organisation is."""
    return timezone.localdate()


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month, ``months`` later; the last day when that month is shorter.

    48 months after 29 February 2024 is 29 February 2028; 12 months after it is 28 February 2025.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


@dataclass(frozen=True, slots=True)
class Period:
    """[start, until): ``until`` is the first day that is no longer in it; None is open."""

    start: dt.date
    until: dt.date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.start:
            raise ValueError(f"a period must end after it starts: {self.start} to {self.until}")

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day and (self.until is None or day < self.until)

    def overlaps(self, other: Period) -> bool:
        """True when some day lies in both."""
        return (self.until is None or other.start < self.until) and (other.until is None or self.start < other.until)

    def meet(self, other: Period) -> Period | None:
        """The days that lie in both, or None when there are none."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.until, other.until) if end is not None]
        return Period(max(self.start, other.start), min(ends) if ends else None)


def joined(periods: Iterable[Period]) -> list[Period]:
    """The same days as few periods in order: what overlaps, or follows without a gap, becomes one."""
    found: list[Period] = []
    for period in sorted(periods, key=lambda one: one.start):
        last = found[-1] if found else None
        if last is None or (last.until is not None and last.until < period.start):
            found.append(period)
        elif last.until is not None:
            until = None if period.until is None else max(last.until, period.until)
            found[-1] = Period(last.start, until)
    return found


def day_reached(periods: Iterable[Period], months: int) -> dt.date | None:
    """The day ``months`` in all have gone by in these periods, or None when they end before.

    One stretch is counted by the calendar: from 1 March to 1 March is twelve months, leap year
    or not. After a gap the count goes on as if the new stretch had begun as many days earlier
    as have been served.
    """
    served = dt.timedelta(0)
    for period in joined(periods):
        day = max(add_months(period.start - served, months), period.start)
        if period.until is None or day <= period.until:
            return day
        served += period.until - period.start
    return None


class DatedQuerySet(models.QuerySet):
    """Rows with a period, asked for by date."""

    def on(self, day: dt.date) -> Self:
        """Rows that are true on ``day``."""
        return self.filter(valid_from__lte=day).exclude(valid_until__lte=day)

    def overlapping(self, period: Period) -> Self:
        """Rows that share at least one day with ``period``."""
        rows = self.exclude(valid_until__lte=period.start)
        return rows if period.until is None else rows.filter(valid_from__lt=period.until)


class Dated(models.Model):
    """What is true for a while: [valid_from, valid_until)."""

    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=models.F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
            )
        ]

    @property
    def period(self) -> Period:
        """This row's period as a value."""
        return Period(self.valid_from, self.valid_until)
