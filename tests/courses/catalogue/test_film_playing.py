"""In a browser on a phone: a film with captions is played, counted, and the lesson done; an episode likewise."""

from __future__ import annotations

import time

import pytest

from courses.curriculum.kinds import Listening, Watching
from courses.enrolment.models import Completion
from lms.pages.models import OrganisationSettings
from media.playback.models import Watch
from tests.factories.courses import lesson_pages, make_course_pages, text_block
from tests.factories.media import film_block, make_episode, make_film
from tests.factories.organisation import make_member, make_unit

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL, PASSWORD = "aase@example.org", "et-langt-passord"


@pytest.fixture
def lessons(transactional_db):
    film, episode = make_film(seen="En sti."), make_episode()
    page = make_course_pages([[text_block(), film_block(film)], [text_block(), film_block(episode)]])
    OrganisationSettings.load()
    make_member("Åse Lyngmo", of=make_unit(), email=EMAIL, password=PASSWORD)
    return lesson_pages(page)


@pytest.fixture
def phone(open_page, lessons):
    page = open_page(width=390, height=844)
    page.goto("/accounts/login/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/")
    return page


def wait_for(page, claim: str, seconds: float = 20) -> None:
    """Wait until the page says so. (Playwright's own way evaluates a string in the page, which our policy forbids.)"""
    until = time.monotonic() + seconds
    while not page.evaluate(claim):
        assert time.monotonic() < until, claim
        page.wait_for_timeout(50)


def counted(page) -> str:
    return page.locator("[data-counted]").inner_text()


def test_a_film_is_played_with_captions_and_counted(phone, lessons):
    phone.goto(lessons[0].url)
    before = counted(phone)
    phone.locator(".vjs-big-play-button").click()
    wait_for(phone, "document.querySelector('.vjs-text-track-display').innerText.includes('Årsmøtet & styret.')")
    wait_for(phone, "document.querySelector('video').ended")
    phone.wait_for_selector("[data-counted][role=status]", timeout=20_000)
    assert counted(phone) != before
    watch = Watch.objects.get()
    assert watch.seconds >= 3.6
    assert Completion.objects.filter(activity=Watching.objects.get()).exists()
    phone.reload()
    assert counted(phone) != before


def test_the_player_works_by_keyboard_and_is_labelled(phone, lessons):
    phone.goto(lessons[0].url)
    phone.locator(".vjs-big-play-button").focus()
    phone.keyboard.press("Enter")
    wait_for(phone, "!document.querySelector('video').paused")
    phone.keyboard.press("k")
    wait_for(phone, "document.querySelector('video').paused")
    names = phone.locator(".vjs-control-bar button").evaluate_all("all => all.map(b => b.title || b.innerText.trim())")
    assert all(names)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_episode_is_played_and_counted(phone, lessons):
    phone.goto(lessons[1].url)
    phone.locator("audio").evaluate("audio => { audio.muted = true; audio.play(); }")
    wait_for(phone, "document.querySelector('audio').ended")
    phone.wait_for_selector("[data-counted][role=status]", timeout=20_000)
    assert Completion.objects.filter(activity=Listening.objects.get()).exists()


def test_jumping_to_the_end_counts_nothing_but_the_end(phone, lessons):
    phone.goto(lessons[1].url)
    phone.locator("audio").evaluate(
        "audio => new Promise(done => { audio.muted = true; audio.addEventListener('loadedmetadata', done);"
        " audio.load(); if (audio.readyState) done(); })"
    )
    phone.locator("audio").evaluate("audio => { audio.currentTime = 3.2; audio.play(); }")
    wait_for(phone, "document.querySelector('audio').ended")
    phone.wait_for_timeout(1500)
    assert not Completion.objects.filter(activity=Listening.objects.get()).exists()
    watch = Watch.objects.first()
    assert watch is None or watch.seconds <= 1.0


def test_two_tabs_are_not_counted_at_once(phone, lessons):
    phone.goto(lessons[1].url)
    other = phone.context.new_page()
    other.goto(lessons[1].url)
    for page in (phone, other):
        page.locator("audio").evaluate("audio => { audio.muted = true; audio.play(); }")
        page.wait_for_timeout(400)
    for page in (phone, other):
        wait_for(page, "document.querySelector('audio').ended")
    other.wait_for_timeout(1500)
    assert Watch.objects.get().seconds <= 4.0
    assert Completion.objects.filter(activity=Listening.objects.get()).count() == 1


def test_without_javascript_the_browsers_own_player_and_the_words_are_there(open_page, lessons, client):
    page = open_page(width=390, java_script_enabled=False)
    page.goto("/accounts/login/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.goto(lessons[0].url)
    assert page.locator("video[controls] > track[default]").count() == 1
    assert page.locator("details .t-transcript").count() == 1
    assert page.locator("figure noscript, figure p").count() >= 1
