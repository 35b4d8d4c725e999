"""Writes to enrolment and progress. A learner's own steps are their own record: no trail."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from courses.curriculum.models import Activity, Course
from courses.curriculum.outlines import CourseOutline, Lesson, outline_of
from courses.enrolment.models import Completion, CourseCompletion, Enrolment, Work
from courses.enrolment.progress import Progress
from courses.enrolment.signals import activity_completed, course_completed
from lms.members.models import Member
from media.playback.queries import watched_by


class NotPublished(Exception):
    """The course, or that place in it, is not published."""


def enrol(*, member: Member, course: Course) -> Enrolment:
    """Take a course. Taking it twice is taking it once."""
    enrolment, _ = Enrolment.objects.get_or_create(member=member, course=course)
    return enrolment


@transaction.atomic(savepoint=False)
def note_visit(*, member: Member, course_id: int, lesson_key: uuid.UUID) -> None:
    """Remember that a person is in a lesson; enrols those who were not. One upsert."""
    now = timezone.now()
    Enrolment.objects.bulk_create(
        [Enrolment(member=member, course_id=course_id, last_lesson=lesson_key, last_seen_at=now)],
        update_conflicts=True,
        unique_fields=["member", "course"],
        update_fields=["last_lesson", "last_seen_at"],
    )


@transaction.atomic
def finish_lesson(*, member: Member, course_id: int, lesson_key: uuid.UUID) -> Progress:
    """The reader says they have read a lesson: completes its reading. Where they are then.

    Raises NotPublished when the lesson is not in the published outline.
    """
    outline, lesson = _placed(course_id, lesson_key)
    readings = [item.activity_id for item in lesson.items if item.kind == "reading"]
    readings += _played_before(member, lesson)
    note_visit(member=member, course_id=course_id, lesson_key=lesson_key)  # holds the enrolment's row from here on
    return Progress(outline, _complete_held(member, outline, readings), lesson_key)


@transaction.atomic(savepoint=False)
def complete(*, member: Member, outline: CourseOutline, activity_ids: Collection[int]) -> frozenset[int]:
    """Record activities as done; all that is done of the course afterwards. What is done stays done.

    Announces ``activity_completed`` for the new ones, and ``course_completed`` when they were
    the last. Two last steps at once wait for each other here, and the later one sees both.
    """
    list(Enrolment.objects.select_for_update().filter(member=member, course=outline.course_id).values("pk"))
    return _complete_held(member, outline, activity_ids)


def _complete_held(member: Member, outline: CourseOutline, activity_ids: Collection[int]) -> frozenset[int]:
    """Complete while the enrolment's row is held."""
    rows = Completion.objects.filter(member=member, activity__course=outline.course_id)
    already = frozenset(rows.values_list("activity", flat=True))
    new = [pk for pk in dict.fromkeys(activity_ids) if pk not in already]
    if not new:
        return already
    Completion.objects.bulk_create(
        [Completion(member=member, activity_id=pk, outline_id=outline.id) for pk in new], ignore_conflicts=True
    )
    activity_completed.send(Completion, ids=new, member_ids=[member.pk])
    done = already.union(new)
    if outline.required and outline.required <= done:
        row, is_new = CourseCompletion.objects.get_or_create(
            member=member, course_id=outline.course_id, defaults={"outline_id": outline.id}
        )
        if is_new:
            course_completed.send(CourseCompletion, ids=[row.pk], member_ids=[member.pk])
    return done


@transaction.atomic
def complete_courses_done(*, outline: CourseOutline) -> int:
    """Record the course as done for everyone who has done all the outline requires and has nothing left to do.

    Announces ``course_completed`` once for all of them. Returns how many.
    """
    if not outline.required:
        return 0
    finished = CourseCompletion.objects.filter(course=outline.course_id)
    done = Completion.objects.filter(activity__in=outline.required).exclude(member__in=finished.values("member"))
    people = done.values("member").annotate(n=Count("pk")).filter(n=len(outline.required))
    members = list(people.order_by("member").values_list("member", flat=True))
    CourseCompletion.objects.bulk_create(
        [CourseCompletion(member_id=pk, course_id=outline.course_id, outline_id=outline.id) for pk in members],
        ignore_conflicts=True,
    )
    if members:
        ids = list(finished.filter(member__in=members).values_list("pk", flat=True))
        course_completed.send(CourseCompletion, ids=ids, member_ids=members)
    return len(members)


@transaction.atomic
def save_work(*, member: Member, activity: Activity, content: dict[str, Any], is_done: bool) -> Work:
    """Keep what a person wrote or ticked; completes the activity once it is done."""
    work, _ = Work.objects.update_or_create(member=member, activity=activity, defaults={"content": content})
    outline = outline_of(activity.course_id)
    if is_done and outline is not None:
        complete(member=member, outline=outline, activity_ids=[activity.pk])
    return work


def _played_before(member: Member, lesson: Lesson) -> list[int]:
    """Films and episodes the person had watched before they were placed in this lesson."""
    placed = {recording: item.activity_id for item in lesson.items for _, recording in item.recordings}
    return [placed[recording] for recording in watched_by(member, placed)] if placed else []


def _placed(course_id: int, lesson_key: uuid.UUID) -> tuple[CourseOutline, Lesson]:
    outline = outline_of(course_id)
    lesson = outline.lesson(lesson_key) if outline else None
    if outline is None or lesson is None:
        raise NotPublished(f"lesson {lesson_key} is not in the published outline")
    return outline, lesson
