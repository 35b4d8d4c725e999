"""Two tabs, a double click, fifty at once: one attempt and one result."""

from functools import partial

import pytest

from assessments.attempts.models import Attempt, Response
from assessments.attempts.services import answer_check_question, start_attempt, submit_attempt
from assessments.attempts.signals import attempt_graded
from tests.factories.courses import answer_key, make_attempt, make_paper, make_quiz
from tests.factories.organisation import make_member
from tests.racing import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def heard():
    """The ids of every attempt that was announced as graded."""
    found: list[int] = []

    def receiver(ids, **_):
        found.extend(ids)

    attempt_graded.connect(receiver)
    yield found
    attempt_graded.disconnect(receiver)


def test_fifty_starts_at_once_begin_one_attempt():
    paper, kari = make_paper(3, attempts_limit=3), make_member()
    begun = all_at_once(*[partial(start_attempt, paper=paper, member=kari)] * 50)
    assert {attempt.pk for attempt in begun} == {Attempt.objects.get().pk}
    assert Response.objects.count() == 3


def test_fifty_submits_at_once_give_one_result(heard):
    attempt = make_attempt(make_paper(3), make_member(), right=3, hand_in=False)
    copies = [Attempt.objects.select_related("paper").get(pk=attempt.pk) for _ in range(50)]
    results = all_at_once(*[partial(submit_attempt, attempt=copy) for copy in copies])
    assert {(result.state, result.points) for result in results} == {("graded", 3)}
    assert heard == [attempt.pk]


def test_the_last_two_check_questions_answered_at_once_grade_the_quiz(heard):
    quiz, kari = make_quiz(2), make_member()
    start_attempt(paper=quiz, member=kari)
    key = answer_key(quiz)
    all_at_once(
        *[
            partial(answer_check_question, paper=quiz, member=kari, version_id=version, answer=answer)
            for version, answer in key.items()
        ]
    )
    assert Attempt.objects.get().state == "graded"
    assert heard == [Attempt.objects.get().pk]


def test_one_check_question_answered_by_twenty_at_once_is_one_response(heard):
    quiz, kari = make_quiz(1), make_member()
    ((version, answer),) = answer_key(quiz).items()
    call = partial(answer_check_question, paper=quiz, member=kari, version_id=version, answer=answer)
    all_at_once(*[call] * 20)
    assert Response.objects.get().is_right
    assert heard == [Attempt.objects.get().pk]


def test_members_who_start_at_once_do_not_hinder_each_other():
    paper = make_paper(2)
    people = [make_member(f"Medlem {n}") for n in range(20)]
    all_at_once(*[partial(start_attempt, paper=paper, member=person) for person in people])
    assert Attempt.objects.filter(number=1).count() == 20
