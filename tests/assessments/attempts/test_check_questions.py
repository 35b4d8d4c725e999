"""The check questions of a lesson: answered one at a time, as often as one likes."""

import pytest

from assessments.attempts.asked import forget_asked
from assessments.attempts.models import Attempt
from assessments.attempts.queries import answers_in
from assessments.attempts.services import NotNow, answer_check_question
from assessments.attempts.signals import attempt_graded
from tests.factories.courses import answer_key, answer_quiz, make_paper, make_question, make_quiz
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(db):
    return make_member()


@pytest.fixture
def graded():
    found: list[int] = []

    def receiver(ids, **_):
        found.extend(ids)

    attempt_graded.connect(receiver)
    yield found
    attempt_graded.disconnect(receiver)


def answer(quiz, member, version, *chosen):
    return answer_check_question(paper=quiz, member=member, version_id=version, answer=chosen)


def test_a_wrong_answer_is_told_and_may_be_given_again(kari):
    quiz = make_quiz(2)
    first, _ = answer_key(quiz)
    assert answer(quiz, kari, first, "b").is_right is False
    assert answer(quiz, kari, first, "a").is_right is True


def test_a_right_answer_stands(kari):
    quiz = make_quiz(2)
    first, _ = answer_key(quiz)
    answer(quiz, kari, first, "a")
    response = answer(quiz, kari, first, "b")
    assert (response.is_right, response.answer) == (True, ["a"])


def test_no_choice_is_no_answer(kari):
    quiz = make_quiz(1)
    (only,) = answer_key(quiz)
    response = answer(quiz, kari, only, "no such choice")
    assert (response.answer, response.answered_at, response.is_right) == ([], None, None)


def test_the_quiz_is_graded_once_when_all_is_right(kari, graded):
    quiz = make_quiz(2)
    first, second = answer_key(quiz)
    answer(quiz, kari, first, "a")
    assert graded == []
    answer(quiz, kari, second, "b")
    answer(quiz, kari, second, "a")
    answer(quiz, kari, second, "a")
    attempt = Attempt.objects.get()
    assert graded == [attempt.pk]
    assert (attempt.state, attempt.points, attempt.passed) == ("graded", 2, True)


def test_a_question_of_another_paper_is_refused(kari):
    foreign = make_question()
    with pytest.raises(NotNow, match="does not ask"):
        answer(make_quiz(1), kari, foreign.pk, "a")
    assert not Attempt.objects.exists()


def test_a_test_is_not_answered_one_question_at_a_time(kari):
    paper = make_paper(1)
    with pytest.raises(NotNow, match="as a whole"):
        answer(paper, kari, next(iter(answer_key(paper))), "a")


def test_a_rewritten_question_is_asked_in_its_new_wording(kari):
    quiz = make_quiz([make_question(key="k", stem={"nb": "Gammel?"}).question])
    (old,) = answer_key(quiz)
    answer(quiz, kari, old, "b")
    newer = make_question(key="k", stem={"nb": "Ny?"})
    forget_asked(quiz.pk)
    with pytest.raises(NotNow, match="does not ask"):
        answer(quiz, kari, old, "a")
    assert answer(quiz, kari, newer.pk, "a").version == newer
    assert Attempt.objects.get().state == "graded"


def test_a_question_added_to_a_graded_quiz_may_be_answered_and_grades_nothing_again(kari, graded):
    first, second = make_question().question, make_question().question
    quiz = make_quiz([first])
    answer_quiz(quiz, kari)
    make_quiz([first, second], key=quiz.key)
    forget_asked(quiz.pk)
    answer_quiz(quiz, kari)
    assert graded == [Attempt.objects.get().pk]
    assert Attempt.objects.get().responses.filter(is_right=True).count() == 2


def test_a_question_taken_out_does_not_leave_anyone_waiting(kari, graded, django_capture_on_commit_callbacks):
    first, second = make_question().question, make_question().question
    quiz = make_quiz([first, second])
    answer(quiz, kari, next(iter(answer_key(quiz))), "a")
    with django_capture_on_commit_callbacks(execute=True):
        make_quiz([first], key=quiz.key)
    assert graded == [Attempt.objects.get().pk]
    assert (Attempt.objects.get().points, Attempt.objects.get().passed) == (1, True)


def test_answers_are_found_by_the_version_they_were_given_to(kari):
    quiz = make_quiz(2)
    first, second = answer_key(quiz)
    answer(quiz, kari, first, "b")
    answer(quiz, make_member("Ola"), second, "a")
    found = answers_in(kari, [first, second])
    assert {version: (a.answer, a.is_right) for version, a in found.items()} == {first: (("b",), False)}
