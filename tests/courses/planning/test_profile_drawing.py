"""The way of a plan as a drawing: where one stands, what is walked, what lies on it."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.planning.drawing import WIDE, Mark, at_both_widths, profile, year_label, years_after
from lms.periods import Period

START, END = dt.date(2026, 1, 1), dt.date(2030, 1, 1)
YEARS = Period(START, END)


def drawn(*marks: Mark, here: dt.date = dt.date(2027, 1, 1)):
    return profile(YEARS, marks, here=here, size=WIDE)


def test_half_the_time_is_half_the_way():
    flag = drawn(here=dt.date(2028, 1, 1)).flag
    assert flag.x == pytest.approx(550, abs=1)


def test_before_it_begins_nothing_is_walked_and_there_is_no_flag():
    found = drawn(here=dt.date(2025, 6, 1))
    assert (found.walked, found.gone, found.flag) == ("", "", None)


def test_after_its_end_all_is_walked():
    found = drawn(here=END)
    assert found.flag is None
    assert found.walked == found.ridge


def test_the_way_rises():
    first, last = (float(found.split("C")[0].split()[1]) for found in (drawn().ridge, drawn().ridge.split("L")[0]))
    assert float(drawn().ridge.split()[-1]) < first == last


def test_a_level_takes_the_place_of_the_stage_that_ends_with_it():
    on = dt.date(2027, 1, 1)
    found = drawn(Mark(on, is_done=False), Mark(on, is_done=False, stones=1, label="Grunn"), here=START)
    assert found.dots == []
    assert [cairn.label for cairn in found.cairns] == ["Grunn"]


def test_a_level_of_a_longer_ladder_shows_the_whole_cairn():
    (cairn,) = drawn(Mark(dt.date(2028, 1, 1), is_done=True, stones=5, label="Mester")).cairns
    assert len(cairn.stones) == len(cairn.placed()) == 3


def test_what_lies_on_the_last_day_stays_within_the_drawing():
    found = drawn(Mark(END, is_done=False, stones=3, label="Fordypning"))
    (cairn,) = found.cairns
    assert cairn.corner[0] + 32 * cairn.scale <= found.width
    assert cairn.anchor == "end"


def test_the_flag_stands_clear_of_the_word_of_a_cairn_beside_it():
    mark = Mark(dt.date(2027, 3, 1), is_done=False, stones=1, label="Grunn")
    found = drawn(mark, here=dt.date(2026, 12, 20))
    assert found.flag.pill_y + 28 < found.cairns[0].text_y


def test_at_a_cairn_the_flag_stands_in_the_ground():
    on = dt.date(2027, 3, 1)
    found = drawn(Mark(on, is_done=False, stones=1, label="Grunn"), here=on)
    assert found.flag.pill_y > found.flag.y


def test_years_are_named_by_the_day_they_begin():
    assert [year_label(dt.date(2026, month, 1)) for month in (1, 3)] == ["2026", "2026/27"]
    assert years_after(dt.date(2024, 2, 29), 1) == dt.date(2025, 3, 1)


def test_the_phone_has_its_own_drawing_with_the_years_in_it():
    wide, narrow = at_both_widths(YEARS, [], here=START)
    assert [year.is_named for year in wide.years] == [False] * 4
    assert [year.label for year in narrow.years if year.is_named] == ["2026", "2027", "2028", "2029"]
