"""Talking a plan through, with what it looked like kept; and taking goals further when a stage is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from courses.planning import reach
from courses.planning.acts import record
from courses.planning.changing import ASKED
from courses.planning.models import CompetencePlan, Goal, Milestone, PlanReview
from courses.planning.progress import GoalState
from courses.planning.queries import gathered, goals_of, plan_shown
from courses.planning.shown import PlanShown, show
from courses.planning.states import Act, demand
from courses.planning.stretches import further_stage
from courses.planning.veil import is_of_few
from lms.members.models import Member
from lms.periods import today

MOST_WORDS = 4_000


@transaction.atomic
def review_plan(*, plan: CompetencePlan, words: str, on: dt.date | None = None, by: Member | None) -> PlanReview:
    """Keep a talk about a plan, with the state of every goal that day. It is never rewritten.

    The person or a keeper. Raises ValidationError for a day to come, or before the plan began.
    """
    row, day = _held(plan, Act.REVIEW, by), on or today()
    if day > today():
        raise ValidationError({"on": _("Choose today or an earlier day.")})
    if day < row.valid_from:
        raise ValidationError({"on": _("The plan had not begun that day.")})
    if len(words) > MOST_WORDS:
        raise ValidationError({"words": _("Write at most 4,000 characters.")})
    review = PlanReview.objects.create(plan=row, on=day, by=by, words=words.strip(), snapshot=snapshot_of(row, day))
    record(row, "review_plan", by, review=str(review.public_id))
    return review


def snapshot_of(plan: CompetencePlan, on: dt.date) -> dict[str, Any]:
    """A plan on a day as plain values, in every language, so that it can be shown later as it was."""
    stages, goals, facts = gathered([plan], on)
    spoken: dict[str, PlanShown] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            spoken[language] = show(plan, stages, goals, facts)
    first = next(iter(spoken.values()))
    shown = {language: {goal.goal.pk: goal for goal in one.goals} for language, one in spoken.items()}
    return {
        "on": on.isoformat(), "title": plan.title, "done": first.done, "total": first.total,
        "stages": [
            {
                "order": stage.milestone.order,
                "from": stage.milestone.valid_from.isoformat(), "until": str(stage.milestone.valid_until),
                "goals": [
                    {
                        "what": {language: by_goal[goal.goal.pk].what for language, by_goal in shown.items()},
                        "detail": {language: by_goal[goal.goal.pk].detail for language, by_goal in shown.items()},
                        "state": str(goal.state), "done": goal.done, "total": goal.total, "needed": goal.needed,
                        "due": goal.due.isoformat(), "on": goal.on.isoformat() if goal.on else None,
                        "is_few": is_of_few(goal, plan),
                    }
                    for goal in stage.goals
                ],
            }
            for stage in first.milestones
        ],
    }  # fmt: skip


@transaction.atomic
def carry_over(*, plan: CompetencePlan, by: Member | None) -> list[Goal]:
    """Take the goals that were not reached in stages that are over further, to the stage that runs now.

    After the last stage a further one is added, while the plan lasts. What was asked stays where
    it was, as not reached. The person or a keeper. Raises ValidationError when no stage is over,
    or the plan has looked as far ahead as it may.
    """
    row = _held(plan, Act.CARRY_OVER, by)
    shown = plan_shown(row, on=today())
    over = [stage for stage in shown.milestones if stage.is_past]
    if not over:
        raise ValidationError(_("Goals are taken further when a stage is over."))
    late = [goal.goal for stage in over for goal in stage.goals if goal.state == GoalState.LATE]
    if not late:
        return []
    to = next((stage.milestone for stage in shown.milestones if not stage.is_past), None) or add_stage(row)
    carried = carry(late, to)
    record(row, "carry_over", by, goals=[goal.pk for goal in carried])
    return carried


def carry(goals: list[Goal], to: Milestone) -> list[Goal]:
    """The same goals again at the end of a stage, each remembering where it came from."""
    first = Goal.objects.filter(milestone=to).count()
    return Goal.objects.bulk_create(
        Goal(milestone=to, order=first + place, carried_from=goal, **_again(goal)) for place, goal in enumerate(goals)
    )


def add_stage(plan: CompetencePlan) -> Milestone:
    """A further stage after the last one, of at most a year. Raises ValidationError when six years are over."""
    last = Milestone.objects.filter(plan=plan).order_by("-order").first()
    ends = (last.valid_until if last is not None else None) or plan.valid_from
    period = further_stage(plan.valid_from, ends, plan.valid_until)
    if period is None:
        raise ValidationError(_("The plan has looked six years ahead. Close it, and make a new one."))
    if plan.valid_until is not None and period.until is not None and period.until > plan.valid_until:
        plan.valid_until = period.until
        plan.save(update_fields=["valid_until"])
    order = last.order + 1 if last is not None else 1
    return Milestone.objects.create(plan=plan, order=order, valid_from=period.start, valid_until=period.until)


def unmet_goals(plan: CompetencePlan, on: dt.date) -> list[Goal]:
    """The goals of a plan that are not reached on a day and were not taken further."""
    open_states = {GoalState.LATE, GoalState.BEGUN, GoalState.AHEAD, GoalState.DUE}
    wanted = {goal.goal.pk for goal in plan_shown(plan, on=on).goals if goal.state in open_states}
    return [goal for goal in goals_of([plan.pk]) if goal.pk in wanted]


def _again(goal: Goal) -> dict[str, Any]:
    # A number of days counts from a stage's first day: taken further, a goal is due at the stage's end.
    names = {field.name: field.attname for field in Goal._meta.concrete_fields}
    return {names[name]: getattr(goal, names[name]) for name in ASKED if name != "within_days"}


def _held(plan: CompetencePlan, act: Act, by: Member | None) -> CompetencePlan:
    if by is not None and not reach.may_tick(plan, by):
        raise PermissionDenied("the plan is neither yours nor yours to keep")
    row = CompetencePlan.objects.select_for_update().get(pk=plan.pk)
    demand(act, row.state)
    return row
