"""Recording elections, ending terms, seats and rules, by those who keep the body; nobody else finds the forms."""

from __future__ import annotations

import datetime as dt

import pytest

from lms.audit.models import Entry
from lms.organisation.models import Body, Office, Term
from lms.periods import Period, today
from tests.factories.organisation import make_loan, make_member
from tests.lms.directory.bodies.conftest import seat

pytestmark = pytest.mark.django_db
FORMS = ("elect/", "change/", "seats/", "close/")


def office_id(key: str) -> int:
    return Office.objects.get(key=key, unit=None).pk


def elect(client, house, member, **more):
    told = {
        "office": office_id("board_member"),
        "start": today().isoformat(),
        "election": "Årsmøte 2026, sak 8",
        **more,
    }
    return client.post(f"{house.at}elect/?person={member.public_id}", told)


def test_forms_are_for_keepers(house, as_) -> None:
    for who in (house.lise, house.oda, house.kari):
        assert {as_(who).get(house.at + form).status_code for form in FORMS} == {404}
        assert {as_(who).post(house.at + form, {}).status_code for form in FORMS} == {404}
    assert {as_(house.ada).get(house.at + form).status_code for form in FORMS} == {200}


def test_a_person_is_found_by_a_part_of_the_name_within_reach(house, as_) -> None:
    make_member("Kari i Oslo", of=house.oslo)
    found = as_(house.ada).get(f"{house.at}elect/?name=kari").context["found"]
    assert [one["person"].name for one in found] == ["Kari Ny"]


def test_an_election_is_recorded_and_the_seat_is_filled(house, as_) -> None:
    assert elect(as_(house.ada), house, house.kari).status_code == 302
    term = Term.objects.get(member=house.kari)
    assert (term.body, term.election, term.valid_from) == (house.board, "Årsmøte 2026, sak 8", today())
    assert as_(house.ada).get(house.at).context["page"].vacant == 0


def test_a_stranger_to_the_keeper_cannot_be_elected_by_address(house, as_) -> None:
    far = make_member("Kari i Oslo", of=house.oslo)
    assert elect(as_(house.ada), house, far).status_code == 200  # back to finding somebody
    assert not Term.objects.filter(member=far).exists()


def test_a_full_seat_and_a_wrong_day_are_said_at_the_form(house, as_) -> None:
    client = as_(house.ada)
    full = elect(client, house, house.kari, office=office_id("chair"))
    wrong = elect(client, house, house.kari, until=(today() - dt.timedelta(days=5)).isoformat())
    for answer in (full, wrong):
        assert answer.status_code == 422
        assert "ds-error-summary" in answer.content.decode()
    assert not Term.objects.filter(member=house.kari).exists()


def test_a_keeper_by_loan_cannot_record_a_chair(house, as_) -> None:
    make_loan(house.kari, "keep bodies", giver=house.ada, unit=house.bodo)
    Term.objects.filter(member=house.lise).delete()
    answer = elect(as_(house.kari), house, house.tor, office=office_id("chair"))
    assert answer.status_code in (200, 422)
    assert not Term.objects.filter(office__key="chair").exists()


def test_a_term_is_ended_with_a_reason_and_a_tick(house, as_) -> None:
    term, client = Term.objects.get(member=house.tor), as_(house.ada)
    told = {"act": "end", "on": today().isoformat(), "reason": "asked"}
    assert client.post(f"{house.at}terms/{term.pk}/", told).status_code == 422
    assert client.post(f"{house.at}terms/{term.pk}/", told | {"sure": "on"}).status_code == 302
    term.refresh_from_db()
    assert term.valid_until == today()
    assert Entry.objects.get(act="end_term").details["why"] == "asked"


def test_days_are_put_right(house, as_) -> None:
    term = seat(house.kari, "board_member", house.board, Period(dt.date(2026, 3, 1)))
    told = {"act": "correct", "right-start": "2026-03-14", "right-until": "2027-03-14", "right-election": "Årsmøte"}
    assert as_(house.ada).post(f"{house.at}terms/{term.pk}/", told).status_code == 302
    term.refresh_from_db()
    assert (term.valid_from, term.valid_until, term.election) == (dt.date(2026, 3, 14), dt.date(2027, 3, 14), "Årsmøte")


def test_what_was_recorded_by_mistake_is_taken_away(house, as_) -> None:
    term = seat(house.kari, "board_member", house.board)
    assert as_(house.ada).post(f"{house.at}terms/{term.pk}/", {"act": "withdraw"}).status_code == 302
    assert not Term.objects.filter(member=house.kari).exists()


def test_a_term_of_another_body_is_not_found_under_this_one(house, as_) -> None:
    other = Body.objects.create(unit=house.oslo, name="Styret", valid_from=dt.date(2018, 1, 1))
    term = seat(house.oda, "chair", other)
    assert as_(house.ada).post(f"{house.at}terms/{term.pk}/", {"act": "withdraw"}).status_code == 404


def test_seats_and_an_own_office_are_set(house, as_) -> None:
    client = as_(house.ada)
    client.post(f"{house.at}seats/", {"act": "office", "own-title_nb": "Festsjef"})
    own = Office.objects.get(unit=house.bodo)
    numbers = {f"office_{pk}": "0" for pk in Office.objects.values_list("pk", flat=True)}
    client.post(f"{house.at}seats/", numbers | {f"office_{own.pk}": "2", f"office_{office_id('chair')}": "1"})
    assert {seat.office.key: seat.number for seat in house.board.seats.all()} == {"chair": 1, "own_festsjef": 2}


def test_authority_and_rules_are_written(house, as_) -> None:
    told = {"name": "Styret", "kind": "board", "authority": "Vedtektene § 7", "least_of_each_gender": "40"}
    assert as_(house.ada).post(f"{house.at}change/", told).status_code == 302
    house.board.refresh_from_db()
    assert (house.board.authority, house.board.least_of_each_gender) == ("Vedtektene § 7", 40)
    assert as_(house.ada).post(f"{house.at}change/", told | {"least_of_each_gender": "80"}).status_code == 422


def test_a_body_is_opened_where_one_keeps_bodies_and_nowhere_else(house, as_) -> None:
    client = as_(house.ada)
    told = {"name": "Skoleutvalget", "kind": "committee", "start": today().isoformat()}
    assert client.post("/organisation/bodies/open/", told | {"unit": house.oslo.public_id}).status_code == 422
    assert client.post("/organisation/bodies/open/", told | {"unit": house.bodo.public_id}).status_code == 302
    assert Body.objects.get(name="Skoleutvalget").unit == house.bodo


def test_a_body_closes_with_a_tick(house, as_) -> None:
    told = {"on": today().isoformat()}
    assert as_(house.ada).post(f"{house.at}close/", told).status_code == 422
    assert as_(house.ada).post(f"{house.at}close/", told | {"sure": "on"}).status_code == 302
    assert not Term.objects.exclude(valid_until__lte=today()).exists()
