"""The report of all bodies: numbers on a day, none too small, and a file that leaves a trace."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from lms.audit.models import Entry
from lms.directory.bodies.report_composition import composition_report, half_years, lines_of
from lms.organisation.models import Body
from lms.organisation.words import KIND_WORDS
from lms.periods import Period, today
from tests.factories.organisation import ALWAYS, LONG_AGO, make_body, make_member, make_unit
from tests.lms.directory.bodies.conftest import seat

pytestmark = pytest.mark.django_db
URL = "/organisation/bodies/report/"
NOW = dt.date(2026, 11, 24)


def fill(unit, women: int, men: int, *, since: Period = ALWAYS, kind: str = Body.Kind.BOARD) -> Body:
    """A body of a unit with so many women born in 1990 and men born in 1950."""
    body = make_body(unit, kind=kind)
    for gender, born, number in (("woman", 1990, women), ("man", 1950, men)):
        for n in range(number):
            seat(make_member(f"{gender} {n}", gender=gender, birth_year=born), "board_member", body, since)
    return body


def test_half_years_begin_in_january_and_july() -> None:
    assert half_years(NOW)[:3] == [dt.date(2026, 7, 1), dt.date(2026, 1, 1), dt.date(2025, 7, 1)]
    assert half_years(dt.date(2026, 6, 30))[0] == dt.date(2026, 1, 1)


def test_the_report_is_for_those_who_see_people_or_keep_bodies(house, as_) -> None:
    assert as_(house.ada).get(URL).status_code == 200
    assert as_(house.lise).get(URL).status_code == 404


def test_bodies_are_listed_as_they_were_on_a_day(house, as_) -> None:
    gone = make_body(house.nordland, lived=Period(LONG_AGO, dt.date(2020, 1, 1)))
    names = {
        on: [body.name for body, *_ in as_(house.ada).get(f"{URL}{on}").context["rows"]]
        for on in ("", "?on=2019-06-01")
    }
    assert names[""] == [house.board.name]
    assert names["?on=2019-06-01"] == [house.board.name, gone.name]


def test_shares_are_said_by_kind_and_county_where_all_are_five(house) -> None:
    fill(house.nordland, 8, 8)
    fill(house.oslo, 6, 10)
    report = composition_report(lines_of({house.nordland.pk, house.bodo.pk, house.oslo.pk}), on=NOW, now=NOW)
    assert [(line.label, line.seated, line.said["women"]) for line in report.lines] == [
        ("", 34, 15),
        (str(KIND_WORDS["board"]), 34, 15),
        ("Nordland fylkeslag", 18, 9),
        ("Oslo fylkeslag", 16, 6),
    ]


def test_a_kind_too_small_to_be_shown_hides_another_with_it(house) -> None:
    fill(house.nordland, 20, 20)
    fill(house.nordland, 2, 1, kind=Body.Kind.CONTROL)
    report = composition_report(lines_of({house.nordland.pk}), on=NOW, now=NOW)
    assert [(line.depth, line.said["women"]) for line in report.lines] == [(0, 23), (1, None), (1, None)]


def test_a_single_newcomer_is_not_found_by_laying_two_half_years_side_by_side(house) -> None:
    body = fill(house.nordland, 8, 8)
    seat(make_member("Ny", gender="woman"), "chair", body, Period(dt.date(2026, 3, 1)))
    report = composition_report(lines_of({house.nordland.pk}), on=NOW, now=NOW)
    assert [day for day, line in report.years if line.said["women"] is not None] == [dt.date(2026, 7, 1)]
    before = composition_report(lines_of({house.nordland.pk}), on=dt.date(2026, 2, 1), now=NOW)
    assert (before.day, before.lines[0].said["women"]) == (dt.date(2026, 1, 1), None)


def test_two_who_turn_forty_are_not_found_by_laying_two_years_side_by_side(house) -> None:
    body = fill(house.nordland, 8, 8)
    for number in range(2):
        seat(make_member(f"Født 1986 nr {number}", birth_year=1986), "board_member", body)
    report = composition_report(lines_of({house.nordland.pk}), on=NOW, now=NOW)
    young = {day: line.said["under_40"] for day, line in report.years}
    assert (young[dt.date(2026, 7, 1)], young[dt.date(2025, 7, 1)]) == (9, None)


def test_a_board_that_was_renewed_is_shown_before_and_after(house) -> None:
    fill(house.nordland, 8, 8, since=Period(LONG_AGO, dt.date(2025, 3, 1)))
    fill(house.nordland, 5, 9, since=Period(dt.date(2025, 3, 1)))
    report = composition_report(lines_of({house.nordland.pk}), on=dt.date(2025, 2, 1), now=NOW)
    women = {day: line.said["women"] for day, line in report.years}
    assert (women[dt.date(2026, 7, 1)], women[dt.date(2025, 1, 1)]) == (6, 9)
    assert report.lines[0].said["women"] == 9


def test_bodies_of_a_unit_that_was_taken_over_count_as_they_were(house) -> None:
    old = make_unit("Salten", under=house.nordland, lived=Period(LONG_AGO, dt.date(2024, 1, 1)))
    fill(old, 6, 6, since=Period(LONG_AGO, dt.date(2024, 1, 1)))
    report = composition_report(lines_of({house.nordland.pk}), on=dt.date(2023, 8, 1), now=NOW)
    assert report.lines[0].seated == 14


@pytest.mark.parametrize("what", ["bodies", "composition"])
def test_the_file_holds_the_table_and_no_name_and_leaves_a_trace(house, as_, what) -> None:
    fill(house.nordland, 8, 8)
    client = as_(house.ada)
    answer = client.post("/organisation/bodies/report.csv", {"what": what})
    if answer.status_code == 302:
        pytest.fail(f"asked to confirm: {answer['Location']}")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) >= 3
    assert "Lise" not in text
    assert Entry.objects.get(act="export_bodies_report").subject == f"report:{what}"


def test_the_spreadsheet_opens(house, as_) -> None:
    answer = as_(house.ada).post("/organisation/bodies/report.xlsx")
    assert answer.content[:2] == b"PK"
    assert as_(house.ada).post("/organisation/bodies/report.pdf").status_code == 404


def test_authority_that_looks_like_a_formula_comes_out_as_text(house, as_) -> None:
    Body.objects.update(authority="=1+1")
    text = as_(house.ada).post("/organisation/bodies/report.csv").content.decode("utf-8-sig")
    assert ";=1+1" not in text and "1+1" in text


def test_the_page_takes_a_handful_of_queries(house, as_, django_assert_max_num_queries) -> None:
    fill(house.nordland, 30, 30)
    client = as_(house.ada)
    client.get(URL)
    with django_assert_max_num_queries(20):
        client.get(f"{URL}?on={(today() - dt.timedelta(days=400)).isoformat()}")
