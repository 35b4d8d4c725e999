"""A template as the plan it would become, before anything is made: stages with their days, and goals in words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.planning.gathering import Facts
from courses.planning.models import CompetencePlan, PlanTemplate, TemplateGoal, TemplateStage
from courses.planning.shown import what_of
from courses.planning.stretches import half_years, stretched
from courses.planning.words import months
from lms.competences.queries import framework_on
from lms.organisation.models import Office
from lms.wording import in_language


@dataclass(frozen=True, slots=True)
class GoalBefore:
    """A goal in words; ``detail`` says by when, where that is not the end of the stage."""

    pk: int
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class StageBefore:
    """A stage to come. ``months``: its days when the first day is known; ``title``: its place and length."""

    order: int
    title: str
    months: str
    action: str
    review: str
    goals: list[GoalBefore]


def stages_before(
    template: PlanTemplate | None, start: dt.date, years: int, *, plan: CompetencePlan
) -> list[StageBefore]:
    """What a plan from a template, or a blank one, would hold. ``plan``: whose it would be. Four queries."""
    if template is None:
        return [
            StageBefore(n, "", months(p.start, p.until), "", "", [])
            for n, p in enumerate(stretched(start, half_years(years)), start=1)
        ]
    return stages_of_template(template, plan=plan, start=start)


def stages_of_template(
    template: PlanTemplate, *, plan: CompetencePlan | None = None, start: dt.date | None = None
) -> list[StageBefore]:
    """The stages of a template with their goals in words. Four queries."""
    rows = list(TemplateStage.objects.filter(template=template))
    goals = list(
        TemplateGoal.objects.filter(stage__template=template)
        .select_related("level", "competence", "course")
        .order_by("stage__order", "order", "pk")
    )
    by_stage: dict[int, list[TemplateGoal]] = defaultdict(list)
    for goal in goals:
        by_stage[goal.stage_id].append(goal)
    facts, whose = named_by(goals), plan or _seed(template)
    days = stretched(start, [row.months for row in rows]) if start else [None] * len(rows)
    return [
        StageBefore(
            order=row.order,
            title=_title(row),
            months=months(period.start, period.until) if period else "",
            action=in_language(row.action),
            review=in_language(row.review),
            goals=[GoalBefore(goal.pk, what_of(goal, whose, facts), _by_when(goal)) for goal in by_stage[row.pk]],  # type: ignore[arg-type]
        )
        for row, period in zip(rows, days, strict=True)
    ]


def named_by(goals: Iterable[TemplateGoal]) -> Facts:
    """What goals name, in the words of today."""
    rows: Sequence[TemplateGoal] = list(goals)
    facts, known = Facts(dt.date.min), framework_on().known
    for goal in rows:
        if goal.competence is not None and goal.competence.key in known:
            facts.competences[goal.competence.pk] = known[goal.competence.key].title
    keys = {key for goal in rows for key in goal.offices}
    facts.offices = dict(Office.objects.filter(unit=None, key__in=keys).values_list("key", "title")) if keys else {}
    return facts


def _seed(template: PlanTemplate) -> CompetencePlan:
    """Nobody's plan of the template's sort, for the words alone."""
    if template.made_for == PlanTemplate.For.OFFICE:
        return CompetencePlan(member_id=0)
    return CompetencePlan(unit_id=0)


def _title(stage: TemplateStage) -> str:
    if stage.months == 12:
        return _("Year %(n)d") % {"n": stage.order}
    if stage.months == 6:
        return _("Half-year %(n)d") % {"n": stage.order}
    return _("Stage %(n)d, %(months)d months") % {"n": stage.order, "months": stage.months}


def _by_when(goal: TemplateGoal) -> str:
    if not goal.within_days:
        return ""
    words = ngettext("within %(n)d day", "within %(n)d days", goal.within_days)
    return words % {"n": goal.within_days}
