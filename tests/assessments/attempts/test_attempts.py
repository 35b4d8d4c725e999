"""Beginning, answering and handing in a test."""

import datetime as dt

import pytest
from django.utils import timezone

from assessments.attempts.models import Attempt, Response
from assessments.attempts.queries import allowance
from assessments.attempts.services import NotNow, save_answers, start_attempt, submit_attempt
from assessments.attempts.signals import attempt_graded
from tests.factories.courses import answer_key, make_attempt, make_content, make_paper, make_question
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 14, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock(monkeypatch):
    """``clock(minutes)`` moves the server's clock on from noon."""

    def set_to(minutes: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: NOON + dt.timedelta(minutes=minutes))

    set_to(0)
    return set_to


@pytest.fixture
def paper(db):
    return make_paper(3, attempts_limit=3, wait_minutes=60)


@pytest.fixture
def kari(db):
    return make_member()


def test_an_attempt_asks_every_question_in_order_and_answers_none(paper, kari):
    attempt = start_attempt(paper=paper, member=kari)
    assert [response.version_id for response in attempt.responses.all()] == list(answer_key(paper))
    assert (attempt.number, attempt.state, attempt.out_of) == (1, "open", 3)
    assert all(response.answer == [] and response.is_right is None for response in attempt.responses.all())


def test_beginning_again_goes_on_with_the_open_attempt(paper, kari):
    assert start_attempt(paper=paper, member=kari) == start_attempt(paper=paper, member=kari)


def test_two_people_have_an_attempt_each(paper, kari):
    assert start_attempt(paper=paper, member=kari) != start_attempt(paper=paper, member=make_member("Ola"))


def test_handing_in_marks_at_once_and_says_so_once(paper, kari):
    heard = []
    attempt_graded.connect(receiver := lambda ids, **_: heard.extend(ids))
    attempt = make_attempt(paper, kari, right=3)
    submit_attempt(attempt=attempt)
    attempt_graded.disconnect(receiver)
    assert (attempt.state, attempt.points, attempt.passed) == ("graded", 3, True)
    assert heard == [attempt.pk]


def test_an_unanswered_question_counts_as_wrong(paper, kari):
    attempt = make_attempt(paper, kari, right=2)
    assert (attempt.points, attempt.passed) == (2, False)
    assert [response.is_right for response in attempt.responses.all()] == [True, True, False]


def test_handing_in_nothing_is_no_points(paper, kari):
    assert make_attempt(paper, kari, right=0).points == 0


def test_a_paper_without_questions_cannot_be_begun(kari):
    with pytest.raises(NotNow, match="no questions"):
        start_attempt(paper=make_paper(0), member=kari)


def test_the_fourth_attempt_is_refused(paper, kari, clock):
    for number in range(3):
        clock(number * 61)
        make_attempt(paper, kari, right=0)
    clock(10_000)
    with pytest.raises(NotNow, match="no attempt left"):
        start_attempt(paper=paper, member=kari)
    assert allowance(paper, kari).left == 0


def test_the_next_attempt_waits_an_hour_after_the_one_before_was_handed_in(paper, kari, clock):
    begun = start_attempt(paper=paper, member=kari)
    clock(45)
    submit_attempt(attempt=begun)
    clock(104.9)
    with pytest.raises(NotNow, match="opens at 13:45"):
        start_attempt(paper=paper, member=kari)
    clock(105)
    assert start_attempt(paper=paper, member=kari).number == 2


def test_the_allowance_says_when_and_how_many(paper, kari, clock):
    make_attempt(paper, kari, right=3)
    left = allowance(paper, kari)
    assert (left.may_start, left.used, left.left, left.has_passed) == (False, 1, 2, True)
    assert left.opens_at == NOON + dt.timedelta(hours=1)
    later = allowance(paper, kari, now=NOON + dt.timedelta(hours=1))
    assert later.may_start
    assert later.opens_at is None


def test_a_paper_without_limit_may_be_tried_again_and_again(kari):
    paper = make_paper(1)
    numbers = [make_attempt(paper, kari, right=0).number for _ in range(5)]
    assert numbers == [1, 2, 3, 4, 5]
    assert allowance(paper, kari).left is None


