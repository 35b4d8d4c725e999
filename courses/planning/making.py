"""Making plans: one for whoever asks, or one each for many people at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.planning import acts, reach
from courses.planning.laying import AT_A_TIME, by_start, lay, write_plans
from courses.planning.models import CompetencePlan, Milestone, PlanTemplate, TemplateStage
from courses.planning.notices import request_telling, tell_made
from courses.planning.states import Act, demand
from courses.planning.stretches import LEAST_MONTHS, MOST_MONTHS, half_years, stretched
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Body, Office, Term, Unit
from lms.periods import Period, today
from lms.wording import Wording

State = CompetencePlan.State
Made = PlanTemplate.For


@transaction.atomic
def make_plan(
    *,
    template: PlanTemplate | None,
    title: Wording | str | None = None,
    member: Member | None = None,
    office: Office | None = None,
    body: Body | None = None,
    unit: Unit | None = None,
    start: dt.date,
    term: Term | None = None,
    years: int = 4,
    by: Member | None,
) -> CompetencePlan:
    """A draft with the stages and goals of a template; without one, empty half-years for so many years.

    ``title`` empty: the template's. Raises PermissionDenied unless ``by`` may make plans there,
    ValidationError when it is nobody's, or does not look one to six years ahead.
    """
    if by is not None and not reach.may_make(by, member=member, body=body, unit=unit):
        raise PermissionDenied("no plan is yours to make there")
    if member is None and body is None and unit is None:
        raise ValidationError(_("Choose whom the plan is for."))
    stages = stages_of(template)
    months = [stage.months for stage in stages] if template is not None else half_years(years)
    _demand_length(months)
    plan = CompetencePlan(
        title=_worded(title) or (template.title if template is not None else {}),
        member=member, office=office, body=body, unit=unit, template=template, term=term,
        valid_from=start, valid_until=stretched(start, months)[-1].until,
    )  # fmt: skip
    if not plan.title:
        raise ValidationError({"title": _("Write what the plan is called.")})
    plan.save(force_insert=True)
    _lay_one(plan, stages, months)
    acts.record(plan, "make_plan", by, start=start.isoformat())
    if by is None or by.pk != plan.member_id:
        tell_made([plan])
    return plan


def _lay_one(plan: CompetencePlan, stages: Sequence[TemplateStage], months: Sequence[int]) -> None:
    """The stages and goals of its template; without one, stages without goals, so many months each."""
    if plan.template_id is not None:
        lay(by_start([plan]), stages)
        return
    periods = enumerate(stretched(plan.valid_from, months), start=1)
    Milestone.objects.bulk_create(
        Milestone(plan=plan, order=n, valid_from=p.start, valid_until=p.until) for n, p in periods
    )


@transaction.atomic
def make_plans(
    *,
    template: PlanTemplate,
    member_ids: Collection[int],
    start: dt.date | None = None,
    is_active: bool = True,
    by: Member | None,
) -> int:
    """A plan each for many people, from a template for an office, under way at once. Returns how many plans.

    Whoever holds the office on the first day has it for that body, and for every such body;
    whoever does not has it to prepare for the office. Nobody gets a second open plan from the
    template for the same body. Raises PermissionDenied unless ``by`` keeps the plans of all of
    them. A constant number of statements for each 5,000 people; they are told by a job.
    """
    if template.made_for != Made.OFFICE:
        raise ValidationError(_("This template is not for one person."))
    day, ids = start or today(), sorted(set(member_ids))
    if by is not None:
        _demand_people(by, ids)
    stages = stages_of(template)
    months = [stage.months for stage in stages]
    _demand_length(months)
    open_now = CompetencePlan.objects.filter(template__key=template.key, member__in=ids).exclude(state=State.CLOSED)
    there: set[tuple[int | None, int | None]] = set(open_now.values_list("member", "body"))
    held = _terms_for(template, ids, day)
    holders = {member for _term, member, _body in held}
    terms = [term for term, member, body in held if (member, body) not in there]
    people = [pk for pk in ids if pk not in holders and (pk, None) not in there]
    state = State.ACTIVE if is_active else State.DRAFT
    period = Period(day, stretched(day, months)[-1].until)
    keys = write_plans(template, terms=terms, people=people, period=period, state=state)
    lay({day: keys}, stages)
    if keys:
        subject = subject_key("plan_template", template.key)
        record_act("make_plans", by=by, subject=subject, people=len(keys), start=day.isoformat())
        request_telling(keys)
    return len(keys)


def lay_plans(
    plans: list[CompetencePlan], template: PlanTemplate, *, state: str, by: Member | None
) -> list[CompetencePlan]:
    """Write plans of one template with their stages and goals, each on the trail, and let their people know."""
    stages = stages_of(template)
    months = [stage.months for stage in stages]
    _demand_length(months)
    ends = {start: stretched(start, months)[-1].until for start in {plan.valid_from for plan in plans}}
    for plan in plans:
        plan.state, plan.valid_until = state, ends[plan.valid_from]
    CompetencePlan.objects.bulk_create(plans, batch_size=AT_A_TIME)
    lay(by_start(plans), stages)
    acts.record_all(plans, "make_plan", by, template=template.key)
    request_telling([plan.pk for plan in plans])
    return plans


@transaction.atomic
def discard_plan(*, plan: CompetencePlan, by: Member | None) -> None:
    """Throw a draft away: nothing has been agreed. Raises PermissionDenied unless ``by`` may change it."""
    if by is not None and not reach.may_change(plan, by):
        raise PermissionDenied("the plan is not yours to change")
    row = CompetencePlan.objects.select_for_update().get(pk=plan.pk)
    demand(Act.DISCARD, row.state)
    acts.record(row, "discard_plan", by)
    row.delete()


def stages_of(template: PlanTemplate | None) -> list[TemplateStage]:
    """The stages of a template in order. One query."""
    return list(TemplateStage.objects.filter(template=template)) if template is not None else []


def _terms_for(template: PlanTemplate, ids: Sequence[int], day: dt.date) -> list[tuple[int, int, int]]:
    """The terms these people hold on a day that the template is for: (term, member, body)."""
    rows = Term.objects.on(day).filter(member__in=ids, office__key=template.office_key, office__unit=None)
    if template.unit_kinds:
        rows = rows.filter(body__unit__kind__in=template.unit_kinds)
    return list(rows.order_by("member", "pk").values_list("pk", "member", "body"))


def _demand_people(by: Member, ids: Sequence[int]) -> None:
    units = access.units_with(by, access.Right.KEEP_PLANS).values("pk")
    if access.people_under(units, on=today()).filter(pk__in=ids).count() != len(ids):
        raise PermissionDenied("not everybody is in a unit whose plans you keep")


def _demand_length(months: Sequence[int]) -> None:
    if not LEAST_MONTHS <= sum(months) <= MOST_MONTHS:
        raise ValidationError({"years": _("A plan looks one to six years ahead.")})


def _worded(title: Wording | str | None) -> dict[str, str]:
    """A title written in one language stands in that one; a wording as it is, without what is empty."""
    if isinstance(title, str):
        title = {(get_language() or "nb").split("-")[0]: title}
    return {language: text.strip() for language, text in (title or {}).items() if text.strip()}
