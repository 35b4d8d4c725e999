"""Reads about enrolment and progress."""

from __future__ import annotations

from collections.abc import Iterable

from courses.curriculum.models import Course
from courses.curriculum.outlines import CourseOutline, outline_of
from courses.enrolment.models import Completion, Enrolment, Work
from courses.enrolment.progress import Progress
from lms.members.models import Member


def progress_in(course_id: int, member: Member) -> Progress | None:
    """Where a person is in a course, or None before it is published. Two queries when the outline is warm."""
    outline = outline_of(course_id)
    return enrolment_and_progress(outline, member)[1] if outline else None


def enrolment_and_progress(outline: CourseOutline, member: Member) -> tuple[bool, Progress]:
    """Whether a person takes a course, and where they are in it. Two queries."""
    done = Completion.objects.filter(member=member, activity__course=outline.course_id)
    enrolment = Enrolment.objects.filter(member=member, course=outline.course_id).values_list("last_lesson", flat=True)
    found = list(enrolment)
    progress = Progress(outline, frozenset(done.values_list("activity", flat=True)), found[0] if found else None)
    return bool(found), progress


def is_enrolled(course_id: int, member: Member) -> bool:
    """Whether a person takes a course."""
    return Enrolment.objects.filter(member=member, course=course_id).exists()


def courses_of(member: Member) -> list[Course]:
    """The courses a person takes, the one seen last first."""
    rows = Enrolment.objects.filter(member=member, course__archived_at=None).select_related("course")
    return [row.course for row in rows.order_by("-last_seen_at", "-enrolled_at")]


def work_in(member: Member, activity_ids: Iterable[int]) -> dict[int, dict]:
    """What a person wrote or ticked, by activity id. One query."""
    rows = Work.objects.filter(member=member, activity__in=list(activity_ids))
    return dict(rows.values_list("activity", "content"))
