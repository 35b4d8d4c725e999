"""Which records are shown as perhaps one person, and which are not."""

from __future__ import annotations

import pytest

from lms.members.names import name_key
from lms.merging.likeness import is_like
from lms.merging.queries import Sign, ids_of, known_now_as, likely_pairs, owner_of_number
from lms.merging.services import ask_again, keep_apart
from lms.organisation import access
from lms.organisation.models import Membership
from tests.factories import organisation
from tests.tables import examples, shown


def pairs(scene, **said):
    return likely_pairs(access.units_with(scene.ada, access.Right.KEEP_REGISTER), **said)


@pytest.mark.parametrize("example", examples("merging.md", "Which records are shown as perhaps one person"), ids=shown)
def test_names_are_like_when_first_and_last_agree(example):
    one, other = name_key(example["One"]), name_key(example["Other"])
    assert is_like(one, other) is is_like(other, one) is (example["Like"] == "yes")


def test_no_name_is_like_no_name():
    assert not is_like("", "")


def test_one_address_and_one_name_is_a_pair_and_the_registers_record_is_kept(scene):
    assert [(p.kept, p.other, p.sign) for p in pairs(scene)] == [(scene.kept, scene.absorbed, Sign.SAME_EMAIL)]


def test_a_couple_with_one_address_is_no_pair(scene):
    scene.absorbed.name = "Ola Nordmann"
    scene.absorbed.save()
    assert pairs(scene) == []


def test_two_birth_years_are_two_people(scene):
    scene.absorbed.birth_year = 1990
    scene.absorbed.save()
    assert pairs(scene) == []


def test_a_sympathiser_of_the_name_of_somebody_in_the_register_is_a_pair(scene):
    scene.absorbed.email = "kari.privat@example.org"
    scene.absorbed.save()
    assert [p.sign for p in pairs(scene)] == [Sign.JOINED]


def test_two_members_of_one_name_are_a_pair_only_with_one_birth_year_in_one_unit(scene):
    for unit, year in ((scene.branch, 1975), (scene.branch, 1975), (scene.branch, 1976), (scene.county, 1975)):
        organisation.make_member("Per Hansen", of=unit, birth_year=year)
    assert [p.sign for p in pairs(scene) if p.kept.name == "Per Hansen"] == [Sign.SAME_BIRTH_YEAR]


def test_nobody_outside_the_units_is_shown(scene):
    Membership.objects.filter(member=scene.absorbed).update(unit=scene.other_county)
    keeper = organisation.make_member("Nora", of=scene.county)
    organisation.make_appointment(keeper, "administrator", unit=scene.county)
    assert likely_pairs(access.units_with(keeper, access.Right.KEEP_REGISTER)) == []


def test_a_pair_kept_apart_is_not_shown_again_until_it_is_asked_for(scene):
    row = keep_apart(one=scene.absorbed, other=scene.kept, by=scene.ada)
    assert keep_apart(one=scene.kept, other=scene.absorbed, by=scene.ada) == row
    assert pairs(scene) == []
    ask_again(row=row, by=scene.ada)
    assert len(pairs(scene)) == 1


def test_a_merged_pair_is_not_shown(scene):
    scene.merge()
    assert pairs(scene) == []


def test_only_those_an_import_brought_are_asked_for(scene):
    assert pairs(scene, among=[scene.ada.pk]) == []
    assert len(pairs(scene, among=[scene.kept.pk])) == 1


def test_the_list_costs_the_same_however_many(scene, django_assert_max_num_queries):
    for n in range(40):
        for number in (f"n{n}", None):
            organisation.make_member(
                f"Per{n} Hansen{n}", of=scene.branch, email=f"p{n}@example.org", member_number=number
            )
    with django_assert_max_num_queries(9):
        assert len(pairs(scene)) == 41


def test_old_ids_and_numbers_lead_to_the_record_that_stayed(scene):
    scene.merge(kept=scene.absorbed, absorbed=scene.kept)
    third = organisation.make_member("Kari N", of=scene.branch)
    scene.merge(kept=third, absorbed=scene.absorbed)
    all_ids = {m.public_id for m in (third, scene.kept, scene.absorbed)}
    assert ids_of(third) == all_ids
    assert known_now_as(all_ids) == {scene.kept.public_id: third.public_id, scene.absorbed.public_id: third.public_id}
    assert owner_of_number("1001") == third and owner_of_number("9") is None
