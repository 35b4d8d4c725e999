"""The outline as pages and progress read it: frozen, cached by version."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Max

from courses.curriculum.kinds import ActivityRecording, Quiz, Test
from courses.curriculum.models import Outline, OutlineItem, OutlineLesson
from lms.keeping import forget, kept
from lms.wording import FALLBACKS, Wording


@dataclass(frozen=True, slots=True)
class Item:
    """One placed activity."""

    activity_id: int
    activity_key: uuid.UUID
    kind: str
    is_required: bool
    paper_id: int | None = None
    recordings: tuple[tuple[str, int], ...] = ()

    def recording_in(self, language: str) -> int | None:
        """The recording of a film or an episode in a language, or in the nearest there is."""
        by_language = dict(self.recordings)
        order = FALLBACKS.get(language, FALLBACKS["nb"])
        return next((by_language[code] for code in order if code in by_language), None)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson in its place."""

    key: uuid.UUID
    title: Wording
    minutes: int
    items: tuple[Item, ...]
    module_key: uuid.UUID | None
    module_number: int
    module_title: Wording
    is_test: bool

    @property
    def required(self) -> frozenset[int]:
        """Ids of the activities that must be done for the lesson to be done."""
        return frozenset(item.activity_id for item in self.items if item.is_required)


@dataclass(frozen=True, slots=True)
class CourseOutline:
    """The published outline of one course."""

    id: int
    course_id: int
    number: int
    lessons: tuple[Lesson, ...]

    @property
    def taught(self) -> tuple[Lesson, ...]:
        """The lessons without the test."""
        return tuple(lesson for lesson in self.lessons if not lesson.is_test)

    @property
    def test(self) -> Lesson | None:
        """The test at the end, when there is one."""
        return next((lesson for lesson in self.lessons if lesson.is_test), None)

    @property
    def required(self) -> frozenset[int]:
        """Ids of the activities that must be done for the course to be done."""
        return frozenset().union(*(lesson.required for lesson in self.taught))

    def lesson(self, key: uuid.UUID) -> Lesson | None:
        """The lesson with a key, when the outline has it."""
        return next((lesson for lesson in self.lessons if lesson.key == key), None)


def outline_of(course_id: int) -> CourseOutline | None:
    """The newest outline of a course, or None before anything is published. Warm: no query."""
    # The number changes with the shape of what is kept.
    return kept("outline-2", f"course-{course_id}", lambda: read_outline(course_id))


def forget_outline(course_id: int) -> None:
    """Drop the kept outline; publishing does so when its transaction commits."""
    forget(f"course-{course_id}")


def read_outline(course_id: int) -> CourseOutline | None:
    """The same, from the database. Seven queries."""
    newest = Outline.objects.filter(course=course_id).aggregate(Max("pk"))["pk__max"]
    if newest is None:
        return None
    outline = Outline.objects.get(pk=newest)
    items: dict[int, list[Item]] = {}
    papers, recordings = papers_of(course_id), recordings_of(course_id)
    rows = (
        OutlineItem.objects.filter(lesson__outline=outline)
        .order_by("order")
        .values("lesson", "activity", "activity__key", "kind", "is_required")
    )
    for row in rows:
        items.setdefault(row["lesson"], []).append(
            Item(
                row["activity"],
                row["activity__key"],
                row["kind"],
                row["is_required"],
                papers.get(row["activity"]),
                recordings.get(row["activity"], ()),
            )
        )
    lessons = tuple(
        Lesson(
            key=row.key,
            title=row.title,
            minutes=row.minutes,
            items=tuple(items.get(row.pk, ())),
            module_key=row.module_key,
            module_number=row.module_number,
            module_title=row.module_title,
            is_test=row.is_test,
        )
        for row in OutlineLesson.objects.filter(outline=outline).order_by("order")
    )
    return CourseOutline(outline.pk, course_id, outline.number, lessons)


def papers_of(course_id: int) -> dict[int, int]:
    """activity id → the paper it asks, for quizzes and tests."""
    found: dict[int, int] = {}
    for kind in (Quiz, Test):
        found.update(kind.objects.non_polymorphic().filter(course=course_id).values_list("pk", "paper"))
    return found


def recordings_of(course_id: int) -> dict[int, tuple[tuple[str, int], ...]]:
    """activity id → (language, recording id), in order, for films and episodes."""
    found: dict[int, tuple[tuple[str, int], ...]] = {}
    rows = ActivityRecording.objects.filter(activity__course=course_id).order_by("language")
    for activity, language, recording in rows.values_list("activity", "language", "recording"):
        found[activity] = (*found.get(activity, ()), (language, recording))
    return found
