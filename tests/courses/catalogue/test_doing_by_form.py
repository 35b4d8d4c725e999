"""What a reader's forms do: each a POST, each its own record, nothing that is not in the outline."""

import uuid

import pytest
from django.utils import timezone

from assessments.attempts.models import Attempt, Response
from assessments.bank.models import QuestionVersion
from courses.curriculum.models import Course
from courses.enrolment.models import Completion, CourseCompletion, Enrolment, Work
from courses.enrolment.queries import progress_in
from tests.factories.courses import (
    answer_key,
    course_of,
    finish,
    lesson_pages,
    make_course,
    make_course_pages,
    make_paper,
    outline,
    quiz_block,
    text_block,
)
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db

LEARN = "/learn/ny-i-styret"
TICKS = [{"type": "item", "id": str(uuid.UUID(int=n)), "value": text} for n, text in enumerate(("Ring", "Skriv"), 10)]
REFLECTION = {"type": "reflection", "id": str(uuid.UUID(int=1)), "value": {"prompt": "Hva nå?", "hint": ""}}
CHECKLIST = {"type": "checklist", "id": str(uuid.UUID(int=2)), "value": {"title": "Gjør", "items": TICKS}}


@pytest.fixture
def page(db):
    return make_course_pages([[text_block(), quiz_block()], [text_block(), REFLECTION, CHECKLIST]], paper=make_paper())


@pytest.fixture
def kari(client):
    member = make_member()
    client.force_login(member)
    return member


def lesson_url(page, number, what="finish"):
    return f"{LEARN}/{lesson_pages(page)[number].translation_key}/{what}/"


def written():
    return [model.objects.count() for model in (Enrolment, Completion, CourseCompletion, Work, Attempt, Response)]


def test_taking_a_course_leads_to_its_first_lesson(client, page, kari):
    answer = client.post(f"{LEARN}/enrol/")
    assert answer["Location"] == lesson_pages(page)[0].url
    assert Enrolment.objects.get().member == kari


def test_taking_it_again_leads_to_where_one_was(client, page, kari):
    client.post(lesson_url(page, 1, "seen"))
    assert client.post(f"{LEARN}/enrol/")["Location"] == lesson_pages(page)[1].url


def test_a_course_without_lessons_can_be_taken(client, kari):
    make_course_pages([])
    assert client.post(f"{LEARN}/enrol/")["Location"] == "/kurs/ny-i-styret/"


def test_finishing_a_lesson_leads_to_the_next_and_after_the_last_to_the_trail(client, page, kari):
    assert client.post(lesson_url(page, 0))["Location"] == lesson_pages(page)[1].url
    assert client.post(lesson_url(page, 1))["Location"] == page.url
    assert progress_in(course_of(page).pk, kari).done_lessons == 1  # the first has a question left


def test_a_lesson_that_is_being_read_is_where_one_goes_on(client, page, kari):
    assert client.post(lesson_url(page, 1, "seen")).status_code == 204
    assert Enrolment.objects.get().last_lesson == lesson_pages(page)[1].translation_key


@pytest.mark.parametrize("what", ["finish", "seen", "3f9d2a54-6a0e-4a3b-9a10-5c1f7d2b8e01"])
def test_what_is_not_in_the_outline_is_not_there_and_nothing_is_written(client, page, kari, what):
    urls = [f"{LEARN}/{uuid.uuid4()}/{what}/", f"/learn/finnes-ikke/{lesson_pages(page)[0].translation_key}/{what}/"]
    assert [client.post(url).status_code for url in urls] == [404, 404]
    assert written() == [0] * 6


def test_an_unpublished_lesson_can_be_neither_read_nor_finished(client, page, kari, django_capture_on_commit_callbacks):
    lesson = lesson_pages(page)[1]
    with django_capture_on_commit_callbacks(execute=True):
        lesson.unpublish()
    assert client.get(lesson.url).status_code == 404
    assert client.post(f"{LEARN}/{lesson.translation_key}/finish/").status_code == 404
    assert written() == [0] * 6


def test_the_test_is_not_finished_by_saying_so(client, page, kari):
    test = outline(course_of(page)).test
    for what in ("finish", test.items[0].activity_key):
        assert client.post(f"{LEARN}/{test.key}/{what}/").status_code == 404
    assert written() == [0] * 6


def test_a_reading_is_not_done_as_an_activity(client, page, kari):
    lesson = outline(course_of(page)).taught[0]
    assert client.post(f"{LEARN}/{lesson.key}/{lesson.items[0].activity_key}/").status_code == 404
    assert written() == [0] * 6


def test_the_activity_of_another_lesson_is_not_there(client, page, kari):
    first, second = outline(course_of(page)).taught
    assert client.post(f"{LEARN}/{second.key}/{first.items[1].activity_key}/").status_code == 404


def test_an_archived_course_takes_no_forms(client, page, kari):
    Course.objects.update(archived_at=timezone.now())
    assert client.post(f"{LEARN}/enrol/").status_code == 404
    assert client.post(lesson_url(page, 0)).status_code == 404


