"""Enrolment and progress of two records of one person: each thing done once, from the day it was first done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.curriculum.kinds import ActivityRecording
from courses.curriculum.outlines import outline_of
from courses.enrolment.models import Completion, CourseCompletion, Enrolment, Work
from courses.enrolment.services import complete
from courses.enrolment.signals import course_completed
from lms.members.models import Member
from lms.merging.registry import one_per, register_rule
from media.playback.models import Watch


def first_begun(own: Enrolment, other: Enrolment) -> Mapping[str, Any]:
    """Begun when it was first begun; the place to go on from is the one visited last."""
    seen = [row for row in (own, other) if row.last_seen_at is not None]
    last = max(seen, key=lambda row: row.last_seen_at, default=own)  # type: ignore[arg-type, return-value]
    return {
        "enrolled_at": min(own.enrolled_at, other.enrolled_at),
        "last_lesson": last.last_lesson,
        "last_seen_at": last.last_seen_at,
    }


def first_done(own: Completion | CourseCompletion, other: Completion | CourseCompletion) -> Mapping[str, Any]:
    """Done when it was first done, under the outline of that day."""
    first = other if other.completed_at < own.completed_at else own
    return {"completed_at": first.completed_at, "outline_id": first.outline_id}


def both_texts(own: Work, other: Work) -> Mapping[str, Any]:
    """What was written in both stands, the older above; what was ticked in either is ticked."""
    older, newer = sorted((own, other), key=lambda row: row.saved_at)
    content = {**older.content, **newer.content}
    texts = [row.content["text"] for row in (older, newer) if row.content.get("text")]
    if texts:
        content["text"] = "\n\n".join(dict.fromkeys(texts))
    if "ticked" in content:
        content["ticked"] = list(dict.fromkeys([*older.content.get("ticked", []), *newer.content.get("ticked", [])]))
    return {"content": content, "saved_at": newer.saved_at}


def complete_what_came_together(member: Member) -> None:
    """Films that are watched, and courses that are done, only when both halves are counted."""
    watched = Watch.objects.filter(member=member, watched_at__isnull=False).values("recording")
    placed = ActivityRecording.objects.filter(recording__in=watched).values_list("activity", "activity__course")
    already = set(Completion.objects.filter(member=member).values_list("activity", flat=True))
    for activity_id, course_id in placed:
        outline = outline_of(course_id) if activity_id not in already else None
        if outline is not None:
            complete(member=member, outline=outline, activity_ids=[activity_id])
    activities: dict[int, set[int]] = defaultdict(set)
    for course_id, activity_id in Completion.objects.filter(member=member).values_list("activity__course", "activity"):
        activities[course_id].add(activity_id)
    for pk in CourseCompletion.objects.filter(member=member).values_list("course", flat=True):
        activities.pop(pk, None)
    for course_id, done in sorted(activities.items()):
        outline = outline_of(course_id)
        if outline is not None and outline.required and outline.required <= done:
            row = CourseCompletion.objects.create(member=member, course_id=course_id, outline_id=outline.id)
            course_completed.send(CourseCompletion, ids=[row.pk], member_ids=[member.pk])


def register() -> None:
    """Say so, once, at start."""
    register_rule(
        Enrolment,
        one_per("course_id", fold=first_begun),
        label=_("Courses taken"),
        yields=["last_lesson", "last_seen_at"],
    )
    register_rule(Completion, one_per("activity_id", fold=first_done), label=_("Lessons and activities"), derived=True)
    register_rule(CourseCompletion, one_per("course_id", fold=first_done), label=_("Courses completed"), derived=True)
    register_rule(
        Work,
        one_per("activity_id", fold=both_texts),
        label=_("What was written and ticked"),
        yields=["content", "saved_at"],
    )
