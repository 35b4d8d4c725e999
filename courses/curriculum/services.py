"""Writing courses and outlines."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from courses.curriculum.kinds import KINDS, ActivityRecording
from courses.curriculum.models import Activity, Course, Outline, OutlineItem, OutlineLesson
from courses.curriculum.outlines import forget_outline, papers_of, recordings_of
from courses.curriculum.plan import PlannedItem, PlannedLesson
from courses.curriculum.signals import outline_published
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.wording import Wording


@transaction.atomic
def found_course(*, title: str, language: str, key: str = "", by: Member | None) -> Course:
    """Make a new, empty course. ``key`` is drawn from the title when none is given, and made unique.

    A course that was planned under that key or title is the one: it is planned no longer.
    """
    planned = _planned(title, language, key)
    if planned is not None:
        Course.objects.filter(pk=planned.pk).update(is_planned=False, title={**planned.title, language: title})
        planned.refresh_from_db()
        record_act("found_course", by=by, subject=subject_key("course", planned.public_id))
        return planned
    base = slugify(key or title)[:70] or "kurs"
    taken = set(Course.objects.filter(key__startswith=base).values_list("key", flat=True))
    free = base if base not in taken else next(k for n in range(2, 10_000) if (k := f"{base}-{n}") not in taken)
    course = Course.objects.create(key=free, title={language: title})
    record_act("found_course", by=by, subject=subject_key("course", course.public_id))
    return course


def _planned(title: str, language: str, key: str) -> Course | None:
    """The planned course of that key, or else of that title in the language."""
    rows = list(Course.objects.select_for_update().filter(is_planned=True, archived_at=None))
    by_key = next((row for row in rows if row.key == key), None)
    wanted = title.strip().casefold()
    return by_key or next((row for row in rows if row.title.get(language, "").casefold() == wanted), None)


@transaction.atomic
def plan_courses(*, told: Sequence[tuple[str, Wording, int]], by: Member | None) -> int:
    """Make a planned course of each (key, title, minutes) that no course bears the key of. Returns how many."""
    there = set(Course.objects.filter(key__in=[key for key, _, _ in told]).values_list("key", flat=True))
    rows = [
        Course(key=key, title=dict(title), is_planned=True, planned_minutes=minutes)
        for key, title, minutes in told
        if key not in there
    ]
    Course.objects.bulk_create(rows)
    if rows:
        record_act("plan_courses", by=by, subject="courses", courses=len(rows))
    return len(rows)


@transaction.atomic
def publish_outline(*, course: Course, title: Wording, lessons: Sequence[PlannedLesson], by: Member | None) -> Outline:
    """Write what the pages say as rows; a new version when anything but the titles changed.

    Completions stay as they are: what was done under an earlier version is done.
    """
    Course.objects.filter(pk=course.pk).update(title=dict(title))
    newest = Outline.objects.filter(course=course).order_by("-number").first()
    if newest is not None and _shape(newest) == [_planned_shape(lesson) for lesson in lessons]:
        _retitle(newest, lessons)
    else:
        newest = _write_outline(course, lessons)
        record_act("publish_outline", by=by, subject=subject_key("course", course.public_id), number=newest.number)
    transaction.on_commit(lambda: forget_outline(course.pk))
    outline_published.send(Outline, ids=[newest.pk])
    return newest


def _write_outline(course: Course, lessons: Sequence[PlannedLesson]) -> Outline:
    number = (Outline.objects.filter(course=course).aggregate(Max("number"))["number__max"] or 0) + 1
    outline = Outline.objects.create(course=course, number=number)
    for order, planned in enumerate(lessons):
        lesson = OutlineLesson.objects.create(
            outline=outline,
            key=planned.key,
            order=order,
            title=dict(planned.title),
            module_key=planned.module_key,
            module_number=planned.module_number,
            module_title=dict(planned.module_title),
            minutes=planned.minutes,
            is_test=planned.is_test,
        )
        OutlineItem.objects.bulk_create(
            OutlineItem(
                lesson=lesson,
                activity_id=_place(course, item).pk,
                kind=item.kind,
                order=place,
                is_required=item.is_required,
            )
            for place, item in enumerate(planned.items)
        )
    return outline


def _place(course: Course, item: PlannedItem) -> Activity:
    """The course's activity with the item's key, made now if it is new."""
    existing = Activity.objects.filter(course=course, key=item.key).first()
    extra = {"paper_id": item.paper_id} if item.paper_id else {}
    if existing is None:
        existing = KINDS[item.kind].objects.create(course=course, key=item.key, **extra)
    if item.recordings:
        _place_recordings(existing, dict(item.recordings))
    if extra and existing.paper_id != item.paper_id:  # type: ignore[attr-defined]
        existing.paper_id = item.paper_id  # type: ignore[attr-defined]
        existing.save(update_fields=["paper"])  # type: ignore[misc]
    return existing


def _place_recordings(activity: Activity, by_language: dict[str, int]) -> None:
    """The recordings beneath a film or an episode are those the pages name, one per language."""
    ActivityRecording.objects.filter(activity=activity).exclude(language__in=by_language).delete()
    for language, recording in by_language.items():
        ActivityRecording.objects.update_or_create(
            activity=activity, language=language, defaults={"recording_id": recording}
        )


def _planned_shape(lesson: PlannedLesson) -> tuple[object, ...]:
    items = tuple((item.key, item.kind, item.is_required, item.paper_id, item.recordings) for item in lesson.items)
    return (lesson.key, lesson.module_key, lesson.module_number, lesson.minutes, lesson.is_test, items)


def _shape(outline: Outline) -> list[tuple[object, ...]]:
    items: dict[int, list[tuple[object, ...]]] = {}
    papers, recordings = papers_of(outline.course_id), recordings_of(outline.course_id)
    rows = OutlineItem.objects.filter(lesson__outline=outline).order_by("order")
    for lesson, activity, *rest in rows.values_list("lesson", "activity", "activity__key", "kind", "is_required"):
        items.setdefault(lesson, []).append((*rest, papers.get(activity), recordings.get(activity, ())))
    return [
        (row.key, row.module_key, row.module_number, row.minutes, row.is_test, tuple(items.get(row.pk, ())))
        for row in outline.lessons.order_by("order")
    ]


def _retitle(outline: Outline, lessons: Sequence[PlannedLesson]) -> None:
    rows = list(outline.lessons.order_by("order"))
    for row, planned in zip(rows, lessons, strict=True):
        row.title, row.module_title = dict(planned.title), dict(planned.module_title)
    OutlineLesson.objects.bulk_update(rows, ["title", "module_title"])
