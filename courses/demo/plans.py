"""The demo's plans: of officers in the north and in Oslo, of Bodø's board, of Nordland's branches.

Some branches have none, as in life; an administrator can see which.
"""

from __future__ import annotations

import datetime as dt
from random import Random

from courses.demo.ladder import ADOPTED_ON
from courses.demo.places import NORDLAND
from courses.demo.population import BODO, OSLO
from courses.planning.laying import by_start, lay
from courses.planning.making import stages_of
from courses.planning.models import CompetencePlan, PlanTemplate
from courses.planning.services import activate_plan, agree_plan, make_plan, review_plan
from courses.planning.stretches import stretched
from lms.organisation.access import below
from lms.organisation.models import Body, Office, Term, Unit
from lms.periods import today

State = CompetencePlan.State
BATCH = 1000


def load_plans() -> None:
    """Plans for the officers of these units, then the two that a group shares."""
    units = set(
        below([Unit.objects.get(code=code).pk for code in (NORDLAND, OSLO)], on=today()).values_list("unit", flat=True)
    )
    for template in PlanTemplate.objects.filter(made_for=PlanTemplate.For.OFFICE):
        _plan_office(template, units)
    _plan_board()
    _plan_branches()


def _plan_office(template: PlanTemplate, units: set[int]) -> None:
    """A plan from the first day of the term for each who holds the office, where the plan is not over already."""
    day, stages = today(), stages_of(template)
    months = [stage.months for stage in stages]
    terms = Term.objects.on(day).filter(office__key=template.office_key, office__unit=None, body__unit__in=units)
    plans = []
    for term in terms.select_related("office", "member", "body__unit").order_by("pk"):
        start = max(term.valid_from, ADOPTED_ON)
        until = stretched(start, months)[-1].until
        is_kept = term.body.unit.code in (BODO, NORDLAND) or Random(f"{term.body.unit.code}-plan").random() < 0.7
        if is_kept and until is not None and until > day:
            plans.append(_plan(template, term, start, until))
    CompetencePlan.objects.bulk_create(plans, batch_size=BATCH)
    lay(by_start(plans), stages)


def _plan(template: PlanTemplate, term: Term, start: dt.date, until: dt.date) -> CompetencePlan:
    return CompetencePlan(
        title=template.title, member=term.member, office=term.office, body=term.body, term=term,
        template=template, state=State.ACTIVE, valid_from=start, valid_until=until,
    )  # fmt: skip


def _plan_board() -> None:
    """Bodø's board has planned together since the autumn before last, and talked it through once."""
    body = Body.objects.on(today()).get(unit__code=BODO, kind=Body.Kind.BOARD)
    plan = make_plan(
        template=PlanTemplate.objects.get(key="plan-styre-4"), body=body, start=_months_ago(18), by=None,
    )  # fmt: skip
    _under_way(plan)
    review_plan(
        plan=plan,
        on=_months_ago(6),
        words=(
            "Vi er i rute med Ny i styret. Økonomi er det få av oss som kan: felles kveld i januar. "
            "Leder spør fylkeslaget om noen kan komme."
        ),
        by=None,
    )


def _plan_branches() -> None:
    """The county's plan for its branches, in its second year."""
    county = Unit.objects.get(code=NORDLAND)
    template = PlanTemplate.objects.get(key="plan-enhet-4")
    office = Office.objects.get(key="chair", unit=None)
    _under_way(make_plan(template=template, unit=county, office=office, start=_months_ago(16), by=None))


def _under_way(plan: CompetencePlan) -> None:
    activate_plan(plan=agree_plan(plan=plan, by=None), by=None)


def _months_ago(months: int) -> dt.date:
    day = today()
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, 1)
