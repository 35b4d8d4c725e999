"""Publishing writes the outline: the live pages of a course, in all languages, become rows."""

from __future__ import annotations

import uuid
from collections import defaultdict
from functools import partial

from django.db import transaction

from assessments.attempts.models import Paper
from assessments.attempts.services import write_paper
from assessments.bank.services import write_question
from courses.catalogue.addresses import forget_addresses
from courses.catalogue.models import CoursePage, LessonPage, ModulePage
from courses.catalogue.reading import (
    REQUIRED_KINDS,
    WrittenQuestion,
    activity_blocks,
    in_all_languages,
    questions_of,
    recordings_in,
)
from courses.curriculum.kinds import PLAYED_KINDS
from courses.curriculum.models import Course
from courses.curriculum.plan import PlannedItem, PlannedLesson
from courses.curriculum.services import found_course, publish_outline
from lms.members.models import Member
from lms.wording import FALLBACKS, Wording

_TEST = uuid.UUID("5e5d1e1c-2f0d-4c52-a7a5-6d0f5e2a9b10")


@transaction.atomic
def publish_course(*, page: CoursePage, by: Member | None) -> Course | None:
    """Write the outline of the course a page belongs to; None while no language of it is live.

    The first live language in the order bokmål, nynorsk, English decides which activities are
    placed; the others add their words.
    """
    pages = _in_order(CoursePage.objects.live().filter(translation_key=page.translation_key))
    if not pages:
        if page.course_id:
            transaction.on_commit(partial(forget_addresses, page.course_id))
        return None
    source = pages[0]
    course = _course_of(source, by)
    CoursePage.objects.filter(translation_key=page.translation_key).exclude(course=course).update(course=course)
    lessons = _planned_lessons(course, source)
    if source.paper_id:
        lessons.append(_planned_test(course, source.paper))
    publish_outline(course=course, title=_titles(pages), lessons=lessons, by=by)
    transaction.on_commit(lambda: forget_addresses(course.pk))
    return course


def course_page_above(page: LessonPage | ModulePage | CoursePage) -> CoursePage | None:
    """The course page a page lies under; itself when it is one."""
    if isinstance(page, CoursePage):
        return page
    return CoursePage.objects.ancestor_of(page).first()


def _course_of(page: CoursePage, by: Member | None) -> Course:
    siblings = CoursePage.objects.filter(translation_key=page.translation_key, course__isnull=False)
    known = siblings.select_related("course").first()
    if known is not None and known.course is not None:
        return known.course
    return found_course(title=page.title, language=page.locale.language_code, key=page.slug, by=by)


def _planned_lessons(course: Course, source: CoursePage) -> list[PlannedLesson]:
    """The lessons under a course page, in reading order."""
    modules = list(ModulePage.objects.live().child_of(source).order_by("path"))
    lessons = list(LessonPage.objects.live().descendant_of(source).order_by("path"))
    module_titles = _titles_by_key(ModulePage.objects.live().filter(translation_key__in=_keys(modules)))
    twins: dict[uuid.UUID, list[LessonPage]] = defaultdict(list)
    for twin in _in_order(LessonPage.objects.live().filter(translation_key__in=_keys(lessons))):
        twins[twin.translation_key].append(twin)
    planned = []
    for number, module in enumerate(modules, start=1):
        for lesson in lessons:
            if lesson.path.startswith(module.path):
                same = twins[lesson.translation_key]
                planned.append(
                    PlannedLesson(
                        key=lesson.translation_key,
                        title=_titles(same),
                        minutes=lesson.minutes,
                        items=_planned_items(course, same),
                        module_key=module.translation_key,
                        module_number=number,
                        module_title=module_titles[module.translation_key],
                    )
                )
    return planned


def _planned_items(course: Course, same: list[LessonPage]) -> tuple[PlannedItem, ...]:
    """The reading, and each activity block of the deciding language."""
    items = [PlannedItem(key=same[0].translation_key, kind="reading")]
    others = [{key: value for key, _, value in activity_blocks(page.body)} for page in same[1:]]
    languages = [page.locale.language_code for page in same]
    for key, kind, value in activity_blocks(same[0].body):
        values = zip(languages, [value, *(other.get(key) for other in others)], strict=True)
        told = {language: own for language, own in values if own is not None}
        paper_id = None
        if kind == "quiz":
            written = [questions_of(own, language) for language, own in told.items()]
            paper_id = _write_quiz(course, key, value["title"], languages[0], written).pk
        recordings = recordings_in(told) if kind in PLAYED_KINDS else ()
        if kind in PLAYED_KINDS and not recordings:
            continue  # its recording is gone: there is nothing to play
        items.append(PlannedItem(key, kind, kind in REQUIRED_KINDS, paper_id, recordings))
    return tuple(items)


def _write_quiz(
    course: Course, key: uuid.UUID, title: str, language: str, written: list[list[WrittenQuestion]]
) -> Paper:
    """The check questions as a practice paper, each question with all its languages."""
    questions = []
    translated = [{question.id: question.content for question in other} for other in written[1:]]
    for question in written[0]:
        versions = [question.content, *(other[question.id] for other in translated if question.id in other)]
        version = write_question(key=f"{course.key}:{question.id}", content=in_all_languages(versions))
        questions.append(version.question)
    return write_paper(
        key=f"{course.key}:{key}", title={language: title}, mode=Paper.Mode.PRACTICE, questions=questions
    )


def _planned_test(course: Course, paper: Paper) -> PlannedLesson:
    """The test at the end. It opens when every lesson is done, and is no part of completing the course."""
    key = uuid.uuid5(_TEST, str(course.public_id))
    item = PlannedItem(key=key, kind="test", paper_id=paper.pk)
    return PlannedLesson(key=key, title=paper.title, minutes=20, items=(item,), is_test=True)


def _in_order(pages):  # type: ignore[no-untyped-def]
    """Pages in the order their languages decide: bokmål, nynorsk, English."""
    order = {code: place for place, code in enumerate(FALLBACKS["nb"])}
    return sorted(pages.select_related("locale"), key=lambda page: order.get(page.locale.language_code, 9))


def _titles(pages) -> Wording:  # type: ignore[no-untyped-def]
    return {page.locale.language_code: page.title for page in pages}


def _titles_by_key(pages) -> dict[uuid.UUID, dict[str, str]]:  # type: ignore[no-untyped-def]
    found: dict[uuid.UUID, dict[str, str]] = defaultdict(dict)
    for page in pages.select_related("locale"):
        found[page.translation_key][page.locale.language_code] = page.title
    return found


def _keys(pages) -> list[uuid.UUID]:  # type: ignore[no-untyped-def]
    return [page.translation_key for page in pages]
