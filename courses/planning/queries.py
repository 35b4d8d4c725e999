"""Reads about plans. Progress is always computed, on the day asked about."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef

from courses.curriculum.models import Outline
from courses.planning import reach
from courses.planning.gathering import Facts, gather
from courses.planning.models import CompetencePlan, Goal, Milestone, PlanTemplate
from courses.planning.shown import GoalShown, PlanShown, StageShown, measure, show
from lms.members.models import Member
from lms.organisation.models import Body, Unit
from lms.periods import today

__all__ = [
    "GoalShown", "PlanShown", "StageShown", "coverage_of", "first_of", "gathered", "goals_of", "next_goal",
    "plan_shown", "plans_for_body", "plans_for_unit", "plans_kept_by", "plans_of", "plans_seen_by", "plans_shown",
    "plans_under_way", "template_for", "templates_on",
]  # fmt: skip
State = CompetencePlan.State
plans_kept_by, plans_seen_by = reach.plans_kept_by, reach.plans_seen_by
WITH = ("member", "office", "body__unit", "unit", "template", "term")


def plan_shown(plan: CompetencePlan, on: dt.date | None = None) -> PlanShown:
    """One plan with its stages and goals; a closed one as it was when it closed, unless a day is named."""
    closed = plan.closed_on if plan.state == State.CLOSED else None
    return plans_shown([plan], on=on or closed)[0]


def plans_shown(plans: Sequence[CompetencePlan], on: dt.date | None = None) -> list[PlanShown]:
    """Many plans on one day, in the order given. A constant number of queries, at most thirteen."""
    stages, goals, facts = gathered(plans, on or today())
    by_plan: dict[int, list[Milestone]] = defaultdict(list)
    plan_of = {}
    for stage in stages:
        by_plan[stage.plan_id].append(stage)
        plan_of[stage.pk] = stage.plan_id
    asked: dict[int, list[Goal]] = defaultdict(list)
    for goal in goals:
        asked[plan_of[goal.milestone_id]].append(goal)
    return [show(plan, by_plan[plan.pk], asked[plan.pk], facts) for plan in plans]


def gathered(plans: Sequence[CompetencePlan], on: dt.date) -> tuple[list[Milestone], list[Goal], Facts]:
    """The stages and goals of plans, and what is known of their people."""
    keys = [plan.pk for plan in plans]
    stages = list(Milestone.objects.filter(plan__in=keys).order_by("plan", "order"))
    goals = goals_of(keys)
    return stages, goals, gather(plans, goals, on=on)


def goals_of(plans: Iterable[int]) -> list[Goal]:
    """The goals of plans, with what they name at hand, whether each was taken further, and whether its course is
    made. One query.
    """
    rows = Goal.objects.filter(milestone__plan__in=list(plans)).select_related("level", "competence", "course")
    carried = Exists(Goal.objects.filter(carried_from=OuterRef("pk")))
    made = Exists(Outline.objects.filter(course=OuterRef("course")))
    return list(rows.annotate(is_carried=carried, has_lessons=made).order_by("milestone", "order", "pk"))


def plans_of(member: Member) -> list[CompetencePlan]:
    """A person's own plans, open ones first, then the newest. One query."""
    rows = CompetencePlan.objects.filter(member=member).select_related(*WITH)
    return sorted(rows, key=lambda plan: plan.state == State.CLOSED)


def plans_for_body(body: Body) -> list[CompetencePlan]:
    """The plans of a body itself, open ones first, then the newest. One query."""
    rows = CompetencePlan.objects.filter(body=body, member=None).select_related(*WITH)
    return sorted(rows, key=lambda plan: plan.state == State.CLOSED)


def plans_for_unit(unit: Unit) -> list[CompetencePlan]:
    """The plans of a unit itself, and for offices in it, open ones first, then the newest. One query."""
    rows = CompetencePlan.objects.filter(unit=unit, member=None).select_related(*WITH)
    return sorted(rows, key=lambda plan: plan.state == State.CLOSED)


def next_goal(member: Member, on: dt.date | None = None) -> GoalShown | None:
    """What a person's plans under way ask for next."""
    return first_of(plans_under_way(member, on))


def plans_under_way(member: Member, on: dt.date | None = None) -> list[PlanShown]:
    """A person's plans that have begun, as they stand on a day."""
    plans = [plan for plan in plans_of(member) if plan.state == State.ACTIVE]
    return plans_shown(plans, on) if plans else []


def first_of(plans: Iterable[PlanShown]) -> GoalShown | None:
    """Of the next goals of several plans the one due first; one that is coming only when nothing else is left."""
    found = [goal for shown in plans if (goal := shown.next_goal) is not None]
    return min(found, key=lambda goal: goal.rank, default=None)


def coverage_of(
    goal: Goal, *, unit: Unit | None = None, body: Body | None = None, on: dt.date | None = None
) -> tuple[int, int]:
    """How many have done what a goal asks, and of how many: in a body, a unit and below, or where its plan is for."""
    plan = goal.milestone.plan
    if unit is not None or body is not None:
        plan = CompetencePlan(office=plan.office, body=body, unit=None if body is not None else unit)
    reached, _needs = measure(goal, plan, gather([plan], [goal], on=on or today()))
    return reached.done, reached.total


def templates_on(day: dt.date | None = None) -> list[PlanTemplate]:
    """The templates that hold on a day, the newest version of each. One query."""
    newest = {row.key: row for row in PlanTemplate.objects.on(day or today()).order_by("key", "number")}
    return list(newest.values())


def template_for(office_key: str, unit_kind: str, templates: Iterable[PlanTemplate]) -> PlanTemplate | None:
    """The template for an office at a kind of unit: one that names the kind before one for everywhere."""
    fitting = [
        row
        for row in templates
        if row.made_for == PlanTemplate.For.OFFICE
        and row.office_key == office_key
        and (not row.unit_kinds or unit_kind in row.unit_kinds)
    ]
    return min(fitting, key=lambda row: (not row.unit_kinds, row.key), default=None)
