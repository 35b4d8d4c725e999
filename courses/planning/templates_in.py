"""Templates: a new one, a new version of one, and bringing a plan to the newest version with a choice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.planning.acts import record
from courses.planning.changing import ASKED, demand_goal, held
from courses.planning.comparing import Changes, compare
from courses.planning.models import CompetencePlan, Goal, Milestone, PlanTemplate, TemplateGoal, TemplateStage
from courses.planning.progress import GoalState
from courses.planning.queries import plan_shown
from courses.planning.states import Act
from courses.planning.stretches import HALF_YEAR, LEAST_MONTHS, MOST_MONTHS, YEAR
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Unit
from lms.periods import today
from lms.wording import Wording


@dataclass(frozen=True, slots=True)
class StageSaid:
    """What a template says of one stage. ``goals``: the fields of ``changing.ASKED``, one mapping for each goal."""

    months: int = HALF_YEAR
    action: Wording = field(default_factory=dict)
    review: Wording = field(default_factory=dict)
    goals: Sequence[Mapping[str, Any]] = ()


@transaction.atomic
def write_template(
    *,
    key: str,
    title: Wording,
    made_for: str,
    stages: Sequence[StageSaid],
    valid_from: dt.date,
    office_key: str = "",
    unit_kinds: Sequence[str] = (),
    decision: str = "",
    by: Member | None,
) -> PlanTemplate:
    """A template; under a key that is there, its next version, which holds from a day. Plans stay as they are.

    Raises PermissionDenied unless ``by`` keeps the plans of the whole organisation, ValidationError
    when it does not look one to six years ahead, or begins before the version before it.
    """
    _demand_whole(by)
    _demand_stages(stages)
    last = PlanTemplate.objects.select_for_update().filter(key=key).order_by("-number").first()
    if last is not None:
        if valid_from <= last.valid_from:
            raise ValidationError({"valid_from": _("A new version holds from a later day than the one before it.")})
        PlanTemplate.objects.filter(pk=last.pk).update(valid_until=valid_from)
    template = PlanTemplate.objects.create(
        key=key, number=last.number + 1 if last else 1, title=dict(title), made_for=made_for, office_key=office_key,
        unit_kinds=list(unit_kinds), decision=decision, valid_from=valid_from,
    )  # fmt: skip
    for order, said in enumerate(stages, start=1):
        stage = TemplateStage.objects.create(
            template=template, order=order, months=said.months, action=dict(said.action), review=dict(said.review)
        )
        TemplateGoal.objects.bulk_create(_goals(said, stage, template))
    record_act("write_plan_template", by=by, subject=subject_key("plan_template", key), number=template.number)
    return template


def stages_said(template: PlanTemplate) -> list[StageSaid]:
    """What a template says, to write the next version from. Two queries."""
    goals = _by_stage(template)
    return [
        StageSaid(
            stage.months, stage.action, stage.review, [{n: getattr(g, n) for n in ASKED} for g in goals[stage.order]]
        )
        for stage in TemplateStage.objects.filter(template=template)
    ]


def newest_version(plan: CompetencePlan, on: dt.date | None = None) -> PlanTemplate | None:
    """The version of the plan's template that holds on a day, if it is newer than the plan's own."""
    own = plan.template
    if own is None:
        return None
    rows = PlanTemplate.objects.on(on or today()).filter(key=own.key, number__gt=own.number)
    return rows.order_by("-number").first()


def changes_for(plan: CompetencePlan, template: PlanTemplate) -> Changes:
    """What a plan would gain, lose and move if it were brought to a version of its template. Nothing is changed."""
    own: dict[int, list[Goal]] = defaultdict(list)
    shown = plan_shown(plan)
    settled = (GoalState.DONE, GoalState.MISSED)
    for stage in shown.milestones:
        own[stage.milestone.order] = [goal.goal for goal in stage.goals]
    reached = [goal.goal.pk for goal in shown.goals if goal.state in settled]
    old = _by_stage(plan.template) if plan.template is not None else {}
    return compare(own, old, _by_stage(template), reached)


@transaction.atomic
def bring_to_version(
    *,
    plan: CompetencePlan,
    template: PlanTemplate,
    gains: Collection[int],
    losses: Collection[int],
    moves: Collection[int] = (),
    by: Member | None,
) -> CompetencePlan:
    """Bring a plan to a version of its template, with what was chosen of the changes.

    ``gains`` are ids of the version's goals, ``losses`` and ``moves`` of the plan's. What is asked
    in a stage that is over is asked in the one that runs now. Raises ValidationError when the
    template is another one, or something was chosen that is no change any more.
    """
    row = held(plan, Act.RENEW, by)
    if row.template is None or row.template.key != template.key or row.template.number >= template.number:
        raise ValidationError(_("Choose a newer version of the plan's own template."))
    changes = changes_for(row, template)
    chosen = [goal for goal in changes.gains if goal.pk in gains]
    gone = [goal.pk for goal in changes.losses if goal.pk in losses]
    moved = [(goal, place) for goal, place in changes.moves if goal.pk in moves]
    if (len(chosen), len(gone), len(moved)) != (len(set(gains)), len(set(losses)), len(set(moves))):
        raise ValidationError(_("The plan has changed meanwhile. Look at the changes again."))
    stages = list(Milestone.objects.filter(plan=row).order_by("order"))
    Goal.objects.filter(pk__in=gone).delete()
    for goal, place in moved:
        goal.milestone = _stage_at(stages, place)
        goal.save(update_fields=["milestone"])
    places = {goal.pk: goal.stage.order for goal in chosen}
    for gained in chosen:
        stage = _stage_at(stages, places[gained.pk])
        order = Goal.objects.filter(milestone=stage).count()
        Goal.objects.create(milestone=stage, order=order, **{name: getattr(gained, name) for name in ASKED})
    row.template = template
    row.save(update_fields=["template"])
    details = {"number": template.number, "gained": len(chosen), "lost": len(gone), "moved": len(moved)}
    record(row, "bring_plan_to_version", by, **details)
    return row


def _stage_at(stages: Sequence[Milestone], place: int) -> Milestone:
    """The plan's stage at a place; the one that runs now where that one is over, the last where there is none."""
    day = today()
    open_now = [stage for stage in stages if stage.valid_until is None or stage.valid_until > day] or stages[-1:]
    wanted = [stage for stage in open_now if stage.order == place]
    return (wanted or (open_now[:1] if place < open_now[0].order else open_now[-1:]))[0]


