"""The list of bodies: within reach only, narrowed by allow-list, with what is vacant and what ends soon."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.organisation.models import Body, BodySeat, Term
from lms.periods import today
from tests.factories.organisation import make_body, make_member, make_office, make_unit
from tests.lms.directory.bodies.conftest import seat

pytestmark = pytest.mark.django_db
URL = "/organisation/bodies/"


def shown(answer) -> list[str]:
    return [body.unit.name for body, _filled in answer.context["rows"]]


def test_the_list_shows_the_bodies_within_reach_and_no_others(house, as_) -> None:
    make_body(house.oslo)
    make_body(house.nordland)
    assert shown(as_(house.ada).get(URL)) == ["Bodø", "Nordland fylkeslag"]
    assert shown(as_(house.oda).get(URL)) == ["Oslo fylkeslag"]


def test_a_member_of_a_board_is_shown_that_board(house, as_) -> None:
    make_body(house.nordland)
    assert shown(as_(house.tor).get(URL)) == ["Bodø"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("?name=bodø", ["Bodø"]),
        ("?kind=nominating", ["Nordland fylkeslag"]),
        ("?show=vacant", ["Bodø"]),
        ("?show=soon", ["Bodø"]),
        ("?name=tromsø", []),
        ("?kind=terms__member__name&show=' or 1", ["Bodø", "Nordland fylkeslag"]),
    ],
)
def test_the_list_is_narrowed_by_what_it_knows(house, as_, asked, names) -> None:
    make_body(house.nordland, kind=Body.Kind.NOMINATING)
    Term.objects.filter(member=house.tor).update(valid_until=today() + dt.timedelta(days=89))
    assert shown(as_(house.ada).get(URL + asked)) == names


def test_a_unit_narrows_to_itself_and_below(house, as_) -> None:
    assert shown(as_(house.ada).get(f"{URL}?unit={house.nordland.public_id}")) == ["Bodø"]
    assert shown(as_(house.ada).get(f"{URL}?unit={house.oslo.public_id}")) == []


def test_each_row_says_how_many_seats_are_held(house, as_) -> None:
    (_, filled), *_ = as_(house.ada).get(URL).context["rows"]
    assert (filled.seats, filled.held, filled.vacant, filled.ending) == (3, 2, 1, 0)


def test_two_in_one_seat_leave_the_other_office_vacant(house, as_) -> None:
    seat(house.kari, "treasurer", house.board)
    (_, filled), *_ = as_(house.ada).get(URL).context["rows"]
    assert (filled.held, filled.vacant) == (3, 1)


def test_a_closed_body_is_not_in_the_list(house, as_) -> None:
    Body.objects.update(valid_until=today())
    assert shown(as_(house.ada).get(URL)) == []


def test_ten_bodies_and_two_hundred_take_the_same_queries(house, as_) -> None:
    client, office = as_(house.ada), make_office()
    counts = []
    for number in (10, 200):
        for n in range(number):
            board = make_body(make_unit(f"Lag {number} {n}", under=house.nordland))
            BodySeat.objects.create(body=board, office=office, number=2)
            seat(make_member(f"Nr {n}"), "chair", board)
        client.get(URL)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(URL).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 10 + 4
