"""A plan through its states: agreed, under way, closed, and opened again."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.planning import reach, reasons
from courses.planning.acts import record
from courses.planning.models import CompetencePlan
from courses.planning.notices import tell_agreed
from courses.planning.states import Act, demand
from lms.members.models import Member
from lms.periods import today


@transaction.atomic
def agree_plan(*, plan: CompetencePlan, by: Member | None) -> CompetencePlan:
    """Agree to a draft: somebody who keeps it, never the person alone. The person is told."""
    if by is not None and not reach.may_agree(plan, by):
        raise PermissionDenied("the plan is agreed by somebody else who keeps it")
    row = _moved(plan, Act.AGREE, by)
    tell_agreed(row)
    return row


@transaction.atomic
def take_back_plan(*, plan: CompetencePlan, by: Member | None) -> CompetencePlan:
    """Make an agreed plan a draft again, to change it. The person or a keeper."""
    _demand_say(plan, by)
    return _moved(plan, Act.TAKE_BACK, by)


@transaction.atomic
def activate_plan(*, plan: CompetencePlan, by: Member | None) -> CompetencePlan:
    """Let an agreed plan begin. The person or a keeper."""
    _demand_say(plan, by)
    return _moved(plan, Act.ACTIVATE, by)


@transaction.atomic
def close_plan(
    *, plan: CompetencePlan, reason: str, by: Member | None, on: dt.date | None = None
) -> CompetencePlan:  # fmt: skip
    """Close a plan with one of ``reasons.WORDS``. What was reached and talked of stays to be read.

    A keeper, or the person their own. Raises ValidationError for a reason that comes by itself
    when a person gives it.
    """
    _demand_say(plan, by)
    if reason not in (reasons.WORDS if by is None else reasons.GIVEN):
        raise ValidationError({"reason": _("Choose why the plan is closed.")})
    row = CompetencePlan.objects.select_for_update().get(pk=plan.pk)
    row.state = demand(Act.CLOSE, row.state)
    row.closed_on, row.closed_reason = on or today(), reason
    row.save(update_fields=["state", "closed_on", "closed_reason"])
    record(row, "close_plan", by, why=reason)
    return row


@transaction.atomic
def reopen_plan(*, plan: CompetencePlan, by: Member | None) -> CompetencePlan:
    """Open a closed plan again. A keeper only, and not of their own: it may be a draft nobody agreed to."""
    if by is not None and not reach.may_agree(plan, by):
        raise PermissionDenied("the plan is opened again by somebody else who keeps it")
    row = CompetencePlan.objects.select_for_update().get(pk=plan.pk)
    row.state = demand(Act.REOPEN, row.state)
    row.closed_on, row.closed_reason = None, ""
    row.save(update_fields=["state", "closed_on", "closed_reason"])
    record(row, "reopen_plan", by)
    return row


def _moved(plan: CompetencePlan, act: Act, by: Member | None) -> CompetencePlan:
    row = CompetencePlan.objects.select_for_update().get(pk=plan.pk)
    row.state = demand(act, row.state)
    row.save(update_fields=["state"])
    record(row, {Act.TAKE_BACK: "take_back_plan"}.get(act, f"{act}_plan"), by)
    return row


def _demand_say(plan: CompetencePlan, by: Member | None) -> None:
    if by is not None and not reach.may_tick(plan, by):
        raise PermissionDenied("the plan is neither yours nor yours to keep")
