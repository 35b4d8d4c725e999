"""A course as a trail: modules, lessons and the test, with the reader's own state."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.catalogue.addresses import Addresses, addresses_of
from courses.catalogue.joining import join_address
from courses.catalogue.models import CoursePage
from courses.curriculum.outlines import CourseOutline, Lesson, outline_of
from courses.enrolment.progress import Progress, State
from courses.enrolment.queries import enrolment_and_progress
from lms.members.models import Member
from lms.pages.templatetags.tillit import minutes as in_minutes
from lms.wording import Wording, in_language, language_found


@dataclass(frozen=True, slots=True)
class Step:
    """One mark on the trail: a lesson, or the test."""

    title: str
    url: str
    minutes: int
    kinds: str
    state: str
    note: str = ""
    is_test: bool = False
    lang: str = ""
    """The language the title is in, when it is not the page's."""


@dataclass(frozen=True, slots=True)
class ModuleStretch:
    """The stretch of one module."""

    number: int
    title: str
    state: str
    note: str
    steps: list[Step]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class CourseView:
    """Everything the course page shows."""

    title: str
    lede: str
    over: str
    key: str
    minutes: int = 0
    lesson_count: int = 0
    done_lessons: int = 0
    total_lessons: int = 0
    minutes_left: int = 0
    has_test: bool = False
    certificate_line: str = ""
    is_enrolled: bool = False
    is_signed_in: bool = False
    is_open: bool = False
    stones: int = 0
    start_url: str = ""
    join_url: str = ""
    """Where a stranger signs up without being a member, when the course is open to everyone."""
    next_step: Step | None = None
    modules: list[ModuleStretch] = field(default_factory=list)
    test: Step | None = None
    outcomes: list[str] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)


def course_view(page: CoursePage, member: Member | None) -> CourseView:
    """The trail of a course in the page's language, as ``member`` (or a stranger) sees it."""
    over = _("Course at level %(n)d") % {"n": page.level.order} if page.level else _("Course")
    course = page.course
    outline = outline_of(course.pk) if course else None
    outcomes = [str(block.value) for block in page.outcomes]
    if course is None or outline is None:
        return CourseView(page.title, page.lede, over, key="", outcomes=outcomes)
    language, addresses = page.locale.language_code, addresses_of(outline.course_id)
    is_enrolled, progress = False, Progress(outline, frozenset())
    if member is not None:
        is_enrolled, progress = enrolment_and_progress(outline, member)
    steps = {lesson.key: _step(lesson, progress, language, addresses, course.key) for lesson in outline.lessons}
    if not is_enrolled:  # "you are here" is said to those who have set out
        steps = {k: replace(s, state=State.NEXT) if s.state == State.HERE else s for k, s in steps.items()}
    upcoming = progress.next_lesson
    return CourseView(
        title=page.title,
        lede=page.lede,
        over=over,
        key=course.key,
        minutes=sum(lesson.minutes for lesson in outline.taught),
        lesson_count=len(outline.taught),
        done_lessons=progress.done_lessons,
        total_lessons=len(outline.taught),
        minutes_left=progress.minutes_left,
        has_test=outline.test is not None,
        certificate_line=_("Certificate, level %(n)d") % {"n": page.level.order} if page.level else "",
        is_enrolled=is_enrolled,
        is_signed_in=member is not None,
        is_open=page.access == CoursePage.Access.EVERYONE,
        stones=page.level.order if page.level else 0,
        start_url=f"{reverse('enrol', args=[course.key])}?language={language}",
        join_url="" if member else join_address(page),
        next_step=steps[upcoming.key] if upcoming else None,
        modules=_stretches(outline, progress, steps, language),
        test=steps[outline.test.key] if outline.test else None,
        outcomes=outcomes,
        languages=[(code, url) for code, url in addresses.course.items() if code != language],
    )


def _step(lesson: Lesson, progress: Progress, language: str, addresses: Addresses, course_key: str) -> Step:
    state = progress.state_of(lesson)
    if lesson.is_test:
        url = reverse("test", args=[course_key])
        return Step(_("The test"), url, lesson.minutes, "", state, _test_note(state, progress), is_test=True)
    url = addresses.lesson_in(lesson.key, language)
    lang = _foreign(lesson.title, language)
    return Step(in_language(lesson.title, language), url, lesson.minutes, _kinds(lesson), state, lang=lang)


def _foreign(title: Wording, language: str) -> str:
    """The language a title is read in when it is not written in the page's own."""
    found = language_found(title, language)
    return "" if found == language else found


def _test_note(state: State, progress: Progress) -> str:
    """Why the test is closed and when it opens."""
    if state != State.LOCKED:
        return ""
    left = len(progress.outline.taught) - progress.done_lessons
    sentence = ngettext(
        "Opens when the last lesson is done, about %(time)s.",
        "Opens when the last %(n)s lessons are done, about %(time)s.",
        left,
    )
    return sentence % {"n": left, "time": in_minutes(progress.minutes_left)}


KIND_WORDS = (
    ("video", gettext_lazy("film")),
    ("episode", gettext_lazy("podcast")),
    ("reading", gettext_lazy("text")),
    ("quiz", gettext_lazy("questions")),
)


def _kinds(lesson: Lesson) -> str:
    """What one meets in a lesson, in words: "Film, text and questions"."""
    kinds = {item.kind for item in lesson.items}
    words = [str(word) for kind, word in KIND_WORDS if kind in kinds]
    if not words:
        return ""
    joined = _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
    return (joined if len(words) > 1 else words[0]).capitalize()


def _stretches(
    outline: CourseOutline, progress: Progress, steps: Mapping[uuid.UUID, Step], language: str
) -> list[ModuleStretch]:
    found = []
    for number, group in groupby(outline.taught, key=lambda lesson: lesson.module_number):
        lessons = list(group)
        states = [steps[lesson.key].state for lesson in lessons]
        state = State.DONE if set(states) == {State.DONE} else State.HERE if State.HERE in states else State.NEXT
        title = in_language(lessons[0].module_title, language)
        own = [steps[lesson.key] for lesson in lessons]
        lang = _foreign(lessons[0].module_title, language)
        found.append(ModuleStretch(number, title, state, _module_note(lessons, state), own, lang))
    return found


def _module_note(lessons: Iterable[Lesson], state: State) -> str:
    count = len(list(lessons))
    words = ngettext("%(n)d lesson", "%(n)d lessons", count) % {"n": count}
    match state:
        case State.DONE:
            return f"{words} · " + _("done")
        case State.HERE:
            return f"{words} · " + _("you are here")
        case _:
            return words
