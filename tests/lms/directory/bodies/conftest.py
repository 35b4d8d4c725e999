"""A county with a branch and its board, and those who look at it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from lms.members.models import Member
from lms.organisation.access import Role
from lms.organisation.models import Body, BodySeat, Term
from lms.periods import Period
from tests.factories.organisation import ALWAYS, make_appointment, make_body, make_member, make_office, make_tree


def seat(member: Member, office: str, body: Body, period: Period = ALWAYS, election: str = "Årsmøte 2026") -> Term:
    """Somebody who sits in a body."""
    return body.terms.create(
        member=member, office=make_office(office), valid_from=period.start, valid_until=period.until, election=election
    )


@pytest.fixture
def house() -> SimpleNamespace:
    """Bodø's board: Lise chairs, Tor keeps the money, a seat stands empty. Ada keeps the county, Oda Oslo."""
    nation, nordland, oslo, bodo = make_tree()
    board = make_body(bodo)
    for office in ("chair", "treasurer", "board_member"):
        BodySeat.objects.create(body=board, office=make_office(office), number=1)
    lise = make_member("Lise Leder", of=bodo, gender="woman", birth_year=1995)
    tor = make_member("Tor Kasserer", of=bodo, gender="man", birth_year=1950)
    seat(lise, "chair", board), seat(tor, "treasurer", board)
    ada, oda = make_member("Ada", of=nordland), make_member("Oda", of=oslo)
    make_appointment(ada, Role.ADMINISTRATOR, unit=nordland)
    make_appointment(oda, Role.ADMINISTRATOR, unit=oslo)
    return SimpleNamespace(
        nation=nation, nordland=nordland, oslo=oslo, bodo=bodo, board=board, ada=ada, oda=oda, lise=lise, tor=tor,
        kari=make_member("Kari Ny", of=bodo), at=f"/organisation/bodies/{board.public_id}/",
    )  # fmt: skip


@pytest.fixture
def as_(client: Client) -> Callable[[Member], Client]:
    """``as_(member)``: the client, signed in as somebody."""

    def sign_in(member: Member) -> Client:
        client.force_login(member)
        return client

    return sign_in
