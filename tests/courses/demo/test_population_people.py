"""The invented people are as many, as mixed and as awkward as real members are."""

from collections import Counter
from datetime import date

import pytest

from courses.demo.population import Person, Population, build

TODAY = date(2026, 11, 24)
EXAMPLE_DOMAINS = {"example.org", "example.net", "example.com"}


@pytest.fixture(scope="module")
def people() -> tuple[Person, ...]:
    return build().people


def test_the_same_seed_gives_the_same_organisation_and_another_seed_another() -> None:
    assert build(members=200) == build(members=200)
    assert build(members=200) != build(members=200, seed=7)


@pytest.mark.parametrize(("members", "waiting"), [(100, 15), (200, 30), (2000, 300), (5000, 750)])
def test_the_size_is_the_number_of_people(members: int, waiting: int) -> None:
    population = build(members=members)
    numbers = [person.member_number for person in population.people]
    assert numbers == [str(100_001 + i) for i in range(members)]
    assert sum(person.has_prior_level for person in population.people) == waiting


def test_too_small_an_organisation_is_refused() -> None:
    with pytest.raises(ValueError, match="100"):
        build(members=99)


def test_addresses_are_plain_and_at_example_domains_only(people: tuple[Person, ...]) -> None:
    for email in filter(None, (person.email for person in people)):
        local, domain = email.split("@")
        assert domain in EXAMPLE_DOMAINS
        assert local.isascii() and local == local.lower() and " " not in local


def test_some_have_no_address_and_some_couples_share_one(people: tuple[Person, ...]) -> None:
    times = Counter(person.email for person in people)
    assert times.pop(None) == 80
    assert Counter(times.values()) == {1: 1880, 2: 20}


def test_every_county_has_members_and_everybody_a_branch(people: tuple[Person, ...]) -> None:
    counties = {unit.code: unit.parent for unit in build(100).units if unit.kind == "municipal"}
    assert {counties[person.unit] for person in people} == set(counties.values())


def test_nordland_has_three_hundred_who_wait_for_a_certificate(people: tuple[Person, ...]) -> None:
    nordland = [person for person in people if person.unit.startswith("kommune-18")]
    waiting = [person for person in people if person.has_prior_level]
    assert len(nordland) >= 330 and len(waiting) == 300
    assert all(person in nordland and person.status == "member" for person in waiting)
    assert all(p.name and p.level_on and p.joined_on < p.level_on <= TODAY for p in waiting)
    assert {p.level_on.year for p in waiting if p.level_on} == {2025, 2026}


def test_one_record_has_no_name_and_is_not_among_those_who_wait(people: tuple[Person, ...]) -> None:
    nameless = [person for person in people if not person.name]
    assert [person.blank_name for person in nameless] == [True]
    assert nameless[0].level_on and not nameless[0].has_prior_level
    assert nameless[0].unit.startswith("kommune-18")


def test_names_hold_sami_letters_and_double_names(people: tuple[Person, ...]) -> None:
    letters = set("".join(person.name for person in people).lower())
    assert set("áčđŋšŧžæøå") <= letters
    assert sum("-" in person.name for person in people) >= 20


def test_languages_and_sympathisers_have_their_shares(people: tuple[Person, ...]) -> None:
    assert Counter(p.language for p in people) == {"nb": 1680, "nn": 240, "en": 80}
    assert Counter(p.status for p in people) == {"member": 1880, "sympathiser": 120}
    nynorsk = [person.unit[8:10] for person in people if person.language == "nn"]
    assert sum(county in {"11", "15", "40", "46"} for county in nynorsk) > 0.8 * len(nynorsk)


def test_nobody_joins_in_the_future_or_a_branch_before_it_began(people: tuple[Person, ...]) -> None:
    began = {unit.code: unit.valid_from for unit in build(100).units}
    for person in people:
        assert person.joined_on <= person.unit_from <= TODAY
        assert person.unit_from == max(person.joined_on, began[person.unit])


def _names_by_account(population: Population) -> dict[str, str]:
    return {p.email.split("@")[0]: p.name for p in population.people if p.sign_in and p.email}


def test_the_four_who_may_sign_in_are_there_in_every_size() -> None:
    for members in (100, 2000):
        assert _names_by_account(build(members)) == {
            "styremedlem": "Åse Lyngmo",
            "kursholder": "Torbjørn Haugli",
            "administrator": "Inga Sørvær",
            "redaktor": "Maja Holm",
        }
