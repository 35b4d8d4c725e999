"""A film or an episode goes out only with its words and an answer for those who do not see; a draft may wait."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamValue

from courses.catalogue.models import LessonPage
from tests.factories.courses import make_course_pages
from tests.factories.editing import lesson_form, make_editor, save_page, signed_in
from tests.factories.media import make_episode, make_film

pytestmark = pytest.mark.django_db

BODY = LessonPage._meta.get_field("body").stream_block


def value_of(recording):
    kind = "video" if recording.type == "video" else "episode"
    raw = {
        "type": kind,
        "value": {"title": "", "recording": recording.pk},
        "id": "6a1d3f5e-0000-4000-8000-000000000001",
    }
    return StreamValue(BODY, [raw], is_lazy=True)


def said_about(recording):
    with pytest.raises(ValidationError) as refused:
        BODY.clean(value_of(recording))
    (struct,) = refused.value.block_errors.values()
    return " ".join(struct.block_errors["recording"].messages)


def test_a_film_with_words_and_an_answer_goes_out(db):
    BODY.clean(value_of(make_film(files=False)))
    BODY.clean(value_of(make_episode(files=False)))


@pytest.mark.parametrize(
    "lacks",
    [
        {"words": False}, {"seen_answer": ""}, {"seen_answer": "written", "seen": " "},
        {"files": {}, "state": "processing"},
    ],
    ids=["captions", "answer", "description", "file"],
)  # fmt: skip
def test_what_a_film_lacks_is_said_at_its_block(db, lacks):
    no_file = lacks.pop("files", None)
    film = make_film("Valgt", files=False, **lacks)
    if no_file is not None:
        film.files = {}
        film.save()
    assert "Valgt" in said_about(film)


def test_captions_must_be_in_the_language_spoken(db):
    film = make_film(files=False)
    film.language = "nn"
    film.save()
    assert said_about(film)


def test_an_episode_needs_its_words_in_writing(db):
    assert said_about(make_episode(words=False, files=False))


def test_a_draft_may_wait_for_all_of_it(db):
    film = make_film(words=False, files=False, seen_answer="")
    BODY.clean_deferred(value_of(film))
    assert said_about(film)


def test_a_film_is_not_an_episode(db):
    raw = {"type": "episode", "value": {"title": "", "recording": make_film(files=False).pk}, "id": "x"}
    with pytest.raises(ValidationError):
        BODY.clean(StreamValue(BODY, [raw], is_lazy=True))


def film_field(recording):
    return "video", {"title": "", "recording": str(recording.pk)}


def test_the_editor_is_told_at_the_block_and_nothing_is_published(db):
    page = make_course_pages(1)
    lesson = LessonPage.objects.descendant_of(page).get()
    film = make_film("Uten tekst", words=False, files=False)
    client = signed_in(make_editor())
    refused = save_page(client, lesson, lesson_form("Leksjon 1", film_field(film), action="action-publish"))
    assert refused.status_code == 200
    assert "Uten tekst" in refused.content.decode()
    lesson.refresh_from_db()
    assert [block.block_type for block in lesson.body] == ["text", "quiz"]
    saved = save_page(client, lesson, lesson_form("Leksjon 1", film_field(film)))
    assert saved.status_code == 302
