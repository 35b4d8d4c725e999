"""Progress, by the table of docs/algorithms/progress.md."""

import uuid

import pytest

from courses.curriculum.outlines import CourseOutline, Item, Lesson
from courses.enrolment.progress import Progress
from tests.tables import examples, shown

ACTIVITIES = {"r1": 1, "r2": 2, "q2": 3, "r3": 4, "f3": 5, "t": 6}


def lesson(number, minutes, *names, is_test=False):
    items = tuple(Item(ACTIVITIES[name], uuid.uuid4(), "reading", not name.startswith("f")) for name in names)
    return Lesson(uuid.UUID(int=number), {}, minutes, items, None, 1, {}, is_test)


LESSONS = {
    "1": lesson(1, 10, "r1"),
    "2": lesson(2, 15, "r2", "q2"),
    "3": lesson(3, 5, "r3", "f3"),
    "test": lesson(9, 20, "t", is_test=True),
}
COURSE = CourseOutline(1, 1, 1, tuple(LESSONS.values()))


@pytest.mark.parametrize("example", examples("progress.md", "A course of three lessons"), ids=shown)
def test_progress_is_what_the_page_says(example):
    done = frozenset(ACTIVITIES[name] for name in example["done"].replace("–", "").split())
    last = LESSONS[example["last in"]].key if example["last in"] in LESSONS else None
    progress = Progress(COURSE, done, last)
    names = {lesson.key: name for name, lesson in LESSONS.items()}
    assert progress.done_lessons == int(example["lessons done"])
    assert progress.minutes_left == int(example["minutes left"])
    assert (names[progress.next_lesson.key] if progress.next_lesson else "–") == example["next"]
    assert {name: progress.state_of(lesson) for name, lesson in LESSONS.items()} == {n: example[n] for n in LESSONS}


def test_a_lesson_that_is_no_longer_in_the_outline_is_not_where_one_is():
    assert Progress(COURSE, frozenset({1}), uuid.uuid4()).next_lesson == LESSONS["2"]


def test_a_course_without_lessons_is_never_complete():
    assert not Progress(CourseOutline(1, 1, 1, ()), frozenset()).is_complete
    assert Progress(CourseOutline(1, 1, 1, ()), frozenset()).next_lesson is None


def test_done_is_counted_of_this_course_only():
    assert Progress(COURSE, frozenset({99, 100})).done_lessons == 0
