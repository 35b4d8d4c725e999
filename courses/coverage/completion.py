"""Who has done what in a course, person by person, as a file that streams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.coverage.exporting import MARK, csv_cell, csv_line
from courses.coverage.people import people_of, takers_of
from courses.curriculum.models import Course
from courses.curriculum.outlines import CourseOutline, outline_of
from courses.enrolment.models import Completion, CourseCompletion, Enrolment
from lms.audit.models import Sighting
from lms.audit.services import record_sighting_of_all
from lms.members.models import Member
from lms.organisation.models import Unit
from lms.periods import today
from lms.wording import in_language

AT_A_TIME, LINES_AT_A_TIME, FEW = 5_000, 500, 2_000
NOBODY: tuple[int, dict[int, str]] = (0, {})
FIRST_HOUR, LAST_HOUR = "03", "21"
"""Between these hours of UTC it is the same day in Europe."""


def courses_taken(unit: Unit, *, on: dt.date) -> list[Course]:
    """The courses that people of a unit and below take, by title. How many is not said: small numbers are no one's."""
    taken = Enrolment.objects.filter(member__in=people_of(unit, on=on).values("pk")).values("course")
    return sorted(Course.objects.filter(pk__in=taken, archived_at=None), key=str)


def completion_lines(course: Course, unit: Unit, *, by: Member) -> Iterator[bytes]:
    """Who in a unit takes the course, and on which day each activity was done, as CSV.

    ``unit`` is one whose people ``by`` sees: the caller has asked. That they were exported is
    written down before any of it is given.
    """
    outline = outline_of(course.pk)
    activities = _activities(outline)
    yield (MARK + csv_line([_("Name"), *(title for _pk, title in activities), _("The whole course")])).encode()
    people = takers_of(course, unit, on=today())
    record_sighting_of_all(by=by, page="course_completion", of=people, act=Sighting.Act.EXPORTED)
    yield from _portions(_lines(people, course, [pk for pk, _title in activities]))


def _activities(outline: CourseOutline | None) -> list[tuple[int, str]]:
    """The activities that must be done, in order, each under its lesson's title."""
    if outline is None:
        return []
    return [
        (item.activity_id, in_language(lesson.title))
        for lesson in outline.lessons
        for item in lesson.items
        if item.is_required
    ]


def _lines(people: QuerySet[Member], course: Course, activities: Sequence[int]) -> Iterator[str]:
    """A line for each person, by name. Three queries that run beside one another, so that little is held."""
    rows = list(people.order_by("name_key", "pk").values_list("pk", "name"))
    ids = {pk for pk, _name in rows}
    # Few are asked for by number. Of many it is quicker to read all who take the course, and pass over the others.
    whose = {"member__in": ids} if len(ids) <= FEW else {}
    order = ("member__name_key", "member_id")
    at = Cast("completed_at", CharField())  # as text: to make a time of each costs more than all the rest
    done = Completion.objects.filter(**whose, activity__in=activities).order_by(*order)
    whole = CourseCompletion.objects.filter(**whose, course=course).order_by(*order)
    days = _of_each(done.values_list("member_id", "activity_id", at).iterator(AT_A_TIME), ids)
    ends = _of_each(whole.values_list("member_id", "course_id", at).iterator(AT_A_TIME), ids)
    days_of, ends_of = next(days, NOBODY), next(ends, NOBODY)
    for pk, name in rows:
        own: dict[int, str] = {}
        end = ""
        if days_of[0] == pk:
            own, days_of = days_of[1], next(days, NOBODY)
        if ends_of[0] == pk:
            end, ends_of = ends_of[1][course.pk], next(ends, NOBODY)
        told = ";".join([own.get(one, "") for one in activities])
        yield f"{csv_cell(name)};{told};{end}\r\n"


def _of_each(rows: Iterable[tuple[int, int, str]], ids: Container[int]) -> Iterator[tuple[int, dict[int, str]]]:
    """Person by person: what was done, on which day."""
    for member, own in groupby(rows, key=itemgetter(0)):
        if member in ids:
            yield member, {what: local_day(when) for _member, what, when in own}


def _portions(lines: Iterator[str]) -> Iterator[bytes]:
    while portion := "".join(islice(lines, LINES_AT_A_TIME)):
        yield portion.encode()


def local_day(text: str) -> str:
    """The day where the organisation is of a moment as the database writes it, in UTC."""
    if not text or FIRST_HOUR <= text[11:13] < LAST_HOUR:
        return text[:10]
    return timezone.localdate(dt.datetime.fromisoformat(text[:19]).replace(tzinfo=dt.UTC)).isoformat()
