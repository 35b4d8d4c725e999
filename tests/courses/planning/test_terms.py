"""Plans follow elections: made by themselves, continued, closed with a reason, and put right."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.curriculum.models import Course
from courses.planning.models import CompetencePlan, Goal, Milestone, PlanReview
from courses.planning.services import close_plan, make_plan, review_plan
from courses.planning.terms import begin_plans, end_plans, follow_the_day
from lms.organisation.announcing import announce
from lms.organisation.bodies import close_body
from lms.organisation.leaving import record_leaving
from lms.organisation.models import Body, Unit
from lms.organisation.services import correct_term, end_term, withdraw_term
from lms.periods import Period
from tests.courses.planning.conftest import START, Scene
from tests.factories import courses, organisation, plans

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAY = dt.timedelta(days=1)
TWO_YEARS = dt.date(2028, 1, 1)


def state(plan: CompetencePlan) -> tuple[str, str]:
    return plan.state, plan.closed_reason


def test_a_term_makes_the_plan_for_its_office_from_its_first_day(scene: Scene) -> None:
    term = scene.elect(until=TWO_YEARS)
    plan = scene.plan()
    assert (plan.office, plan.body, plan.term, plan.state) == (term.office, scene.board, term, "active")
    assert (plan.valid_from, plan.valid_until, plan.template) == (START, TWO_YEARS, scene.template)
    assert [stage.valid_from for stage in plan.milestones.all()] == [START, dt.date(2027, 1, 1)]


def test_a_term_heard_of_twice_makes_one_plan(scene: Scene) -> None:
    term = scene.elect()
    begin_plans(term_ids=[term.pk])
    begin_plans(term_ids=[term.pk])
    assert scene.plan().milestones.count() == 2


def test_two_bodies_are_two_plans_and_another_office_none(scene: Scene) -> None:
    scene.elect()
    scene.elect(body=organisation.make_body(scene.county))
    scene.elect(office=organisation.make_office("secretary"))
    assert CompetencePlan.objects.filter(member=scene.kari).count() == 2


def test_a_template_for_counties_makes_no_plan_in_a_branch(scene: Scene) -> None:
    scene.template.unit_kinds = [Unit.Kind.COUNTY]
    scene.template.save()
    scene.elect()
    assert not CompetencePlan.objects.exists()
    scene.elect(body=organisation.make_body(scene.county))
    assert scene.plan().body.unit == scene.county


def test_the_beginners_course_comes_first_also_where_the_template_has_none(scene: Scene) -> None:
    course = courses.make_course()
    courses.make_rule(course)
    scene.elect()
    first, second = plans.goals_of(scene.plan())
    assert (first.course, first.within_days, second.kind) == (course, 100, "task")


def test_the_beginners_course_comes_first_where_the_template_has_it_last(scene: Scene) -> None:
    course, other = courses.make_course(), Course.objects.create(key="verv-leder")
    courses.make_rule(course)
    asked = [[{"kind": "course", "course": other}, {"kind": "course", "course": course}], []]
    plans.make_template(asked, since=START + DAY)
    scene.go_to(START + DAY)
    scene.elect(since=START + DAY)
    assert [goal.course for goal in plans.goals_of(scene.plan())] == [course, other]


def test_what_began_before_anybody_told_us_is_history_and_makes_no_plan(scene: Scene) -> None:
    term = scene.elect(since=START)
    CompetencePlan.objects.all().delete()
    scene.go_to(START + 91 * DAY)
    begin_plans(term_ids=[term.pk])
    assert not CompetencePlan.objects.exists()


def test_the_end_of_the_term_closes_the_plan_and_what_was_written_stays(scene: Scene) -> None:
    term = scene.elect()
    scene.go_to(dt.date(2026, 5, 1))
    review_plan(plan=scene.plan(), words="Bra", by=scene.kari)
    end_term(term=term, on=dt.date(2026, 5, 1), by=None)
    plan = scene.plan()
    assert (*state(plan), plan.closed_on) == ("closed", "term ended", dt.date(2026, 5, 1))
    assert PlanReview.objects.get(plan=plan).words == "Bra"


def test_an_end_nobody_announced_is_found_by_the_days_work(scene: Scene) -> None:
    scene.elect(until=dt.date(2026, 5, 1))
    assert follow_the_day(on=dt.date(2026, 4, 30)) == 0
    scene.go_to(dt.date(2026, 5, 3))
    assert follow_the_day(on=dt.date(2026, 5, 3)) == 1
    assert scene.plan().closed_on == dt.date(2026, 5, 1)


@pytest.mark.parametrize("new_first", [True, False])
def test_re_election_continues_the_plan_in_either_order(scene: Scene, new_first: bool) -> None:
    old = scene.elect(until=dt.date(2027, 1, 1))
    plan = scene.plan()
    new = scene.elect(since=dt.date(2027, 1, 1), until=dt.date(2029, 1, 1))
    scene.go_to(dt.date(2027, 1, 1))
    heard = [lambda: begin_plans(term_ids=[new.pk]), lambda: end_plans(term_ids=[old.pk])]
    for hear in heard if new_first else reversed(heard):
        hear()
    after = scene.plan()
    assert (after.pk, after.term, *state(after)) == (plan.pk, new, "active", "")
    assert after.valid_until == dt.date(2029, 1, 1)
    assert after.milestones.count() == 2


def test_the_daily_announcements_continue_it_too(scene: Scene) -> None:
    old = scene.elect(until=dt.date(2027, 1, 1))
    new = scene.elect(since=dt.date(2027, 1, 1), until=dt.date(2029, 1, 1))
    scene.go_to(dt.date(2027, 1, 1))
    announce([old.pk, new.pk])
    assert (scene.plan().term, scene.plan().state) == (new, "active")


def test_after_its_stages_the_plan_goes_on_with_a_further_one_and_what_was_not_reached(scene: Scene) -> None:
    old = scene.elect(until=TWO_YEARS)
    scene.go_to(TWO_YEARS)
    end_plans(term_ids=[old.pk])
    assert scene.plan().state == "closed"
    scene.elect(since=TWO_YEARS, until=dt.date(2030, 1, 1))
    plan = scene.plan()
    third = Milestone.objects.get(plan=plan, order=3)
    assert (third.valid_from, third.valid_until) == (TWO_YEARS, dt.date(2029, 1, 1))
    assert [goal.carried_from for goal in third.goals.all()] == list(Goal.objects.filter(milestone__order=1))
    assert plan.valid_until == dt.date(2030, 1, 1)


@pytest.mark.parametrize(("gap", "number"), [(90, 1), (91, 2)])
def test_ninety_days_may_lie_between_two_terms(scene: Scene, gap: int, number: int) -> None:
    term = scene.elect()
    ends = dt.date(2026, 5, 1)
    scene.go_to(ends)
    end_term(term=term, on=ends, by=None)
    again = ends + gap * DAY
    scene.go_to(again)
    scene.elect(since=again)
    assert CompetencePlan.objects.count() == number


def test_a_plan_that_was_closed_by_hand_is_not_opened_by_an_election(scene: Scene) -> None:
    term = scene.elect()
    close_plan(plan=scene.plan(), reason="done", by=scene.kari)
    scene.go_to(dt.date(2026, 5, 1))
    end_term(term=term, on=dt.date(2026, 5, 1), by=None)
    scene.elect(since=dt.date(2026, 5, 1))
    assert sorted(state(plan) for plan in CompetencePlan.objects.all()) == [("active", ""), ("closed", "done")]


def test_a_plan_to_prepare_for_the_office_becomes_the_plan_for_it(scene: Scene) -> None:
    chair = organisation.make_office("chair")
    plan = make_plan(template=scene.template, member=scene.kari, office=chair, start=START, by=scene.kari)
    term = scene.elect()
    assert (scene.plan().pk, scene.plan().term, scene.plan().body) == (plan.pk, term, scene.board)


def test_a_term_recorded_by_mistake_closes_the_plan_and_removes_nothing(scene: Scene) -> None:
    term = scene.elect()
    review_plan(plan=scene.plan(), words="Skrevet", by=scene.kari)
    withdraw_term(term=term, by=None)
    plan = scene.plan()
    assert (*state(plan), plan.term) == ("closed", "term taken back", None)
    assert plan.reviews.get().words == "Skrevet"


def test_the_right_term_after_the_mistaken_one_takes_the_plan_up_again(scene: Scene) -> None:
    withdraw_term(term=scene.elect(), by=None)
    term = scene.elect()
    assert (scene.plan().term, scene.plan().state) == (term, "active")


def test_a_first_day_put_right_moves_the_plan_along(scene: Scene) -> None:
    scene.go_to(dt.date(2026, 3, 1))
    term = scene.elect(since=dt.date(2026, 2, 1))
    correct_term(term=term, period=Period(dt.date(2026, 2, 15)), by=None)
    plan = scene.plan()
    assert (plan.valid_from, *state(plan)) == (dt.date(2026, 2, 15), "active", "")
    assert plan.milestones.first().valid_from == dt.date(2026, 2, 15)


def test_a_term_moved_to_a_day_to_come_rests_until_then(scene: Scene) -> None:
    term, later = scene.elect(), dt.date(2026, 3, 1)
    correct_term(term=term, period=Period(later), by=None)
    assert state(scene.plan()) == ("closed", "term taken back")
    scene.go_to(later)
    announce([term.pk])
    assert (scene.plan().valid_from, *state(scene.plan())) == (later, "active", "")


def test_an_end_that_was_a_mistake_opens_the_plan_again(scene: Scene) -> None:
    term, ends = scene.elect(), dt.date(2026, 3, 1)
    scene.go_to(ends)
    end_term(term=term, on=ends, by=None)
    correct_term(term=term, period=Period(START), by=None)
    assert (scene.plan().closed_on, *state(scene.plan())) == (None, "active", "")


def test_whoever_moves_to_another_unit_keeps_the_plan(scene: Scene) -> None:
    scene.elect()
    scene.kari.memberships.update(unit=scene.other_county)
    follow_the_day(on=START + DAY)
    assert scene.plan().state == "active"


def test_whoever_leaves_has_the_plan_closed(scene: Scene) -> None:
    scene.elect()
    scene.go_to(START + 10 * DAY)
    record_leaving(member_ids=[scene.kari.pk], on=START + 10 * DAY, by=None)
    assert state(scene.plan()) == ("closed", "term ended")


@pytest.mark.parametrize("later", [0, 30])
def test_a_body_that_closes_closes_its_plan(scene: Scene, later: int) -> None:
    plan = plans.make_plan(body=scene.board)
    closes = START + later * DAY
    close_body(body=Body.objects.get(pk=scene.board.pk), on=closes, by=None)
    plan.refresh_from_db()
    assert plan.state == ("closed" if later == 0 else "active")
    follow_the_day(on=closes)
    plan.refresh_from_db()
    assert (*state(plan), plan.closed_on) == ("closed", "body closed", closes)
