"""Taking the test: one question a screen, kept as one goes, handed in once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from assessments.attempts.grading import Mark, needed_points
from assessments.attempts.models import Attempt, Paper, Response
from assessments.attempts.queries import allowance, open_attempt
from assessments.attempts.services import NotNow, save_answers, start_attempt, submit_attempt
from assessments.bank.content import read_content
from certificates.models import Credential
from courses.catalogue.addresses import addresses_of
from courses.catalogue.asking import ChoiceView, choice_text
from courses.catalogue.rereading import lessons_to_reread
from courses.catalogue.views import open_course
from courses.curriculum.models import Course
from courses.curriculum.outlines import CourseOutline, outline_of
from courses.enrolment.queries import progress_in
from courses.progression.queries import valid_awards
from lms.members.models import Member
from lms.members.requests import SignedInRequest
from lms.wording import in_language


@dataclass(frozen=True, slots=True)
class TestQuestion:
    """One question of a test, before or after it is handed in."""

    number: int
    version_id: int
    stem: str
    kind: str
    choices: list[ChoiceView]
    is_answered: bool
    is_right: bool | None
    feedback: str
    lesson: str


@require_http_methods(["GET", "POST"])
@login_required
def front(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Before the test: what it asks, what passes, how many tries are left. POST begins."""
    course, outline = open_course(course_key)
    paper = _paper(outline)
    progress = progress_in(course.pk, request.user)
    is_locked = progress is None or not progress.is_complete
    allowed = allowance(paper, request.user)
    begun = open_attempt(paper, request.user)
    if request.method == "POST" and not is_locked:
        try:
            attempt = start_attempt(paper=paper, member=request.user)
        except NotNow:
            return redirect("test", course_key)
        return redirect("test_question", course_key, attempt.public_id, 1)
    tries = Attempt.objects.filter(paper=paper, member=request.user, state=Attempt.State.GRADED).order_by("-number")
    count = paper.placements.count()
    shown = {
        "course": course,
        "course_url": addresses_of(course.pk).course_in(get_language() or "nb"),
        "paper": paper,
        "intro": in_language(paper.intro),
        "count": count,
        "needed": needed_points(count, paper.pass_percent),
        "allowed": allowed,
        "begun": begun,
        "is_locked": is_locked,
        "left_lessons": len(outline.taught) - progress.done_lessons if progress else 0,
        "minutes_left": progress.minutes_left if progress else 0,
        "next_url": addresses_of(course.pk).lesson_in(progress.next_lesson.key, get_language() or "nb")
        if is_locked and progress and progress.next_lesson
        else "",
        "tries": tries,
    }
    return render(request, "courses/catalogue/test_front.html", shown)


