"""Whether a coverage goal will be reached by its day, if things go on as they have. Pure.

The line is Theil and Sen's: the median of the slopes between every two months, and the median
of what is left. One month out of line, a register put right, a course evening, does not bend it,
and anybody can check it with a ruler. docs/algorithms/plans.md has the table of examples.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from statistics import median

LEAST_POINTS = 4
LEAST_DAYS = 85
"""A quarter: four months' ends, at the shortest 89 days apart when February is among them, with some slack."""
RECENT = 24
"""Months: what lies further back tells of another time."""
LATEST = dt.date(2200, 1, 1).toordinal()
CLOSE = 2.0
"""Percentage points: a share so little below the target counts as on course."""

Point = tuple[dt.date, float]
"""a day, and the share in percent on it"""


class Verdict(StrEnum):
    """What the line says of the goal."""

    REACHED = "reached"
    ON_COURSE = "on course"
    BEHIND = "behind"
    TOO_EARLY = "too early"


@dataclass(frozen=True, slots=True)
class Forecast:
    """``expected``: the share on the due day, in percent, if things go on so; ``per_month`` how much it moves.

    ``reached_on``: the first day the line is at the target, if it ever is.
    """

    verdict: Verdict
    target: float
    due: dt.date
    expected: float | None = None
    per_month: float | None = None
    reached_on: dt.date | None = None


def forecast(points: Sequence[Point], target: float, due: dt.date) -> Forecast:
    """What the points say of reaching ``target`` percent by ``due``.

    Reached: the last point is there already. Too early: fewer than four points, or they span less
    than a quarter. After the due day the last point alone decides.
    """
    known = sorted(points)[-RECENT:]
    if not known:
        return Forecast(Verdict.TOO_EARLY, target, due)
    last_day, last = known[-1]
    if last >= target:
        return Forecast(Verdict.REACHED, target, due, expected=last)
    if last_day >= due:
        return Forecast(Verdict.BEHIND, target, due, expected=last)
    if len(known) < LEAST_POINTS or (last_day - known[0][0]).days < LEAST_DAYS:
        return Forecast(Verdict.TOO_EARLY, target, due)
    slope, start = line_through(known)
    expected = _within(start + slope * due.toordinal())
    verdict = Verdict.ON_COURSE if expected >= target - CLOSE else Verdict.BEHIND
    return Forecast(verdict, target, due, round(expected, 1), round(slope * 30.4375, 2), _when(slope, start, target))


def line_through(points: Sequence[Point]) -> tuple[float, float]:
    """The slope per day and the height at day 0 of the line through points on different days.

    >>> days = [dt.date.fromordinal(n) for n in (10, 20, 30, 40)]
    >>> line_through(list(zip(days, [10.0, 20.0, 99.0, 40.0])))
    (1.0, 0.0)
    """
    placed = [(day.toordinal(), share) for day, share in points]
    slopes = [(b - a) / (y - x) for (x, a), (y, b) in combinations(placed, 2) if x != y]
    slope = median(slopes) if slopes else 0.0
    return slope, median(share - slope * x for x, share in placed)


def _when(slope: float, start: float, target: float) -> dt.date | None:
    if slope <= 0:
        return None
    day = (target - start) / slope
    return dt.date.fromordinal(math.ceil(day)) if 1 <= day < LATEST else None


def _within(share: float) -> float:
    return min(max(share, 0.0), 100.0)
