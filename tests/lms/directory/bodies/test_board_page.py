"""The page of a body: who, since when, what is vacant, what ends soon; for its members and those who see people."""

from __future__ import annotations

import datetime as dt

import pytest

from lms.audit.models import SightingOf
from lms.organisation.access import Role
from lms.organisation.models import Delegation, Term
from lms.periods import Period, today
from tests.factories.organisation import LATER, LONG_AGO, make_appointment, make_loan, make_member, make_office
from tests.lms.directory.bodies.conftest import seat

pytestmark = pytest.mark.django_db


def days(number: int) -> dt.date:
    return today() + dt.timedelta(days=number)


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_who_sits_what_is_vacant_and_by_which_election(house, as_) -> None:
    page = text(as_(house.ada).get(house.at))
    for word in ("Lise Leder", "Tor Kasserer", "Årsmøte 2026", "t-seat--vacant"):
        assert word in page


def test_members_of_the_board_see_it_without_any_right_and_without_links_to_people(house, as_) -> None:
    page = text(as_(house.tor).get(house.at))
    assert "Lise Leder" in page
    assert "/organisation/people/" not in page
    assert "/elect/" not in page


@pytest.mark.parametrize("who", ["oda", "kari"])
def test_for_others_it_does_not_exist(house, as_, who) -> None:
    assert as_(getattr(house, who)).get(house.at).status_code == 404
    assert as_(getattr(house, who)).get("/organisation/bodies/").status_code == (200 if who == "oda" else 404)


def test_a_member_whose_term_has_ended_no_longer_sees_it(house, as_) -> None:
    Term.objects.filter(member=house.tor).update(valid_until=today())
    assert as_(house.tor).get(house.at).status_code == 404


def test_what_ends_soon_and_what_comes_is_said(house, as_) -> None:
    Term.objects.filter(member=house.tor).update(valid_until=days(30))
    seat(house.kari, "treasurer", house.board, Period(days(30)))
    given = as_(house.ada).get(house.at).context
    assert given["page"].ending == 1
    assert [term.member.name for term in given["page"].coming] == ["Kari Ny"]


def test_the_board_as_it_was_is_for_those_who_see_people_there(house, as_) -> None:
    seat(house.kari, "board_member", house.board, Period(LONG_AGO, dt.date(2020, 1, 1)), election="Årsmøte 2018")
    then = f"{house.at}?on=2019-06-01"
    assert "Kari Ny" in text(as_(house.ada).get(then))
    assert "Kari Ny" not in text(as_(house.tor).get(then))


def test_earlier_elections_are_days_to_look_at(house, as_) -> None:
    seat(
        house.kari,
        "board_member",
        house.board,
        Period(dt.date(2019, 3, 1), dt.date(2020, 1, 1)),
        election="Årsmøte 2019",
    )
    page = text(as_(house.ada).get(house.at))
    assert "?on=2019-03-01" in page
    assert "Årsmøte 2019" in page


def test_composition_is_for_the_members_and_the_keepers_only(house, as_) -> None:
    house.board.least_of_each_gender = 40
    house.board.save()
    trainer = make_member("Trine", of=house.nordland)
    make_loan(trainer, "see people", giver=house.ada, unit=house.nordland)
    shown = {who.name: as_(who).get(house.at).context["page"].composition for who in (house.ada, house.tor, trainer)}
    assert [shown[name].women for name in ("Ada", "Tor Kasserer")] == [1, 1]
    assert shown["Trine"] is None


def test_composition_is_measured_against_the_rule(house, as_) -> None:
    house.board.least_of_each_gender, house.board.least_under_40 = 40, 2
    house.board.save()
    rules = {bar.key: bar for bar in as_(house.ada).get(house.at).context["page"].rules}
    assert (rules["women"].least, rules["women"].is_met) == (1, True)
    assert (rules["under_40"].number, rules["under_40"].is_met) == (1, False)


def test_everybody_named_can_see_who_looked(house, as_) -> None:
    as_(house.ada).get(house.at)
    assert set(SightingOf.objects.values_list("subject", flat=True)) == {house.lise.public_id, house.tor.public_id}


def test_a_keeper_by_loan_sees_and_keeps_the_board_while_the_loan_lasts(house, as_) -> None:
    make_loan(house.kari, "keep bodies", giver=house.ada, unit=house.bodo)
    assert "/elect/" in text(as_(house.kari).get(house.at))
    Delegation.objects.update(valid_until=today())
    assert as_(house.kari).get(house.at).status_code == 404


def test_the_page_takes_ten_queries_however_large_the_board(house, as_, django_assert_max_num_queries) -> None:
    for number in range(40):
        office = "board_member" if number % 2 else "alternate"
        seat(make_member(f"Nr {number}", of=house.bodo), office, house.board, Period(LONG_AGO, LATER))
    make_office("alternate")
    client = as_(house.ada)
    client.get(house.at)
    with django_assert_max_num_queries(10 + AROUND):
        client.get(house.at)


AROUND = 5
"""Session, reader, the menu's own, and two statements that write down who was seen."""


def test_a_second_administrator_above_sees_it_too(house, as_) -> None:
    chief = make_member("Sjef", of=house.nation)
    make_appointment(chief, Role.ADMINISTRATOR, unit=house.nation)
    assert "Lise Leder" in text(as_(chief).get(house.at))
