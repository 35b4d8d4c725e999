"""Taking a whole group into a course, in statements over sets."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from courses.curriculum.models import Course
from courses.enrolment.models import Enrolment
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.organisation import access

AT_A_TIME = 5_000


@transaction.atomic
def enrol_all(*, member_ids: Collection[int], course: Course, by: Member | None) -> int:
    """Let all of these people take a course; who takes it already goes on. Returns how many are new.

    One transaction, three statements for every 5,000 people. ``by`` None is the program itself.
    Raises PermissionDenied when one of them is not among the people ``by`` may see, or is not
    here any more, and ValueError for an archived course; then nobody is enrolled.
    """
    if course.archived_at is not None:
        raise ValueError("nobody is enrolled in an archived course")
    people = Member.objects.filter(is_active=True)
    if by is not None:
        people = access.visible(people, to=by)
    ids = list(dict.fromkeys(member_ids))
    new = sum(_enrol(ids[start : start + AT_A_TIME], people, course) for start in range(0, len(ids), AT_A_TIME))
    if new:
        record_act("enrol_all", by=by, subject=subject_key("course", course.public_id), people=new)
    return new


def _enrol(ids: Sequence[int], people: QuerySet[Member], course: Course) -> int:
    if people.filter(pk__in=ids).count() != len(ids):
        raise PermissionDenied("somebody of these is not among the people one may enrol")
    already = set(Enrolment.objects.filter(course=course, member__in=ids).values_list("member", flat=True))
    rows = [Enrolment(member_id=pk, course=course) for pk in ids if pk not in already]
    Enrolment.objects.bulk_create(rows, batch_size=AT_A_TIME, ignore_conflicts=True)
    return len(rows)
