"""Templates and plans, made the way the services make them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from courses.planning import services
from courses.planning.models import CompetencePlan, Goal, PlanTemplate
from courses.planning.templates_in import StageSaid, write_template
from courses.progression.models import Level
from lms.members.models import Member

START = dt.date(2026, 1, 1)
"""The first day of the plans of tests: they are two years long unless something else is said."""
TASK: Mapping[str, Any] = {"kind": "task", "task": {"nb": "Ring tre nye", "en": "Call three"}}


def level_goal(key: str = "leadership.grunn", **asked: Any) -> dict[str, Any]:
    """A goal to reach a level; with ``is_coverage`` it is asked of a group."""
    return {"kind": "level", "level": Level.objects.get(key=key), **asked}


def make_template(
    goals: Sequence[Sequence[Mapping[str, Any]]] = ((TASK,), ()),
    *,
    key: str = "plan-leder",
    made_for: str = PlanTemplate.For.OFFICE,
    office_key: str = "chair",
    months: int = 12,
    since: dt.date = START,
) -> PlanTemplate:
    """A template with a stage for each list of goals."""
    stages = [
        StageSaid(months, {"nb": "Gjør noe"}, {"nb": "etter årsmøtet"}, goals=[dict(goal) for goal in some])
        for some in goals
    ]
    office = office_key if made_for == PlanTemplate.For.OFFICE else ""
    return write_template(
        key=key, title={"nb": "Nyvalgt leder", "en": "New chair"}, made_for=made_for, stages=stages, valid_from=since,
        office_key=office, by=None,
    )  # fmt: skip


def make_plan(
    member: Member | None = None,
    *,
    goals: Sequence[Sequence[Mapping[str, Any]]] | None = None,
    state: str = CompetencePlan.State.ACTIVE,
    start: dt.date = START,
    **whose: Any,
) -> CompetencePlan:
    """A plan of a person, or of ``body=`` or ``unit=``: two years with a task in the first, or with these goals."""
    sort = PlanTemplate.For.OFFICE if member else PlanTemplate.For.BODY if "body" in whose else PlanTemplate.For.UNIT
    told = {"goals": goals} if goals is not None else {}
    key = f"plan-{PlanTemplate.objects.count() + 1}"
    template = whose.pop("template", None) or make_template(key=key, made_for=sort, **told)
    plan = services.make_plan(template=template, member=member, start=start, by=None, **whose)
    CompetencePlan.objects.filter(pk=plan.pk).update(state=state)
    plan.refresh_from_db()
    return plan


def goals_of(plan: CompetencePlan) -> list[Goal]:
    """Its goals in order."""
    return list(Goal.objects.filter(milestone__plan=plan).order_by("milestone__order", "order", "pk"))
