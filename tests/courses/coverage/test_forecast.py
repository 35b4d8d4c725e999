"""The pace of the last year, drawn on; and the line it is read from."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.coverage.drawing import at_both_widths, chart
from courses.coverage.forecast import outlook
from courses.planning.forecast import forecast

START = dt.date(2026, 1, 1)


def months(*shares: float | None) -> list[tuple[dt.date, float | None]]:
    return [(START + dt.timedelta(days=30 * n), share) for n, share in enumerate(shares)]


@pytest.mark.parametrize(
    ("shares", "due", "now", "then", "is_on_course"),
    [
        (months(10, 20, 30, 40), 150, 40, 60, True),
        (months(10, 15, 20, 25), 150, 25, 35, False),
        (months(30, 30, 30, 30), 300, 30, 30, False),
        (months(30, 20, 10, 5), 300, 5, 0, False),
        (months(10, None, 20, None, 30, 35), 240, 35, 50, True),
        (months(10, 20), 300, 20, None, None),
        (months(10, 20, 30), 300, 30, None, None),
        (months(10, 20, 30, 40), 80, 40, None, None),
        (months(None, None), 300, None, None, None),
        ([], 300, None, None, None),
    ],
)
def test_the_outlook(shares, due: int, now, then, is_on_course) -> None:
    found = outlook(shares, goal=50, due=START + dt.timedelta(days=due))
    assert (found.now, found.then, found.is_on_course) == (now, then, is_on_course)


def test_what_is_reached_is_reached_and_says_which_day() -> None:
    found = outlook(months(40, None, 55, None), goal=50, due=START + dt.timedelta(days=300))
    assert found.is_reached and found.is_on_course is None
    assert (found.now, found.as_of) == (55, START + dt.timedelta(days=60))


def test_the_page_of_plans_and_the_page_of_figures_draw_the_same_line() -> None:
    shares, due = months(10, 15, 30, 32, 41), START + dt.timedelta(days=400)
    same = forecast(shares, 60, due)
    assert outlook(shares, goal=60, due=due).told == same and same.expected is not None


def test_a_line_has_a_gap_where_a_month_is_hidden() -> None:
    drawn = chart("wide", months(10, 12, None, 14), (900, 260))
    assert len(drawn.paths) == 2
    assert drawn.end.text == "14"
    assert drawn.scale[-1].text == "20"


def test_a_line_is_drawn_at_both_widths_and_of_nothing_too() -> None:
    assert [one.name for one in at_both_widths(months(10, 80), goal=60)] == ["wide", "narrow"]
    assert chart("wide", [], (900, 260)).paths == ()
