"""Writing questions: versions, and what cannot be asked."""

from dataclasses import replace

import pytest

from assessments.attempts.asked import asked_by
from assessments.bank.content import BadQuestion, Choice, Content, check_content
from assessments.bank.kinds import KINDS
from assessments.bank.models import Question, QuestionVersion
from assessments.bank.services import write_question
from assessments.bank.signals import question_written
from tests.factories.courses import make_attempt, make_content, make_paper, make_question
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db

SINGLE = make_content(stem={"nb": "Hvem leder styret?"})


def test_a_new_question_becomes_its_first_version():
    version = write_question(key="k", content=SINGLE)
    assert (version.number, version.kind, str(version)) == (1, "single", "Hvem leder styret?")


def test_the_same_content_again_writes_nothing():
    first = write_question(key="k", content=SINGLE)
    assert write_question(key="k", content=replace(SINGLE)) == first
    assert QuestionVersion.objects.count() == 1


def test_changed_content_becomes_the_next_version_and_the_first_stays():
    first = write_question(key="k", content=SINGLE)
    second = write_question(key="k", content=replace(SINGLE, stem={"nb": "Hvem leder møtet?"}))
    assert (second.number, second.question) == (2, first.question)
    first.refresh_from_db()
    assert str(first) == "Hvem leder styret?"


def test_going_back_to_an_earlier_wording_is_a_new_version():
    write_question(key="k", content=SINGLE)
    write_question(key="k", content=replace(SINGLE, feedback={"nb": "Nei."}))
    assert write_question(key="k", content=SINGLE).number == 3


def test_a_right_answer_that_moves_is_a_new_version():
    write_question(key="k", content=make_content(right="a", stem={"nb": "?"}))
    assert write_question(key="k", content=make_content(right="b", stem={"nb": "?"})).number == 2


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_a_row_of_its_own(kind):
    written = make_question(kind, key="k", right="true" if kind == "true_false" else "a")
    assert type(Question.objects.get(key="k")) is KINDS[kind]
    assert written.kind == kind


def test_the_kind_of_a_question_never_changes():
    write_question(key="k", content=SINGLE)
    with pytest.raises(BadQuestion, match="this is a single question; write a new one"):
        write_question(key="k", content=make_content("multiple"))
    assert QuestionVersion.objects.count() == 1


BAD = {
    "the question has no text": replace(SINGLE, stem={"nb": ""}),
    "two choices share one id": replace(SINGLE, choices=(Choice("a", {}, True), Choice("a", {}, False))),
    "exactly one choice must be right, here 2 are": replace(SINGLE, choices=make_content(right="ab").choices),
    "exactly one choice must be right, here 0 are": make_content(right=""),
    "at least one choice must be right": make_content("multiple", right=""),
    "a question needs at least two choices": replace(SINGLE, choices=SINGLE.choices[:1]),
}


@pytest.mark.parametrize("message", BAD)
def test_a_question_that_cannot_be_asked_is_refused_with_what_is_wrong(message):
    with pytest.raises(BadQuestion, match=message):
        write_question(key="k", content=BAD[message])
    assert not Question.objects.exists()


def test_a_claim_needs_one_right_answer():
    with pytest.raises(BadQuestion, match="exactly one"):
        check_content(Content("true_false", {"nb": "?"}, (Choice("true", {}, True), Choice("false", {}, True))))


def test_every_new_version_is_announced_and_nothing_else():
    heard = []
    question_written.connect(receiver := lambda ids, **_: heard.extend(ids))
    first = write_question(key="k", content=SINGLE)
    write_question(key="k", content=SINGLE)
    question_written.disconnect(receiver)
    assert heard == [first.question_id]


def test_attempts_already_begun_keep_the_wording_they_were_begun_with():
    version = write_question(key="k", content=SINGLE)
    attempt = make_attempt(make_paper([version.question]), make_member(), hand_in=False)
    write_question(key="k", content=replace(SINGLE, stem={"nb": "Ny ordlyd?"}))
    assert [response.version for response in attempt.responses.all()] == [version]


def test_a_paper_asks_the_new_wording_from_then_on(django_capture_on_commit_callbacks):
    paper = make_paper([write_question(key="k", content=SINGLE).question])
    asked_by(paper.pk)
    with django_capture_on_commit_callbacks(execute=True):
        newer = write_question(key="k", content=replace(SINGLE, stem={"nb": "Ny ordlyd?"}))
    assert [asked.version_id for asked in asked_by(paper.pk)] == [newer.pk]


def test_a_paper_keeps_the_order_it_was_written_in():
    questions = [make_question(key=key).question for key in ("z", "a", "m")]
    asked = asked_by(make_paper(questions).pk)
    keys = dict(QuestionVersion.objects.values_list("pk", "question__key"))
    assert [keys[question.version_id] for question in asked] == ["z", "a", "m"]
