"""What is not told to those outside: how far a group has come that is so small that it points at people. Pure."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from courses.planning.models import CompetencePlan, GoalFields
from courses.planning.progress import GoalState
from courses.planning.shown import GoalShown, PlanShown

LEAST = 5
"""A group is told of from this many people."""


def is_of_few(one: GoalShown, plan: CompetencePlan) -> bool:
    """Whether a goal asks something of a group of one to four people."""
    is_group = plan.member_id is None and one.goal.kind != GoalFields.Kind.TASK
    return is_group and 0 < one.total < LEAST


def veiled(shown: PlanShown) -> PlanShown:
    """The plan with nothing told of how far such groups have come: what is asked of them stands."""
    stages = tuple(
        replace(stage, goals=tuple(_veiled(one) if is_of_few(one, shown.plan) else one for one in stage.goals))
        for stage in shown.milestones
    )
    return replace(shown, milestones=stages)


def _veiled(one: GoalShown) -> GoalShown:
    return replace(
        one, state=GoalState.AHEAD, done=0, total=0, needed=0, on=None, detail=too_few(), is_veiled=True
    )  # fmt: skip


def too_few() -> str:
    """What is said instead."""
    return _("too few to be shown")
