"""Taking a course, doing its activities, completing it."""

import uuid

import pytest

from courses.curriculum.models import Activity
from courses.enrolment.models import Completion, CourseCompletion, Enrolment, Work
from courses.enrolment.queries import courses_of, progress_in, work_in
from courses.enrolment.services import NotPublished, complete, enrol, finish_lesson, note_visit, save_work
from courses.enrolment.signals import activity_completed, course_completed
from tests.factories.courses import (
    answer_quiz,
    finish,
    make_attempt,
    make_course,
    make_paper,
    make_quiz,
    outline,
    planned,
    republish,
)
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(db):
    return make_member()


@pytest.fixture
def completed():
    """The people the completion of a course was announced for."""
    found: list[int] = []

    def receiver(member_ids, **_):
        found.extend(member_ids)

    course_completed.connect(receiver)
    yield found
    course_completed.disconnect(receiver)


def test_taking_a_course_twice_is_taking_it_once(kari):
    course = make_course()
    assert enrol(member=kari, course=course) == enrol(member=kari, course=course)


def test_being_in_a_lesson_is_remembered_and_enrols(kari):
    course = make_course()
    for lesson in outline(course).lessons:
        note_visit(member=kari, course_id=course.pk, lesson_key=lesson.key)
    assert Enrolment.objects.get(member=kari).last_lesson == outline(course).lessons[-1].key


def test_a_visit_does_not_move_the_day_of_enrolment(kari):
    course = make_course()
    day = enrol(member=kari, course=course).enrolled_at
    note_visit(member=kari, course_id=course.pk, lesson_key=uuid.uuid4())
    assert Enrolment.objects.get().enrolled_at == day


def test_reading_a_lesson_to_its_end_completes_its_reading(kari):
    course = make_course()
    first = outline(course).lessons[0]
    finish(course, kari, first)
    done = Completion.objects.get()
    assert (done.member, done.activity_id, done.outline_id) == (kari, first.items[0].activity_id, outline(course).id)


def test_a_completion_is_written_once_and_keeps_its_outline(kari):
    lessons = [planned(), planned()]
    course = make_course(lessons)
    finish(course, kari, outline(course).lessons[0])
    republish(course, lessons[:1])
    finish(course, kari, outline(course).lessons[0])
    assert Completion.objects.get().outline.number == 1


def test_a_quiz_is_done_when_every_question_is_answered_right(kari):
    quiz = make_quiz(2)
    course = make_course([planned(quiz=quiz)])
    finish(course, kari)
    assert not progress_in(course.pk, kari).is_complete
    answer_quiz(quiz, kari)
    assert progress_in(course.pk, kari).is_complete


def test_a_test_that_is_not_passed_completes_nothing(kari):
    paper = make_paper(3)
    course = make_course(paper=paper)
    make_attempt(paper, kari, right=1)
    assert not Completion.objects.exists()
    make_attempt(paper, kari, right=3)
    assert Completion.objects.get().activity_id == outline(course).test.items[0].activity_id


def test_a_course_is_completed_by_its_last_lesson_once(kari, completed):
    course = make_course(2)
    first, second = outline(course).lessons
    finish(course, kari, first)
    assert completed == []
    finish(course, kari, second)
    finish(course, kari, second)
    assert completed == [kari.pk]
    assert CourseCompletion.objects.get().outline.number == 1


def test_the_test_is_no_part_of_completing_the_course(kari):
    course = make_course(1, paper=make_paper())
    finish(course, kari)
    assert CourseCompletion.objects.filter(member=kari, course=course).exists()


def test_what_is_not_required_holds_nobody_back(kari):
    course = make_course([planned(optional=("reflection", "checklist"))])
    finish(course, kari)
    assert CourseCompletion.objects.exists()


def test_a_lesson_that_is_not_published_cannot_be_finished(kari):
    course = make_course()
    with pytest.raises(NotPublished, match="not in the published outline"):
        finish_lesson(member=kari, course_id=course.pk, lesson_key=uuid.uuid4())
    assert not Completion.objects.exists()
    assert not Enrolment.objects.exists()


def test_activities_are_announced_once(kari):
    heard = []
    activity_completed.connect(receiver := lambda ids, **_: heard.extend(ids))
    found = outline(make_course(1))
    complete(member=kari, outline=found, activity_ids=[*found.required, *found.required])
    complete(member=kari, outline=found, activity_ids=found.required)
    activity_completed.disconnect(receiver)
    assert heard == list(found.required)


def test_the_progress_of_others_is_theirs(kari):
    course = make_course(1)
    finish(course, make_member("Ola"))
    progress = progress_in(course.pk, kari)
    assert (progress.done_lessons, progress.is_complete, progress.last_lesson) == (0, False, None)


def test_one_continues_where_one_was(kari):
    course = make_course(3)
    note_visit(member=kari, course_id=course.pk, lesson_key=outline(course).lessons[1].key)
    assert progress_in(course.pk, kari).next_lesson == outline(course).lessons[1]


def test_the_course_seen_last_comes_first(kari):
    courses = [make_course(1, key=key) for key in ("a", "b", "c")]
    for course in (courses[1], courses[2], courses[0]):
        note_visit(member=kari, course_id=course.pk, lesson_key=outline(course).lessons[0].key)
    assert [course.key for course in courses_of(kari)] == ["a", "c", "b"]


def test_ones_own_work_is_kept_and_changed(kari):
    course = make_course([planned(optional=("reflection",))])
    activity = Activity.objects.get(reflection__isnull=False)
    save_work(member=kari, activity=activity, content={"text": "Først"}, is_done=True)
    save_work(member=kari, activity=activity, content={"text": "Så"}, is_done=False)
    assert work_in(kari, [activity.pk]) == {activity.pk: {"text": "Så"}}
    assert (Work.objects.count(), Completion.objects.get().activity_id) == (1, activity.pk)
    assert work_in(make_member("Ola"), [activity.pk]) == {}
    assert progress_in(course.pk, kari).done_lessons == 0


def test_a_paper_asked_by_two_courses_counts_in_both(kari):
    paper = make_paper(1)
    for key in ("a", "b"):
        make_course(1, key=key, paper=paper)
    make_attempt(paper, kari)
    assert Completion.objects.filter(member=kari).count() == 2
