"""A county decides that nine of ten chairs shall have the beginner's level: plan made, agreed, followed, forecast."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from courses.planning.models import CompetencePlan
from courses.planning.services import make_plan
from lms.organisation.models import Unit
from lms.periods import today
from tests.factories.courses import make_award
from tests.factories.organisation import make_appointment, make_member, make_term, make_tree, make_unit
from tests.factories.plans import TASK, level_goal, make_template

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "et-langt-passord"
Opener = Callable[..., "Page"]


@pytest.fixture
def county(transactional_db: None) -> Unit:
    """Nordland with twelve branches; four chairs have reached the level, one each of the last months."""
    _nation, nordland, *_ = make_tree()
    inga = make_member("Inga Sørvær", of=nordland, email="inga@example.org", password=PASSWORD)
    make_appointment(inga, "administrator", unit=nordland)
    for number in range(12):
        branch = make_unit(f"Lag {number}", under=nordland)
        leader = make_member(f"Leder {number}", of=branch)
        make_term(leader, office="chair", unit=branch)
        if number < 4:
            month = (today().replace(day=1).toordinal() - 45 * number) - 20
            make_award(leader, on=today().fromordinal(month))
    goal = level_goal(is_coverage=True, least_share=90, offices=["chair"])
    make_template([[goal], [TASK]], key="plan-enhet", made_for="unit")
    return nordland


def sign_in(tab: Page, email: str = "inga@example.org") -> None:
    tab.goto("/accounts/login/")
    tab.fill("[name=login]", email)
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/desk/")


def test_a_county_plan_is_made_agreed_and_forecast(open_page: Opener, county: Unit) -> None:
    tab = open_page()
    sign_in(tab)
    tab.goto("/plans/all/")
    tab.locator("a[href$='/plans/all/unit/']").click()
    tab.locator(f"a[href$='?unit={county.public_id}']").click()
    tab.locator("button[name=see]").click()
    assert "90" in tab.locator("#slik ~ div").first.inner_text()
    assert not CompetencePlan.objects.exists()
    tab.locator("form[method=post] button").click()
    tab.wait_for_url("**/plans/*-*/")
    tab.locator("form[action$='/agree/'] button").click()
    tab.locator("form[action$='/begin/'] button").click()
    assert CompetencePlan.objects.get().state == CompetencePlan.State.ACTIVE
    goal = tab.locator(".t-goal").first.inner_text()
    assert "4" in goal
    assert "12" in goal
    assert "%" in goal or "percent" in goal or "prosent" in goal
    tab.locator("a[href$='/talk/']").click()
    tab.fill("[name=words]", "Kurskveld i hver region.")
    tab.locator("main form button").click()
    tab.locator("a[href*='/talks/']").click()
    assert "Kurskveld i hver region." in tab.locator("main").inner_text()


def test_a_board_member_follows_the_plan_on_a_phone(open_page: Opener, county: Unit) -> None:
    kari = make_member("Kari", of=county, email="kari@example.org", password=PASSWORD)
    template = make_template([[TASK, level_goal()], [TASK]], key="plan-leder")
    make_plan(template=template, member=kari, start=today(), by=None)
    tab = open_page(width=390, height=844)
    sign_in(tab, "kari@example.org")
    tab.goto("/plans/")
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    assert tab.locator("svg.t-narrow").is_visible()
    assert not tab.locator("svg.t-wide").is_visible()
    tab.locator(".t-tick").first.click()
    tab.wait_for_url("**/plans/*-*/")
    assert tab.locator(".t-tick.is-done").count() == 1
    tab.locator("a[href$='/ask/']").click()
    tab.locator("main form button").click()
    tab.wait_for_url("**/plans/*-*/")
    assert tab.locator(".t-alertbox").count() == 1
