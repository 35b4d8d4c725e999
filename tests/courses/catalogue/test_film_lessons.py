"""A lesson with a film: what its reader meets, when it is done, and what that costs."""

from __future__ import annotations

import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from courses.catalogue.models import LessonPage
from courses.catalogue.publishing import publish_course
from courses.curriculum.kinds import ActivityRecording, Listening, Watching
from courses.curriculum.models import Outline
from courses.curriculum.outlines import forget_outline
from courses.enrolment.models import Completion, CourseCompletion
from courses.enrolment.services import enrol
from lms.pages.models import OrganisationSettings
from tests.factories.courses import (
    course_of,
    finish,
    lesson_pages,
    make_course_pages,
    outline,
    quiz_block,
    text_block,
)
from tests.factories.media import film_block, make_episode, make_film, play
from tests.factories.organisation import make_member
from tests.media.playing_clock import clock

__all__ = ["clock"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(db):
    return make_film(files=False, seen="Amina går hjem langs en sti.")


@pytest.fixture
def episode(db):
    return make_episode(files=False)


@pytest.fixture
def page(film, episode):
    OrganisationSettings.load()
    return make_course_pages([[text_block(), film_block(film), quiz_block()], [film_block(episode, title="Hør")]])


def reader(page, member=None):
    client = Client()
    client.force_login(member or make_member())
    return client, lesson_pages(page)


def html(client, lesson):
    return client.get(lesson.url).content.decode()


def test_publishing_places_films_and_episodes_with_their_recordings(page, film, episode):
    first, second = outline(course_of(page)).taught
    assert [(item.kind, item.is_required, item.recordings) for item in first.items[1:2]] == [
        ("video", True, (("nb", film.pk),))
    ]
    assert [(item.kind, item.recordings) for item in second.items[1:]] == [("episode", (("nb", episode.pk),))]
    assert (Watching.objects.count(), Listening.objects.count()) == (1, 1)


def test_the_reader_meets_the_film_with_captions_words_and_count(page, film):
    client, (lesson, _) = reader(page)
    shown = html(client, lesson)
    for part in (
        f'data-beat="/media/{film.public_id}/beat"', f'src="/media/{film.public_id}/hls/master.m3u8"',
        f'src="/media/{film.public_id}/film.mp4"', 'kind="captions"', 'srclang="nb"', " default>",
        "csrfmiddlewaretoken",
        "Amina går hjem langs en sti.", "Årsmøtet &amp; styret.", "video.core.min.js", "media/player.js", 'lang/nb.js',
        'data-seconds="4.0"', "<noscript>",
    ):  # fmt: skip
        assert part in shown, part


def test_a_page_without_a_film_loads_no_player(page):
    client, (_, episode_page) = reader(page)
    shown = html(client, episode_page)
    assert "<audio controls" in shown
    assert "media/player.js" in shown
    assert "video.core" not in shown
    plain = make_course_pages(1, slug="uten")
    OrganisationSettings.load()
    assert "player" not in html(client, lesson_pages(plain)[0])


def test_the_lesson_is_done_when_it_is_read_answered_and_watched(page, film, clock):
    member, course = make_member(), course_of(page)
    enrol(member=member, course=course)
    second = outline(course).taught[1]
    finish(course, member, second)
    assert not CourseCompletion.objects.exists()
    watching = Watching.objects.get()
    play(member, film, until=3.5, clock=clock)
    assert not Completion.objects.filter(activity=watching).exists()
    play(member, film, until=4.0, clock=clock)
    assert Completion.objects.filter(activity=watching, member=member).count() == 1
    client, (lesson, _) = reader(page, member)
    assert "data-counted" in html(client, lesson)
    assert str(film.public_id) in html(client, lesson)


def test_what_was_watched_before_it_was_placed_counts_when_the_lesson_is_read(clock):
    film, member = make_film("Sett før", files=False), make_member()
    play(member, film, until=4.0, clock=clock)
    OrganisationSettings.load()
    page = make_course_pages([[text_block(), film_block(film)]], slug="siden")
    finish(course_of(page), member)
    assert CourseCompletion.objects.filter(member=member).exists()


def test_the_reader_is_told_what_remains(page):
    client, (lesson, episode_page) = reader(page)
    told = []
    for own in (lesson, episode_page):
        answer = client.post(f"/learn/{course_of(page).key}/{own.translation_key}/finish/", follow=True)
        told.append([str(message) for message in answer.context["messages"]])
    assert len({*told[0], *told[1]}) == 2


def test_reading_alone_does_not_complete_a_lesson_with_an_episode(page, episode, clock):
    member, course = make_member(), course_of(page)
    lesson = outline(course).taught[1]
    finish(course, member, lesson)
    done = set(Completion.objects.filter(member=member).values_list("activity", flat=True))
    assert not lesson.required <= done
    play(member, episode, until=4.0, clock=clock)
    done = set(Completion.objects.filter(member=member).values_list("activity", flat=True))
    assert lesson.required <= done


def test_watched_in_one_language_is_watched_in_all(page, film, clock):
    english = make_film("Elected", files=False, language="en")
    locale = Locale.objects.get_or_create(language_code="en")[0]
    lesson = lesson_pages(page)[0]
    for own in (page.get_parent(), page, lesson.get_parent(), lesson):
        if not own.specific.has_translation(locale):
            own.specific.copy_for_translation(locale, copy_parents=True).save_revision().publish()
    twin = LessonPage.objects.get(translation_key=lesson.translation_key, locale=locale)
    body = [dict(block) for block in twin.body.raw_data]
    body[1]["value"] = {"title": "", "recording": english.pk}
    twin.body = body
    twin.save_revision().publish()
    publish_course(page=page, by=None)
    forget_outline(page.course_id)
    placed = ActivityRecording.objects.filter(activity=Watching.objects.get())
    assert dict(placed.values_list("language", "recording")) == {"nb": film.pk, "en": english.pk}
    member = make_member()
    play(member, english, until=4.0, clock=clock)
    assert Completion.objects.filter(member=member, activity=Watching.objects.get()).exists()


def test_another_recording_in_the_block_is_another_version_of_the_course(page, film):
    course, lesson = course_of(page), lesson_pages(page)[0]
    other = make_film("Ny utgave", files=False)
    body = [dict(block) for block in lesson.body.raw_data]
    body[1]["value"] = {"title": "", "recording": other.pk}
    lesson.body = body
    lesson.save_revision().publish()
    forget_outline(course.pk)
    assert Outline.objects.filter(course=course).count() == 2
    assert outline(course).taught[0].items[1].recordings == (("nb", other.pk),)
    lesson.save_revision().publish()
    assert Outline.objects.filter(course=course).count() == 2


def test_a_stranger_on_an_open_course_is_asked_to_sign_in_to_play(film):
    OrganisationSettings.load()
    page = make_course_pages([[text_block(), film_block(film)]], slug="aapent", access="everyone")
    shown = html(Client(), lesson_pages(page)[0])
    assert "<video" not in shown
    assert "begin" not in shown


def test_the_title_of_the_block_goes_before_the_recordings(page):
    client, (_, lesson) = reader(page)
    assert "Hør" in html(client, lesson)


def test_a_film_costs_one_query_when_warm_and_the_lesson_at_most_eight(page):
    client, (lesson, _) = reader(page)
    cache.clear()
    html(client, lesson)
    html(client, lesson)
    with CaptureQueriesContext(connection) as asked:
        html(client, lesson)
    sql = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(sql) <= 8, "\n".join(sql)
    assert sum("media_" in query for query in sql) == 1


def test_words_that_change_are_shown_at_once(page, film, django_capture_on_commit_callbacks):
    client, (lesson, _) = reader(page)
    html(client, lesson)
    with django_capture_on_commit_callbacks(execute=True):
        track = film.tracks.get()
        track.text = track.text.replace("styret", "laget")
        track.save()
    assert "Årsmøtet &amp; laget." in html(client, lesson)


def test_a_block_whose_recording_is_gone_is_no_activity(episode):
    OrganisationSettings.load()
    block = {"type": "video", "id": str(uuid.uuid4()), "value": {"title": "", "recording": 4711}}
    page = make_course_pages([[text_block(), block]], slug="borte")
    assert [item.kind for item in outline(course_of(page)).taught[0].items] == ["reading"]
    client, (lesson,) = reader(page)
    assert client.get(lesson.url).status_code == 200
