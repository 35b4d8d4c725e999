"""What a row means for the person it is about: the table of docs/algorithms/register-import.md."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.register.cells import Said, Wrong
from lms.register.diff import Fact, Standing, decide, needs_second, with_noughts

BODO, OSLO = 1, 2
KARI = Fact(7, "Kari", "k@example.org", birth_year=1980, gender="woman", standings=(Standing(BODO, "member"),))


def said(**more) -> Said:
    return Said(2, number="101", name="Kari", unit_id=BODO, **more)


@pytest.mark.parametrize(
    ("row", "decision", "moves", "becomes", "before"),
    [
        (said(), "unchanged", False, "member", {}),
        (said(email="k@example.org", birth_year=1980), "unchanged", False, "member", {}),
        (said(email="ny@example.org"), "changed", False, "member", {"email": "k@example.org"}),
        (said(email=""), "changed", False, "member", {"email": "k@example.org"}),
        (said(birth_year=0), "changed", False, "member", {"birth_year": 1980}),
        (said(gender=""), "changed", False, "member", {"gender": "woman"}),
        (said(status="sympathiser"), "changed", True, "sympathiser", {"unit": BODO, "status": "member"}),
    ],
)
def test_a_row_about_somebody_known(row, decision, moves, becomes, before):
    found = decide(row, KARI)
    assert (found.decision, found.moves, found.becomes, found.before) == (decision, moves, becomes, before)


def test_another_unit_is_a_move_and_the_status_goes_along():
    kari = Fact(7, "Kari", standings=(Standing(OSLO, "sympathiser"),))
    assert decide(said(), kari).becomes == "sympathiser"


def test_somebody_unknown_is_new_and_a_member_unless_the_file_says_otherwise():
    assert [decide(said(status=status), None).becomes for status in (None, "sympathiser")] == ["member", "sympathiser"]
    assert decide(said(), None).decision == "new"


def test_somebody_who_belongs_nowhere_comes_back():
    found = decide(said(), Fact(7, "Kari"))
    assert (found.decision, found.moves, found.before) == ("changed", True, {"unit": None, "status": ""})


def test_of_two_memberships_one_remains():
    both = Fact(7, "Kari", standings=(Standing(BODO, "member"), Standing(OSLO, "member")))
    assert decide(said(), both).moves


def test_a_person_outside_the_importers_reach_is_an_error_that_tells_nothing_of_them():
    foreign = Fact(7, "Hemmelig", "h@example.org", standings=(Standing(OSLO, "member"),), is_kept=False)
    problem = decide(said(), foreign).problem
    assert (problem.kind, problem.value, problem.right) == ("person foreign", "101", "")


def test_a_number_that_lost_its_noughts_is_an_error():
    assert decide(said(), None, noughts="00101").problem.right == "00101"


@pytest.mark.parametrize(
    ("number", "widths", "forms"),
    [
        ("101", [5], ["00101"]), ("00101", [], ["101"]), ("00101", [5, 7], ["0000101", "101"]), ("A01", [5], []),
        ("0", [3], ["000"]),
    ],
)  # fmt: skip
def test_the_forms_of_a_number_that_differ_by_noughts(number, widths, forms):
    assert with_noughts(number, widths) == forms


@pytest.mark.parametrize(("leaving", "people", "second"), [(0, 0, False), (1, 10, False), (2, 10, True), (1, 9, True), (101, 1000, True)])  # fmt: skip  # noqa: E501
def test_more_than_every_tenth_takes_a_second_administrator(leaving, people, second):
    assert needs_second(leaving, people) is second


@pytest.mark.parametrize("row", [said(), said(email="ny@example.org", status="sympathiser")])
def test_who_left_by_their_own_act_is_unchanged_whatever_the_row_says(row):
    found = decide(row, replace(KARI, standings=(), has_left=True))
    assert (found.decision, found.moves, found.before) == ("unchanged", False, {"left": True})


def test_an_email_that_is_not_the_importers_to_change_is_noted_and_nothing_else_is_held_back():
    kari = replace(KARI, keeps_email=True)
    found = decide(said(email="ny@example.org", gender=""), kari)
    assert (found.decision, found.before) == ("changed", {"gender": "woman", "email_stays": True})
    assert decide(said(email=""), kari).before == {"email_stays": True}
    assert decide(said(), kari).before == {}


def test_a_number_merged_away_is_an_error_before_it_is_somebody_new():
    problem = decide(said(), None, noughts="00101", merged=(Wrong.MERGED, "1")).problem
    assert (problem.kind, problem.value, problem.right) == ("merged away", "101", "1")
