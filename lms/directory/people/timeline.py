"""A person's years as bars: where each begins and ends, in hundredths of the width. Pure: no database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from lms.periods import Period

MOST_YEARS = 6
STEPS = (1, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch: ``x`` and ``width`` up to today, ``ahead`` from today on; all in percent of the width."""

    x: float
    width: float
    ahead_x: float
    ahead: float


@dataclass(frozen=True, slots=True)
class Year:
    """A year on the axis and where it begins."""

    year: int
    x: float


@dataclass(frozen=True, slots=True)
class Axis:
    """The years a drawing spans, in whole years, and where today stands."""

    start: dt.date
    days: int
    today: dt.date

    def at(self, day: dt.date) -> float:
        """Where a day stands."""
        return round(min(max((day - self.start).days / self.days, 0), 1) * 100, 2)

    @property
    def now(self) -> float:
        """Where today stands."""
        return self.at(self.today)

    @property
    def years(self) -> list[Year]:
        """The years that are written on the axis, few enough to be read on a phone."""
        last = self.start.year + round(self.days / 365.25)
        step = next((step for step in STEPS if (last - self.start.year) / step <= MOST_YEARS), STEPS[-1])
        first = self.start.year + -self.start.year % step
        return [Year(year, self.at(dt.date(year, 1, 1))) for year in range(first, last, step)]

    def bar(self, period: Period) -> Bar:
        """The stretch of a period; without an end it goes on to the edge."""
        begins, now = self.at(period.start), self.now
        ends = self.at(period.until) if period.until else 100.0
        past, ahead_x = min(ends, now), max(begins, now)
        return Bar(begins, round(max(past - begins, 0), 2), ahead_x, round(max(ends - ahead_x, 0), 2))


def axis_of(periods: Sequence[Period], *, today: dt.date) -> Axis:
    """From the year the first period began to the end of next year, or of the year the last known end lies in."""
    first = min((period.start.year for period in periods), default=today.year)
    last = max((period.until.year for period in periods if period.until), default=today.year)
    last = min(max(last, today.year + 1), today.year + 6)
    start = dt.date(min(first, today.year), 1, 1)
    return Axis(start, (dt.date(last + 1, 1, 1) - start).days, today)
