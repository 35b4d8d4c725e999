"""Publishing pages writes the outline of their course."""

import pytest
from wagtail.log_actions import LogContext
from wagtail.models import Locale

from assessments.attempts.asked import asked_by
from assessments.bank.models import QuestionVersion
from courses.catalogue.addresses import addresses_of
from courses.catalogue.models import CoursePage, LessonPage
from courses.curriculum.models import Activity, Course, Outline
from courses.curriculum.outlines import outline_of
from courses.enrolment.models import Completion
from lms.audit.models import Entry
from tests.factories.courses import (
    course_of,
    finish,
    lesson_pages,
    make_course_pages,
    make_paper,
    make_site,
    outline,
    quiz_block,
    text_block,
)
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """``with committed():`` what is done inside is followed by what waits for the commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def publish(page):
    page.save_revision().publish()


def test_publishing_a_course_founds_it_and_places_its_lessons_and_activities():
    page = make_course_pages(2, paper=make_paper())
    found = outline(course_of(page))
    assert [lesson.title["nb"] for lesson in found.taught] == ["Leksjon 1", "Leksjon 2"]
    assert [[item.kind for item in lesson.items] for lesson in found.lessons] == [
        ["reading", "quiz"],
        ["reading", "quiz"],
        ["test"],
    ]
    assert found.taught[0].module_title == {"nb": "Modul én"}
    assert course_of(page).key == "ny-i-styret"


def test_reflections_and_checklists_are_placed_but_not_required():
    body = [
        {"type": "reflection", "id": "1", "value": {"prompt": "Hva nå?", "hint": ""}},
        {"type": "checklist", "id": "2", "value": {"title": "Gjør", "items": ["a"]}},
    ]
    (lesson,) = outline(course_of(make_course_pages([body]))).taught
    assert [(item.kind, item.is_required) for item in lesson.items] == [
        ("reading", True),
        ("reflection", False),
        ("checklist", False),
    ]


def test_an_edited_title_is_shown_and_is_no_new_version(committed):
    page = make_course_pages(1)
    (lesson,) = lesson_pages(page)
    lesson.title = "Vervet ditt"
    with committed():
        publish(lesson)
    assert outline(course_of(page)).taught[0].title == {"nb": "Vervet ditt"}
    assert Outline.objects.get().number == 1


def test_text_alone_is_no_new_version(committed):
    page = make_course_pages(1)
    (lesson,) = lesson_pages(page)
    lesson.body.insert(0, ("text", "<p>Mer tekst.</p>"))
    with committed():
        publish(lesson)
    assert Outline.objects.count() == 1


def test_a_quiz_added_to_a_live_lesson_is_a_new_version_and_takes_nothing_away(committed):
    page, kari = make_course_pages([[text_block()]]), make_member()
    finish(course_of(page), kari)
    (lesson,) = lesson_pages(page)
    lesson.body = [text_block(), quiz_block()]
    with committed():
        publish(lesson)
    assert outline(course_of(page)).number == 2
    assert Completion.objects.filter(member=kari).count() == 1


def test_a_draft_changes_nothing_until_it_is_published(committed):
    page = make_course_pages(1)
    (lesson,) = lesson_pages(page)
    lesson.body = [text_block(), quiz_block(), quiz_block()]
    with committed():
        lesson.save_revision()
    assert Outline.objects.get().number == 1


def test_a_lesson_taken_down_is_no_longer_in_the_course(committed):
    page = make_course_pages(2)
    first, second = lesson_pages(page)
    with committed():
        first.unpublish()
    assert [lesson.key for lesson in outline(course_of(page)).lessons] == [second.translation_key]
    assert first.translation_key not in addresses_of(page.course_id).lessons


def test_a_module_taken_down_takes_its_lessons_along(committed):
    page = make_course_pages(2)
    with committed():
        page.get_children().get().unpublish()
    assert outline(course_of(page)).lessons == ()


def test_a_deleted_lesson_leaves_its_activity_and_what_was_done(committed):
    page, kari = make_course_pages([[text_block()], [text_block()]]), make_member()
    finish(course_of(page), kari)
    with committed():
        LessonPage.objects.get(pk=lesson_pages(page)[0].pk).delete()
    assert len(outline(course_of(page)).taught) == 1
    assert (Activity.objects.count(), Completion.objects.count()) == (2, 2)


def test_lessons_that_change_places_are_a_new_version(committed):
    page = make_course_pages(2)
    first, second = lesson_pages(page)
    with committed():
        second.move(first, pos="left")
    assert [lesson.key for lesson in outline(course_of(page)).taught] == [second.translation_key, first.translation_key]


def test_a_page_without_live_language_has_no_course():
    index = make_site()
    page = index.add_child(instance=CoursePage(title="Utkast", slug="utkast", locale=index.locale, live=False))
    assert page.course_id is None
    assert not Course.objects.exists()


def test_a_copied_course_is_another_course_with_activities_of_its_own(committed):
    page = make_course_pages(1)
    with committed():
        copy = page.copy(recursive=True, update_attrs={"slug": "kopi", "title": "Kopi"}, keep_live=False)
    assert copy.specific.course_id is None
    with committed():
        for child in CoursePage.objects.get(pk=copy.pk).get_descendants(inclusive=True):
            publish(child.specific)
    twin = course_of(CoursePage.objects.get(pk=copy.pk))
    assert twin != course_of(page)
    assert twin.key == "kopi"
    assert outline(twin).required.isdisjoint(outline(course_of(page)).required)
    assert len(outline(twin).taught) == 1


def test_the_questions_of_a_copy_are_its_own(committed):
    page = make_course_pages(1)
    with committed():
        copy = page.copy(recursive=True, update_attrs={"slug": "kopi", "title": "Kopi"})
    twin = course_of(CoursePage.objects.get(pk=copy.pk))
    papers = [outline(course).taught[0].items[1].paper_id for course in (course_of(page), twin)]
    asked = [asked_by(paper)[0].version_id for paper in papers]
    assert papers[0] != papers[1]
    assert asked[0] != asked[1]


def test_an_edited_question_is_a_new_version_of_the_same(committed):
    page = make_course_pages([[quiz_block(right="Rett")]])
    (lesson,) = lesson_pages(page)
    raw = list(lesson.body.raw_data)
    raw[0]["value"]["questions"][0]["value"]["stem"] = "Hva er rett nå?"
    lesson.body = raw
    with committed():
        publish(lesson)
    first, second = QuestionVersion.objects.order_by("number")
    assert first.question == second.question
    assert asked_by(outline(course_of(page)).taught[0].items[1].paper_id)[0].version_id == second.pk


def test_a_translation_joins_the_same_course_and_adds_its_words(committed):

    nynorsk, _ = Locale.objects.get_or_create(language_code="nn")
    page = make_course_pages(1)
    for parent in page.get_ancestors().filter(depth__gt=1):
        parent.specific.copy_for_translation(nynorsk)
    for original in page.get_descendants(inclusive=True):
        twin = original.specific.copy_for_translation(nynorsk)
        twin.title = f"{original.title} (nn)"
        with committed():
            publish(twin)
    found = outline(course_of(page))
    assert Course.objects.count() == 1
    assert found.number == 1
    assert found.taught[0].title == {"nb": "Leksjon 1", "nn": "Leksjon 1 (nn)"}
    assert set(addresses_of(page.course_id).course) == {"nb", "nn"}


def test_who_approves_a_draft_is_in_the_trail_not_who_wrote_it(committed):
    page, writer, editor = make_course_pages(1), make_member("Skriver"), make_member("Redaktør")
    (lesson,) = lesson_pages(page)
    lesson.body = [quiz_block(), quiz_block()]
    revision = lesson.save_revision(user=writer)
    with committed(), LogContext(user=editor):
        revision.publish()
    assert Entry.objects.filter(act="publish_outline").last().actor == editor.public_id


def test_who_wrote_is_in_the_trail_when_the_clock_publishes(committed):
    page, writer = make_course_pages(1), make_member("Skriver")
    (lesson,) = lesson_pages(page)
    lesson.body = [quiz_block(), quiz_block()]
    with committed():
        lesson.save_revision(user=writer).publish()
    assert Entry.objects.filter(act="publish_outline").last().actor == writer.public_id


def test_a_lesson_moved_to_another_course_leaves_the_first(committed):
    page, other = make_course_pages(2), make_course_pages(1, slug="annet-kurs")
    _first, second = lesson_pages(page)
    with committed():
        second.move(other.get_children().get(), pos="last-child")
    assert [lesson.title["nb"] for lesson in outline(course_of(page)).taught] == ["Leksjon 1"]
    assert [lesson.title["nb"] for lesson in outline(course_of(other)).taught] == ["Leksjon 1", "Leksjon 2"]


def test_a_course_taken_down_has_no_address(committed):
    page = make_course_pages(1)
    addresses_of(page.course_id)
    with committed():
        page.unpublish()
    assert addresses_of(page.course_id).course_in("nb") == ""


def test_an_address_follows_a_renamed_page(committed):
    page = make_course_pages(1)
    assert addresses_of(page.course_id).course_in("nb") == "/kurs/ny-i-styret/"
    page.slug = "nytt-navn"
    with committed():
        publish(page)
    assert addresses_of(page.course_id).course_in("nb") == "/kurs/nytt-navn/"
    assert outline_of(page.course_id) is not None
