"""What completed courses prove, written down in the ledger of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from courses.enrolment.models import CourseCompletion
from courses.progression.models import CourseProves
from lms.competences.models import Evidence
from lms.competences.services import NewEvidence, record_evidence

AT_A_TIME = 500


def record_course_proofs(*, completions: Iterable[int]) -> set[int]:
    """Write down what these completions prove, by the table of what each course proves.

    What is written already is left alone. Returns the people who got something new: the ledger
    has announced them, and they have been evaluated.
    """
    ids, told = list(completions), set[int]()
    proves = list(CourseProves.objects.select_related("competence")) if ids else []
    by_course: dict[int, list[CourseProves]] = {}
    for row in proves:
        by_course.setdefault(row.course_id, []).append(row)
    for start in range(0, len(ids), AT_A_TIME):
        done = CourseCompletion.objects.filter(pk__in=ids[start : start + AT_A_TIME], course__in=list(by_course))
        rows = [_proof(one, row) for one in done.select_related("course", "member") for row in by_course[one.course_id]]
        told |= {row.member_id for row in record_evidence(rows=rows, by=None)} if rows else set()
    return told


def _proof(done: CourseCompletion, row: CourseProves) -> NewEvidence:
    course, person = done.course, done.member
    words: dict[str, Any] = dict(course.title)
    return NewEvidence(
        member_id=done.member_id,
        kind=Evidence.Kind.COURSE,
        key=f"course:{course.public_id}:{person.public_id}:{row.competence.key}",
        on=timezone.localdate(done.completed_at),
        competence_id=row.competence_id,
        level=row.level,
        subject=f"course:{course.public_id}",
        label=words,
    )
