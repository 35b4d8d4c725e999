"""A county decides that a level lasts longer: who lapses soon, looked over, decided, seen by her, undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from courses.progression.models import Extension
from lms.members.models import Member
from lms.pages.templatetags.tillit import long_date
from lms.periods import today
from tests.factories import courses
from tests.factories.organisation import make_appointment, make_member, make_tree

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "et-langt-passord"
Opener = Callable[..., "Page"]


@pytest.fixture
def ase(transactional_db: None) -> Member:
    """Åse, whose level lapses in two months; Inga administers her county."""
    _nation, nordland, _oslo, bodo = make_tree()
    chief = make_member("Inga Sørvær", of=nordland, email="inga@example.org", password=PASSWORD)
    make_appointment(chief, "administrator", unit=nordland)
    ase = make_member("Åse Lyngmo", of=bodo, email="ase@example.org", password=PASSWORD)
    rule = courses.make_rule(valid_from=dt.date(2020, 1, 1))
    lapses = today() + dt.timedelta(days=60)
    courses.make_award(ase, rule=rule, on=lapses - dt.timedelta(days=1461), valid_until=lapses)
    return ase


def sign_in(tab: Page, email: str) -> None:
    tab.goto("/accounts/login/")
    tab.fill("[name=login]", email)
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/desk/")


def valid_until(tab: Page) -> str:
    """What her ladder says of the level she holds."""
    tab.goto("/tracks/ladder/")
    return tab.inner_text("main .t-rung >> nth=0")


def test_from_who_lapses_soon_to_a_decision_and_back(ase: Member, open_page: Opener) -> None:
    longer = today() + dt.timedelta(days=400)
    lapses = today() + dt.timedelta(days=60)
    tab, own = open_page(), open_page(width=390)
    sign_in(tab, "inga@example.org")
    sign_in(own, "ase@example.org")
    assert long_date(lapses) in valid_until(own)
    tab.goto("/tracks/lapsing/")
    assert "Åse Lyngmo" in tab.inner_text("main table >> nth=-1")
    tab.locator("form[action*='remind'] a[href*='extending']").click()
    tab.wait_for_url("**/extending/**")
    tab.select_option("[name=level]", courses.GRUNN)
    tab.fill("[name=until]", longer.isoformat())
    tab.press("[name=until]", "Enter")
    tab.wait_for_url("**/look/**")
    assert "Åse Lyngmo" in tab.inner_text("main table")
    tab.fill("[name=decision]", "Fylkesstyret, sak 12/26")
    tab.press("[name=decision]", "Enter")
    tab.wait_for_url(lambda url: "/look/" not in url)
    assert "Fylkesstyret, sak 12/26" in tab.inner_text("main")
    assert long_date(longer) in valid_until(own)
    tab.fill("[name=reason]", "Feil dato")
    tab.press("[name=reason]", "Enter")
    tab.wait_for_selector("main >> text=/Angret|Undone/")
    assert Extension.objects.get().undone_at is not None
    assert long_date(lapses) in valid_until(own)
