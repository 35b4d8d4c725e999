"""Where the pages of a course are read, in each language: kept, so that no list asks the page tree."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from courses.catalogue.models import CoursePage, LessonPage
from lms.keeping import forget, kept
from lms.wording import FALLBACKS


@dataclass(frozen=True, slots=True)
class Addresses:
    """The live addresses of one course: ``course[language]`` and ``lessons[key][language]``."""

    course: dict[str, str] = field(default_factory=dict)
    lessons: dict[uuid.UUID, dict[str, str]] = field(default_factory=dict)
    lede: dict[str, str] = field(default_factory=dict)

    def course_in(self, language: str) -> str:
        """The course's address in a language, or in the nearest it is live in."""
        return _nearest(self.course, language)

    def lesson_in(self, key: uuid.UUID, language: str) -> str:
        """A lesson's address in a language, or in the nearest it is live in."""
        return _nearest(self.lessons.get(key, {}), language)


def _nearest(found: dict[str, str], language: str) -> str:
    return next((found[code] for code in FALLBACKS.get(language, FALLBACKS["nb"]) if code in found), "")


def addresses_of(course_id: int) -> Addresses:
    """The addresses of a course. Warm: no query."""
    return kept("addresses", f"pages-of-course-{course_id}", lambda: _read(course_id))


def forget_addresses(course_id: int) -> None:
    """Drop the kept addresses; publishing and moving pages do so."""
    forget(f"pages-of-course-{course_id}")


def _read(course_id: int) -> Addresses:
    found = Addresses()
    for page in CoursePage.objects.live().filter(course=course_id).select_related("locale"):
        language = page.locale.language_code
        found.course[language] = _path(page)
        found.lede[language] = page.lede
        for lesson in LessonPage.objects.live().descendant_of(page):
            found.lessons.setdefault(lesson.translation_key, {})[language] = _path(lesson)
    return found


def _path(page: CoursePage | LessonPage) -> str:
    """The address within the house, without the host."""
    parts = page.get_url_parts()
    return parts[2] if parts else ""
