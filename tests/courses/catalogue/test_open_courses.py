"""An open course is a way in: whoever is not a member signs up for it, and lands in its first lesson."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from courses.catalogue.cards import course_cards
from courses.catalogue.joining import open_course, open_courses, take_course
from courses.catalogue.languages import Said, said_to
from courses.catalogue.models import CoursePage
from courses.enrolment.models import Enrolment
from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.pages.models import OrganisationSettings
from tests.factories import organisation
from tests.factories.courses import course_of, lesson_pages, make_course_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db) -> CoursePage:
    return make_course_pages(slug="apent", access="everyone")


def test_an_open_course_is_found_by_its_key_and_listed(page):
    shown = open_course("course:apent", "nb")
    assert (shown.title, shown.url) == ("Ny i styret", page.url)
    assert open_courses("nn") == [open_course("course:apent", "nn")]


def test_a_course_for_those_who_are_signed_in_is_no_way_in(page):
    CoursePage.objects.update(access="signed_in")
    assert open_course("course:apent", "nb") is None
    assert open_courses("nb") == []
    kari = organisation.make_member()
    assert take_course(kari, "course:apent", "nb") == ""
    assert not Enrolment.objects.exists()


def test_neither_an_archived_course_nor_another_sort_of_key_is_a_way_in(page):
    assert open_course("level:apent", "nb") is None
    course = course_of(page)
    course.archived_at = course.created_at
    course.save()
    assert open_course("course:apent", "nb") is None


def read_by(reader: Member | None, url: str, language: str = "nb") -> str:
    """The page's main part as a member or a stranger reads it who has chosen a language."""
    client = Client()
    if reader is not None:
        client.force_login(reader)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(url).content.decode().split("<main")[1].split("</main>")[0]


def test_a_stranger_is_offered_first_to_take_it_and_then_to_sign_in_and_a_member_to_sign_up(page):
    main_button = 'data-big data-fullwidth href="/join/course/apent/"'
    sign_in = f'<a href="/accounts/login/?next={page.url}">'
    shown = read_by(None, page.url)
    assert shown.index(main_button) < shown.index(sign_in)
    assert 'action="/learn/apent/enrol/' not in shown
    of_member = read_by(organisation.make_member(), page.url)
    assert 'action="/learn/apent/enrol/' in of_member
    assert "/join/" not in of_member
    CoursePage.objects.update(access="signed_in")
    assert "/join/" not in read_by(None, page.url)


def test_the_foot_of_a_lesson_offers_a_stranger_the_course_the_sign_in_and_the_next_lesson(page):
    first, second = lesson_pages(page)[:2]
    shown = read_by(None, first.url)
    foot = shown[shown.index('aria-labelledby="ta"') :]
    assert 'href="/join/course/apent/"' in foot
    assert f'href="/accounts/login/?next={first.url}"' in foot
    assert f'href="{second.url}"' in foot
    assert "<form" not in foot
    assert "/join/" not in read_by(organisation.make_member(), first.url)


def test_only_an_open_course_says_that_it_is_open_on_its_page_and_its_card(page):
    assert "Åpent for alle" in read_by(None, page.url)
    assert "Åpent for alle" in read_by(None, "/kurs/")
    CoursePage.objects.update(access="signed_in")
    assert "Åpent for alle" not in read_by(None, page.url)
    assert "Åpent for alle" not in read_by(None, "/kurs/")


@pytest.mark.parametrize("language", ["en", "nn"])
def test_a_course_in_another_language_says_so_on_its_card_and_carries_the_language(page, language):
    (card,) = course_cards(language)
    with translation.override(language):
        shown = render_to_string("courses/catalogue/card.html", {"card": card})
        words = gettext("In Norwegian (bokmål)")
    assert words in shown
    assert f'href="{page.url}" lang="nb" hreflang="nb">Ny i styret</a>' in shown
    assert '<p class="t-quiet t-card__lede" lang="nb">' in shown


def test_a_card_in_the_reader_s_own_language_says_nothing_of_languages(page):
    (card,) = course_cards("nb")
    assert card.language_words == ""
    assert "lang=" not in render_to_string("courses/catalogue/card.html", {"card": card})


def test_the_page_tells_one_who_reads_another_language_in_theirs(page):
    assert '<li lang="en"><span class="t-tag">In Norwegian (bokmål)</span>' in read_by(None, page.url, "en")
    assert '<li lang="' not in read_by(None, page.url, "nb")


def test_nothing_is_said_to_one_whose_language_the_course_is_also_in():
    assert said_to("en", shown="nb", written={"nb", "en"}) is None
    assert said_to("en", shown="nn", written={"nb", "nn"}) == Said("In Norwegian (nynorsk)", "en")


def test_the_front_page_shows_a_stranger_the_way_in_while_a_course_is_open(page):
    link = 'href="/join/"'
    assert link in read_by(None, "/")
    assert link not in read_by(organisation.make_member(), "/")
    CoursePage.objects.update(access="signed_in")
    assert link not in read_by(None, "/")


def test_the_front_page_with_the_way_in_asks_two_questions_when_warm(page, django_assert_max_num_queries):
    OrganisationSettings.load()
    for _ in range(2):
        read_by(None, "/")
    with django_assert_max_num_queries(2):
        assert 'href="/join/"' in read_by(None, "/")


def test_whoever_confirms_is_enrolled_and_reads_the_first_lesson(page, mailoutbox):
    organisation.make_tree()
    Client().post("/join/course/apent/", {"email": "ny@example.org", "agrees": "on"})
    run_waiting()
    client = Client()
    door = re.search(r"/join/confirm/[\w-]+/", mailoutbox[-1].body)[0]
    answer = client.post(door, {"name": "Ny Sjel"})
    assert answer.headers["Location"] == lesson_pages(page)[0].url
    assert client.get(answer.headers["Location"]).status_code == 200
    assert Enrolment.objects.get().member.name == "Ny Sjel"


def test_finding_an_open_course_asks_few_questions(page, django_assert_max_num_queries):
    open_course("course:apent", "nb")
    with django_assert_max_num_queries(2):
        open_course("course:apent", "nb")
    with django_assert_max_num_queries(1):
        open_courses("nb")
