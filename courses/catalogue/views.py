"""What one does in a course. Every change is a POST; opening a page changes nothing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Set
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.attempts.models import Paper
from assessments.attempts.services import NotNow, answer_check_question
from courses.catalogue.addresses import addresses_of
from courses.catalogue.lessons import checklists_of
from courses.curriculum.kinds import PLAYED_KINDS
from courses.curriculum.models import Activity, Course
from courses.curriculum.outlines import CourseOutline, Item, Lesson, outline_of
from courses.enrolment.queries import progress_in
from courses.enrolment.services import enrol, finish_lesson, note_visit, save_work
from lms.members.requests import SignedInRequest

QUESTION_FIELD = re.compile(r"q[0-9]{1,18}")
MOST_WORDS = 20_000
"""Characters of a reflection that are kept."""


def open_course(course_key: str) -> tuple[Course, CourseOutline]:
    """A course that can be taken now; 404 for others."""
    course = get_object_or_404(Course, key=course_key, archived_at=None)
    outline = outline_of(course.pk)
    if outline is None:
        raise Http404
    return course, outline


def open_lesson(outline: CourseOutline, lesson_key: uuid.UUID) -> Lesson:
    """A lesson of the published outline; 404 for others."""
    lesson = outline.lesson(lesson_key)
    if lesson is None:
        raise Http404
    return lesson


def for_members(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send strangers to sign in and from there to the course, not to an address that only takes a form."""

    @wraps(view)
    def checked(request: HttpRequest, course_key: str, **rest: object) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, course_key, **rest)
        course, _outline = open_course(course_key)
        return redirect_to_login(addresses_of(course.pk).course_in(language_of(request)))

    return checked


def language_of(request: HttpRequest) -> str:
    """The language of the page a form was sent from, else the reader's own."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


@require_POST
@for_members
def enrol_in_course(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Take a course and go to its first lesson."""
    course, outline = open_course(course_key)
    enrol(member=request.user, course=course)
    progress = progress_in(course.pk, request.user)
    upcoming = progress.next_lesson if progress else None
    going_to = upcoming or next(iter(outline.lessons), None)
    if going_to is None:
        return HttpResponseRedirect(addresses_of(course.pk).course_in(language_of(request)))
    return HttpResponseRedirect(_address(course, going_to, language_of(request)))


@require_POST
@for_members
def finish(request: SignedInRequest, course_key: str, lesson_key: uuid.UUID) -> HttpResponse:
    """ "I have read this": complete the reading and go on; to what is left of the lesson when something is."""
    course, outline = open_course(course_key)
    lesson = open_lesson(outline, lesson_key)
    if lesson.is_test:
        raise Http404
    progress = finish_lesson(member=request.user, course_id=course.pk, lesson_key=lesson_key)
    if not progress.is_done(lesson):
        messages.info(request, _what_remains(lesson, progress.done))
    order = list(outline.taught)
    place = order.index(lesson)
    if place + 1 < len(order):
        return HttpResponseRedirect(_address(course, order[place + 1], language_of(request)))
    return HttpResponseRedirect(addresses_of(course.pk).course_in(language_of(request)))


def _what_remains(lesson: Lesson, done: Set[int]) -> str:
    """What is left of a lesson that has been read, in a sentence."""
    kinds = {item.kind for item in lesson.items if item.is_required and item.activity_id not in done}
    if not kinds & PLAYED_KINDS:
        return _("Read. The check questions remain; answer them now, or come back to them.")
    if kinds <= PLAYED_KINDS:
        return _("Read. What is to be watched or heard remains; play it now, or come back to it.")
    return _("Read. The check questions remain, and what is to be watched or heard; do it now, or come back to it.")


@require_POST
@for_members
def seen(request: SignedInRequest, course_key: str, lesson_key: uuid.UUID) -> HttpResponse:
    """The page tells that it is being read, so that one continues here on another device."""
    course, outline = open_course(course_key)
    open_lesson(outline, lesson_key)
    note_visit(member=request.user, course_id=course.pk, lesson_key=lesson_key)
    return HttpResponse(status=204)


@require_POST
@for_members
def do_activity(
    request: SignedInRequest, course_key: str, lesson_key: uuid.UUID, activity_key: uuid.UUID
) -> HttpResponse:
    """Answer a check question, write a reflection, tick a checklist; then back to the place in the lesson."""
    course, outline = open_course(course_key)
    lesson = open_lesson(outline, lesson_key)
    item = next((item for item in lesson.items if item.activity_key == activity_key), None)
    if item is None or item.kind not in ("quiz", "reflection", "checklist"):
        raise Http404
    enrol(member=request.user, course=course)
    anchor = f"a{activity_key.hex[:8]}"
    if item.kind == "quiz":
        anchor = _answer(request, item) or anchor
    else:
        _work(request, lesson, item)
    return HttpResponseRedirect(f"{_address(course, lesson, language_of(request))}#{anchor}")


def _answer(request: SignedInRequest, item: Item) -> str:
    """Take the answer to one question; the anchor of its place."""
    name = next((name for name in request.POST if QUESTION_FIELD.fullmatch(name)), "")
    answer = [chosen for chosen in request.POST.getlist(name) if chosen]
    if not answer:
        messages.info(request, _("Choose an answer first."))
        return name
    try:
        answer_check_question(
            paper=get_object_or_404(Paper, pk=item.paper_id),
            member=request.user,
            version_id=int(name[1:]),
            answer=answer,
        )
    except NotNow:
        messages.info(request, _("This question was changed while you read. Here is the new one."))
    return name


def _work(request: SignedInRequest, lesson: Lesson, item: Item) -> None:
    """Keep a reflection or the ticks of a checklist."""
    activity: Activity = get_object_or_404(Activity, pk=item.activity_id)
    if item.kind == "reflection":
        text = request.POST.get("text", "").replace("\0", "").strip()[:MOST_WORDS]
        save_work(member=request.user, activity=activity, content={"text": text}, is_done=bool(text))
    else:
        lists = checklists_of(lesson.key, item.activity_key)
        ticked = frozenset(request.POST.getlist("ticked")).intersection(frozenset().union(*lists))
        is_done = any(wanted and wanted <= ticked for wanted in lists)
        save_work(member=request.user, activity=activity, content={"ticked": sorted(ticked)}, is_done=is_done)


def _address(course: Course, lesson: Lesson, language: str) -> str:
    """Where a lesson is read in a language; the test has its own address."""
    if lesson.is_test:
        return reverse("test", args=[course.key])
    return addresses_of(course.pk).lesson_in(lesson.key, language)
