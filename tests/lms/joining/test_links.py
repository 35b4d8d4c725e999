"""Links to pass on: who makes them, who sees them, and when they are shut."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from lms.joining.links import make_link, revoke_link
from lms.joining.models import Arrival, InviteLink
from lms.members.models import Member
from lms.organisation.models import Appointment
from lms.organisation.queries import home_unit_of
from tests.lms.joining.conftest import as_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(place, course) -> InviteLink:
    return make_link(unit=place.bodo, by=place.nora, course_key=course.key)


def come(link: InviteLink, newest_door, email: str = "ny@example.org") -> Member:
    Client().post(f"/join/with/{link.token}/", {"email": email, "agrees": "on"})
    Client().post(newest_door())
    return Member.objects.get(email=email)


def test_whoever_follows_the_link_belongs_to_its_unit_and_is_counted_by_it(place, link, newest_door):
    ny = come(link, newest_door)
    assert home_unit_of(ny) == place.bodo
    assert Arrival.objects.get().link == link
    page = as_member(place.nora).get(f"/join/links/{link.token}/").content.decode()
    assert '<span class="t-figure">1</span>' in page


def test_the_page_says_from_which_branch_the_invitation_is(link):
    page = Client().get(f"/join/with/{link.token}/").content.decode()
    assert "Bodø" in page
    assert "Nora" not in page


def test_a_link_is_shut_when_revoked_when_old_and_when_its_maker_may_no_longer_invite(place, course):
    shut = []
    for end in ("revoke", "age", "right"):
        link = make_link(unit=place.bodo, by=place.nora)
        assert Client().get(f"/join/with/{link.token}/").status_code == 200
        if end == "revoke":
            revoke_link(link=link, by=place.nora)
        elif end == "age":
            InviteLink.objects.filter(pk=link.pk).update(
                valid_until=timezone.localdate(), valid_from=dt.date(2020, 1, 1)
            )
        else:
            Appointment.objects.filter(member=place.nora).delete()
        shut.append(Client().get(f"/join/with/{link.token}/").status_code)
    assert shut == [404, 404, 404]


def test_a_link_that_is_shut_before_the_letter_is_answered_still_lets_that_person_in_uncounted(
    place, link, newest_door
):
    Client().post(f"/join/with/{link.token}/", {"email": "ny@example.org", "agrees": "on"})
    door = newest_door()
    revoke_link(link=link, by=place.nora)
    assert Client().post(door).status_code == 302
    assert Arrival.objects.get().link is None


def test_nobody_makes_a_link_for_a_unit_they_may_not_invite_for(place):
    with pytest.raises(PermissionDenied):
        make_link(unit=place.oslo, by=place.nora)


def test_a_link_lasts_a_year_at_most(place):
    with pytest.raises(ValidationError):
        make_link(unit=place.bodo, by=place.nora, until=timezone.localdate() + dt.timedelta(days=400))


def test_the_form_makes_a_link_for_the_own_units_only(place, course):
    nora = as_member(place.nora)
    assert nora.post("/join/links/", {"unit": place.oslo.code}).status_code == 422
    answer = nora.post("/join/links/", {"unit": place.bodo.code, "course": course.key})
    link = InviteLink.objects.get()
    assert answer.headers["Location"] == f"/join/links/{link.token}/"
    assert (link.unit, link.inviter, link.course_key) == (place.bodo, place.nora, course.key)


def test_one_countys_links_and_people_are_not_there_for_the_other(place, link, newest_door):
    ny = come(link, newest_door)
    ny.name = "Kanarifugl"
    ny.save()
    odd = as_member(place.odd)
    assert odd.get(f"/join/links/{link.token}/").status_code == 404
    assert odd.post(f"/join/links/{link.token}/revoke/").status_code == 404
    for url in ("/join/links/", "/join/waiting/", "/join/campaigns/", "/join/"):
        page = odd.get(url).content.decode()
        assert not any(word in page for word in ("Bodø", "Nordland", "Kanarifugl", "Nora", link.token))
    assert odd.get(f"/join/waiting/?unit={place.bodo.code}").status_code == 404
    assert odd.post("/join/waiting/invite/", {"unit": place.bodo.code}).status_code == 404


def test_the_pages_are_not_there_for_those_who_may_not_invite(place, link, newest_door):
    ny = as_member(come(link, newest_door))
    assert [ny.get(url).status_code for url in ("/join/links/", "/join/waiting/", f"/join/links/{link.token}/")] == [
        404
    ] * 3


def test_the_list_of_links_asks_few_questions(place, course, django_assert_max_num_queries):
    for _ in range(30):
        make_link(unit=place.bodo, by=place.nora, course_key=course.key)
    client = as_member(place.nora)
    client.get("/join/links/")
    with django_assert_max_num_queries(14):
        client.get("/join/links/")