def _by_stage(template: PlanTemplate) -> dict[int, list[TemplateGoal]]:
    found: dict[int, list[TemplateGoal]] = defaultdict(list)
    rows = TemplateGoal.objects.filter(stage__template=template).select_related(
        "stage", "level", "competence", "course"
    )
    for goal in rows.order_by("stage__order", "order", "pk"):
        found[goal.stage.order].append(goal)
    return found


def _goals(said: StageSaid, stage: TemplateStage, template: PlanTemplate) -> list[TemplateGoal]:
    """The goals of a stage. Each must ask for something that can be reached by whoever the template is for."""
    is_one_person = template.made_for == PlanTemplate.For.OFFICE
    # Whose plan it will be decides what may be asked: of one person, or of a group.
    whose = CompetencePlan(member_id=0 if is_one_person else None)
    found = []
    for order, asked in enumerate(said.goals):
        goal = TemplateGoal(stage=stage, order=order, **asked)
        demand_goal(goal, whose)
        found.append(goal)
    return found


def _demand_whole(by: Member | None) -> None:
    if by is None:
        return
    tops = Unit.objects.on(today()).filter(kind=Unit.Kind.NATIONAL)
    if not access.units_with(by, access.Right.KEEP_PLANS).filter(pk__in=tops).exists():
        raise PermissionDenied("templates are kept by those who keep the plans of the whole organisation")


def _demand_stages(stages: Sequence[StageSaid]) -> None:
    if any(stage.months not in (HALF_YEAR, YEAR) for stage in stages):
        raise ValidationError({"months": _("A stage is half a year or a year.")})
    if not LEAST_MONTHS <= sum(stage.months for stage in stages) <= MOST_MONTHS:
        raise ValidationError({"years": _("A plan looks one to six years ahead.")})
