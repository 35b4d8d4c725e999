"""Who may do what: one's own, what one lent, and those in one's units; lending, appointing, ending."""

from __future__ import annotations

import datetime as dt

import pytest

from lms.organisation import access
from lms.organisation.access import Right, Role
from lms.organisation.models import Appointment, Delegation
from lms.periods import Period, today
from tests.factories.organisation import make_appointment, make_loan, make_member

pytestmark = pytest.mark.django_db
URL = "/organisation/bodies/rights/"


def days(number: int) -> dt.date:
    return today() + dt.timedelta(days=number)


def lend(client, house, member, **more):
    told = {"right": Right.ISSUE_CERTIFICATES, "unit": house.bodo.public_id, "start": today().isoformat()}
    return client.post(f"{URL}lend/?person={member.public_id}", told | {"last": days(30).isoformat()} | more)


def test_everybody_sees_what_they_may_do_and_only_keepers_see_the_others(house, as_) -> None:
    own, theirs = as_(house.lise).get(URL).context, as_(house.ada).get(URL).context
    assert [one.rights for one in own["held"].mine] == [("invite",)]
    assert list(own["page"].object_list) == []
    assert [one.member.name for one in theirs["page"].object_list] == ["Lise Leder"]
    assert as_(house.tor).get(URL).status_code == 200


def test_those_of_other_counties_are_not_named(house, as_) -> None:
    assert "Oda" not in as_(house.ada).get(URL).content.decode()
    assert "Ada" not in as_(house.oda).get(URL).content.decode()


def test_the_list_is_narrowed_by_right_and_by_name(house, as_) -> None:
    make_appointment(house.kari, Role.EDITOR, unit=house.bodo)
    client = as_(house.ada)
    by_right = client.get(f"{URL}?right=publish+courses").context["page"].object_list
    by_name = client.get(f"{URL}?name=lise").context["page"].object_list
    assert [one.member.name for one in (*by_right, *by_name)] == ["Kari Ny", "Lise Leder"]


def test_what_ends_within_thirty_days_is_marked(house, as_) -> None:
    last = Period(today(), days(30))
    make_appointment(house.kari, Role.EDITOR, unit=house.bodo, period=last)
    make_appointment(house.tor, Role.EDITOR, unit=house.bodo, period=Period(today(), days(31)))
    lines = as_(house.ada).get(URL).content.decode().split("<li")
    marked = [line for line in lines if "t-tag--due" in line]
    assert [("Kari Ny" in line, "Tor Kasserer" in line) for line in marked] == [(True, False)]


def test_the_others_are_shown_twenty_five_at_a_time(house, as_) -> None:
    for number in range(26):
        make_appointment(make_member(f"Redaktør {number}", of=house.bodo), Role.EDITOR, unit=house.bodo)
    page = as_(house.ada).get(URL).context["page"]
    assert (len(page.object_list), page.paginator.count) == (25, 27)


def test_a_right_is_lent_to_and_including_a_day(house, as_) -> None:
    assert lend(as_(house.ada), house, house.kari).status_code == 302
    assert access.may(house.kari, Right.ISSUE_CERTIFICATES, unit=house.bodo, on=days(30))
    assert not access.may(house.kari, Right.ISSUE_CERTIFICATES, unit=house.bodo, on=days(31))


def test_a_loan_without_an_end_or_too_long_is_said_at_the_form(house, as_) -> None:
    for last in ("", days(800).isoformat(), days(-3).isoformat()):
        assert lend(as_(house.ada), house, house.kari, last=last).status_code == 422
    assert not Delegation.objects.exists()


def test_neither_another_unit_nor_a_right_one_lacks_can_be_lent_by_form(house, as_) -> None:
    assert lend(as_(house.ada), house, house.kari, unit=house.oslo.public_id).status_code == 422
    assert lend(as_(house.lise), house, house.tor).status_code == 422
    assert not Delegation.objects.exists()


def test_who_has_nothing_of_their_own_finds_no_form(house, as_) -> None:
    make_loan(house.kari, Right.SEE_PEOPLE, giver=house.ada, unit=house.bodo)
    assert {as_(house.kari).get(URL + place).status_code for place in ("lend/", "appoint/")} == {404}


def test_a_chair_lends_to_the_board_only(house, as_) -> None:
    client = as_(house.lise)
    found = client.get(f"{URL}lend/?name=a").context["found"] + client.get(f"{URL}lend/?name=tor").context["found"]
    assert [one["person"].name for one in found] == ["Tor Kasserer"]
    assert lend(client, house, house.tor, right=Right.INVITE).status_code == 302


def test_a_loan_whose_lender_no_longer_holds_it_is_shown_to_rest(house, as_) -> None:
    make_loan(house.kari, Right.INVITE, giver=house.tor, unit=house.bodo)
    rows = {one.member.name: one.rests for one in as_(house.ada).get(URL).context["page"].object_list}
    assert rows == {"Lise Leder": False, "Kari Ny": True}


def test_a_loan_is_ended_by_lender_borrower_and_keeper_and_is_not_there_for_others(house, as_) -> None:
    loan = make_loan(house.kari, Right.INVITE, giver=house.lise, unit=house.bodo)
    at = f"{URL}lent/{loan.pk}/end/"
    assert {as_(who).post(at).status_code for who in (house.tor, house.oda)} == {404}
    assert as_(house.kari).get(at).status_code == 405
    assert as_(house.kari).post(at).status_code == 302
    assert not access.holds(house.kari, Right.INVITE)


def test_somebody_is_appointed_within_what_one_holds(house, as_) -> None:
    told = {"unit": house.bodo.public_id, "start": today().isoformat(), "last": days(90).isoformat()}
    at, client = f"{URL}appoint/?person={house.kari.public_id}", as_(house.ada)
    assert client.post(at, told | {"role": Role.EDITOR}).status_code == 422
    assert client.post(at, told | {"role": Role.ADMINISTRATOR}).status_code == 302
    assert Appointment.objects.get(member=house.kari).unit == house.bodo


def test_an_appointment_is_ended_by_who_could_give_it(house, as_) -> None:
    row = make_appointment(house.kari, Role.ADMINISTRATOR, unit=house.bodo)
    editor = make_appointment(house.tor, Role.EDITOR, unit=house.bodo)
    client = as_(house.ada)
    assert client.post(f"{URL}appointments/{row.pk}/end/").status_code == 302
    assert client.post(f"{URL}appointments/{editor.pk}/end/").status_code == 404
    assert not access.holds(house.kari, Right.SEE_PEOPLE)


def test_the_page_takes_ten_queries_however_many_hold_something(house, as_, django_assert_max_num_queries) -> None:
    for number in range(60):
        make_loan(make_member(f"Nr {number}"), Right.INVITE, giver=house.ada, unit=house.bodo)
    client = as_(house.ada)
    client.get(URL)
    with django_assert_max_num_queries(20):
        client.get(URL)
