"""What the pages of the directory cost: a constant number of statements, however many people."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from lms.organisation.access import Role
from tests.factories.organisation import DAY, make_appointment, make_member
from tests.factories.signing import PASSWORD, make_app, sign_in
from tests.lms.directory.population import populate

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MOST = 10
NARROWED = "/organisation/people/?name=%C3%A5se&age=under-40&office=chair&page=1"
PAGES = ["/organisation/people/", NARROWED, "/organisation/people/?page=30", "/organisation/units/"]


@pytest.fixture(autouse=True)
def _as_in_production(settings, set_today):
    settings.TILLIT_REQUIRE_SECOND_FACTOR, settings.TILLIT_DEMO = True, False
    set_today(DAY)


def national(members: int) -> Client:
    """Somebody who administers all of it, signed in with two factors, whose menu and bell are known."""
    nation = populate(members)
    inga = make_member("Inga Sørvær", of=nation, email="inga@example.org", password=PASSWORD)
    make_appointment(inga, Role.ADMINISTRATOR, unit=nation)
    client = Client()
    assert sign_in(client, "inga@example.org", secret=make_app(inga)) == 200
    client.get("/organisation/people/")  # what is kept for the day: the menu, the titles of offices
    return client


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_ten_statements_at_two_thousand_people(asked_by, page):
    client = national(2_000)
    assert len(asked_by(client, page)) <= MOST


@pytest.mark.slow
def test_pages_take_ten_statements_and_a_second_at_fifty_thousand_people(asked_by):
    client = national(50_000)
    for page in [*PAGES, "/organisation/people/?page=1000"]:
        began = time.perf_counter()
        assert len(asked_by(client, page)) <= MOST
        assert time.perf_counter() - began < 1, page
