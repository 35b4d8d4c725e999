"""Years as bars: where each begins, how far it has come, how much lies ahead."""

import datetime as dt

from lms.directory.people.timeline import axis_of
from lms.periods import Period

TODAY = dt.date(2026, 7, 2)


def test_an_axis_goes_from_the_first_year_to_the_end_of_next():
    axis = axis_of([Period(dt.date(2020, 5, 1))], today=TODAY)
    assert (axis.at(dt.date(2020, 1, 1)), axis.at(dt.date(2028, 1, 1))) == (0, 100)


def test_what_has_ended_has_nothing_ahead_and_what_goes_on_has():
    axis = axis_of([Period(dt.date(2020, 1, 1))], today=TODAY)
    ended, going = axis.bar(Period(dt.date(2020, 1, 1), dt.date(2024, 1, 1))), axis.bar(Period(dt.date(2024, 1, 1)))
    assert (ended.x, ended.width, ended.ahead) == (0, 50, 0)
    assert going.x + going.width == going.ahead_x == axis.now
    assert round(going.ahead_x + going.ahead) == 100


def test_what_begins_later_is_only_ahead():
    axis = axis_of([Period(dt.date(2026, 1, 1))], today=TODAY)
    bar = axis.bar(Period(dt.date(2027, 1, 1)))
    assert bar.width == 0 and bar.ahead_x == axis.at(dt.date(2027, 1, 1)) and bar.ahead > 0


def test_forty_years_are_told_by_so_few_figures_that_a_phone_has_room():
    axis = axis_of([Period(dt.date(1986, 3, 1))], today=TODAY)
    assert [year.year for year in axis.years] == [1990, 2000, 2010, 2020]


def test_nobody_who_has_nothing_breaks_the_drawing():
    assert axis_of([], today=TODAY).now > 0
