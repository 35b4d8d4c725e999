"""Progress as it is computed: of a person, of a body, of a unit and below; with the same number of queries for many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from courses.curriculum.models import Course
from courses.curriculum.services import plan_courses
from courses.enrolment.models import CourseCompletion, Enrolment
from courses.planning.lines import Telling, goal_line, next_of
from courses.planning.models import CompetencePlan, Goal
from courses.planning.queries import coverage_of, next_goal, plan_shown, plans_shown
from courses.planning.services import make_plans, tick_task
from courses.progression.models import Award
from lms.competences.models import Profile
from lms.jobs.models import Job
from lms.jobs.services import run_job
from lms.members.models import Member
from lms.notifications.models import Notice
from lms.organisation.access import Role
from lms.organisation.models import Body, Office, Term
from tests.courses.planning.conftest import START, Scene
from tests.factories import competences, courses, organisation, plans

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ALL = {"is_coverage": True}
DAY = dt.date(2026, 3, 1)


def seat(member: Member, office: str, body: Body, since: dt.date = START) -> Term:
    return Term.objects.create(member=member, office=organisation.make_office(office), body=body, valid_from=since)


def finished(member: Member, course: Course, on: dt.date = DAY) -> None:
    outline = course.outlines.first()
    row = CourseCompletion.objects.create(member=member, course=course, outline=outline)
    at = timezone.make_aware(dt.datetime.combine(on, dt.time(12)))
    CourseCompletion.objects.filter(pk=row.pk).update(completed_at=at)


def begun(member: Member, course: Course, on: dt.date = DAY) -> None:
    row = Enrolment.objects.create(member=member, course=course)
    at = timezone.make_aware(dt.datetime.combine(on, dt.time(12)))
    Enrolment.objects.filter(pk=row.pk).update(enrolled_at=at)


def proven(member: Member, level: int, since: Sequence[str | None]) -> None:
    competence = competences.make_competence()
    Profile.objects.update_or_create(
        member=member,
        defaults={
            "levels": bytes([level]) if competence.number == 0 else bytes(competence.number) + bytes([level]),
            "details": {competence.key: {"since": list(since), "until": None}},
            "computed_on": DAY,
        },
    )


def states(plan: CompetencePlan, on: dt.date = DAY) -> list[str]:
    return [goal.state for goal in plan_shown(plan, on).goals]


def test_a_course_is_begun_and_then_done_on_the_day_it_was(scene: Scene) -> None:
    course = courses.make_course()
    plan = plans.make_plan(scene.kari, goals=[[{"kind": "course", "course": course}], []])
    begun(scene.kari, course, dt.date(2026, 2, 1))
    finished(scene.kari, course)
    days = [dt.date(2026, 1, 31), dt.date(2026, 2, 1), DAY]
    assert [states(plan, on) for on in days] == [["ahead"], ["begun"], ["done"]]
    assert plan_shown(plan, DAY).goals[0].on == DAY


def test_a_level_counts_while_it_is_valid_and_a_higher_one_counts_too(scene: Scene) -> None:
    rule = courses.make_rule()
    plan = plans.make_plan(scene.kari, goals=[[plans.level_goal()], []])
    courses.make_award(scene.kari, rule=rule, on=DAY, valid_until=dt.date(2026, 9, 1))
    assert states(plan) == ["done"]
    assert states(plan, dt.date(2026, 9, 1)) == ["ahead"]
    higher = courses.make_rule(level="leadership.videre")
    courses.make_award(scene.kari, rule=higher, on=dt.date(2026, 8, 1))
    assert states(plan, dt.date(2026, 9, 1)) == ["done"]
    assert Award.objects.count() == 2


def test_a_level_is_begun_by_whoever_takes_a_course_it_asks_for(scene: Scene) -> None:
    course = courses.make_course()
    courses.make_rule(course)
    plan = plans.make_plan(scene.kari, goals=[[plans.level_goal()], []])
    assert states(plan) == ["ahead"]
    begun(scene.kari, course)
    assert states(plan) == ["begun"]


def test_a_competence_counts_at_its_proven_level_on_the_day(scene: Scene) -> None:
    asked = {"kind": "competence", "competence": competences.make_competence(), "least_level": 2}
    plan = plans.make_plan(scene.kari, goals=[[asked], []])
    proven(scene.kari, 1, ["2026-02-01", None, None, None])
    scene.go_to(DAY)
    with translation.override("en"):
        (goal,) = plan_shown(plan).goals
    assert (goal.state, goal.what, goal.detail) == ("begun", "money.budget at level 2", "Level 1 now")
    proven(scene.kari, 2, ["2026-02-01", "2026-03-01", None, None])
    assert states(plan) == ["done"]
    assert states(plan, dt.date(2026, 2, 28)) == ["begun"]


@pytest.mark.parametrize(
    ("asked", "expected", "said"),
    [
        ({}, ("begun", 2, 4, 4), "Everybody: Complete the course New on the board"),
        ({"least_share": 50}, ("done", 2, 4, 2), "50 percent: Complete the course New on the board"),
        ({"least_count": 3}, ("begun", 2, 4, 3), "At least 3: Complete the course New on the board"),
        (
            {"least_count": 1, "offices": ["chair", "deputy"]},
            ("done", 1, 2, 1),
            "At least 1 (Chair, Deputy chair): Complete the course New on the board",
        ),
        ({"is_begun": True}, ("begun", 3, 4, 4), "Everybody: Begin the course New on the board"),
    ],
)
def test_a_body_has_come_as_far_as_those_who_sit_there(scene: Scene, asked: dict, expected: tuple, said: str) -> None:
    course = courses.make_course()
    people = [organisation.make_member(name) for name in ("chair", "deputy", "secretary", "treasurer")]
    for member in people:
        seat(member, member.name, scene.board)
    finished(people[0], course)
    finished(people[2], course)
    begun(people[3], course)
    plan = plans.make_plan(body=scene.board, goals=[[{"kind": "course", "course": course, **ALL, **asked}], []])
    with translation.override("en"):
        (goal,) = plan_shown(plan, DAY).goals
    assert ((goal.state, goal.done, goal.total, goal.needed), goal.what) == (expected, said)


def test_who_sits_there_on_the_day_decides_whoever_did_it(scene: Scene) -> None:
    course = courses.make_course()
    old = seat(scene.kari, "chair", scene.board)
    finished(scene.kari, course)
    plan = plans.make_plan(body=scene.board, goals=[[{"kind": "course", "course": course, **ALL}], []])
    assert states(plan) == ["done"]
    old.valid_until = dt.date(2026, 4, 1)
    old.save()
    seat(organisation.make_member("Ola"), "chair", scene.board, dt.date(2026, 4, 1))
    assert states(plan, dt.date(2026, 4, 1)) == ["ahead"]


def test_a_units_goal_counts_the_chairs_below_but_not_of_committees(scene: Scene) -> None:
    course = courses.make_course()
    seat(scene.kari, "chair", scene.board)
    seat(organisation.make_member("Fylke"), "chair", organisation.make_body(scene.county))
    seat(organisation.make_member("Valg"), "chair", organisation.make_body(scene.branch, kind=Body.Kind.NOMINATING))
    seat(organisation.make_member("Annet"), "chair", organisation.make_body(scene.other_county))
    finished(scene.kari, course)
    goal = {"kind": "course", "course": course, **ALL}
    plan = plans.make_plan(unit=scene.county, office=Office.objects.get(key="chair"), goals=[[goal], []])
    (shown,) = plan_shown(plan, DAY).goals
    assert (shown.done, shown.total) == (1, 2)
    row = Goal.objects.select_related("milestone__plan").get()
    assert coverage_of(row, on=DAY) == (1, 2)
    assert coverage_of(row, unit=scene.branch, on=DAY) == (1, 1)
    assert coverage_of(row, body=scene.board, on=DAY) == (1, 1)


def test_what_is_next_is_what_is_due_first(scene: Scene) -> None:
    assert next_goal(scene.kari) is None
    soon = {"kind": "task", "task": {"nb": "Først"}, "within_days": 30}
    plans.make_plan(scene.kari, goals=[[plans.TASK, soon], []])
    found = next_goal(scene.kari)
    assert found is not None
    assert (found.what, found.due) == ("Først", dt.date(2026, 1, 31))


def test_a_course_nobody_has_made_yet_is_coming_and_is_next_only_when_nothing_else_is_left(scene: Scene) -> None:
    plan_courses(told=[("kommer", {"nb": "Kommer"}, 30)], by=None)
    coming = {"kind": "course", "course": Course.objects.get(key="kommer"), "within_days": 10}
    plan = plans.make_plan(scene.kari, goals=[[coming, plans.TASK], []])
    scene.go_to(DAY)
    shown = plan_shown(plan)
    assert [(goal.state, goal.is_coming) for goal in shown.goals] == [("late", True), ("ahead", False)]
    assert shown.next_goal == next_of(shown, "nb") == shown.goals[1] == next_goal(scene.kari)
    line = goal_line(shown.goals[0], shown, Telling("en"))
    with translation.override("en"):
        assert (line.state, str(line.look.word), line.url) == ("ahead", "Coming", "")
        assert goal_line(shown.goals[0], shown, Telling("en")).detail == "The course is not made yet"
    tick_task(goal=shown.goals[1].goal, by=scene.kari)
    left = next_goal(scene.kari)
    assert left is not None and left.is_coming


def test_a_plan_that_waits_for_a_course_comes_after_one_with_something_to_do(scene: Scene) -> None:
    courses.found_course(title="Tom", language="nb", key="tom", by=None)
    empty = {"kind": "course", "course": Course.objects.get(key="tom"), "within_days": 10}
    plans.make_plan(scene.kari, goals=[[empty], []])
    plans.make_plan(scene.kari, goals=[[plans.TASK], []])
    found = next_goal(scene.kari)
    assert found is not None and not found.is_coming


def test_many_plans_cost_as_many_queries_as_one(scene: Scene) -> None:
    course, competence = courses.make_course(), competences.make_competence()
    asked = [
        {"kind": "course", "course": course},
        {"kind": "competence", "competence": competence, "least_level": 2},
        plans.level_goal(),
    ]
    group = [{**goal, **ALL, "offices": ["chair"]} for goal in asked]
    for _ in range(2):
        plans.make_plan(scene.kari, goals=[asked, []])
        plans.make_plan(body=scene.board, goals=[group, []])
        plans.make_plan(unit=scene.county, goals=[group, []])
    few = list(CompetencePlan.objects.select_related("office").order_by("pk")[:3])
    with CaptureQueriesContext(connection) as for_few:
        plans_shown(few, DAY)
    for _ in range(5):
        member = organisation.make_member()
        seat(member, "chair", scene.board)
        plans.make_plan(member, goals=[asked, []])
        plans.make_plan(unit=scene.branch, goals=[group, []])
    with CaptureQueriesContext(connection) as for_many:
        plans_shown(list(CompetencePlan.objects.select_related("office")), DAY)
    assert len(for_many) - 1 == len(for_few) <= 13


def test_a_plan_each_for_many_is_written_in_as_many_statements_as_for_few(scene: Scene) -> None:
    people = [organisation.make_member(of=scene.branch).pk for _ in range(60)]
    seat(Member.objects.get(pk=people[0]), "chair", scene.board)
    ada = organisation.make_member(of=scene.county)
    organisation.make_appointment(ada, Role.ADMINISTRATOR, unit=scene.county)
    counts = []
    for some in (people[:3], people[3:]):
        with CaptureQueriesContext(connection) as asked:
            assert make_plans(template=scene.template, member_ids=some, by=ada) == len(some)
        counts.append(len([query for query in asked if "SAVEPOINT" not in query["sql"]]))
    assert counts[1] <= counts[0] <= 20
    chair = CompetencePlan.objects.get(member=people[0])
    assert (chair.body, chair.office.key, chair.term.member_id) == (scene.board, "chair", people[0])
    other = CompetencePlan.objects.get(member=people[1])
    assert (other.body, other.office.key, other.state) == (None, "chair", "active")
    assert other.valid_until == dt.date(2028, 1, 1)
    assert [goal.task for goal in plans.goals_of(other)] == [plans.TASK["task"]]


def test_nobody_is_given_the_same_plan_twice_and_they_are_told_by_a_job(scene: Scene) -> None:
    ids = [scene.kari.pk, organisation.make_member("Ola").pk]
    assert [make_plans(template=scene.template, member_ids=ids, by=None) for _ in range(2)] == [2, 0]
    job = Job.objects.get(kind="tell_of_plans")
    for _ in range(2):
        run_job(job_id=job.pk)
    assert Notice.objects.filter(kind="plan_made").count() == 2
