"""Writes to papers and attempts. A learner's own answers are their own record: no trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from assessments.attempts.asked import asked_by, forget_asked, read_asked
from assessments.attempts.grading import is_right, mark
from assessments.attempts.models import Attempt, Paper, PaperQuestion, Response
from assessments.attempts.queries import allowance, open_attempt
from assessments.attempts.signals import attempt_graded
from assessments.bank.content import read_content
from assessments.bank.models import Question
from lms.members.models import Member
from lms.wording import Wording


class NotNow(Exception):
    """The attempt cannot be started, answered or handed in as asked; the message says why, for logs."""


@transaction.atomic
def write_paper(
    *,
    key: str,
    title: Wording,
    mode: str,
    questions: Sequence[Question],
    pass_percent: int = 100,
    attempts_limit: int | None = None,
    wait_minutes: int = 0,
    intro: Wording | None = None,
) -> Paper:
    """Write the paper ``key`` as told: title, rules, and these questions in this order.

    Attempts already begun keep the questions they were begun with. Whoever has answered right
    all that a practice paper still asks is done with it.
    """
    rules = {"mode": mode, "pass_percent": pass_percent, "attempts_limit": attempts_limit}
    paper, _ = Paper.objects.update_or_create(
        key=key, defaults={"title": dict(title), "intro": dict(intro or {}), "wait_minutes": wait_minutes, **rules}
    )
    wanted = [question.pk for question in questions]
    if list(paper.placements.order_by("order").values_list("question", flat=True)) != wanted:
        paper.placements.all().delete()
        PaperQuestion.objects.bulk_create(
            PaperQuestion(paper=paper, question=question, order=order) for order, question in enumerate(questions)
        )
        if mode == Paper.Mode.PRACTICE:
            _grade_those_done(paper)
    transaction.on_commit(lambda: forget_asked(paper.pk))
    return paper


def start_attempt(*, paper: Paper, member: Member) -> Attempt:
    """The open attempt of a person, begun now if there is none.

    Two clicks at once start one attempt: the second finds the first. Raises NotNow when the
    attempts are used up or the waiting time is not over.
    """
    begun = open_attempt(paper, member)
    if begun is not None:
        return begun
    allowed = allowance(paper, member)
    if not allowed.may_start:
        raise NotNow("no attempt left" if allowed.opens_at is None else f"opens at {allowed.opens_at:%H:%M}")
    asked = asked_by(paper.pk)
    if not asked:
        raise NotNow("the paper has no questions")
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(paper=paper, member=member, number=allowed.used + 1, out_of=len(asked))
            Response.objects.bulk_create(
                Response(attempt=attempt, version_id=question.version_id, order=order)
                for order, question in enumerate(asked)
            )
            return attempt
    except IntegrityError as error:
        begun = open_attempt(paper, member)
        if begun is None:
            raise NotNow("begun and handed in meanwhile, in another window") from error
        return begun


@transaction.atomic
def save_answers(*, attempt: Attempt, answers: Mapping[int, Iterable[str]]) -> int:
    """Keep answers (question version id → chosen ids) of an open attempt; nothing is marked.

    Ids that are no choice of the question are left out. Returns how many answers changed.
    Raises NotNow once the attempt is handed in.
    """
    _hold_open(attempt)
    changed = 0
    for response in attempt.responses.select_related("version").filter(version__in=list(answers)):
        known = read_content(response.version.content).choice_ids
        chosen = sorted(known.intersection(answers[response.version_id]))
        if chosen != response.answer:  # one at a time, as they are given: no need of a bulk statement
            response.answer, response.answered_at = chosen, timezone.now()
            response.save(update_fields=["answer", "answered_at"])
            changed += 1
    return changed


@transaction.atomic
def submit_attempt(*, attempt: Attempt) -> Attempt:
    """Hand in and mark an attempt. Handing in twice, or in two windows, gives one result."""
    if _hand_in(attempt):
        verdicts = {
            response.pk: is_right(read_content(response.version.content), response.answer)
            for response in attempt.responses.select_related("version")
        }
        attempt.responses.update(is_right=False)
        attempt.responses.filter(pk__in=[pk for pk, verdict in verdicts.items() if verdict]).update(is_right=True)
        _grade(attempt, list(verdicts.values()))
    attempt.refresh_from_db()
    return attempt


@transaction.atomic
def answer_check_question(*, paper: Paper, member: Member, version_id: int, answer: Iterable[str]) -> Response:
    """Answer one check question of a practice paper and mark it at once.

    A wrong answer may be given again; a right one stands. When every question the paper asks
    now is answered right, the attempt is graded and announced. Raises NotNow for a paper that
    is marked as a whole, or a question it does not ask.
    """
    if paper.mode != Paper.Mode.PRACTICE:
        raise NotNow("this paper is marked as a whole")
    asked = {question.version_id: question.content for question in asked_by(paper.pk)}
    if version_id not in asked:
        raise NotNow("the paper does not ask this question now")
    attempt = _practice_attempt(paper, member)
    response, _ = attempt.responses.get_or_create(
        version_id=version_id, defaults={"order": list(asked).index(version_id)}
    )
    chosen = sorted(asked[version_id].choice_ids.intersection(answer))
    if response.is_right or not chosen:
        return response
    response.answer, response.answered_at = chosen, timezone.now()
    response.is_right = is_right(asked[version_id], chosen)
    response.save(update_fields=["answer", "answered_at", "is_right"])
    right = attempt.responses.filter(version__in=list(asked), is_right=True).count()
    if right == len(asked) and _hand_in(attempt):
        _grade(attempt, [True] * right)
    return response


def _practice_attempt(paper: Paper, member: Member) -> Attempt:
    """The one attempt of a person at a practice paper, begun now if there is none, held for this transaction.

    Two last answers at once: the later one waits here, and then sees both.
    """
    own = paper.attempts.select_for_update().filter(member=member).order_by("-number")
    attempt = own.first()
    if attempt is None:
        # Two first answers at once: the later one waits here, and then finds the attempt.
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        attempt = own.first() or start_attempt(paper=paper, member=member)
    return attempt


def _grade_those_done(paper: Paper) -> None:
    """Grade open attempts at a practice paper in which everything it asks now is answered right."""
    asked = [question.version_id for question in read_asked(paper.pk)]
    right = Count("responses", filter=Q(responses__version__in=asked, responses__is_right=True))
    for attempt in paper.attempts.filter(state=Attempt.State.OPEN).annotate(right=right).filter(right=len(asked)):
        if asked and _hand_in(attempt):
            _grade(attempt, [True] * len(asked))


def _hand_in(attempt: Attempt) -> bool:
    """open → submitted on the server's clock; False when somebody else did it first."""
    rows = Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.OPEN)
    return bool(rows.update(state=Attempt.State.SUBMITTED, submitted_at=timezone.now()))


def _hold_open(attempt: Attempt) -> None:
    """Take the attempt for this transaction; raise NotNow when it is no longer open."""
    row = Attempt.objects.select_for_update().filter(pk=attempt.pk, state=Attempt.State.OPEN)
    if not row.exists():
        raise NotNow("the attempt is handed in")


def _grade(attempt: Attempt, verdicts: Sequence[bool]) -> None:
    """submitted → graded, once; announced in the same transaction."""
    result = mark(verdicts, attempt.paper.pass_percent)
    graded = Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.SUBMITTED).update(
        state=Attempt.State.GRADED,
        graded_at=timezone.now(),
        points=result.points,
        out_of=result.out_of,
        passed=result.passed,
    )
    if graded:
        attempt_graded.send(Attempt, ids=[attempt.pk])
