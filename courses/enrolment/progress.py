"""Where a person is in a course: pure, from the outline and what is done."""

from __future__ import annotations

import uuid
from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from courses.curriculum.outlines import CourseOutline, Lesson


class State(StrEnum):
    """The state of a lesson or of the test."""

    DONE = "done"
    HERE = "here"
    NEXT = "next"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Progress:
    """What is done of an outline and what is next."""

    outline: CourseOutline
    done: Set[int]
    last_lesson: uuid.UUID | None = None

    def is_done(self, lesson: Lesson) -> bool:
        """Whether all a lesson requires is done. A lesson that requires nothing is done by being there."""
        return lesson.required <= self.done

    @property
    def done_lessons(self) -> int:
        """How many lessons are done, the test not counted."""
        return sum(self.is_done(lesson) for lesson in self.outline.taught)

    @property
    def is_complete(self) -> bool:
        """Whether every lesson is done."""
        return bool(self.outline.taught) and self.outline.required <= self.done

    @property
    def minutes_left(self) -> int:
        """Minutes of the lessons that are not done."""
        return sum(lesson.minutes for lesson in self.outline.taught if not self.is_done(lesson))

    @property
    def next_lesson(self) -> Lesson | None:
        """Where to go on: the lesson one was in if it is not done, else the first undone, else the test."""
        open_lessons = [lesson for lesson in self.outline.taught if not self.is_done(lesson)]
        here = [lesson for lesson in open_lessons if lesson.key == self.last_lesson]
        if here or open_lessons:
            return (here or open_lessons)[0]
        test = self.outline.test
        return test if test is not None and not self.is_done(test) else None

    def state_of(self, lesson: Lesson) -> State:
        """Done, here, next; or locked: the test opens when every lesson is done."""
        if self.is_done(lesson) and lesson.required:
            return State.DONE
        if lesson.is_test and not self.is_complete:
            return State.LOCKED
        return State.HERE if lesson == self.next_lesson else State.NEXT
