"""Periods are half-open, [from, until)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.periods import Period

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2020, 3, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    length = draw(st.none() | st.integers(1, 40))
    return Period(start, start + dt.timedelta(days=length) if length else None)


def test_a_period_holds_its_first_day_and_not_its_last() -> None:
    march = Period(dt.date(2026, 3, 1), dt.date(2026, 4, 1))
    assert dt.date(2026, 3, 1) in march
    assert dt.date(2026, 3, 31) in march
    assert dt.date(2026, 4, 1) not in march


def test_an_open_period_never_ends() -> None:
    assert dt.date.max in Period(dt.date(2026, 3, 1))


def test_periods_that_follow_each_other_do_not_overlap() -> None:
    day = dt.date(2026, 3, 14)
    before, after = Period(dt.date(2025, 1, 1), day), Period(day)
    assert not before.overlaps(after)
    assert before.meet(after) is None


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_without_days_is_refused(days: int) -> None:
    start = dt.date(2026, 3, 14)
    with pytest.raises(ValueError, match="end after it starts"):
        Period(start, start + dt.timedelta(days=days))


@given(periods(), periods(), DAYS)
def test_what_two_periods_share_is_what_lies_in_both(one: Period, other: Period, day: dt.date) -> None:
    shared = one.meet(other)
    assert (shared is not None and day in shared) == (day in one and day in other)
    assert (shared is not None) == one.overlaps(other) == other.overlaps(one)