def test_a_check_question_is_answered_and_one_comes_back_to_it(client, page, kari):
    lesson = outline(course_of(page)).taught[0]
    version = QuestionVersion.objects.get(question__key__startswith="ny-i-styret:")
    url, field = f"{LEARN}/{lesson.key}/{lesson.items[1].activity_key}/", f"q{version.pk}"
    wrong, right = (choice["id"] for choice in version.content["choices"])
    answer = client.post(url, {field: wrong})
    assert answer["Location"] == f"{lesson_pages(page)[0].url}#{field}"
    assert Response.objects.get().is_right is False
    client.post(url, {field: right})
    assert Attempt.objects.get().state == "graded"


@pytest.mark.parametrize(
    "fields", [{}, {"q": "a"}, {"q²": "a"}, {"q" + "9" * 18: "a"}, {"q" + "9" * 500: "a"}, {"q-1": "a"}, {"qx": "a"}]
)
def test_an_answer_to_no_question_changes_nothing(client, page, kari, fields):
    lesson = outline(course_of(page)).taught[0]
    answer = client.post(f"{LEARN}/{lesson.key}/{lesson.items[1].activity_key}/", fields)
    assert answer.status_code == 302
    assert not Response.objects.exists()


def work_url(page, number):
    lesson = outline(course_of(page)).taught[1]
    return f"{LEARN}/{lesson.key}/{lesson.items[number].activity_key}/"


WRITTEN = [(" Vi ringer. ", "Vi ringer."), ("hem\0melig", "hemmelig"), ("xyz" * 10_000, ("xyz" * 10_000)[:20_000])]


@pytest.mark.parametrize(("text", "kept"), WRITTEN, ids=["spaces", "zero byte", "too long"])
def test_a_reflection_is_kept_as_written_for_its_writer(client, page, kari, text, kept):
    client.post(work_url(page, 1), {"text": text})
    assert Work.objects.get(member=kari).content == {"text": kept}
    other = make_member("Ola")
    client.force_login(other)
    assert kept not in client.get(lesson_pages(page)[1].url).content.decode()


def test_a_checklist_is_done_when_all_of_it_is_ticked(client, page, kari):
    ids = [tick["id"] for tick in TICKS]
    client.post(work_url(page, 2), {"ticked": ids[:1]})
    assert not Completion.objects.exists()
    client.post(work_url(page, 2), {"ticked": ids})
    assert Completion.objects.count() == 1


@pytest.mark.parametrize("total", ["0", "1", "-5", "mange", ""])
def test_a_checklist_is_not_done_by_saying_how_long_it_is(client, page, kari, total):
    client.post(work_url(page, 2), {"ticked": [TICKS[0]["id"], "noe", "annet"], "total": total})
    assert Work.objects.get().content == {"ticked": [TICKS[0]["id"]]}
    assert not Completion.objects.exists()


def test_the_test_is_locked_until_every_lesson_is_done(client, kari):
    page = make_course_pages([[text_block()], [text_block()]], paper=make_paper())
    finish(course_of(page), kari, outline(course_of(page)).taught[0])
    client.post(f"{LEARN}/test/")
    assert not Attempt.objects.exists()
    finish(course_of(page), kari)
    client.post(f"{LEARN}/test/")
    assert Attempt.objects.get().member == kari


def test_a_test_is_taken_by_forms_from_beginning_to_result(client, kari):
    paper = make_paper(2)
    page = make_course_pages([[text_block()]], paper=paper)
    finish(course_of(page), kari)
    at = client.post(f"{LEARN}/test/")["Location"]
    for answer in answer_key(paper).values():
        at = client.post(at, {"answer": answer, "go": "next"})["Location"]
    assert client.get(at).status_code == 200
    result = client.post(at)["Location"]
    assert Attempt.objects.get().passed
    assert client.get(result).status_code == 200


def test_a_test_that_is_handed_in_takes_no_more_answers(client, kari):
    paper = make_paper(2)
    page = make_course_pages([[text_block()]], paper=paper)
    finish(course_of(page), kari)
    screen = client.post(f"{LEARN}/test/")["Location"]
    overview = f"{LEARN}/test/{Attempt.objects.get().public_id}/"
    client.post(overview)
    for _ in range(2):
        assert client.post(screen, {"answer": "a"})["Location"].endswith("/result/")
        assert client.post(overview)["Location"].endswith("/result/")
    assert Attempt.objects.get().points == 0
    assert not Response.objects.exclude(answer=[]).exists()


@pytest.mark.parametrize("number", [0, 3, 99])
def test_a_question_the_test_does_not_have_is_not_there(client, kari, number):
    page = make_course_pages([[text_block()]], paper=make_paper(2))
    finish(course_of(page), kari)
    at = client.post(f"{LEARN}/test/")["Location"]
    assert client.get(at.replace("/1/", f"/{number}/")).status_code == 404


def test_a_course_without_a_test_has_no_test(client, kari):
    make_course(1)
    assert client.get(f"{LEARN}/test/").status_code == 404


def test_strangers_are_sent_to_sign_in_and_then_to_the_course(client, page):
    for url in (f"{LEARN}/enrol/", lesson_url(page, 0), work_url(page, 1)):
        assert client.post(url)["Location"] == f"/accounts/login/?next={page.url}"
    assert written() == [0] * 6
