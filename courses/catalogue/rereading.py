"""What to read again after a test: the lessons that the wrong answers point to. Pure but for addresses."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from courses.catalogue.addresses import addresses_of
from courses.curriculum.outlines import CourseOutline, Lesson
from lms.wording import in_language

BY_PLACE = re.compile(r"(?:^|\.)(\d+)\.(\d+)$")


@dataclass(frozen=True, slots=True)
class Reread:
    """A lesson to read again with the questions that lead to it; no title when they name no lesson."""

    title: str = ""
    url: str = ""
    minutes: int = 0
    questions: list[Any] = field(default_factory=list)


def lessons_to_reread(outline: CourseOutline, wrong: Iterable[Any], language: str) -> list[Reread]:
    """The wrong questions (each with ``lesson``) by lesson, in the order of the course; those without one last."""
    places: dict[uuid.UUID | None, list[Any]] = {}
    for question in wrong:
        lesson = lesson_named(outline, question.lesson)
        places.setdefault(lesson.key if lesson else None, []).append(question)
    addresses = addresses_of(outline.course_id)
    found = [
        Reread(
            title=in_language(lesson.title, language),
            url=addresses.lesson_in(lesson.key, language),
            minutes=lesson.minutes,
            questions=places[lesson.key],
        )
        for lesson in outline.taught
        if lesson.key in places
    ]
    return found + ([Reread(questions=places[None])] if None in places else [])


def lesson_named(outline: CourseOutline, name: str) -> Lesson | None:
    """The lesson a question points to: by its key, or by its place ("nis.2.1" is lesson 1 of module 2)."""
    by_key = next((lesson for lesson in outline.taught if name and str(lesson.key) == name), None)
    place = BY_PLACE.search(name)
    if by_key or place is None:
        return by_key
    module = [lesson for lesson in outline.taught if lesson.module_number == int(place[1])]
    return module[int(place[2]) - 1] if 0 < int(place[2]) <= len(module) else None
