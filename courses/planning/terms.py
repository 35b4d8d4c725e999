"""What the start, the end and the correction of a term mean for plans. Each may be heard twice.

docs/algorithms/plans.md has the table.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from courses.planning.acts import record_all
from courses.planning.continuing import Way, continue_plan, way_of
from courses.planning.making import lay_plans
from courses.planning.models import CompetencePlan, Milestone, PlanTemplate
from courses.planning.onboarding import put_onboarding_first
from courses.planning.queries import template_for, templates_on
from courses.planning.reasons import BODY_CLOSED, TERM_ENDED, TERM_TAKEN_BACK
from lms.organisation.models import Term
from lms.periods import Period, today

State = CompetencePlan.State
Key = tuple[int, int | None, int | None]
"""member, office, body"""
NEWS = dt.timedelta(days=90)
"""What began longer ago is history: it makes no plan by itself, an administrator gives one."""


@transaction.atomic
def begin_plans(*, term_ids: Collection[int]) -> list[CompetencePlan]:
    """Let plans follow terms that started: go on with the one there is, or make it from the template for the office.

    Once for each person, office and body, however often it is heard. Returns the plans made.
    """
    day = today()
    terms = Term.objects.on(day).filter(pk__in=term_ids).select_related("office", "body__unit")
    rows = list(terms.order_by("valid_from", "pk"))
    there = _plans_of(rows)
    wanted = []
    for term in rows:
        way, plan = way_of(term, there[term.member_id, term.office_id])
        if way == Way.NEW:
            wanted.append(term)
        elif plan is not None:
            continue_plan(plan, term)
    return _make([term for term in wanted if day - term.valid_from <= NEWS])


@transaction.atomic
def end_plans(*, term_ids: Collection[int]) -> int:
    """Close the plans that follow terms that ended, or that were recorded by mistake. Returns how many.

    A plan whose person holds the same office in the same body by another term goes on with that one.
    What was written and reached stays.
    """
    day = today()
    plans = _open().filter(term__in=term_ids).select_for_update(of=("self",)).select_related("term")
    closing: dict[tuple[str, dt.date], list[CompetencePlan]] = defaultdict(list)
    for plan in plans:
        term = plan.term
        if term is None:
            continue
        others = Term.objects.on(day).filter(member=plan.member_id, office=plan.office_id, body=plan.body_id)
        other = others.exclude(pk__in=term_ids).order_by("-valid_from").first()
        if other is not None:
            continue_plan(plan, other)
        elif term.valid_until is not None and term.valid_until <= day:
            closing[TERM_ENDED, term.valid_until].append(plan)
        else:
            closing[TERM_TAKEN_BACK, day].append(plan)
    return sum(close_all(rows, reason=reason, on=on) for (reason, on), rows in closing.items())


@transaction.atomic
def move_plans(*, term_ids: Collection[int], before: Period) -> int:
    """Let the plans that began with a term begin with it still, when its first day was put right. Returns how many."""
    rows = CompetencePlan.objects.filter(term__in=term_ids, valid_from=before.start).select_related("term")
    moved = [plan for plan in rows if plan.term is not None and plan.term.valid_from != plan.valid_from]
    for plan in moved:
        move_start(plan, plan.term.valid_from)  # type: ignore[union-attr]
    return len(moved)


def move_start(plan: CompetencePlan, start: dt.date) -> None:
    """Move a plan and all its stages by as many days as its first day moves."""
    by = start - plan.valid_from
    stages = list(Milestone.objects.filter(plan=plan))
    for stage in stages:
        stage.valid_from += by
        stage.valid_until = stage.valid_until + by if stage.valid_until else None
    Milestone.objects.bulk_update(stages, ["valid_from", "valid_until"])
    plan.valid_from, plan.valid_until = start, plan.valid_until + by if plan.valid_until else None
    plan.save(update_fields=["valid_from", "valid_until"])


@transaction.atomic
def leave_plans(*, member_ids: Collection[int]) -> int:
    """Close the plans for offices of people who left: what terms they had to come are gone. Returns how many."""
    rows = _open().filter(member__in=member_ids, term=None).exclude(office=None).exclude(body=None)
    return close_all(list(rows), reason=TERM_ENDED, on=today())


@transaction.atomic
def follow_the_day(*, on: dt.date) -> int:
    """Close what nobody announced: plans of terms that are over, and of bodies that are no more. Safe at any time."""
    over = _open().filter(term__valid_until__lte=on).values_list("term", flat=True)
    closed = end_plans(term_ids=[pk for pk in over if pk is not None])
    return closed + close_body_plans(body_ids=None, on=on)


def close_body_plans(*, body_ids: Collection[int] | None, on: dt.date) -> int:
    """Close the plans of bodies (all, or these) that are no more on a day. Returns how many."""
    rows = _open().filter(member=None, body__valid_until__lte=on)
    if body_ids is not None:
        rows = rows.filter(body__in=body_ids)
    return close_all(list(rows), reason=BODY_CLOSED, on=on)


def close_all(plans: Sequence[CompetencePlan], *, reason: str, on: dt.date) -> int:
    """Close plans by the program itself, for one reason. Returns how many."""
    keys = [plan.pk for plan in plans]
    CompetencePlan.objects.filter(pk__in=keys).update(state=State.CLOSED, closed_on=on, closed_reason=reason)
    record_all(plans, "close_plan", None, why=reason, on=on.isoformat())
    return len(keys)


def _open() -> QuerySet[CompetencePlan]:
    return CompetencePlan.objects.exclude(state=State.CLOSED)


def _plans_of(terms: Iterable[Term]) -> dict[tuple[int, int], list[CompetencePlan]]:
    """(member, office) → the plans there are, open ones first, then those closed last. One query, rows locked."""
    rows = list(terms)
    found: dict[tuple[int, int], list[CompetencePlan]] = defaultdict(list)
    about = Q(member__in={term.member_id for term in rows}, office__in={term.office_id for term in rows})
    plans = CompetencePlan.objects.filter(about).select_for_update(of=("self",)).order_by("-closed_on", "-pk")
    for plan in sorted(plans, key=lambda plan: plan.state == State.CLOSED):
        found[plan.member_id or 0, plan.office_id or 0].append(plan)
    return found


def _make(terms: Sequence[Term]) -> list[CompetencePlan]:
    """New plans from the templates for the offices, under way, with the onboarding first."""
    templates = {day: templates_on(day) for day in {term.valid_from for term in terms}}
    by_template: dict[PlanTemplate, dict[Key, CompetencePlan]] = defaultdict(dict)
    for term in terms:
        if term.office.unit_id is not None:
            continue  # a unit's own office: no template of the organisation's is for it
        template = template_for(term.office.key, term.body.unit.kind, templates[term.valid_from])
        if template is not None:
            by_template[template][term.member_id, term.office_id, term.body_id] = CompetencePlan(
                title=template.title, member_id=term.member_id, office=term.office, body=term.body, term=term,
                template=template, valid_from=term.valid_from,
            )  # fmt: skip
    made: list[CompetencePlan] = []
    for template, plans in by_template.items():
        made += lay_plans(list(plans.values()), template, state=State.ACTIVE, by=None)
    if made:
        put_onboarding_first(made, on=today())
    return made
