"""A lesson as its reader meets it: the blocks, and what the reader has answered and written."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from assessments.attempts.queries import Answered, answers_in
from courses.catalogue.addresses import Addresses, addresses_of
from courses.catalogue.asking import QuestionView, quiz_views, written_quiz
from courses.catalogue.joining import join_address
from courses.catalogue.models import CoursePage, LessonPage
from courses.catalogue.playing import draft_player, played_parts
from courses.catalogue.reading import ACTIVITY_KINDS, block_key
from courses.curriculum.kinds import PLAYED_KINDS
from courses.curriculum.outlines import CourseOutline, Lesson, outline_of
from courses.enrolment.progress import Progress
from courses.enrolment.queries import enrolment_and_progress, work_in
from lms.members.models import Member
from lms.wording import in_language
from media.playback.player import Player


@dataclass(frozen=True, slots=True)
class Link:
    """A lesson one can go to."""

    title: str
    url: str
    state: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing on a checklist."""

    id: str
    text: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the lesson. ``block`` is shown as it is; the other fields belong to activities."""

    kind: str
    block: Any
    anchor: str = ""
    questions: list[QuestionView] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    text: str = ""
    action: str = ""
    player: Player | None = None
    is_first: bool = False

    @property
    def is_begun(self) -> bool:
        """Whether something on the checklist is ticked."""
        return any(tick.is_ticked for tick in self.ticks)


@dataclass(frozen=True, slots=True)
class LessonView:
    """Everything the lesson page shows beside its own fields."""

    key: uuid.UUID
    course_title: str
    number: int
    total: int
    module_number: int
    module_title: str
    question_count: int
    parts: list[Part]
    siblings: list[Link]
    before: Link | None
    after: Link | None
    is_done: bool
    is_read: bool
    finish_url: str
    seen_url: str
    is_signed_in: bool
    join_url: str = ""
    """Where a stranger signs up for the course without being a member."""

    @property
    def has_player(self) -> bool:
        """Whether there is something to play."""
        return any(part.player for part in self.parts)

    @property
    def has_film(self) -> bool:
        """Whether there is a film among it."""
        return any(part.player and part.player.is_film for part in self.parts)


def lesson_view(page: LessonPage, course_page: CoursePage, member: Member | None, *, is_preview: bool) -> LessonView:
    """The lesson for a reader; in a preview, or before anything is published, without a reader's state."""
    language = page.locale.language_code
    outline = outline_of(course_page.course_id) if course_page.course_id and not is_preview else None
    lesson = outline.lesson(page.translation_key) if outline else None
    if outline is None or lesson is None:
        return _unpublished(page, course_page, language)
    progress, answers, works = _state_of(outline, lesson, member)
    course_key = course_page.course.key if course_page.course else ""
    played = played_parts(page, lesson, member)
    parts = [
        Part(player.kind, None, player.anchor, player=player.player)
        if (player := played.get(place))
        else _part(page.body[place], lesson, language, course_key, answers, works)
        for place in range(len(page.body))
    ]
    addresses = addresses_of(outline.course_id)
    order = list(outline.taught)
    place = order.index(lesson)
    return LessonView(
        key=lesson.key,
        course_title=course_page.title,
        number=place + 1,
        total=len(order),
        module_number=lesson.module_number,
        module_title=in_language(lesson.module_title, language),
        question_count=sum(len(part.questions) for part in parts),
        parts=_marked_first(parts),
        siblings=_siblings(order, lesson, progress, addresses, language),
        before=_link(order[place - 1], addresses, language) if place else None,
        after=_link(order[place + 1], addresses, language) if place + 1 < len(order) else None,
        is_done=progress.is_done(lesson) and member is not None,
        is_read=any(item.kind == "reading" and item.activity_id in progress.done for item in lesson.items),
        finish_url=_form_address("finish_lesson", language, course_key, lesson.key),
        seen_url=_form_address("note_visit", language, course_key, lesson.key),
        is_signed_in=member is not None,
        join_url="" if member else join_address(course_page),
    )


def _form_address(name: str, language: str, *args: object) -> str:
    """Where a form of the lesson is sent; the language brings the reader back to the page they were on."""
    return f"{reverse(name, args=args)}?language={language}"


