"""What is right never leaves the server before it is answered: not in words, not by order, not by attribute."""

import re

import pytest
from django.core.cache import cache

from assessments.attempts.models import Attempt, Paper
from assessments.bank.models import QuestionVersion
from courses.catalogue.models import CoursePage
from tests.factories.courses import (
    answer_key,
    course_of,
    finish,
    lesson_pages,
    make_attempt,
    make_course_pages,
    make_paper,
    make_question,
    make_quiz,
    outline,
    quiz_block,
)
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db
CANARY = "kanarifugl"
RIGHT = "rettsvar"


@pytest.fixture
def paper(db):
    kinds = {"single": "b", "multiple": "bc", "true_false": "false"}
    questions = [make_question(kind, right=right, mark=f" {RIGHT}") for kind, right in kinds.items()]
    for version in questions:
        said = version.content
        for part in (said, *said["choices"]):
            part["feedback"] = {"nb": f"{CANARY}."}
        version.save()
    return make_paper([version.question for version in questions])


@pytest.fixture
def page(paper):
    body = [quiz_block(feedback=CANARY, right="Rett"), quiz_block(feedback=CANARY, right="Rett")]
    return make_course_pages([body, body[:1]], paper=paper)


@pytest.fixture
def kari(client):
    member = make_member()
    client.force_login(member)
    return member


def body_of(client, url):
    """What a reader is sent, without the token that differs each time."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())


def reading(page):
    return [page.url, *(lesson.url for lesson in lesson_pages(page))]


def screens_of(attempt):
    front = "/learn/ny-i-styret/test/"
    screens = [f"{front}{attempt.public_id}/{number}/" for number in range(1, attempt.out_of + 1)]
    return [front, f"{front}{attempt.public_id}/", *screens]


def turn_the_key(page):
    """Make what was right wrong and what was wrong right, in the bank and on the pages, and nothing else."""
    for version in QuestionVersion.objects.all():
        for choice in version.content["choices"]:
            choice["right"] = not choice["right"]
        version.save()
    for lesson in lesson_pages(page):
        raw = list(lesson.body.raw_data)
        for block in raw:
            for question in block["value"]["questions"]:
                for choice in question["value"]["choices"]:
                    choice["value"]["right"] = not choice["value"]["right"]
        lesson.body = raw
        lesson.save()


def test_no_page_before_handing_in_holds_feedback(client, page, paper, kari):
    finish(course_of(page), kari)
    attempt = make_attempt(paper, kari, right=3, hand_in=False)
    sent = [body_of(client, url) for url in [*reading(page), *screens_of(attempt)]]
    assert [CANARY in body for body in sent] == [False] * len(sent)
    assert sum("Hva er rett?" in body for body in sent) == 2


def test_every_page_before_handing_in_is_the_same_whatever_is_right(client, page, paper, kari, settings):
    finish(course_of(page), kari)
    attempt = make_attempt(paper, kari, right=3, hand_in=False)
    urls = [*reading(page), *screens_of(attempt), "/desk/"]
    before = {url: body_of(client, url) for url in urls}
    turn_the_key(page)

    cache.clear()
    assert {url: body_of(client, url) for url in urls} == before


def test_an_open_lesson_tells_a_stranger_nothing_of_the_key(client, page):
    CoursePage.objects.update(access="everyone")
    urls = reading(page)
    before = [body_of(client, url) for url in urls]
    turn_the_key(page)
    assert [body_of(client, url) for url in urls] == before
    assert not any(CANARY in body for body in before)
    assert any("Hva er rett?" in body for body in before)


def test_saving_an_answer_says_nothing_of_it(client, page, paper, kari):
    finish(course_of(page), kari)
    attempt = make_attempt(paper, kari, right=0, hand_in=False)
    url = screens_of(attempt)[2]
    answers = [client.post(url, {"answer": choice, "go": "next"}) for choice in "abc"]
    assert len({(a.status_code, a["Location"], a.content) for a in answers}) == 1


def test_after_handing_in_the_reasons_are_told_but_not_the_answers(client, page, paper, kari):
    finish(course_of(page), kari)
    attempt = make_attempt(paper, kari, right=0)
    shown = body_of(client, f"/learn/ny-i-styret/test/{attempt.public_id}/result/")
    assert CANARY in shown
    assert RIGHT not in shown


def test_a_wrong_answer_to_a_check_question_does_not_name_the_right_one(client, kari):
    page = make_course_pages([[quiz_block(feedback=CANARY)]])
    (lesson,) = lesson_pages(page)
    quiz = outline(course_of(page)).taught[0].items[1]
    ((version, right),) = answer_key_of(quiz.paper_id).items()
    wrong = next(c["id"] for c in QuestionVersion.objects.get().content["choices"] if c["id"] not in right)
    client.post(f"/learn/ny-i-styret/{lesson.translation_key}/{quiz.activity_key}/", {f"q{version}": wrong})
    shown = body_of(client, lesson.url)
    assert 'data-state="right"' not in shown
    assert shown.count(" checked") == 1


def answer_key_of(paper_id):

    return answer_key(Paper.objects.get(pk=paper_id))


def test_the_attempt_of_somebody_else_is_not_there(client, page, paper, kari):
    other = make_member("Ola")
    finish(course_of(page), other)
    attempt = make_attempt(paper, other, right=1, hand_in=False)
    urls = [*screens_of(attempt)[1:], f"/learn/ny-i-styret/test/{attempt.public_id}/result/"]
    assert {client.get(url).status_code for url in urls} == {404}
    assert {client.post(url, {"answer": "a"}).status_code for url in urls[:-1]} == {404}
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.OPEN


def test_a_quiz_is_no_test_and_shows_no_result(client, page, kari):
    attempt = make_attempt(make_quiz(1), kari, hand_in=False)
    assert client.get(f"/learn/ny-i-styret/test/{attempt.public_id}/").status_code == 404
