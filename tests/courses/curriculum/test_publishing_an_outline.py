"""Publishing writes the outline as rows; what was done stays done."""

import uuid
from dataclasses import replace

import pytest

from courses.curriculum import kinds
from courses.curriculum.models import Activity, Course, Outline, OutlineItem, OutlineLesson
from courses.curriculum.outlines import forget_outline, outline_of
from courses.curriculum.services import found_course, publish_outline
from courses.curriculum.signals import outline_published
from courses.enrolment.models import Completion, CourseCompletion
from courses.enrolment.queries import progress_in
from lms.audit.models import Entry
from tests.factories.courses import finish, make_course, make_paper, make_quiz, outline, planned, republish
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons(db):
    return [planned("Vervet", optional=("reflection",)), planned("Møtet", quiz=make_quiz(2))]


def test_a_course_is_founded_with_a_key_from_its_title_and_every_key_is_another():
    keys = [found_course(title="Ny i styret!", language="nb", by=None).key for _ in range(3)]
    assert keys == ["ny-i-styret", "ny-i-styret-2", "ny-i-styret-3"]
    assert found_course(title="…", language="nb", by=None).key == "kurs"


def test_a_planned_course_is_found_by_its_key_before_its_title():
    titled, keyed = (Course.objects.create(key=key, title={"nb": key}, is_planned=True) for key in ("ett", "to"))
    assert found_course(title="ETT", language="nb", key="to", by=None) == keyed
    assert found_course(title="ETT", language="nb", by=None) == titled
    assert not Course.objects.filter(is_planned=True).exists()


def test_an_outline_holds_lessons_activities_order_and_what_is_required(lessons):
    found = outline(make_course(lessons, paper=make_paper()))
    assert [(lesson.title["nb"], lesson.is_test) for lesson in found.lessons] == [
        ("Vervet", False),
        ("Møtet", False),
        ("Prøven", True),
    ]
    kinds = [[(item.kind, item.is_required) for item in lesson.items] for lesson in found.lessons]
    assert kinds == [[("reading", True), ("reflection", False)], [("reading", True), ("quiz", True)], [("test", True)]]
    assert len(found.required) == 3


def test_each_activity_is_a_row_of_its_kind_with_its_paper(lessons):
    paper = make_paper()
    make_course(lessons, paper=paper)
    assert (kinds.Reading.objects.count(), kinds.Quiz.objects.count(), kinds.Test.objects.get().paper) == (2, 1, paper)


def test_publishing_the_same_again_is_no_new_version(lessons):
    course = make_course(lessons)
    republish(course, lessons)
    assert (outline(course).number, Outline.objects.count(), Activity.objects.count()) == (1, 1, 4)


def test_changed_titles_are_no_new_version_but_are_shown(lessons):
    course = make_course(lessons)
    retitled = [replace(lessons[0], title={"nb": "Vervet ditt"}, module_title={"nb": "Start"}), lessons[1]]
    found = republish(course, retitled)
    assert (found.number, found.lessons[0].title, found.lessons[0].module_title) == (
        1,
        {"nb": "Vervet ditt"},
        {"nb": "Start"},
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda lessons: lessons[::-1],
        lambda lessons: lessons[:1],
        lambda lessons: [*lessons, planned("Ny")],
        lambda lessons: [replace(lessons[0], minutes=11), lessons[1]],
        lambda lessons: [replace(lessons[0], module_number=2), lessons[1]],
        lambda lessons: [replace(lessons[0], items=lessons[0].items[:1]), lessons[1]],
        lambda lessons: [replace(lessons[0], items=lessons[0].items[::-1]), lessons[1]],
    ],
    ids=["order", "lesson out", "lesson in", "minutes", "module", "activity out", "activity order"],
)
def test_any_other_change_is_the_next_version(lessons, change):
    course = make_course(lessons)
    assert republish(course, change(lessons)).number == 2
    assert Outline.objects.count() == 2


def test_another_test_at_the_end_is_asked_from_then_on(lessons):
    course = make_course(lessons, paper=make_paper())
    second = make_paper()
    found = republish(course, lessons, paper=second)
    assert found.test is not None
    assert found.test.items[0].paper_id == second.pk
    assert found.number == 2


def test_an_activity_keeps_its_row_through_all_versions(lessons):
    course = make_course(lessons)
    before = {item.activity_key: item.activity_id for lesson in outline(course).lessons for item in lesson.items}
    found = republish(course, [*lessons[::-1], planned("Ny")])
    after = {item.activity_key: item.activity_id for lesson in found.lessons for item in lesson.items}
    assert before.items() <= after.items()


def test_the_same_key_in_two_courses_is_two_activities(lessons):
    first, second = make_course(lessons), make_course(lessons, key="ny-i-styret-2")
    assert outline(first).required.isdisjoint(outline(second).required)


