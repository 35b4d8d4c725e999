"""Where what a plan names is read: courses, levels and competences have their pages above or beside this room."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import NoReverseMatch, reverse

CourseAddress = Callable[[int, str], str]
"""(id of a course, language) → the address of its page, "" before it is published."""

_course: list[CourseAddress] = []


def register_course_address(address: CourseAddress) -> None:
    """Say where courses are read; the room of their pages does so when it starts."""
    _course[:] = [address]


def course_address(course_id: int, language: str) -> str:
    """Where a course is read, or "" when nobody has made it yet."""
    return _course[0](course_id, language) if _course else ""


def place(name: str, *args: object) -> str:
    """The address of a named page, or "" in a house without it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
