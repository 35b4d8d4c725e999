"""What the pages of bodies cost: a constant number of statements, however many people and bodies."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from lms.organisation.access import Role
from lms.organisation.models import Body, BodySeat, Office
from tests.factories.organisation import DAY, make_appointment, make_member
from tests.lms.directory.population import populate

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MOST = 10
PAGES = [
    "/organisation/bodies/",
    "/organisation/bodies/?name=municipal&kind=board&show=vacant&page=2",
    "/organisation/bodies/?show=soon",
    "/organisation/bodies/report/",
    "/organisation/bodies/rights/",
]


@pytest.fixture(autouse=True)
def _it_is_the_day(set_today) -> None:
    set_today(DAY)


def national(members: int) -> Client:
    """Somebody who keeps all bodies, each with an empty seat; whose menu and bell are known."""
    nation = populate(members)
    deputy = Office.objects.get(key="deputy", unit=None)
    BodySeat.objects.bulk_create(BodySeat(body=body, office=deputy, number=2) for body in Body.objects.all())
    inga = make_member("Inga Sørvær", of=nation)
    make_appointment(inga, Role.ADMINISTRATOR, unit=nation)
    client = Client()
    client.force_login(inga)
    client.get("/organisation/bodies/")  # what is kept for the day: the menu
    return client


def board() -> str:
    return f"/organisation/bodies/{Body.objects.all()[7].public_id}/"


def test_a_page_takes_ten_statements_at_two_thousand_people(asked_by):
    client = national(2_000)
    cost = {page: len(asked_by(client, page)) for page in [*PAGES, board()]}
    assert {page: asked for page, asked in cost.items() if asked > MOST} == {}


@pytest.mark.slow
def test_pages_take_ten_statements_and_a_second_at_fifty_thousand_people(asked_by):
    client = national(50_000)
    for page in [*PAGES, board()]:
        began = time.perf_counter()
        assert len(asked_by(client, page)) <= MOST
        assert time.perf_counter() - began < 1, page
