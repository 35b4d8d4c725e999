"""Offices are held in half-open periods between annual meetings."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from courses.demo.population import COUNTY_BOARD, Population, Term, build

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def population() -> Population:
    return build()


@pytest.fixture(scope="module")
def current(population: Population) -> list[Term]:
    return [term for term in population.terms if term.valid_from <= TODAY < term.valid_until]


def _offices(terms: list[Term], kind: str) -> dict[str, Counter[str]]:
    boards: dict[str, Counter[str]] = defaultdict(Counter)
    for term in terms:
        if term.body_kind == kind:
            boards[term.unit][term.office] += 1
    return boards


@pytest.mark.parametrize("members", [100, 200, 2000])
@pytest.mark.parametrize("seed", [1, 2026])
def test_nobody_sits_twice_in_one_body_at_once(members: int, seed: int) -> None:
    held: dict[tuple[str, str, str], list[Term]] = defaultdict(list)
    for term in build(members, seed).terms:
        assert term.valid_from < term.valid_until
        held[term.member_number, term.unit, term.body_kind].append(term)
    for terms in held.values():
        terms.sort(key=lambda term: term.valid_from)
        assert all(one.valid_until <= other.valid_from for one, other in pairwise(terms))


@pytest.mark.parametrize("members", [100, 2000])
def test_the_boards_of_all_counties_and_nationally_are_full(members: int) -> None:
    terms = [t for t in build(members).terms if t.valid_from <= TODAY < t.valid_until]
    boards = _offices(terms, "board")
    upper = {unit.code for unit in build(100).units if unit.kind != "municipal"}
    assert all(boards[code] == Counter(COUNTY_BOARD) for code in upper)
    assert set(_offices(terms, "nominating")) == upper


def test_a_hundred_and_twenty_municipal_boards_are_staffed(current: list[Term]) -> None:
    boards = _offices(current, "board")
    municipal = [offices for code, offices in boards.items() if code.startswith("kommune")]
    assert len(municipal) == 120
    for offices in municipal:
        assert [offices[o] for o in ("chair", "deputy", "secretary", "treasurer")] == [1] * 4
        assert 1 <= offices["board_member"] <= 3 and offices["alternate"] <= 2


def test_officers_are_members_and_mostly_from_the_unit_or_below(population: Population, current: list[Term]) -> None:
    people = {person.member_number: person for person in population.people}
    parent = {unit.code: unit.parent for unit in population.units}
    homes = [people[term.member_number].unit for term in current]
    near = [t.unit in (h, parent[h], "national") for t, h in zip(current, homes, strict=True)]
    assert sum(near) > 0.9 * len(near)
    assert {people[term.member_number].status for term in population.terms} == {"member"}


def test_a_term_never_begins_before_its_unit_or_its_holder(population: Population) -> None:
    people = {person.member_number: person for person in population.people}
    began = {unit.code: unit.valid_from for unit in population.units}
    for term in population.terms:
        assert term.valid_from >= began[term.unit]
        assert term.valid_from >= people[term.member_number].unit_from


def test_a_third_of_the_present_terms_began_this_year(current: list[Term]) -> None:
    fresh = sum(term.valid_from.year == 2026 for term in current)
    assert 0.27 < fresh / len(current) < 0.40
    assert all(2 <= term.valid_from.month <= 4 for term in current)
    assert all(300 < (term.valid_until - term.valid_from).days < 800 for term in current)


def test_earlier_boards_ended_where_later_ones_began(population: Population) -> None:
    ended = [term for term in population.terms if term.valid_until <= TODAY]
    assert any(term.valid_from.year == 2022 and term.valid_until.year == 2024 for term in ended)
    starts = {(term.unit, term.valid_from) for term in population.terms}
    handed_over = [term for term in ended if term.valid_until.year == 2026]
    assert handed_over
    assert all((term.unit, term.valid_until) in starts for term in handed_over)


def test_the_election_is_printed_with_its_day(current: list[Term]) -> None:
    bodo = next(t for t in current if t.unit == "kommune-1804" and t.valid_from.year == 2026)
    assert bodo.election == f"Årsmøtet {bodo.valid_from.day}. mars 2026"
    national = next(term for term in current if term.unit == "national")
    assert national.election == f"Landsmøtet {national.valid_from.day}. april 2025"


def test_the_sign_ins_hold_what_the_demo_promises(population: Population, current: list[Term]) -> None:
    number = {person.name: person.member_number for person in population.people if person.sign_in}
    held = {(t.member_number, t.office, t.unit, t.valid_from.year) for t in current}
    assert (number["Åse Lyngmo"], "board_member", "kommune-1804", 2026) in held
    assert (number["Inga Sørvær"], "training", "fylke-18", 2025) in held
    assert [(a.member_number, a.role, a.unit) for a in population.appointments] == [
        (number["Torbjørn Haugli"], "instructor", "fylke-18"),
        (number["Inga Sørvær"], "administrator", "fylke-18"),
        (number["Maja Holm"], "editor", "national"),
    ]


@pytest.mark.parametrize("today", [date(2025, 5, 1), date(2027, 3, 2), date(2028, 2, 29)])
def test_county_boards_are_full_on_other_days_too(today: date) -> None:
    terms = build(200, today=today).terms
    boards = _offices([t for t in terms if t.valid_from <= today < t.valid_until], "board")
    assert sum(boards[code] == Counter(COUNTY_BOARD) for code in boards) >= 16