def test_the_attempts_of_others_do_not_count(paper, kari):
    make_attempt(paper, make_member("Ola"))
    assert allowance(paper, kari).used == 0


def test_answers_after_handing_in_are_refused_and_change_nothing(paper, kari):
    attempt = make_attempt(paper, kari, right=0)
    with pytest.raises(NotNow, match="handed in"):
        save_answers(attempt=attempt, answers=answer_key(paper))
    assert not Response.objects.exclude(answer=[]).exists()


def test_choices_of_other_questions_are_left_out(kari):
    paper = make_paper([make_question(choices="abc").question, make_question(choices="xyz", right="x").question])
    attempt = start_attempt(paper=paper, member=kari)
    first = next(iter(answer_key(paper)))
    save_answers(attempt=attempt, answers={first: ["x", "a", "'; DROP TABLE", "a"]})
    assert attempt.responses.get(version=first).answer == ["a"]


def test_questions_the_attempt_does_not_ask_are_left_out(paper, kari):
    attempt = start_attempt(paper=paper, member=kari)
    foreign = make_question()
    assert save_answers(attempt=attempt, answers={foreign.pk: ["a"], 10**9: ["a"]}) == 0
    assert attempt.responses.count() == 3


def test_an_answer_may_be_changed_and_taken_back_until_it_is_handed_in(paper, kari):
    attempt = start_attempt(paper=paper, member=kari)
    first = next(iter(answer_key(paper)))
    changes = [save_answers(attempt=attempt, answers={first: answer}) for answer in (["a"], ["a"], ["b"], [])]
    assert changes == [1, 0, 1, 1]
    assert attempt.responses.get(version=first).answer == []


def test_saving_marks_nothing(paper, kari):
    attempt = make_attempt(paper, kari, hand_in=False)
    assert set(attempt.responses.values_list("is_right", flat=True)) == {None}


def test_the_mark_stands_however_the_paper_is_changed_afterwards(paper, kari):
    attempt = make_attempt(paper, kari, right=3)
    make_paper(1, key=paper.key, pass_percent=100)
    attempt.refresh_from_db()
    assert (attempt.points, attempt.out_of, attempt.passed) == (3, 3, True)


ILLEGAL = [("graded", "open"), ("graded", "submitted"), ("submitted", "open")]


@pytest.mark.parametrize(("state", "stale"), ILLEGAL)
def test_a_stale_copy_of_an_attempt_moves_no_state_back(paper, kari, state, stale):
    attempt = make_attempt(paper, kari, right=1)
    Attempt.objects.filter(pk=attempt.pk).update(state=state, points=1)
    attempt.state = stale
    submit_attempt(attempt=attempt)
    with pytest.raises(NotNow):
        save_answers(attempt=attempt, answers=answer_key(paper))
    attempt.refresh_from_db()
    assert (attempt.state, attempt.points) == (state, 1)


def test_a_number_is_used_once_even_when_two_start_with_the_same_knowledge(paper, kari, monkeypatch):
    stale = allowance(paper, kari)
    make_attempt(paper, kari)
    monkeypatch.setattr("assessments.attempts.services.allowance", lambda *_, **__: stale)
    with pytest.raises(NotNow):
        start_attempt(paper=paper, member=kari)
    assert Attempt.objects.count() == 1


def test_the_kinds_are_marked_together(kari):
    content = [("single", "a"), ("multiple", "ab"), ("true_false", "false")]
    paper = make_paper([make_question(kind, right=right).question for kind, right in content])
    assert list(answer_key(paper).values()) == [["a"], ["a", "b"], ["false"]]
    assert make_attempt(paper, kari).points == 3


def test_no_feedback_is_made_of_a_wording_that_was_never_asked(kari):
    paper = make_paper([make_question(key="k", right="a").question])
    attempt = start_attempt(paper=paper, member=kari)
    make_question(key="k", right="b", stem={"nb": "Ny"})
    save_answers(attempt=attempt, answers={attempt.responses.get().version_id: ["a"]})
    assert submit_attempt(attempt=attempt).points == 1
    assert make_content(right="b").right_ids == {"b"}
