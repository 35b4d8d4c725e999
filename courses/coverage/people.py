"""Who is counted in a unit and below, as one set that the database can build once, however many they are."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from courses.curriculum.models import Course
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Membership, Term, Unit


def people_of(unit: Unit, *, on: dt.date) -> QuerySet[Member]:
    """Those who on a day belong to, or serve in, a unit and below.

    The same people as ``access.people_under``, as a union: of two sets joined by "or" a large
    database would look each person up in both. Whether the reader sees them, the caller has asked.
    """
    belong, serve = _standing(unit, on)
    return Member.objects.filter(pk__in=belong.values("member").union(serve.values("member")))


def takers_of(course: Course, unit: Unit, *, on: dt.date) -> QuerySet[Member]:
    """Those of them who take a course: found by way of the course, and looked up one by one."""
    here = [Exists(rows.filter(member=OuterRef("pk"))) for rows in _standing(unit, on)]
    return Member.objects.filter(here[0] | here[1], enrolments__course=course)


def _standing(unit: Unit, on: dt.date) -> tuple[QuerySet[Membership], QuerySet[Term]]:
    under = access.below([unit.pk], on=on)
    return Membership.objects.on(on).filter(unit__in=under), Term.objects.on(on).filter(body__unit__in=under)
