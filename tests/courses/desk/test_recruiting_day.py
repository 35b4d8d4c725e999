"""The desk on a recruiting day: one line, for those whose units take part."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from courses.desk.recruiting import recruiting_day_of
from lms.joining.campaigns import make_campaign
from lms.joining.models import Campaign
from lms.members.models import Member
from lms.organisation.models import Unit
from lms.periods import Period, today
from tests.factories import organisation

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def units(db) -> tuple[Unit, ...]:
    return organisation.make_tree()


def announce(unit: Unit, name: str = "Vervedagen", *, starts: dt.date | None = None) -> Campaign:
    """A recruiting day of a unit, today unless told, made by somebody of its own office."""
    nora = organisation.make_member("Nora", of=unit)
    organisation.make_appointment(nora, "administrator", unit=unit)
    first = starts or today()
    return make_campaign(name=name, unit=unit, period=Period(first, first + DAY), by=nora)


def desk_of(member: Member) -> str:
    client = Client()
    client.force_login(member)
    return client.get("/desk/").content.decode()


def test_whoever_s_unit_takes_part_is_led_to_the_board(units):
    _nation, nordland, _oslo, bodo = units
    day = announce(nordland)
    kari = organisation.make_member("Kari", of=bodo)
    assert f'<a href="/join/campaigns/{day.public_id}/board/">Vervedagen</a>' in desk_of(kari)
    client = Client()
    client.force_login(kari)
    assert client.get(recruiting_day_of(kari).board_url).status_code == 200


def test_whoever_s_unit_does_not_take_part_hears_nothing(units):
    _nation, nordland, oslo, _bodo = units
    announce(nordland)
    ola = organisation.make_member("Ola", of=oslo)
    assert recruiting_day_of(ola) is None
    assert "/join/campaigns/" not in desk_of(ola)


def test_only_a_day_that_goes_on_is_told(units):
    nation, *_rest, bodo = units
    kari = organisation.make_member("Kari", of=bodo)
    announce(nation, starts=today() + DAY)
    Campaign.objects.create(name="I går", unit=nation, valid_from=today() - DAY, valid_until=today())
    assert recruiting_day_of(kari) is None


def test_a_day_that_is_announced_after_the_desk_was_opened_is_told_at_once(units):
    _nation, nordland, oslo, bodo = units
    announce(oslo)
    kari = organisation.make_member("Kari", of=bodo)
    assert recruiting_day_of(kari) is None
    announce(nordland, "Bodødagen")
    assert recruiting_day_of(kari).name == "Bodødagen"


def test_it_asks_one_question_when_warm_also_where_nothing_is_found(units, django_assert_num_queries):
    _nation, nordland, oslo, bodo = units
    announce(nordland)
    kari, ola = organisation.make_member("Kari", of=bodo), organisation.make_member("Ola", of=oslo)
    for member in (kari, ola):
        recruiting_day_of(member)
        with django_assert_num_queries(1):
            recruiting_day_of(member)
