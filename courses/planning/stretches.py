"""The stages of a plan as days. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from courses.progression.engine import add_months
from lms.periods import Period

LEAST_MONTHS, MOST_MONTHS = 12, 72
"""A plan looks one to six years ahead."""
HALF_YEAR, YEAR = 6, 12


def stretched(start: dt.date, months: Iterable[int]) -> list[Period]:
    """Stages one after the other, each so many months long.

    Counted from the first day, so that a plan begun on the 31st does not slide.

    >>> [str(p.until) for p in stretched(dt.date(2026, 8, 31), [6, 6])]
    ['2027-02-28', '2027-08-31']
    """
    found, passed = [], 0
    for length in months:
        found.append(Period(add_months(start, passed), add_months(start, passed + length)))
        passed += length
    return found


def half_years(years: int) -> list[int]:
    """The months of each stage of a plan that is made without a template."""
    return [HALF_YEAR] * (2 * years)


def latest_end(start: dt.date) -> dt.date:
    """The day by which a plan begun on a day is over."""
    return add_months(start, MOST_MONTHS)


def lengthened(start: dt.date, until: dt.date, wanted: dt.date | None) -> dt.date:
    """Until when a plan looks after somebody is elected again, until ``wanted``. Never shorter, never above six years.

    >>> lengthened(dt.date(2026, 1, 1), dt.date(2028, 1, 1), dt.date(2029, 6, 1))
    datetime.date(2029, 6, 1)
    >>> lengthened(dt.date(2026, 1, 1), dt.date(2030, 1, 1), dt.date(2034, 1, 1))
    datetime.date(2032, 1, 1)
    """
    return min(max(until, wanted or until), max(until, latest_end(start)))


def further_stage(start: dt.date, stages_end: dt.date, until: dt.date | None) -> Period | None:
    """The stage that comes after the last one: at most a year, within the plan's days and six years; or None."""
    end = min(add_months(stages_end, YEAR), latest_end(start))
    if until is not None and stages_end < until:
        end = min(end, until)
    return Period(stages_end, end) if end > stages_end else None
