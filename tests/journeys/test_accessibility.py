"""Every type of page in a browser: axe finds nothing, in light and dark, on a phone and on a desk.

The house is built once for the module and each page is opened once; then the same page is
looked at on a phone in light and on a desk in dark. `make proof` looks at every width in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Page, Route
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.every_page import SIGHTS, House, Sight, build_house

WIDTHS = {390: 844, 1280: 900}
NARROWEST = 320
LOOKS = ((390, "light"), (1280, "dark"))
EVERY_LOOK = tuple((width, colours) for width in WIDTHS for colours in ("light", "dark"))
OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,  # it would fetch the style sheets again for a rule that is not of these tags
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},  # axe leaves it out unless asked
}
STICKING_OUT = """width => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > width + 0.5).slice(0, 5)
    .map(one => one.outerHTML.slice(0, 90))"""

LOOSE_ENDS = """() => [...document.querySelectorAll('[aria-describedby], [aria-labelledby], [aria-controls], [for]')]
    .flatMap(one => ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for']
        .flatMap(name => (one.getAttribute(name) || '').split(' ').filter(id => id && !document.getElementById(id))))"""


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """The house, for every test of this module; after it the database is as it was."""
    with django_db_blocker.unblock():
        yield build_house()
        databases.test_database().restore()


def answer_with(body: HttpResponse, route: Route) -> None:
    """Let the browser see an answer that no address of the house gives."""
    route.fulfill(status=body.status_code, content_type="text/html", body=body.content.decode())


@pytest.fixture(scope="module")
def tab(house: House, browser: Browser) -> Iterator[Page]:
    """One page that all share, in which nothing moves."""
    server = LiveServer("localhost")
    context = browser.new_context(base_url=server.url, locale="nb-NO", reduced_motion="reduce")
    page = context.new_page()
    for name, body in house.bodies.items():
        page.route(f"**/{name}/", partial(answer_with, body))
    yield page
    context.close()
    server.stop()


@pytest.fixture(scope="module")
def sessions(house: House) -> dict[str, str]:
    """The session of each person."""
    found = {}
    for name, person in house.people.items():
        client = Client()
        client.force_login(person)
        found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def open_sight(tab: Page, house: House, sessions: dict[str, str], sight: Sight) -> None:
    """Open the page as the one who looks, and do what is done there."""
    cookies = {settings.LANGUAGE_COOKIE_NAME: sight.language}
    if sight.who:
        cookies[settings.SESSION_COOKIE_NAME] = sessions[sight.who]
    tab.context.clear_cookies()
    tab.context.add_cookies([{"name": n, "value": v, "domain": "localhost", "path": "/"} for n, v in cookies.items()])
    tab.set_viewport_size({"width": 390, "height": WIDTHS[390]})
    tab.emulate_media(color_scheme="light")
    tab.goto(house.places[sight.place])
    if sight.act:
        sight.act(tab)
    tab.wait_for_selector(sight.shows)


def findings(tab: Page) -> str:
    """What axe finds on the page as it stands, in words; nothing is the empty string."""
    found = AxeResults(tab.evaluate("options => axe.run(document, options)", OPTIONS))
    return found.generate_report() if found.violations_count else ""


def look_at(tab: Page, looks: Iterable[tuple[int, str]]) -> None:
    """Let axe look at the page as it stands in each width and colour."""
    tab.evaluate(Axe().axe_script)
    for width, colours in looks:
        tab.set_viewport_size({"width": width, "height": WIDTHS[width]})
        tab.emulate_media(color_scheme=colours)
        assert findings(tab) == "", f"{width} px, {colours}"


@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_everybody_can_use_the_page(tab: Page, house: House, sessions: dict[str, str], sight: Sight) -> None:
    open_sight(tab, house, sessions, sight)
    assert tab.get_attribute("html", "lang") == sight.language
    assert tab.evaluate(LOOSE_ENDS) == []  # axe only wonders about words that refer to nothing
    look_at(tab, LOOKS)
    tab.set_viewport_size({"width": NARROWEST, "height": 700})
    assert tab.evaluate("document.documentElement.scrollWidth") <= NARROWEST, tab.evaluate(STICKING_OUT, NARROWEST)


@pytest.mark.slow
@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_everybody_can_use_the_page_however_they_look(
    tab: Page, house: House, sessions: dict[str, str], sight: Sight
) -> None:
    open_sight(tab, house, sessions, sight)
    look_at(tab, EVERY_LOOK)


def test_axe_sees_faults_that_are_there(tab: Page) -> None:
    tab.set_content(
        "<title>Feil</title><p style='color: #ccc; background: #fff'>Blekt</p><img src='/none'><a href='/'></a>"
    )
    tab.evaluate(Axe().axe_script)
    said = findings(tab)
    assert all(rule in said for rule in ("color-contrast", "html-has-lang", "image-alt", "link-name"))
