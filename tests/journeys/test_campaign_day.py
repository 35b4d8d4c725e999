"""A recruiting day: somebody comes by a branch's link, and the number on the wall rises by itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client

from lms.joining.campaigns import make_campaign
from lms.joining.models import Arrival, InviteLink
from lms.periods import Period, today
from tests.factories import organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def day(transactional_db):
    _nation, nordland, _oslo, bodo = organisation.make_tree()
    nora = organisation.make_member("Nora", of=nordland)
    organisation.make_appointment(nora, "administrator", unit=nordland)
    campaign = make_campaign(
        name="Vervedag", unit=nordland, period=Period(today(), today() + dt.timedelta(days=1)), by=nora, goal=10
    )
    for unit, count in ((bodo, 6), (nordland, 2)):
        Arrival.objects.bulk_create(Arrival(campaign=campaign, unit=unit) for _ in range(count))
    return campaign, nora, bodo


def enter(tab, member, house):
    """Sign somebody in without the sign-in page, which has a journey of its own."""
    client = Client()
    client.force_login(member)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    tab.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": house.url}])


def test_the_count_rises_while_the_board_is_looked_at(day, open_page, live_server):
    campaign, nora, bodo = day
    tab = open_page()
    enter(tab, nora, live_server)
    tab.clock.install()
    tab.goto(f"/join/campaigns/{campaign.public_id}/board/")
    assert tab.inner_text(".t-count__total") == "8"
    assert tab.locator(".t-bars li").all_inner_texts() == ["Bodø\n6", "Nordland fylkeslag\n2"]
    Arrival.objects.bulk_create(Arrival(campaign=campaign, unit=bodo) for _ in range(2))
    tab.clock.run_for(10_500)
    tab.locator(".t-count__total", has_text="10").wait_for()
    assert tab.locator(".t-count__reached").is_visible()


def test_the_wall_names_a_branch_when_five_have_come_and_fits_a_phone_too(day, open_page, live_server):
    campaign, nora, _bodo = day
    tab = open_page(width=320, height=700)
    enter(tab, nora, live_server)
    tab.goto(f"/join/campaigns/{campaign.public_id}/wall/")
    assert tab.inner_text(".t-count__total") == "6"
    assert "Nordland fylkeslag" not in tab.inner_text(".t-count")
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_the_board_is_there_and_a_link_is_made_from_it(day, open_page, live_server):
    campaign, nora, bodo = day
    tab = open_page(java_script_enabled=False)
    enter(tab, nora, live_server)
    tab.goto(f"/join/campaigns/{campaign.public_id}/board/")
    assert tab.inner_text(".t-count__total") == "8"
    tab.select_option("[name=unit]", bodo.code)
    tab.click("form[action$='/link/'] button")
    tab.wait_for_url("**/join/links/*/")
    link = InviteLink.objects.get()
    assert (link.unit, link.campaign, link.inviter) == (bodo, campaign, nora)
    assert tab.locator("svg.t-qr").is_visible()
