"""Talks keep what the plan looked like; goals are taken further; the acts a state does not allow are refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from courses.planning import services
from courses.planning.models import CompetencePlan, Goal, Milestone
from courses.planning.notices import tell_reviews_due
from courses.planning.queries import plan_shown
from courses.planning.tasks import look_after_plans
from courses.planning.templates_in import bring_to_version, changes_for, newest_version, stages_said, write_template
from lms.notifications.models import Notice
from tests.courses.planning.conftest import Scene
from tests.factories import organisation, plans

pytestmark = pytest.mark.django_db
State = CompetencePlan.State
HALF = dt.date(2026, 7, 1)


def first_goal(plan: CompetencePlan) -> Goal:
    return plans.goals_of(plan)[0]


def first_stage(plan: CompetencePlan) -> Milestone:
    return Milestone.objects.filter(plan=plan).order_by("order")[0]


ACTS: dict[str, Callable[[CompetencePlan], Any]] = {
    "rename": lambda plan: services.change_plan(plan=plan, title={"nb": "Ny"}, by=None),
    "stage": lambda plan: services.change_stage(milestone=first_stage(plan), action={}, review={}, by=None),
    "add": lambda plan: services.add_goal(milestone=first_stage(plan), by=None, **plans.TASK),
    "change": lambda plan: services.change_goal(goal=first_goal(plan), by=None, task={"nb": "Ny"}),
    "put": lambda plan: services.change_goals(milestone=first_stage(plan), goals=[plans.TASK], by=None),
    "remove": lambda plan: services.remove_goal(goal=first_goal(plan), by=None),
    "move": lambda plan: services.move_goal(goal=first_goal(plan), to=first_stage(plan), by=None),
    "agree": lambda plan: services.agree_plan(plan=plan, by=None),
    "take back": lambda plan: services.take_back_plan(plan=plan, by=None),
    "activate": lambda plan: services.activate_plan(plan=plan, by=None),
    "close": lambda plan: services.close_plan(plan=plan, reason="done", by=None),
    "reopen": lambda plan: services.reopen_plan(plan=plan, by=None),
    "tick": lambda plan: services.tick_task(goal=first_goal(plan), by=None),
    "review": lambda plan: services.review_plan(plan=plan, words="", by=None),
    "carry over": lambda plan: services.carry_over(plan=plan, by=None),
    "discard": lambda plan: services.discard_plan(plan=plan, by=None),
}
CHANGES = {"rename", "stage", "add", "change", "put", "remove", "move"}
ALLOWED = {
    State.DRAFT: CHANGES | {"agree", "close", "tick", "discard"},
    State.AGREED: {"take back", "activate", "close", "tick"},
    State.ACTIVE: CHANGES | {"close", "tick", "review", "carry over"},
    State.CLOSED: {"reopen"},
}
ILLEGAL = [(act, state) for act in ACTS for state in State if act not in ALLOWED[state]]


def test_there_are_more_than_thirty_things_one_may_not_do() -> None:
    assert len(ILLEGAL) >= 30


@pytest.mark.parametrize(("act", "state"), ILLEGAL)
def test_what_a_state_does_not_allow_is_refused_and_changes_nothing(scene: Scene, act: str, state: str) -> None:
    plan = plans.make_plan(scene.kari, state=state)
    before = CompetencePlan.objects.values().get(), list(Goal.objects.values())
    with pytest.raises(ValidationError) as refused:
        ACTS[act](plan)
    assert refused.value.code == "state"
    assert (CompetencePlan.objects.values().get(), list(Goal.objects.values())) == before


@pytest.mark.parametrize(("act", "state"), [(act, state) for state, acts in ALLOWED.items() for act in sorted(acts)])
def test_what_a_state_allows_is_done(scene: Scene, act: str, state: str) -> None:
    plan = plans.make_plan(scene.kari, state=state)
    scene.go_to(dt.date(2027, 2, 1))
    ACTS[act](plan)


def test_a_talk_keeps_the_plan_as_it_was_in_every_language(scene: Scene) -> None:
    plan = plans.make_plan(scene.kari)
    scene.go_to(HALF)
    review = services.review_plan(plan=plan, words=" Ring flere ", by=scene.kari)
    services.tick_task(goal=first_goal(plan), by=scene.kari)
    services.change_goal(goal=first_goal(plan), by=None, task={"nb": "Noe annet"})
    review.refresh_from_db()
    kept = review.snapshot["stages"][0]["goals"][0]
    assert review.words == "Ring flere"
    assert (kept["what"]["nb"], kept["what"]["en"]) == ("Ring tre nye", "Call three")
    assert (kept["state"], review.snapshot["done"], review.snapshot["total"]) == ("ahead", 0, 1)
    assert plan_shown(plan).done == 1


@pytest.mark.parametrize("day", [dt.date(2025, 12, 31), HALF + dt.timedelta(days=1)])
def test_a_talk_is_held_while_the_plan_lasts_and_not_in_days_to_come(scene: Scene, day: dt.date) -> None:
    plan = plans.make_plan(scene.kari)
    scene.go_to(HALF)
    with pytest.raises(ValidationError):
        services.review_plan(plan=plan, words="", on=day, by=scene.kari)


def test_goals_are_taken_further_only_when_a_stage_is_over(scene: Scene) -> None:
    plan = plans.make_plan(scene.kari)
    scene.go_to(dt.date(2026, 12, 31))
    with pytest.raises(ValidationError):
        services.carry_over(plan=plan, by=scene.kari)


def test_what_was_not_reached_is_taken_to_the_stage_that_runs_now_once(scene: Scene) -> None:
    plan = plans.make_plan(scene.kari)
    scene.go_to(dt.date(2027, 1, 1))
    (carried,) = services.carry_over(plan=plan, by=scene.kari)
    assert (carried.milestone.order, carried.carried_from) == (2, first_goal(plan))
    assert services.carry_over(plan=plan, by=scene.kari) == []
    with translation.override("en"):
        shown = plan_shown(plan)
    assert [(goal.state, goal.detail) for goal in shown.goals] == [
        ("missed", "Taken further to a later stage"),
        ("ahead", ""),
    ]
    assert (shown.done, shown.total) == (0, 1)


def test_after_the_last_stage_a_further_one_is_added_until_six_years_are_over(scene: Scene) -> None:
    plan = plans.make_plan(scene.kari)
    for year in (2028, 2029, 2030, 2031):
        scene.go_to(dt.date(year, 1, 1))
        services.carry_over(plan=plan, by=scene.kari)
    plan.refresh_from_db()
    assert (plan.milestones.count(), plan.valid_until) == (6, dt.date(2032, 1, 1))
    scene.go_to(dt.date(2032, 1, 1))
    with pytest.raises(ValidationError):
        services.carry_over(plan=plan, by=scene.kari)


def test_a_closed_plan_is_shown_as_it_was_when_it_closed(scene: Scene) -> None:
    plan = plans.make_plan(scene.kari)
    scene.go_to(HALF)
    plan = services.close_plan(plan=plan, reason="stopped", by=scene.kari)
    scene.go_to(dt.date(2029, 1, 1))
    shown = plan_shown(plan)
    assert (shown.on, shown.goals[0].state, shown.next_goal) == (HALF, "missed", None)


def test_a_person_gives_only_the_reasons_that_are_theirs_to_give(scene: Scene) -> None:
    plan = plans.make_plan(scene.kari)
    with pytest.raises(ValidationError):
        services.close_plan(plan=plan, reason="term ended", by=scene.kari)


def test_only_a_task_is_ticked_and_not_in_days_to_come(scene: Scene) -> None:
    plan = plans.make_plan(scene.kari, goals=[[plans.level_goal(), plans.TASK], []])
    level, task = plans.goals_of(plan)
    for goal, day in ((level, None), (task, HALF)):
        with pytest.raises(ValidationError):
            services.tick_task(goal=goal, by=scene.kari, on=day)
    services.tick_task(goal=task, by=scene.kari)
    assert services.tick_task(goal=task, by=scene.kari, is_done=False).ticked_on is None


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"kind": "level"}, "level"),
        ({"kind": "course"}, "course"),
        ({"kind": "competence", "least_level": 2}, "competence"),
        ({"kind": "competence"}, "least_level"),
        ({"kind": "task", "task": {"nb": "  "}}, "task"),
        ({**plans.TASK, "is_coverage": True}, "is_coverage"),
        ({**plans.TASK, "within_days": 0}, "within_days"),
    ],
)
def test_a_goal_that_cannot_be_reached_is_refused_at_its_field(scene: Scene, asked: Any, field: str) -> None:
    plan = plans.make_plan(scene.kari)
    with pytest.raises(ValidationError) as refused:
        services.add_goal(milestone=first_stage(plan), by=None, **asked)
    assert field in refused.value.message_dict


def test_a_talk_is_due_two_weeks_before_a_stage_ends_and_said_once(scene: Scene) -> None:
    plan = plans.make_plan(scene.kari)
    board_plan = plans.make_plan(body=scene.board)
    deputy = organisation.make_member("Ola")
    organisation.make_term(deputy, office="deputy", unit=scene.county)
    deputy.terms.update(body=scene.board)
    assert tell_reviews_due(on=dt.date(2026, 12, 17)) == 0
    assert tell_reviews_due(on=dt.date(2026, 12, 18)) == 2
    tell_reviews_due(on=dt.date(2026, 12, 19))
    told = Notice.objects.filter(kind="plan_review_due").order_by("member")
    assert [(notice.member, notice.context["plan"]) for notice in told] == [
        (scene.kari, str(plan.public_id)),
        (deputy, str(board_plan.public_id)),
    ]
    scene.go_to(dt.date(2026, 12, 20))
    services.review_plan(plan=plan, words="", by=scene.kari)
    assert tell_reviews_due(on=dt.date(2026, 12, 20)) == 1


def test_the_days_work_is_registered(scene: Scene) -> None:
    assert look_after_plans(None) == {"moved": 0, "closed": 0, "due": 0}


def test_a_plan_is_brought_to_a_newer_version_with_what_was_chosen(scene: Scene) -> None:
    first, second = plans.TASK, {"kind": "task", "task": {"nb": "To"}}
    template = plans.make_template([[first], [second]], key="styre")
    plan = plans.make_plan(scene.kari, template=template)
    third = {"kind": "task", "task": {"nb": "Tre"}}
    newer = plans.make_template([[third], []], key="styre", since=dt.date(2026, 2, 1))
    scene.go_to(dt.date(2027, 2, 1))
    assert newest_version(plan) == newer
    changes = changes_for(plan, newer)
    assert [goal.task["nb"] for goal in changes.gains] == ["Tre"]
    assert [goal.task["nb"] for goal in changes.losses] == ["Ring tre nye", "To"]
    chosen = {"gains": [changes.gains[0].pk], "losses": [changes.losses[1].pk]}
    bring_to_version(plan=plan, template=newer, by=None, **chosen)
    asked = Goal.objects.filter(milestone__plan=plan).order_by("milestone__order")
    assert [(goal.milestone.order, goal.task["nb"]) for goal in asked] == [(1, "Ring tre nye"), (2, "Tre")]
    with pytest.raises(ValidationError):
        bring_to_version(plan=plan, template=newer, by=None, **chosen)


def test_a_new_version_ends_the_one_before_and_needs_a_later_day(scene: Scene) -> None:
    said = {"key": "plan-leder", "title": {"nb": "Leder"}, "made_for": "office", "office_key": "chair"}
    stages = stages_said(scene.template)
    with pytest.raises(ValidationError):
        write_template(stages=stages, valid_from=scene.template.valid_from, by=None, **said)
    newer = write_template(stages=stages, valid_from=HALF, by=None, **said)
    scene.template.refresh_from_db()
    assert (newer.number, scene.template.valid_until) == (2, HALF)
    assert stages_said(newer) == stages
