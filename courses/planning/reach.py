"""Who sees a plan, who keeps it, and who has a say in one's own.

``KEEP_PLANS`` for a unit reaches the plans of units, bodies and people there and below. Chair,
deputy and training officer keep their body's plan and those its members have for their office
in it, as long as they sit there: what somebody who has gone off leaves behind is theirs alone.
Everybody in a body sees the body's plan, and a unit's officers the unit's. A person's
own plan is theirs to make, to change while it is a draft, and to tick.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.planning.models import CompetencePlan
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Person, Right
from lms.organisation.models import Body, Term, Unit
from lms.periods import today

BODY_KEEPERS = ("chair", "deputy", "training")
"""The offices that keep the plan of the body they sit in."""
State = CompetencePlan.State


def plans_kept_by(person: Person, *, on: dt.date | None = None) -> QuerySet[CompetencePlan]:
    """Every plan a person keeps on a day. One query, and two to know their rights."""
    if not isinstance(person, Member):
        return CompetencePlan.objects.none()
    day = on or today()
    bodies, others = Q(body__in=_terms(person, day).filter(_keeping()).values("body")), Q()
    if access.holds(person, Right.KEEP_PLANS, on=day):
        units = access.units_with(person, Right.KEEP_PLANS, on=day).values("pk")
        people = access.people_under(units, on=day).values("pk")
        bodies |= Q(body__unit__in=units)
        others = Q(unit__in=units, member=None) | Q(member__in=people)
    return CompetencePlan.objects.filter((bodies & (Q(member=None) | Q(_seated(day)))) | others)


def plans_seen_by(person: Person, *, on: dt.date | None = None) -> QuerySet[CompetencePlan]:
    """Every plan a person may read on a day: those kept, their own, and those of the bodies and units they serve."""
    if not isinstance(person, Member):
        return CompetencePlan.objects.none()
    day = on or today()
    terms = _terms(person, day)
    shared = Q(body__in=terms.values("body")) | Q(unit__in=terms.values("body__unit"))
    kept = plans_kept_by(person, on=day).values("pk")
    return CompetencePlan.objects.filter(Q(member=person) | Q(shared, member=None) | Q(pk__in=kept))


def may_see(plan: CompetencePlan, member: Person) -> bool:
    """Whether somebody may read a plan."""
    return _is_own(plan, member) or plans_seen_by(member).filter(pk=plan.pk).exists()


def may_keep(plan: CompetencePlan, member: Person) -> bool:
    """Whether somebody keeps a plan: changes, closes, reviews it, and begins it."""
    return plans_kept_by(member).filter(pk=plan.pk).exists()


def may_change(plan: CompetencePlan, member: Person) -> bool:
    """Whether somebody may change what a plan says: its keepers, and the person while it is a draft."""
    return (_is_own(plan, member) and plan.state == State.DRAFT) or may_keep(plan, member)


def may_agree(plan: CompetencePlan, member: Person) -> bool:
    """Whether somebody may agree to a plan, or open it again. Nobody does so with their own: it takes two."""
    return not _is_own(plan, member) and may_keep(plan, member)


def may_tick(plan: CompetencePlan, member: Person) -> bool:
    """Whether somebody may tick a task, or write down a talk: the person and the plan's keepers."""
    return _is_own(plan, member) or may_keep(plan, member)


def may_make(by: Person, *, member: Member | None, body: Body | None, unit: Unit | None) -> bool:
    """Whether somebody may make a plan for a person, a body or a unit."""
    if not isinstance(by, Member):
        return False
    day = today()
    if member is not None and member.pk == by.pk:
        return body is None or _terms(by, day).filter(body=body).exists()
    sits = body is not None and _terms(by, day).filter(_keeping(), body=body).exists()
    if sits and (member is None or _terms(member, day).filter(body=body).exists()):
        return True
    units = access.units_with(by, Right.KEEP_PLANS, on=day)
    if member is not None:
        return access.people_under(units.values("pk"), on=day).filter(pk=member.pk).exists()
    where = unit or (body.unit if body is not None else None)
    return where is not None and units.filter(pk=where.pk).exists()


def _is_own(plan: CompetencePlan, member: Person) -> bool:
    return member.pk is not None and plan.member_id == member.pk


def _terms(member: Member, day: dt.date) -> QuerySet[Term]:
    return Term.objects.on(day).filter(member=member)


def _seated(day: dt.date) -> Exists:
    """That the person of a plan sits, or is to sit, in the body it is for."""
    return Exists(Term.objects.filter(member=OuterRef("member"), body=OuterRef("body")).exclude(valid_until__lte=day))


def _keeping() -> Q:
    return Q(office__unit=None, office__key__in=BODY_KEEPERS)
