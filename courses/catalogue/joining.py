"""Coming in by an open course, without being a member: which courses are open, and taking one."""

from __future__ import annotations

from django.urls import reverse

from courses.catalogue.addresses import addresses_of
from courses.catalogue.models import CoursePage
from courses.curriculum.models import Course
from courses.curriculum.outlines import outline_of
from courses.enrolment.services import enrol
from lms.joining.openings import OpenCourse, Openings, register_openings
from lms.members.models import Member
from lms.wording import in_language

OPEN = CoursePage.Access.EVERYONE
PREFIX = "course:"


def open_course(key: str, language: str) -> OpenCourse | None:
    """The course of a key, when everyone may open a live page of it and something in it can be read."""
    course = Course.objects.filter(key=key.removeprefix(PREFIX), archived_at=None).first()
    if not key.startswith(PREFIX) or course is None:
        return None
    is_open = CoursePage.objects.live().filter(course=course, access=OPEN).exists()
    return _shown(course, language) if is_open else None


def open_courses(language: str) -> list[OpenCourse]:
    """Every open course, in the order of their pages."""
    pages = CoursePage.objects.live().filter(access=OPEN, course__archived_at=None).select_related("course")
    courses = {page.course_id: page.course for page in pages.order_by("path")}
    return [shown for course in courses.values() if (shown := _shown(course, language)) is not None]


def _shown(course: Course, language: str) -> OpenCourse | None:
    if outline_of(course.pk) is None:
        return None
    addresses = addresses_of(course.pk)
    lede = in_language(addresses.lede, language) if addresses.lede else ""
    title = in_language(course.title, language) or course.key
    return OpenCourse(f"{PREFIX}{course.key}", title, lede, addresses.course_in(language))


def take_course(member: Member, key: str, language: str) -> str:
    """Enrol somebody who has just come, when the course is still open; the address of its first lesson."""
    shown = open_course(key, language)
    if shown is None:
        return ""
    course = Course.objects.get(key=key.removeprefix(PREFIX))
    enrol(member=member, course=course)
    outline = outline_of(course.pk)
    first = next(iter(outline.taught), None) if outline else None
    return addresses_of(course.pk).lesson_in(first.key, language) if first else shown.url


def join_address(page: CoursePage) -> str:
    """Where a stranger signs up for the course without being a member; "" when it is not open."""
    if page.access != OPEN or page.course is None:
        return ""
    return reverse("join_course", args=[page.course.key])


def register() -> None:
    """Say so to the room of joining, once, at start."""
    register_openings(Openings(find=open_course, listed=open_courses, take=take_course))