@require_http_methods(["GET", "POST"])
@login_required
def question(request: SignedInRequest, course_key: str, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """One question. Sending the form keeps the answer and goes where the button says."""
    course, attempt = _own(request, course_key, attempt_id)
    if attempt.state != Attempt.State.OPEN:
        return redirect("test_result", course_key, attempt.public_id)
    if not 1 <= number <= attempt.out_of:
        raise Http404
    if request.method == "POST":
        return _keep(request, course_key, attempt, number)
    responses = _responses(attempt)
    response = responses[number - 1]
    shown = {
        "course": course,
        "attempt": attempt,
        "question": _shown(response, number, reveal=False),
        "total": len(responses),
        "answered": sum(bool(r.answer) for r in responses),
        "is_last": number == len(responses),
    }
    return render(request, "courses/catalogue/test_question.html", shown)


def _keep(request: SignedInRequest, course_key: str, attempt: Attempt, number: int) -> HttpResponse:
    """Keep the answer to one question, and go where the button says."""
    version_id = attempt.responses.order_by("order").values_list("version", flat=True)[number - 1]
    try:
        save_answers(attempt=attempt, answers={version_id: request.POST.getlist("answer")})
    except NotNow:  # handed in meanwhile, in another window
        return redirect("test_result", course_key, attempt.public_id)
    target = request.POST.get("go", "")
    if target == "overview" or (target == "next" and number == attempt.out_of):
        return redirect("test_overview", course_key, attempt.public_id)
    step = {"next": 1, "before": -1}.get(target, 0)
    return redirect("test_question", course_key, attempt.public_id, max(number + step, 1))


@require_http_methods(["GET", "POST"])
@login_required
def overview(request: SignedInRequest, course_key: str, attempt_id: uuid.UUID) -> HttpResponse:
    """All questions, the unanswered named; POST hands in."""
    course, attempt = _own(request, course_key, attempt_id)
    if request.method == "POST":
        submit_attempt(attempt=attempt)
        return redirect("test_result", course_key, attempt.public_id)
    if attempt.state != Attempt.State.OPEN:
        return redirect("test_result", course_key, attempt.public_id)
    questions = [_shown(r, n, reveal=False) for n, r in enumerate(_responses(attempt), start=1)]
    shown = {
        "course": course,
        "attempt": attempt,
        "questions": questions,
        "open_questions": [q for q in questions if not q.is_answered],
    }
    return render(request, "courses/catalogue/test_overview.html", shown)


@require_GET
@login_required
def result(request: SignedInRequest, course_key: str, attempt_id: uuid.UUID) -> HttpResponse:
    """The mark, what it leads to, and what to read again: the lesson for each wrong answer, not the answer."""
    course, attempt = _own(request, course_key, attempt_id)
    if attempt.state != Attempt.State.GRADED:
        return redirect("test_question", course_key, attempt.public_id, 1)
    questions = [_shown(r, n, reveal=True) for n, r in enumerate(_responses(attempt), start=1)]
    language, outline = get_language() or "nb", outline_of(course.pk)
    wrong = [q for q in questions if not q.is_right]
    shown = {
        "course": course,
        "course_url": addresses_of(course.pk).course_in(language),
        "attempt": attempt,
        "mark": Mark(attempt.points or 0, attempt.out_of, bool(attempt.passed)),
        "needed": needed_points(attempt.out_of, attempt.paper.pass_percent),
        "wrong": wrong,
        "reread": lessons_to_reread(outline, wrong, language) if outline else [],
        "allowed": allowance(attempt.paper, request.user),
        "reached": _reached(request.user, attempt) if attempt.passed else None,
    }
    return render(request, "courses/catalogue/test_result.html", shown)


@dataclass(frozen=True, slots=True)
class Reached:
    """The level that passing led to, and whether its certificate is on the shelf."""

    stones: int
    name: str
    has_certificate: bool


def _reached(member: Member, attempt: Attempt) -> Reached | None:
    """The highest level the person holds that rests on this paper; None when passing was not all it took."""
    fact = f"paper:{attempt.paper.key}:"
    for award in valid_awards(member):
        if any(str(found).startswith(fact) for found in award.facts):
            is_issued = Credential.objects.filter(award_key=award.key).exists()
            return Reached(award.level.order, in_language(award.level.display_name), is_issued)
    return None


def _paper(outline: CourseOutline) -> Paper:
    """The paper at the end of a course; 404 for a course without a test."""
    item = outline.test.items[0] if outline.test else None
    if item is None:
        raise Http404
    return get_object_or_404(Paper, pk=item.paper_id)


def _own(request: SignedInRequest, course_key: str, attempt_id: uuid.UUID) -> tuple[Course, Attempt]:
    """The reader's own attempt at this course's test; somebody else's is not found."""
    course, outline = open_course(course_key)
    item = outline.test.items[0] if outline.test else None
    attempts = Attempt.objects.filter(member=request.user, paper=item.paper_id if item else None)
    attempts = attempts.select_related("paper")
    return course, get_object_or_404(attempts, public_id=attempt_id)


def _responses(attempt: Attempt) -> list[Response]:
    return list(attempt.responses.select_related("version").order_by("order"))


def _shown(response: Response, number: int, *, reveal: bool) -> TestQuestion:
    """One question with the reader's answer. Marks and feedback only when ``reveal``, after handing in."""
    content = read_content(response.version.content)
    chosen = set(response.answer)
    choices = [
        ChoiceView(c.id, choice_text(content, c, get_language() or "nb"), c.id in chosen) for c in content.choices
    ]
    return TestQuestion(
        number=number,
        version_id=response.version_id,
        stem=in_language(content.stem),
        kind=content.kind,
        choices=choices,
        is_answered=bool(chosen),
        is_right=response.is_right if reveal else None,
        feedback=in_language(content.feedback) if reveal else "",
        lesson=content.lesson,
    )