def _state_of(
    outline: CourseOutline, lesson: Lesson, member: Member | None
) -> tuple[Progress, Mapping[int, Answered], Mapping[int, dict[str, Any]]]:
    """Progress, answers and works of a reader in a lesson. Four queries, or none for a stranger."""
    if member is None:
        return Progress(outline, frozenset()), {}, {}
    progress = enrolment_and_progress(outline, member)[1]
    papers = [item.paper_id for item in lesson.items if item.kind == "quiz" and item.paper_id]
    versions = [question.version_id for paper in papers for question in written_quiz(paper)]
    own = [item.activity_id for item in lesson.items if item.kind in ("reflection", "checklist")]
    return progress, answers_in(member, versions) if versions else {}, work_in(member, own) if own else {}


def _part(
    block: Any,
    lesson: Lesson,
    language: str,
    course_key: str,
    answers: Mapping[int, Answered],
    works: Mapping[int, dict[str, Any]],
) -> Part:
    kind = ACTIVITY_KINDS.get(block.block_type)
    if kind is None:
        return Part(block.block_type, block)
    key = block_key(block.id)
    item = next((item for item in lesson.items if item.activity_key == key), None)
    if item is None:
        return Part("missing", block)
    action = _form_address("do_activity", language, course_key, lesson.key, key)
    anchor = f"a{key.hex[:8]}"
    work = works.get(item.activity_id, {})
    if kind == "quiz":
        return Part(kind, block, anchor, questions=quiz_views(item.paper_id, language, action, answers))
    if kind == "checklist":
        return Part(kind, block, anchor, ticks=_ticks(block, work.get("ticked", ())), action=action)
    return Part(kind, block, anchor, text=work.get("text", ""), action=action)


def _ticks(block: Any, ticked: Iterable[str]) -> list[Tick]:
    marked = set(ticked)
    return [Tick(str(item.id), item.value, str(item.id) in marked) for item in block.value["items"].bound_blocks]


def checklists_of(lesson_key: uuid.UUID, activity_key: uuid.UUID) -> list[frozenset[str]]:
    """The ids of what is to be ticked on a checklist, in each language the lesson is live in."""
    pages = LessonPage.objects.live().filter(translation_key=lesson_key)
    blocks = [block for page in pages for block in page.body if block.id and block_key(block.id) == activity_key]
    return [frozenset(tick.id for tick in _ticks(block, ())) for block in blocks if block.block_type == "checklist"]


def _marked_first(parts: list[Part]) -> list[Part]:
    """The first running text is set larger: it is the hook."""
    first = next((place for place, part in enumerate(parts) if part.kind == "text"), None)
    return [Part("text", part.block, is_first=True) if place == first else part for place, part in enumerate(parts)]


def _link(lesson: Lesson, addresses: Addresses, language: str, state: str = "", is_here: bool = False) -> Link:
    return Link(in_language(lesson.title, language), addresses.lesson_in(lesson.key, language), state, is_here)


def _siblings(
    order: list[Lesson], lesson: Lesson, progress: Progress, addresses: Addresses, language: str
) -> list[Link]:
    """The lessons of the same module."""
    same = [other for other in order if other.module_key == lesson.module_key]
    return [_link(other, addresses, language, progress.state_of(other), other is lesson) for other in same]


def _unpublished(page: LessonPage, course_page: CoursePage, language: str) -> LessonView:
    """A draft as its writer sees it: everything is there, nothing can be answered."""
    parts = []
    for block in page.body:
        kind = ACTIVITY_KINDS.get(block.block_type, block.block_type)
        questions = quiz_views(None, language, "", {}, block=block) if kind == "quiz" else []
        ticks = _ticks(block, ()) if kind == "checklist" else []
        player = draft_player(block, language) if kind in PLAYED_KINDS else None
        parts.append(Part(kind, block, questions=questions, ticks=ticks, player=player))
    return LessonView(
        key=page.translation_key,
        course_title=course_page.title,
        number=1,
        total=1,
        module_number=0,
        module_title=page.get_parent().title,
        question_count=sum(len(part.questions) for part in parts),
        parts=_marked_first(parts),
        siblings=[],
        before=None,
        after=None,
        is_done=False,
        is_read=False,
        finish_url="",
        seen_url="",
        is_signed_in=False,
    )
