"""Two devices, two tabs: one completion, one course, one level."""

from functools import partial

import pytest

from courses.enrolment.models import Completion, CourseCompletion, Enrolment
from courses.enrolment.services import enrol, finish_lesson, note_visit
from courses.progression.models import Award
from tests.factories.courses import make_course, make_rule, outline
from tests.factories.organisation import make_member
from tests.racing import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_the_two_last_lessons_at_once_complete_the_course():
    course, kari = make_course(2), make_member()
    make_rule(course, certificate="none")
    steps = [
        partial(finish_lesson, member=kari, course_id=course.pk, lesson_key=lesson.key)
        for lesson in outline(course).lessons
    ]
    enrol(member=kari, course=course)
    all_at_once(*steps)
    assert CourseCompletion.objects.filter(member=kari).count() == 1
    assert Award.objects.filter(member=kari).count() == 1


def test_one_lesson_finished_twenty_times_at_once_is_one_completion():
    course, kari = make_course(1), make_member()
    make_rule(course, certificate="none")
    finish = partial(finish_lesson, member=kari, course_id=course.pk, lesson_key=outline(course).lessons[0].key)
    all_at_once(*[finish] * 20)
    counts = [model.objects.count() for model in (Completion, CourseCompletion, Award, Enrolment)]
    assert counts == [1, 1, 1, 1]


def test_visits_at_once_are_one_enrolment():
    course, kari = make_course(3), make_member()
    keys = [lesson.key for lesson in outline(course).lessons] * 5
    all_at_once(*[partial(note_visit, member=kari, course_id=course.pk, lesson_key=key) for key in keys])
    assert Enrolment.objects.get().last_lesson in keys
