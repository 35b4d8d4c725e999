"""The goals of a unit's own plans that coverage can speak of, and where each is heading."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from courses.coverage.forecast import Outlook, outlook
from courses.coverage.ground import Order
from courses.coverage.queries import CHAIRS, OFFICERS, Point, exact, trend
from courses.coverage.words import LEVEL
from courses.planning.models import CompetencePlan, Goal, GoalFields
from courses.planning.progress import due_of
from lms.archive.layout import State
from lms.competences.framework import framework_on
from lms.organisation.models import Unit

MOST = 6
CHAIR = "chair"


@dataclass(frozen=True, slots=True)
class GoalAhead:
    """One goal: what of whom, in which plan, and the outlook."""

    plan: uuid.UUID
    column: str
    title: str
    group: int
    least: int
    outlook: Outlook


def goals_ahead(unit: Unit, *, on: dt.date) -> list[GoalAhead]:
    """The next goals about officers or chairs in the unit's plans. One query, and the trends of their columns."""
    states = (CompetencePlan.State.AGREED, CompetencePlan.State.ACTIVE)
    kinds = (GoalFields.Kind.LEVEL, GoalFields.Kind.COMPETENCE)
    rows = Goal.objects.filter(
        milestone__plan__unit=unit, milestone__plan__member=None, milestone__plan__body=None,
        milestone__plan__state__in=states, kind__in=kinds, is_coverage=True, carried_to=None,
    )  # fmt: skip
    rows = rows.select_related("milestone__plan__office", "level", "competence").order_by("milestone__order", "order")
    found = []
    for goal in rows:
        ahead = _ahead(goal, unit)
        if ahead is not None and ahead.outlook.due >= on:
            found.append(ahead)
    return sorted(found, key=lambda one: one.outlook.due)[:MOST]


def _ahead(goal: Goal, unit: Unit) -> GoalAhead | None:
    """A goal's outlook; None for one about offices that the totals do not tell apart."""
    plan = goal.milestone.plan
    offices = goal.offices or ([plan.office.key] if plan.office else [])
    if offices not in ([], [CHAIR]):
        return None
    group = CHAIRS if offices else OFFICERS
    if goal.level is not None:
        column, title, least = f"{LEVEL}{goal.level.key}", str(goal.level), int(State.VALID)
    elif goal.competence is not None:
        known = framework_on().known.get(goal.competence.key)
        column, title, least = goal.competence.key, str(known or goal.competence), goal.least_level or 2
    else:
        return None
    points = trend(unit, column, group=group, least=least, order=Order.IS)
    shares = [(point.counted_on, exact(point)) for point in points]
    due = due_of(goal.milestone.period, goal.within_days)
    seen = outlook(shares, goal=_asked(goal, points), due=due)
    return GoalAhead(plan.public_id, column, title, group, least, seen)


def _asked(goal: Goal, points: list[Point]) -> int:
    """What a goal asks for, in percent of those there are now."""
    if goal.least_share is not None:
        return int(goal.least_share)
    people = points[-1].cell.people if points else 0
    if goal.least_count is not None and people:
        return min(100, -(-100 * goal.least_count // people))
    return 100
