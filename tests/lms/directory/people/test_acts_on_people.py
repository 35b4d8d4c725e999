"""What an administrator does for one person, through the pages."""

from __future__ import annotations

import pytest

from lms.members.models import Leaving, Member
from lms.organisation.access import Role
from lms.organisation.queries import home_unit_of
from tests.factories.organisation import DAY, make_appointment, make_member, make_term

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ADD = "/organisation/people/add/"


def address(member, act=""):
    return f"/organisation/people/{member.public_id}/{act}"


def form(county, **changed):
    return {
        "name": "Nils Ås",
        "unit": str(county.bodo.public_id),
        "status": "member",
        "on": str(DAY),
        "language": "nn",
    } | changed


def test_a_person_is_added_and_shown(county, as_ada):
    answer = as_ada.post(ADD, form(county, birth_year="1987"))
    nils = Member.objects.get(name="Nils Ås")
    assert answer["Location"] == address(nils)
    assert (home_unit_of(nils, on=DAY), nils.language, nils.birth_year) == (county.bodo, "nn", 1987)


def test_a_namesake_within_reach_is_shown_before_another_is_added(county, as_ada):
    make_member("Nils Ås", of=county.bodo)
    assert as_ada.post(ADD, form(county)).status_code == 200
    assert Member.objects.filter(name="Nils Ås").count() == 1
    as_ada.post(ADD, form(county, another="1"))
    assert Member.objects.filter(name="Nils Ås").count() == 2


def test_a_namesake_in_another_county_is_never_told_of(county, as_ada):
    make_member("Nils Ås", of=county.frogner)
    assert as_ada.post(ADD, form(county)).status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"unit": ""}, {"unit": "x"}, {"on": "i går"}, {"birth_year": "87"}, {"email": "nils"}]
)
def test_what_is_wrong_is_said_at_the_field_and_nobody_is_added(county, as_ada, wrong):
    answer = as_ada.post(ADD, form(county, **wrong))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(wrong))
    assert not Member.objects.filter(email="nils").exists()


def test_nobody_is_added_to_a_unit_one_does_not_keep(county, as_ada):
    answer = as_ada.post(ADD, form(county, unit=str(county.frogner.public_id)))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unit"])


def test_a_person_is_moved(county, as_ada):
    kari = make_member(of=county.bodo)
    as_ada.post(address(kari, "move/"), {"unit": str(county.nordland.public_id), "on": str(DAY)})
    assert home_unit_of(kari, on=DAY) == county.nordland


def test_a_move_to_another_county_is_no_choice(county, as_ada):
    kari = make_member(of=county.bodo)
    answer = as_ada.post(address(kari, "move/"), {"unit": str(county.oslo.public_id), "on": str(DAY)})
    assert (answer.status_code, home_unit_of(kari, on=DAY)) == (422, county.bodo)


def test_a_move_to_a_day_before_the_person_came_is_refused_at_the_day(county, as_ada):
    kari = make_member(of=county.bodo)
    answer = as_ada.post(address(kari, "move/"), {"unit": str(county.nordland.public_id), "on": "2001-01-01"})
    assert list(answer.context["form"].errors) == ["on"]


def test_leaving_takes_a_tick_and_is_then_recorded(county, as_ada):
    kari = make_member(of=county.bodo)
    assert as_ada.post(address(kari, "leave/"), {"on": str(DAY)}).status_code == 422
    assert not Leaving.objects.exists()
    assert as_ada.post(address(kari, "leave/"), {"on": str(DAY), "sure": "on"}).status_code == 302
    assert Leaving.objects.get().member == kari


def test_a_leaving_is_taken_back_from_the_page_of_the_person(county, as_ada):
    kari = make_member(of=county.bodo)
    as_ada.post(address(kari, "leave/"), {"on": str(DAY), "sure": "on"})
    assert address(kari, "return/") in as_ada.get(address(kari)).content.decode()
    as_ada.post(address(kari, "return/"))
    assert home_unit_of(kari, on=DAY) == county.bodo
    assert as_ada.post(address(kari, "return/")).status_code == 404


def test_who_only_sees_people_is_offered_no_act_and_can_do_none(county, client):
    tone, kari = make_member("Tone", of=county.bodo), make_member("Kari", of=county.bodo)
    make_term(tone, office="training", unit=county.bodo)
    client.force_login(tone)
    assert "/move/" not in client.get(address(kari)).content.decode()
    assert [client.post(address(kari, act)).status_code for act in ("move/", "leave/", "return/")] == [404] * 3
    assert client.get(ADD).status_code == 404


def test_nobody_moves_or_lets_go_themselves_or_one_who_belongs_partly_elsewhere(county, as_ada):
    half = make_member("Halv", of=county.frogner)
    make_term(half, office="secretary", unit=county.bodo)
    for member in (county.ada, half):
        assert [as_ada.get(address(member, act)).status_code for act in ("move/", "leave/")] == [404, 404]


def test_one_who_keeps_two_counties_may_move_between_them(county, as_ada):
    make_appointment(county.ada, Role.ADMINISTRATOR, unit=county.oslo)
    kari = make_member(of=county.bodo)
    as_ada.post(address(kari, "move/"), {"unit": str(county.frogner.public_id), "on": str(DAY)})
    assert home_unit_of(kari, on=DAY) == county.frogner
