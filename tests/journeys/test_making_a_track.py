"""An administrator makes a track of three levels, sees whom each rule concerns, adopts them, and changes one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from courses.progression.models import Award, LevelRule, Track
from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.periods import today
from tests.courses.tracks.drafts import chief_of, completed, made_course
from tests.factories.organisation import make_member, make_tree

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "et-langt-passord"
LEVELS = {"forst": "Først ute", "videre": "Videre", "sist": "Helt fram"}
Opener = Callable[..., "Page"]


@pytest.fixture
def people(transactional_db: None) -> dict[str, Member]:
    """Inga administers the whole country; Kari has completed both courses, Ola the first."""
    nation, _county, *_ = make_tree()
    chief_of(nation)
    found = {name: make_member(name, of=nation) for name in ("Kari", "Ola")}
    for member, keys in ((found["Kari"], ("vaer-med", "ta-ansvar")), (found["Ola"], ("vaer-med",))):
        for key in keys:
            completed(member, made_course(key))
    return found


def sign_in(tab: Page) -> None:
    tab.goto("/accounts/login/")
    tab.fill("[name=login]", "inga@example.org")
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/desk/")


def found_track(tab: Page) -> None:
    """From the administrator's start page: a track, and its three levels."""
    tab.goto("/organisation/")
    tab.locator("main a[href='/tracks/']").first.click()
    tab.locator("a[href='/tracks/new/']").click()
    tab.fill("[name=title_nb]", "Ungdomsstigen")
    tab.fill("[name=key]", "ungdom")
    tab.locator("main form button").click()
    for key, name in LEVELS.items():
        tab.goto("/tracks/track/ungdom/levels/new/")
        tab.fill("[name=title_nb]", key)
        tab.fill("[name=display_name_nb]", name)
        tab.fill("[name=key]", key)
        tab.locator("main form button").click()
        tab.wait_for_url(f"**/levels/ungdom.{key}/")


def begin_draft(tab: Page, level: str) -> None:
    tab.goto(f"/tracks/levels/ungdom.{level}/")
    tab.locator("form[action$='/draft/'] button").click()
    tab.wait_for_url("**/rules/*/")


def add(tab: Page, kind: str, fill: Callable[[Page], object], within: str = "main") -> None:
    """Add a requirement of a kind to the draft that is open, at the top or in the group ``within``."""
    draft = tab.url.split("#")[0]
    tab.locator(f"{within} a[href*='/add/']").first.click()
    tab.locator(f"a[href*='/add/{kind}/']").click()
    fill(tab)
    tab.locator("form.t-rowform button").click()
    tab.wait_for_url(f"{draft}**")


def choose_course(key: str) -> Callable[[Page], object]:
    return lambda tab: tab.select_option("[name=course]", str(made_course(key).pk))


def look_over(tab: Page) -> list[str]:
    """The three numbers of the preview."""
    tab.locator("form[action$='/preview/'] button").click()
    tab.wait_for_url("**/previews/*/")
    run_waiting()
    tab.reload()
    return tab.locator(".t-sums b").all_inner_texts()


def adopt(tab: Page, decision: str, day: dt.date) -> None:
    """Go on from the preview: without a decision nothing happens; with one, once more, and it is adopted."""
    tab.locator("a[href$='/adopt/']").click()
    tab.fill("[name=valid_from]", day.isoformat())
    tab.locator("main form button").click()
    assert tab.locator(".ds-error-summary").is_visible()
    tab.fill("[name=decision]", decision)
    tab.locator("main form button").click()
    assert decision in tab.locator("dl.t-facts").inner_text()
    tab.locator("button[value=yes]").click()
    tab.wait_for_url("**/adopted/")
    run_waiting()


def test_a_track_is_made_and_a_rule_of_it_is_changed(people: dict[str, Member], open_page: Opener) -> None:
    tab = open_page()
    sign_in(tab)
    found_track(tab)

    begin_draft(tab, "forst")
    add(tab, "course", choose_course("vaer-med"))
    assert "Vaer-Med" in tab.locator("#setning + p").inner_text()
    assert look_over(tab) == ["2", "2", "0"]
    assert "Kari" in tab.locator("main table").inner_text()
    adopt(tab, "Landsstyret, sak 1", today() - dt.timedelta(days=1))
    assert Award.objects.filter(level__key="ungdom.forst").count() == 2

    begin_draft(tab, "videre")
    add(tab, "any_of", lambda tab: tab.fill("[name=least]", "1"))
    add(tab, "course", choose_course("ta-ansvar"), within=".t-asks")
    assert look_over(tab) == ["1", "1", "0"]
    adopt(tab, "Landsstyret, sak 2", today() - dt.timedelta(days=1))

    begin_draft(tab, "sist")
    add(tab, "hours", lambda tab: tab.fill("[name=least_hours]", "12"))
    assert look_over(tab) == ["0", "0", "0"]
    adopt(tab, "Landsstyret, sak 3", today() - dt.timedelta(days=1))

    begin_draft(tab, "forst")
    add(tab, "course", choose_course("ta-ansvar"))
    assert look_over(tab) == ["1", "0", "1"]
    assert "Ola" in tab.locator("main table").inner_text()
    adopt(tab, "Landsstyret, sak 4", today())
    assert Award.objects.valid_on(today()).filter(member=people["Ola"], level__key="ungdom.forst").exists()
    assert LevelRule.objects.adopted().filter(level__key="ungdom.forst").count() == 2
    assert Track.objects.get(key="ungdom").levels.count() == 3
    tab.goto("/tracks/levels/ungdom.forst/")
    assert "Landsstyret, sak 1" in tab.locator("aside").inner_text()