def test_a_new_required_activity_takes_no_completion_away(lessons):
    course, kari = make_course(lessons[:1]), make_member()
    finish(course, kari)
    republish(course, lessons)
    assert Completion.objects.count() == CourseCompletion.objects.count() == 1
    assert CourseCompletion.objects.get().outline.number == 1


def test_a_new_required_activity_applies_to_those_who_have_not_completed(lessons):
    course, kari = make_course(lessons), make_member()
    finish(course, kari, outline(course).lessons[0])
    republish(course, [*lessons, planned("Ny")])
    progress = progress_in(course.pk, kari)
    assert progress is not None
    assert (progress.done_lessons, len(progress.outline.taught), progress.is_complete) == (1, 3, False)


def test_a_lesson_taken_out_completes_the_course_for_whom_it_was_the_last():
    lessons = [planned(), planned(), planned()]
    course, kari, ola = make_course(lessons), make_member("Kari"), make_member("Ola")
    finish(course, kari, *outline(course).lessons[:2])
    finish(course, ola, outline(course).lessons[0])
    republish(course, lessons[:2])
    done = CourseCompletion.objects.get()
    assert (done.member, done.outline.number) == (kari, 2)


def test_a_lesson_taken_out_is_not_in_the_outline_but_stays_done(lessons):
    course, kari = make_course(lessons), make_member()
    first = outline(course).lessons[0]
    finish(course, kari, first)
    assert republish(course, lessons[1:]).lesson(first.key) is None
    assert Completion.objects.filter(member=kari).count() == 1


def test_a_lesson_put_back_is_done_by_those_who_had_done_it(lessons):
    course, kari = make_course(lessons), make_member()
    finish(course, kari, outline(course).lessons[0])
    republish(course, lessons[1:])
    republish(course, lessons)
    progress = progress_in(course.pk, kari)
    assert progress is not None
    assert progress.done_lessons == 1


def test_the_title_of_the_course_follows_its_pages():
    course = make_course()
    publish_outline(course=course, title={"nb": "Nytt navn"}, lessons=[planned()], by=None)
    course.refresh_from_db()
    assert str(course) == "Nytt navn"


def test_before_anything_is_published_there_is_no_outline():
    assert outline_of(found_course(title="Tomt", language="nb", by=None).pk) is None


def test_a_warm_outline_asks_the_database_nothing(django_assert_num_queries):
    course = make_course()
    outline_of(course.pk)
    with django_assert_num_queries(0):
        outline_of(course.pk)


def test_publishing_forgets_the_kept_outline_when_it_commits(lessons, django_capture_on_commit_callbacks):
    course = make_course(lessons)
    outline(course)
    with django_capture_on_commit_callbacks(execute=True):
        publish_outline(course=course, title={"nb": "K"}, lessons=lessons[:1], by=None)
        assert outline(course).number == 1
    assert outline(course).number == 2


@pytest.mark.parametrize("count", [2, 20])
def test_reading_a_cold_outline_takes_the_same_queries_however_long_it_is(count, django_assert_max_num_queries):
    course = make_course([planned(quiz=make_quiz(1)) for _ in range(count)])
    forget_outline(course.pk)
    with django_assert_max_num_queries(8):
        outline(course)


def test_founding_and_publishing_are_in_the_trail_but_retitling_is_not(lessons):
    kari = make_member()
    course = found_course(title="Kurs", language="nb", by=kari)
    publish_outline(course=course, title={"nb": "K"}, lessons=lessons, by=kari)
    publish_outline(course=course, title={"nb": "L"}, lessons=lessons, by=kari)
    acts = Entry.objects.filter(actor=kari.public_id).values_list("act", flat=True)
    assert list(acts) == ["found_course", "publish_outline"]


def test_publishing_is_announced(lessons):
    heard = []
    outline_published.connect(receiver := lambda ids, **_: heard.extend(ids))
    make_course(lessons)
    outline_published.disconnect(receiver)
    assert heard == [Outline.objects.get().pk]


def test_a_failing_publication_leaves_nothing(lessons):
    course = make_course(lessons)
    broken = replace(lessons[0], key=lessons[1].key)
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        publish_outline(course=course, title={"nb": "?"}, lessons=[*lessons, broken], by=None)
    assert Course.objects.get().title["nb"] == "Ny i styret"
    assert (Outline.objects.count(), OutlineLesson.objects.count(), OutlineItem.objects.count()) == (1, 2, 4)


def test_lessons_are_found_by_key(lessons):
    found = outline(make_course(lessons))
    assert found.lesson(lessons[1].key) == found.lessons[1]
    assert found.lesson(uuid.uuid4()) is None
