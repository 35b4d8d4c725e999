"""The open courses one may come in by. The wing of courses says which there are; this room knows none of it.

A course is named by its stable key, ``course:<key>``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lms.members.models import Member


@dataclass(frozen=True, slots=True)
class OpenCourse:
    """A course that is open to everyone, in one language."""

    key: str
    title: str
    lede: str
    url: str


@dataclass(frozen=True, slots=True)
class Openings:
    """What the courses answer: one open course, all of them, and taking one (the address to go on to)."""

    find: Callable[[str, str], OpenCourse | None]
    listed: Callable[[str], list[OpenCourse]]
    take: Callable[[Member, str, str], str]


_openings: list[Openings] = []


def register_openings(openings: Openings) -> None:
    """Say what the courses answer; the wing does so when it starts."""
    _openings[:] = [openings]


def open_course(key: str, language: str) -> OpenCourse | None:
    """The open course of a key (language), None when it is not open or there is none."""
    return _openings[0].find(key, language) if _openings and key else None


def open_courses(language: str) -> list[OpenCourse]:
    """Every open course, as a reader of the language sees them."""
    return _openings[0].listed(language) if _openings else []


def take_course(member: Member, key: str, language: str) -> str:
    """Enrol somebody in an open course; the address of its first lesson, "" when it is not open."""
    return _openings[0].take(member, key, language) if _openings and key else ""
