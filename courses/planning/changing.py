"""Changing what a plan says: its name, its stages, its goals; and ticking a task."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courses.planning import reach
from courses.planning.acts import record
from courses.planning.models import CompetencePlan, Goal, GoalFields, Milestone
from courses.planning.states import Act, demand
from lms.members.models import Member
from lms.periods import today
from lms.wording import Wording

ASKED = (
    "kind", "level", "competence", "least_level", "course", "task", "is_coverage", "least_share", "least_count",
    "offices", "within_days", "is_begun",
)  # fmt: skip
"""What may be said of a goal."""
MOST_DAYS = 366
Kind = GoalFields.Kind


@transaction.atomic
def change_plan(*, plan: CompetencePlan, title: Wording, by: Member | None) -> CompetencePlan:
    """Call a plan something else."""
    row = held(plan, Act.CHANGE, by)
    row.title = {language: text.strip() for language, text in title.items() if text.strip()}
    if not row.title:
        raise ValidationError({"title": _("Write what the plan is called.")})
    row.save(update_fields=["title"])
    record(row, "change_plan", by)
    return row


@transaction.atomic
def change_stage(*, milestone: Milestone, action: Wording, review: Wording, by: Member | None) -> Milestone:
    """Say what is to be done in a stage, and when it is to be talked through."""
    row = held(milestone.plan, Act.CHANGE, by)
    milestone.action, milestone.review = dict(action), dict(review)
    milestone.save(update_fields=["action", "review"])
    record(row, "change_plan", by, stage=milestone.order)
    return milestone


@transaction.atomic
def add_goal(*, milestone: Milestone, by: Member | None, **asked: Any) -> Goal:
    """A goal at the end of a stage. ``asked``: the fields of ``ASKED``. Raises ValidationError at the field."""
    row = held(milestone.plan, Act.CHANGE, by)
    last = Goal.objects.filter(milestone=milestone).aggregate(last=Max("order"))["last"]
    goal = Goal(milestone=milestone, order=0 if last is None else last + 1, **_only(asked))
    demand_goal(goal, row)
    goal.save(force_insert=True)
    record(row, "change_plan", by, added=goal.pk)
    return goal


@transaction.atomic
def change_goal(*, goal: Goal, by: Member | None, **asked: Any) -> Goal:
    """Ask for something else. Only the fields named change."""
    row = held(goal.milestone.plan, Act.CHANGE, by)
    for name, value in _only(asked).items():
        setattr(goal, name, value)
    demand_goal(goal, row)
    goal.save(update_fields=list(asked))
    record(row, "change_plan", by, changed=goal.pk)
    return goal


@transaction.atomic
def change_goals(
    *, milestone: Milestone, goals: Sequence[Mapping[str, Any]], by: Member | None
) -> list[Goal]:  # fmt: skip
    """Put a stage's goals in place of those it has; one with ``goal`` keeps that row and what hangs on it."""
    row = held(milestone.plan, Act.CHANGE, by)
    there = {goal.pk: goal for goal in Goal.objects.filter(milestone=milestone)}
    kept = []
    for order, asked in enumerate(goals):
        goal = there.pop(getattr(asked.get("goal"), "pk", 0), None) or Goal(milestone=milestone)
        for name, value in _only({k: v for k, v in asked.items() if k != "goal"}).items():
            setattr(goal, name, value)
        goal.order = order
        demand_goal(goal, row)
        goal.save()
        kept.append(goal)
    Goal.objects.filter(pk__in=there).delete()
    record(row, "change_plan", by, stage=milestone.order)
    return kept


@transaction.atomic
def remove_goal(*, goal: Goal, by: Member | None) -> None:
    """Take a goal out of a plan."""
    row = held(goal.milestone.plan, Act.CHANGE, by)
    record(row, "change_plan", by, removed=goal.pk)
    goal.delete()


@transaction.atomic
def move_goal(*, goal: Goal, to: Milestone, by: Member | None) -> Goal:
    """Let a goal be reached in another stage of the same plan."""
    row = held(goal.milestone.plan, Act.CHANGE, by)
    if to.plan_id != row.pk:
        raise ValidationError(_("Choose a stage of the same plan."))
    last = Goal.objects.filter(milestone=to).aggregate(last=Max("order"))["last"]
    goal.milestone, goal.order = to, 0 if last is None else last + 1
    goal.save(update_fields=["milestone", "order"])
    record(row, "change_plan", by, moved=goal.pk)
    return goal


@transaction.atomic
def tick_task(*, goal: Goal, by: Member | None, on: dt.date | None = None, is_done: bool = True) -> Goal:
    """Say that a task is done, or with ``is_done`` False that it is not after all. The person's own, or a keeper's."""
    plan = goal.milestone.plan
    if by is not None and not reach.may_tick(plan, by):
        raise PermissionDenied("the plan is not yours to tick")
    row = CompetencePlan.objects.select_for_update().get(pk=plan.pk)
    demand(Act.TICK, row.state)
    if goal.kind != Kind.TASK:
        raise ValidationError(_("Only a task is ticked. The other goals are reached by themselves."))
    day = on or today()
    if day > today():
        raise ValidationError(_("Choose today or an earlier day."))
    goal.ticked_on = day if is_done else None
    goal.save(update_fields=["ticked_on"])
    record(row, "tick_task", by, goal=goal.pk)
    return goal


def held(plan: CompetencePlan, act: Act, by: Member | None) -> CompetencePlan:
    """The plan, locked, if ``by`` may change it and it may be done in its state."""
    row = CompetencePlan.objects.select_for_update().get(pk=plan.pk)
    if by is not None and not reach.may_change(row, by):
        raise PermissionDenied("the plan is not yours to change")
    demand(act, row.state)
    return row


def demand_goal(goal: GoalFields, plan: CompetencePlan) -> None:
    """That a goal asks for something that can be reached. Raises ValidationError at the field."""
    wrong: dict[str, str] = {}
    if goal.kind == Kind.LEVEL and goal.level_id is None:
        wrong["level"] = _("Choose a level.")
    if goal.kind == Kind.COURSE and goal.course_id is None:
        wrong["course"] = _("Choose a course.")
    if goal.kind == Kind.COMPETENCE and goal.competence_id is None:
        wrong["competence"] = _("Choose a competence.")
    if goal.kind == Kind.COMPETENCE and not 1 <= (goal.least_level or 0) <= 4:
        wrong["least_level"] = _("Choose a level from 1 to 4.")
    if goal.kind == Kind.TASK and not any(text.strip() for text in goal.task.values()):
        wrong["task"] = _("Write what is to be done.")
    wrong |= _wrong_group(goal, plan)
    if goal.within_days is not None and not 1 <= goal.within_days <= MOST_DAYS:
        wrong["within_days"] = _("Write a number of days from 1 to 366.")
    if wrong:
        raise ValidationError(wrong)


def _wrong_group(goal: GoalFields, plan: CompetencePlan) -> dict[str, str]:
    """What is wrong with the group a goal asks something of."""
    if not goal.is_coverage:
        return {}
    if plan.member_id is not None or goal.kind == Kind.TASK:
        return {"is_coverage": _("A goal for a group stands in the plan of a body or a unit, and is no task.")}
    if goal.least_share is not None and not 1 <= goal.least_share <= 100:
        return {"least_share": _("Write a share from 1 to 100 percent.")}
    if goal.least_share is not None and goal.least_count is not None:
        return {"least_count": _("Choose either a share or a number.")}
    return {}


def _only(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    unknown = set(asked) - set(ASKED)
    if unknown:
        raise TypeError(f"a goal has no {', '.join(sorted(unknown))}")
    return asked
