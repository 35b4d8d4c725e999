"""What now: one step, and which one goes first."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from courses.curriculum.models import Course
from courses.curriculum.services import plan_courses
from courses.desk.next_step import NextStep
from courses.desk.queries import desk_of
from courses.enrolment.services import enrol
from courses.progression.kinds import CourseCompleted, LevelHeld
from courses.progression.models import Requirement, Track
from tests.factories import competences, courses, organisation, plans

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 14)
SOON, LATER = dt.date(2026, 9, 14), dt.date(2026, 9, 15)


@pytest.fixture(autouse=True)
def _day(set_today):
    set_today(DAY)
    with override("en"):
        yield


@pytest.fixture
def kari():
    return organisation.make_member(of=organisation.make_tree()[1], language="en")


def step_of(member) -> NextStep | None:
    return desk_of(member, "en").step


def planned_course(key="kommer"):
    plan_courses(told=[(key, {"nb": "Kommer", "en": "Coming course"}, 30)], by=None)
    return Course.objects.get(key=key)


def course_goal(course, **asked):
    return {"kind": "course", "course": course, **asked}


def held(member, *, until, **pages):
    """A level that is renewed by a short course with pages, and lapses on a day."""
    rule = courses.make_rule()
    page = courses.make_course_pages(slug="kort", title="Kort", **pages)
    renewed_by(rule, courses.course_of(page))
    courses.make_award(member, rule=rule, on=dt.date(2022, 9, 14), valid_until=until)
    return rule


def renewed_by(rule, course):
    return CourseCompleted.objects.create(rule=rule, part=Requirement.Part.RENEWAL, course=course)


def test_a_course_one_is_in_goes_before_everything_else(kari):
    held(kari, until=SOON)
    course = courses.course_of(courses.make_course_pages())
    enrol(member=kari, course=course)
    assert step_of(kari).title == "Leksjon 1"


@pytest.mark.parametrize(
    ("until", "said"),
    [(SOON, "It is valid until 14 September 2026."), (dt.date(2026, 2, 1), "It lapsed on 1 February 2026.")],
)
def test_a_level_that_lapses_soon_or_has_is_to_be_renewed_with_its_minutes_and_its_day(kari, until, said):
    held(kari, until=until)
    plans.make_plan(kari, goals=[[plans.TASK], []])
    step = step_of(kari)
    assert step.title.startswith("Renew the level") and step.text.startswith(said)
    assert (step.over, step.action_url) == ("Next step · 20 minutes", "/kurs/kort/")
    assert step.more_url == "/tracks/ladder/level/leadership.grunn/"


def test_a_level_that_lasts_longer_is_left_alone(kari):
    held(kari, until=LATER)
    assert step_of(kari) is None


def test_a_level_of_any_track_counts_unless_the_track_is_put_away(kari, set_today):
    track = Track.objects.create(key="annet", title={"nb": "Annet"})
    level = track.levels.create(key="annet.en", order=1, title={"nb": "en"}, display_name={"nb": "En"})
    courses.make_award(kari, rule=courses.make_rule(level=level.key), valid_until=SOON)
    assert step_of(kari).action_url == "/tracks/ladder/level/annet.en/"
    track.archived_at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    track.save()
    assert step_of(kari) is None


def test_where_what_renews_it_is_not_made_yet_the_plan_goes_first_and_it_is_told_all_the_same(kari):
    rule = courses.make_rule()
    renewed_by(rule, planned_course())
    courses.make_award(kari, rule=rule, on=dt.date(2022, 9, 14), valid_until=SOON)
    step = step_of(kari)
    assert (step.action_url, step.action_label) == ("/tracks/ladder/level/leadership.grunn/", "See what it takes")
    assert step.text.startswith("It is valid until 14 September 2026.")
    plans.make_plan(kari, goals=[[plans.TASK], []])
    assert step_of(kari).title == "Call three"


def test_to_reach_another_level_is_no_way_to_begin_with(kari):
    rule = courses.make_rule()
    higher = courses.make_rule(level="leadership.videre")
    LevelHeld.objects.create(rule=rule, part=Requirement.Part.RENEWAL, level=higher.level)
    courses.make_award(kari, rule=rule, on=dt.date(2022, 9, 14), valid_until=SOON)
    assert step_of(kari).action_label == "See what it takes"


def test_a_course_of_the_plan_leads_to_its_first_lesson_and_one_not_made_yet_is_passed_over(kari):
    page = courses.make_course_pages()
    first = course_goal(planned_course(), within_days=30)
    plan = plans.make_plan(kari, goals=[[first, course_goal(courses.course_of(page))], []])
    step = step_of(kari)
    assert step.action_url == courses.lesson_pages(page)[0].url
    assert (step.over, step.more_url) == ("Next step · 20 minutes", f"/plans/{plan.public_id}/")


def test_a_competence_a_level_and_a_task_of_the_plan_lead_where_they_are_shown(kari):
    competence = {"kind": "competence", "competence": competences.make_competence(), "least_level": 2}
    for goal, url in (
        ({**competence, "within_days": 10}, "/competences/one/money.budget/"),
        (plans.level_goal(within_days=9), "/tracks/ladder/level/leadership.grunn/"),
    ):
        plans.make_plan(kari, goals=[[goal], []])
        assert step_of(kari).action_url.endswith(url)
    plan = plans.make_plan(kari, goals=[[{**plans.TASK, "within_days": 8}], []])
    assert step_of(kari).action_url == f"/plans/{plan.public_id}/#maal-{plans.goals_of(plan)[0].pk}"


def test_without_any_of_it_one_begins_the_course_the_first_level_asks_for(kari):
    page = courses.make_course_pages()
    courses.make_rule(courses.course_of(page))
    step = step_of(kari)
    assert (step.title, step.action_url) == ("Begin Ny i styret", courses.lesson_pages(page)[0].url)


def test_nothing_is_said_to_wait_only_when_nothing_does(client, kari):
    client.force_login(kari)
    assert "Nothing is waiting" in client.get("/desk/").content.decode()
    plans.make_plan(kari, goals=[[course_goal(planned_course())], []])
    page = client.get("/desk/").content.decode()
    assert "Nothing is waiting" not in page and "Nothing to do just now" in page
    assert "The course is not made yet" in page


def test_the_desk_costs_as_much_with_thirty_goals_as_with_three(kari):
    made = [courses.course_of(courses.make_course_pages(1, slug=f"kurs-{n}")) for n in range(3)]
    made += [planned_course(f"kommer-{n}") for n in range(7)]
    held(kari, until=SOON)
    counts = []
    for times in (1, 9):
        goals = [course_goal(made[n % len(made)]) for n in range(times)]
        goals += [{"kind": "competence", "competence": competences.make_competence(f"a.b{n}"), "least_level": 2}
                  for n in range(times)]  # fmt: skip
        plans.make_plan(kari, goals=[[*goals, *[plans.level_goal()] * times], []])
        desk_of(kari, "en")
        with CaptureQueriesContext(connection) as asked:
            desk_of(kari, "en")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 45
