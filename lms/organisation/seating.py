"""How many hold an office at once. Pure: periods in, a number out."""

from __future__ import annotations

from collections.abc import Iterable

from lms.periods import Period


def most_at_once(held: Iterable[Period], within: Period) -> int:
    """The largest number of periods that share one day of ``within``.

    >>> import datetime as dt
    >>> year = Period(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    >>> halves = [Period(dt.date(2026, 1, 1), dt.date(2026, 7, 1)), Period(dt.date(2026, 7, 1))]
    >>> most_at_once(halves, year), most_at_once([*halves, year], year)
    (1, 2)
    """
    parts = [part for period in held if (part := period.meet(within))]
    # The number only rises on a day when somebody begins.
    return max((sum(part.start in other for other in parts) for part in parts), default=0)


def covers(parts: Iterable[Period], whole: Period) -> bool:
    """Whether every day of ``whole`` lies in one of the parts.

    >>> import datetime as dt
    >>> day = dt.date(2026, 1, 1)
    >>> covers([Period(day, dt.date(2026, 3, 1)), Period(dt.date(2026, 3, 1))], Period(day))
    True
    >>> covers([Period(day, dt.date(2026, 3, 1)), Period(dt.date(2026, 3, 2))], Period(day))
    False
    >>> covers([Period(day, dt.date(2026, 3, 1)), Period(dt.date(2026, 3, 2))], Period(day, dt.date(2026, 3, 1)))
    True
    """
    reached = whole.start
    for part in sorted(parts, key=lambda period: period.start):
        if part.start > reached:
            break  # a gap; what comes after it matters only to a whole that reaches so far
        if part.until is None:
            return True
        reached = max(reached, part.until)
    return whole.until is not None and reached >= whole.until
