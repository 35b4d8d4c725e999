"""Courses as cards, for the front page and the list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext_lazy

from courses.catalogue.addresses import addresses_of
from courses.catalogue.languages import written_in
from courses.catalogue.models import CoursePage
from courses.curriculum.outlines import outline_of
from courses.progression.models import Level
from lms.wording import FALLBACKS, in_language

SHORT_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Card:
    """One course in a list."""

    title: str
    url: str
    lede: str
    minutes: int
    lesson_count: int
    level_key: str
    level_name: str
    is_open: bool
    stones: int = 0
    audience: str = CoursePage.Audience.EVERYONE
    languages: frozenset[str] = frozenset()
    lang: str = ""
    """The language the course is in, when it is not in the reader's."""

    @property
    def language_words(self) -> str:
        """ "In Norwegian (bokmål)", when the course is not in the reader's language."""
        return written_in(self.lang)

    def matches(self, *, level: str = "", audience: str = "", length: str = "", language: str = "") -> bool:
        """Whether the card is among what the reader asked for; what is for everyone is for each audience."""
        return (
            (not level or level == self.level_key)
            and (not audience or self.audience in (audience, CoursePage.Audience.EVERYONE))
            and (not length or (length == "short") == (self.minutes <= SHORT_MINUTES))
            and (not language or language in self.languages)
        )


def course_cards(language: str) -> list[Card]:
    """The live courses in a language, or in the nearest they are written in. One query when warm."""
    order = {code: place for place, code in enumerate(FALLBACKS.get(language, FALLBACKS["nb"]))}
    pages = CoursePage.objects.live().exclude(course=None).select_related("locale", "level", "course")
    best: dict[int, CoursePage] = {}
    languages: dict[int, set[str]] = {}
    for page in sorted(pages, key=lambda p: (order.get(p.locale.language_code, 9), p.path)):
        if page.course.archived_at is None:
            best.setdefault(page.course_id, page)
            languages.setdefault(page.course_id, set()).add(page.locale.language_code)
    return [card for pk, page in best.items() if (card := _card(page, language, languages[pk])) is not None]


def _card(page: CoursePage, language: str, languages: Collection[str]) -> Card | None:
    outline = outline_of(page.course_id)
    if outline is None:
        return None
    level = page.level
    return Card(
        title=page.title,
        url=addresses_of(page.course_id).course_in(language),
        lede=page.lede,
        minutes=sum(lesson.minutes for lesson in outline.taught),
        lesson_count=len(outline.taught),
        level_key=level.key if level else "",
        level_name=in_language(level.display_name) if level else "",
        is_open=page.access == CoursePage.Access.EVERYONE,
        stones=level.order if level else 0,
        audience=page.audience,
        languages=frozenset(languages),
        lang="" if page.locale.language_code == language else page.locale.language_code,
    )


@dataclass(frozen=True, slots=True)
class LevelStep:
    """One level on the front page: its stones, what it makes you, what it holds and how long it takes."""

    order: int
    name: str
    text: str
    key: str
    course_count: int
    minutes: int


LEVEL_WORDS = {
    "leadership.grunn": gettext_lazy("Roles, meetings, money and each other. For everyone new on a board."),
    "leadership.videre": gettext_lazy("Leading meetings, planning for years, and sharing the work so that it lasts."),
    "leadership.fordypning": gettext_lazy("Finding people, guiding them, and handing the office over in good order."),
}
"""What each level of the ladder the house is delivered with is about; other ladders speak through their names."""


def first_steps(course_id: int | None, language: str, cards: list[Card]) -> dict[str, Any]:
    """What the front page begins with: the first course, and the levels of the leadership ladder."""
    outline = outline_of(course_id) if course_id else None
    minutes = sum(lesson.minutes for lesson in outline.taught) if outline else 0
    return {
        "start_url": addresses_of(course_id).course_in(language) if course_id else "",
        "start_minutes": minutes,
        "levels": [_level_step(level, [card for card in cards if card.level_key == level.key]) for level in _ladder()],
    }


def _level_step(level: Level, cards: list[Card]) -> LevelStep:
    return LevelStep(
        order=level.order,
        name=in_language(level.display_name),
        text=str(LEVEL_WORDS.get(level.key, "")),
        key=level.key,
        course_count=len(cards),
        minutes=sum(card.minutes for card in cards),
    )


def _ladder() -> list[Level]:
    """The levels of the leadership track; they change once in some years, so they are kept."""
    found = cache.get("leadership-ladder")
    if found is None:
        found = list(Level.objects.filter(track__key="leadership").order_by("order"))
        cache.set("leadership-ladder", found, 600)
    return found
