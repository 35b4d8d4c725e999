"""What enrolment hears from below: attempts that were graded, outlines that were published."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from assessments.attempts.models import Attempt
from assessments.attempts.signals import attempt_graded
from courses.curriculum.kinds import ActivityRecording, Quiz, Test
from courses.curriculum.models import Outline
from courses.curriculum.outlines import outline_of, read_outline
from courses.curriculum.signals import outline_published
from courses.enrolment.merging import complete_what_came_together
from courses.enrolment.services import complete, complete_courses_done
from lms.members.models import Member
from lms.organisation.signals import members_merged
from media.playback.signals import recording_watched


@receiver(attempt_graded, dispatch_uid="enrolment_completes_passed_papers")
def complete_passed_papers(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """Complete quiz and test activities of papers that were passed."""
    for attempt in Attempt.objects.filter(pk__in=ids, passed=True).select_related("member"):
        for model in (Quiz, Test):
            activities = model.objects.filter(paper=attempt.paper_id).values_list("pk", "course")
            for activity_id, course_id in activities:
                outline = outline_of(course_id)
                if outline is not None:
                    complete(member=attempt.member, outline=outline, activity_ids=[activity_id])


@receiver(outline_published, dispatch_uid="enrolment_completes_courses_done")
def complete_where_less_is_asked(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """An outline may ask for less than the one before: whoever has done all of it has done the course."""
    for course_id in Outline.objects.filter(pk__in=ids).values_list("course", flat=True):
        outline = read_outline(course_id)
        if outline is not None:
            complete_courses_done(outline=outline)


@receiver(recording_watched, dispatch_uid="enrolment_completes_watched_recordings")
def complete_watched_recordings(sender: Any, ids: list[int], member_ids: list[int], **kwargs: Any) -> None:
    """Complete films and episodes that were really played, in whatever language they were."""
    rows = ActivityRecording.objects.filter(recording__in=ids)
    placed = rows.values_list("recording", "activity", "activity__course")
    people = Member.objects.in_bulk(member_ids)
    for recording_id, member_id in zip(ids, member_ids, strict=True):
        for recording, activity_id, course_id in placed:
            outline = outline_of(course_id) if recording == recording_id else None
            if outline is not None:
                complete(member=people[member_id], outline=outline, activity_ids=[activity_id])


@receiver(members_merged, dispatch_uid="enrolment_completes_after_a_merge")
def complete_after_merge(sender: Any, kept: int, absorbed: int, **kwargs: Any) -> None:
    """Two halves of a film or of a course, one in each record, are the whole of it."""
    complete_what_came_together(Member.objects.get(pk=kept))
