"""Windows of months that end on a day, counted the way ``add_months`` counts them. Pure."""

from __future__ import annotations

import datetime as dt

from lms.periods import add_months

ONE = dt.timedelta(days=1)


def window_start(day: dt.date, months: int | None) -> dt.date:
    """The first day of the window that ends on ``day``; without a length it reaches back for ever."""
    return dt.date.min if months is None else add_months(day, -months)


def leaves_window(day: dt.date, months: int | None) -> dt.date | None:
    """The first day whose window of ``months`` no longer reaches back to ``day``; None: it always does."""
    if months is None:
        return None
    leaves = add_months(day, months)
    while add_months(leaves, -months) <= day:
        leaves += ONE
    return leaves


def days_in(months: int, before: dt.date) -> int:
    """How many days the ``months`` that are over on ``before`` have: since the last day they can have begun."""
    began = add_months(before, -months)
    while add_months(began + ONE, months) <= before:
        began += ONE
    return (before - began).days
