"""Which boards and units within a keeper's reach have a plan, how far each has come, and which have none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.planning.models import CompetencePlan
from courses.planning.queries import WITH, plans_shown
from courses.planning.words import PLAN_STATES, months
from lms.members.models import Member
from lms.members.names import name_key
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Body, Unit
from lms.organisation.rights import BODIES_WITH_RIGHTS

State = CompetencePlan.State
ROWS = 50
SHOWS = ("", "without", "units")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a board or a unit, and its plan where it has one."""

    unit: str
    body: str
    title: str = ""
    url: str = ""
    make_url: str = ""
    months: str = ""
    state: str = ""
    tag: str = ""
    far: str = ""


def units_kept(reader: Member, day: dt.date) -> QuerySet[Unit]:
    """The units whose plans a reader keeps."""
    return access.units_with(reader, Right.KEEP_PLANS, on=day)


def boards_within(units: QuerySet[Unit], *, on: dt.date, name: str = "") -> QuerySet[Body]:
    """The boards of these units on a day, by unit."""
    rows = Body.objects.on(on).filter(unit__in=units.values("pk"), kind__in=BODIES_WITH_RIGHTS)
    if name:
        rows = rows.filter(Q(unit__name_key__contains=name_key(name)) | Q(name__icontains=name))
    return rows.select_related("unit").order_by("unit__name_key", "unit", "kind", "pk")


def without_plan(boards: QuerySet[Body]) -> QuerySet[Body]:
    """Those of them that have no open plan."""
    return boards.filter(~Exists(_open_plans().filter(body=OuterRef("pk"), member=None)))


def unit_plans_within(units: QuerySet[Unit], *, name: str = "") -> QuerySet[CompetencePlan]:
    """The open plans of these units themselves, by unit."""
    rows = _open_plans().filter(unit__in=units.values("pk"), member=None)
    if name:
        rows = rows.filter(unit__name_key__contains=name_key(name))
    return rows.select_related(*WITH).order_by("unit__name_key", "pk")


def lines_of_boards(boards: Sequence[Body], *, on: dt.date) -> list[Line]:
    """A row for each board, with its newest open plan. A constant number of queries."""
    plans = _open_plans().filter(body__in=[board.pk for board in boards], member=None).select_related(*WITH)
    newest = {plan.body_id: plan for plan in plans.order_by("valid_from", "pk")}
    shown = _far(newest.values(), on)
    return [
        line_of(newest[board.pk], shown[newest[board.pk].pk])
        if board.pk in newest
        else Line(board.unit.name, board.name, make_url=f"{reverse('make_plan')}?body={board.public_id}")
        for board in boards
    ]


def lines_of_units(plans: Sequence[CompetencePlan], *, on: dt.date) -> list[Line]:
    """A row for each plan of a unit. A constant number of queries."""
    shown = _far(plans, on)
    return [line_of(plan, shown[plan.pk]) for plan in plans]


def line_of(plan: CompetencePlan, far: str) -> Line:
    """One plan as a row."""
    word, tag = PLAN_STATES[plan.state]
    where = plan.body.unit if plan.body is not None else plan.unit
    return Line(
        unit=where.name if where is not None else "",
        body=plan.body.name if plan.body is not None else str(plan.office or ""),
        title=str(plan),
        url=reverse("plan", args=[plan.public_id]),
        months=months(plan.valid_from, plan.valid_until),
        state=str(word),
        tag=tag,
        far=far,
    )


def far_of(plans: Iterable[CompetencePlan], on: dt.date) -> dict[int, str]:
    """Plan → "3 of 20 goals"."""
    return _far(plans, on)


def _far(plans: Iterable[CompetencePlan], on: dt.date) -> dict[int, str]:
    words = _("%(done)d of %(total)d goals")
    return {one.plan.pk: words % {"done": one.done, "total": one.total} for one in plans_shown(list(plans), on)}


def _open_plans() -> QuerySet[CompetencePlan]:
    return CompetencePlan.objects.exclude(state=State.CLOSED)
