"""Folkeforeningen has the units and bodies of a national organisation of 2024."""

from collections import Counter
from datetime import date

import pytest

from courses.demo.population import Population, build


@pytest.fixture(scope="module")
def small() -> Population:
    return build(members=200)


def test_there_are_fifteen_counties_and_a_branch_in_every_municipality(small: Population) -> None:
    kinds = Counter(unit.kind for unit in small.units)
    assert kinds == {"national": 1, "county": 15, "municipal": 357}
    assert small.units[0].name == "Folkeforeningen"


def test_every_unit_has_a_name_of_its_own(small: Population) -> None:
    names = [unit.name for unit in small.units]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("fylke-03", "Oslo fylkeslag"),
        ("fylke-18", "Nordland fylkeslag"),
        ("fylke-55", "Troms fylkeslag"),
        ("kommune-0301", "Oslo kommunelag"),
        ("kommune-1515", "Herøy (Møre og Romsdal)"),
        ("kommune-1804", "Bodø"),
        ("kommune-1818", "Herøy (Nordland)"),
        ("kommune-1826", "Hattfjelldal"),
        ("kommune-3114", "Våler (Østfold)"),
        ("kommune-3226", "Aurskog-Høland"),
        ("kommune-3419", "Våler (Innlandet)"),
        ("kommune-5540", "Kåfjord"),
        ("kommune-5610", "Karasjok"),
        ("kommune-5628", "Tana"),
    ],
)
def test_a_branch_bears_the_norwegian_name(small: Population, code: str, name: str) -> None:
    assert {unit.code: unit.name for unit in small.units}[code] == name


def test_every_parent_comes_first_and_is_no_younger(small: Population) -> None:
    began: dict[str | None, date] = {None: date.min}
    for unit in small.units:
        assert began[unit.parent] <= unit.valid_from
        began[unit.code] = unit.valid_from


def test_the_counties_of_2024_begin_then_and_the_old_ones_before(small: Population) -> None:
    began = {unit.code: unit.valid_from for unit in small.units}
    assert began["fylke-31"] == began["kommune-1580"] == date(2024, 1, 1)
    assert began["fylke-18"] == began["kommune-1804"] == date(1995, 5, 13)


def test_every_unit_has_a_board_and_the_upper_ones_a_nomination_committee(
    small: Population,
) -> None:
    boards = {body.unit for body in small.bodies if body.kind == "board"}
    nominating = {body.unit for body in small.bodies if body.kind == "nominating"}
    assert boards == {unit.code for unit in small.units}
    assert nominating == {unit.code for unit in small.units if unit.kind != "municipal"}
