"""One's own plan: the way, the next step, what one may do; and that nobody else finds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.planning import services
from courses.planning.models import CompetencePlan, PlanReview
from lms.audit.models import Sighting
from lms.notifications.models import Notice
from tests.factories import courses, organisation
from tests.factories.plans import TASK, goals_of, level_goal, make_plan, make_template

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 14)


@pytest.fixture(autouse=True)
def _day(set_today: Callable[[dt.date], None]) -> None:
    set_today(TODAY)


def page(client: Client, member, address: str = "/plans/") -> str:
    client.force_login(member)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def board():
    nation, nordland, _oslo, bodo = organisation.make_tree()
    kari = organisation.make_member(of=bodo)
    term = organisation.make_term(kari, office="board_member", unit=bodo)
    chief = organisation.make_member("Ada", of=nation)
    organisation.make_appointment(chief, "administrator", unit=nordland)
    return kari, chief, term.body


def test_who_has_no_plan_is_told_how_to_get_one(client: Client, board):
    assert "/plans/new/" in page(client, board[0])


def test_a_plan_is_a_drawing_and_a_list_of_the_same(client: Client, board):
    plan = make_plan(board[0], goals=[[TASK, level_goal()], [TASK]])
    shown = page(client, board[0])
    assert shown.count('role="img"') >= 2
    listed = shown[shown.index("t-years--") :]
    assert listed.count('class="t-goal ') == 3
    assert f"/plans/{plan.public_id}/goals/" in shown


def test_the_next_step_says_its_minutes_and_why(client: Client, board):
    course_page = courses.make_course_pages()
    course = courses.course_of(course_page)
    make_plan(
        board[0], goals=[[{"kind": "course", "course": course}], []], body=board[2], office=organisation.make_office()
    )
    shown = page(client, board[0])
    assert 'class="t-sheet t-next"' in shown
    assert course_page.url in shown


def test_a_task_is_ticked_and_the_tick_taken_away(client: Client, board):
    plan = make_plan(board[0])
    goal = goals_of(plan)[0]
    client.force_login(board[0])
    for expected in (TODAY, None):
        client.post(f"/plans/{plan.public_id}/goals/{goal.pk}/tick/")
        goal.refresh_from_db()
        assert goal.ticked_on == expected


def test_a_stranger_to_it_finds_nothing(client: Client, board):
    plan = make_plan(board[0])
    client.force_login(organisation.make_member("Ola"))
    for end in ("/", ".pdf", "/goals/", "/close/", "/talk/"):
        assert client.get(f"/plans/{plan.public_id}{end}").status_code == 404


def test_who_keeps_it_sees_it_and_the_person_can_know(client: Client, board):
    kari, chief, _body = board
    plan = make_plan(kari)
    assert "Kari Nordmann" in page(client, chief, f"/plans/{plan.public_id}/")
    assert Sighting.objects.filter(page="plan").count() == 1


def test_a_draft_is_agreed_by_another_and_begun_by_the_person(client: Client, board):
    kari, chief, _body = board
    plan = make_plan(kari, state=CompetencePlan.State.DRAFT)
    client.force_login(kari)
    assert client.post(f"/plans/{plan.public_id}/agree/").status_code == 404
    client.force_login(chief)
    client.post(f"/plans/{plan.public_id}/agree/")
    client.force_login(kari)
    client.post(f"/plans/{plan.public_id}/begin/")
    plan.refresh_from_db()
    assert plan.state == CompetencePlan.State.ACTIVE


def test_asking_for_a_talk_tells_those_who_keep_the_plan(client: Client, board):
    kari, _chief, body = board
    leader = organisation.make_member("Lise")
    body.terms.create(member=leader, office=organisation.make_office("chair"), valid_from=organisation.LONG_AGO)
    plan = make_plan(kari, body=body)
    client.force_login(kari)
    for _ in range(2):
        client.post(f"/plans/{plan.public_id}/ask/")
    assert list(Notice.objects.filter(kind="plan_talk").values_list("member", flat=True)) == [leader.pk]


def test_without_anybody_beside_one_the_nearest_above_is_told(client: Client, board):
    kari, chief, body = board
    plan = make_plan(kari, body=body)
    client.force_login(kari)
    client.post(f"/plans/{plan.public_id}/ask/")
    assert list(Notice.objects.filter(kind="plan_talk").values_list("member", flat=True)) == [chief.pk]


def test_a_talk_is_shown_later_as_the_plan_was(client: Client, board, set_today):
    kari, _chief, _body = board
    plan = make_plan(kari)
    client.force_login(kari)
    client.post(f"/plans/{plan.public_id}/talk/", {"on": "2026-03-14", "words": "Det går fint"})
    review = PlanReview.objects.get()
    services.tick_task(goal=goals_of(plan)[0], by=kari)
    shown = page(client, kari, f"/plans/{plan.public_id}/talks/{review.public_id}/")
    assert "Det går fint" in shown
    assert "CheckmarkCircleFill" not in shown[shown.index("t-reqs") :]


def test_a_talk_to_come_is_refused_and_the_words_kept(client: Client, board):
    plan = make_plan(board[0])
    client.force_login(board[0])
    answer = client.post(f"/plans/{plan.public_id}/talk/", {"on": "2027-01-01", "words": "Snart"})
    assert answer.status_code == 422
    assert "Snart" in answer.content.decode()


def test_one_makes_a_plan_of_ones_own(client: Client, board):
    template = make_template(office_key="board_member", key="plan-medlem")
    client.force_login(board[0])
    client.post("/plans/new/", {"template": template.pk, "title": "", "start": "2026-03-14"})
    plan = CompetencePlan.objects.get()
    assert (plan.member, plan.body, plan.state) == (board[0], board[2], "draft")


def test_a_closed_plan_stands_with_its_reason(client: Client, board):
    plan = make_plan(board[0])
    client.force_login(board[0])
    client.post(f"/plans/{plan.public_id}/close/", {"reason": "done", "sure": "on"})
    shown = page(client, board[0])
    assert f"/plans/{plan.public_id}/" in shown
    client.get("/plans/")
    assert page(client, board[0], f"/plans/{plan.public_id}/").count("t-alertbox--info") == 1


def test_more_goals_ask_the_database_no_more(client: Client, board):
    kari, other = board[0], organisation.make_member("Ola")
    make_plan(kari, goals=[[TASK, level_goal()], []])
    make_plan(other, goals=[[TASK, level_goal()] * 4, [TASK] * 6])
    counts = []
    for member in (kari, other):
        client.force_login(member)
        client.get("/plans/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/plans/")
        counts.append(len(asked))
    assert counts[0] >= counts[1] - 1
    assert max(counts) <= 30
