"""A new version of a template while it is written: a copy nobody uses yet, changed piece by piece, then taken into use.

Until then its first day is ``NO_DAY_YET``. Whoever keeps the plans of the whole organisation writes it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from courses.planning.changing import demand_goal
from courses.planning.models import CompetencePlan, PlanTemplate, TemplateGoal, TemplateStage
from courses.planning.stretches import LEAST_MONTHS, MOST_MONTHS
from courses.planning.templates_in import stages_said, write_template
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Unit
from lms.periods import today
from lms.wording import Wording

NO_DAY_YET = dt.date(9999, 1, 1)
"""The first day of a version that has not been taken into use."""


def keeps_templates(person: Member) -> bool:
    """Whether a person writes templates: they keep the plans of the whole organisation."""
    units = access.units_with(person, access.Right.KEEP_PLANS)
    return units.filter(kind=Unit.Kind.NATIONAL).exists()


def is_draft(template: PlanTemplate) -> bool:
    """Whether a version has not been taken into use."""
    return template.valid_from >= NO_DAY_YET


@transaction.atomic
def draft_template(*, template: PlanTemplate, by: Member | None) -> PlanTemplate:
    """A copy of a template to write the next version in; the one there is already, when there is one."""
    newest = PlanTemplate.objects.filter(key=template.key).order_by("-number").first()
    if newest is not None and is_draft(newest):
        return newest
    return write_template(
        key=template.key, title=template.title, made_for=template.made_for, stages=stages_said(template),
        valid_from=NO_DAY_YET, office_key=template.office_key, unit_kinds=template.unit_kinds, by=by,
    )  # fmt: skip


@transaction.atomic
def change_draft(*, template: PlanTemplate, title: Wording, decision: str, by: Member | None) -> PlanTemplate:
    """What it is called, and the decision that adopted it."""
    row = _held(template, by)
    row.title = {language: text.strip() for language, text in title.items() if text.strip()}
    if not row.title:
        raise ValidationError(_("Write what the plan is called."))
    row.decision = decision.strip()
    row.save(update_fields=["title", "decision"])
    _record(row, by)
    return row


@transaction.atomic
def change_draft_stage(
    *, stage: TemplateStage, months: int, action: Wording, review: Wording, by: Member | None
) -> TemplateStage:
    """How long a stage is, what to do in it, and when it is talked through."""
    row = _held(stage.template, by)
    stage.months, stage.action, stage.review = months, dict(action), dict(review)
    stage.save(update_fields=["months", "action", "review"])
    _demand_length(row)
    _record(row, by, stage=stage.order)
    return stage


@transaction.atomic
def add_draft_stage(*, template: PlanTemplate, months: int, by: Member | None) -> TemplateStage:
    """A stage at the end."""
    row = _held(template, by)
    last = row.stages.aggregate(last=Max("order"))["last"] or 0
    stage = TemplateStage.objects.create(template=row, order=last + 1, months=months)
    _demand_length(row)
    _record(row, by, stage=stage.order)
    return stage


@transaction.atomic
def remove_draft_stage(*, stage: TemplateStage, by: Member | None) -> None:
    """Take a stage away with its goals; those after it move up."""
    row = _held(stage.template, by)
    order = stage.order
    stage.delete()
    for later in row.stages.filter(order__gt=order).order_by("order"):
        TemplateStage.objects.filter(pk=later.pk).update(order=F("order") - 1)
    _demand_length(row)
    _record(row, by, stage=order)


@transaction.atomic
def add_draft_goal(*, stage: TemplateStage, by: Member | None, **asked: Any) -> TemplateGoal:
    """A goal at the end of a stage. ``asked``: as for a plan's goal."""
    row = _held(stage.template, by)
    goal = TemplateGoal(stage=stage, order=stage.goals.count(), **asked)
    demand_goal(goal, _seed(row))
    goal.save(force_insert=True)
    _record(row, by, stage=stage.order)
    return goal


@transaction.atomic
def change_draft_goal(*, goal: TemplateGoal, by: Member | None, **asked: Any) -> TemplateGoal:
    """A goal that asks for something else."""
    row = _held(goal.stage.template, by)
    for name, value in asked.items():
        setattr(goal, name, value)
    demand_goal(goal, _seed(row))
    goal.save(update_fields=list(asked))
    _record(row, by, stage=goal.stage.order)
    return goal


@transaction.atomic
def remove_draft_goal(*, goal: TemplateGoal, by: Member | None) -> None:
    """Take a goal away."""
    row = _held(goal.stage.template, by)
    _record(row, by, stage=goal.stage.order)
    goal.delete()


@transaction.atomic
def adopt_draft(*, template: PlanTemplate, on: dt.date, decision: str, by: Member | None) -> PlanTemplate:
    """Take a version into use from a day; the one before ends that day. Plans made from it stay as they are."""
    row = _held(template, by)
    if on < today():
        raise ValidationError({"on": _("Choose today or a later day.")})
    before = PlanTemplate.objects.filter(key=row.key, number__lt=row.number).order_by("-number").first()
    if before is not None:
        if on <= before.valid_from:
            words = _("A new version holds from a later day than the one before it.")
            raise ValidationError({"on": words})
        PlanTemplate.objects.filter(pk=before.pk).update(valid_until=on)
    row.valid_from, row.decision = on, decision.strip()
    row.save(update_fields=["valid_from", "decision"])
    record_act(
        "adopt_plan_template", by=by, subject=subject_key("plan_template", row.key), number=row.number,
        on=on.isoformat(),
    )  # fmt: skip
    return row


@transaction.atomic
def discard_draft(*, template: PlanTemplate, by: Member | None) -> None:
    """Throw a version away that was never in use; the one before goes on without an end."""
    row = _held(template, by)
    before = PlanTemplate.objects.filter(key=row.key, number__lt=row.number, valid_until=NO_DAY_YET)
    before.update(valid_until=None)
    _record(row, by, discarded=True)
    row.delete()


def _held(template: PlanTemplate, by: Member | None) -> PlanTemplate:
    if by is not None and not keeps_templates(by):
        raise PermissionDenied("templates are kept by those who keep the plans of the whole organisation")
    row = PlanTemplate.objects.select_for_update().get(pk=template.pk)
    if not is_draft(row):
        raise ValidationError(_("This version is in use. Make a new version to change it."))
    return row


def _record(template: PlanTemplate, by: Member | None, **details: object) -> None:
    subject = subject_key("plan_template", template.key)
    record_act("write_plan_template", by=by, subject=subject, number=template.number, **details)


def _seed(template: PlanTemplate) -> CompetencePlan:
    return CompetencePlan(member_id=0 if template.made_for == PlanTemplate.For.OFFICE else None)


def _demand_length(template: PlanTemplate) -> None:
    total = sum(template.stages.values_list("months", flat=True))
    if not LEAST_MONTHS <= total <= MOST_MONTHS:
        raise ValidationError(_("A plan looks one to six years ahead."))
