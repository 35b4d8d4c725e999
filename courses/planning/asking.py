"""Asking for a talk about one's plan: those who keep it are told. Whose it is stands on the page, not in the notice."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.planning.models import CompetencePlan
from courses.planning.reach import BODY_KEEPERS
from lms.members.models import Member
from lms.notifications.models import Notice
from lms.notifications.registry import NoticeKind, register_notice
from lms.notifications.services import notify
from lms.organisation.models import Appointment, Membership, Term, UnitAncestry
from lms.organisation.rights import BODIES_WITH_RIGHTS, RIGHTS, RIGHTS_OF_OFFICE, Right
from lms.periods import today

KIND = "plan_talk"


@transaction.atomic
def ask_for_talk(*, plan: CompetencePlan, by: Member) -> int:
    """Ask those who keep one's plan for a talk, or to agree it. Heard once a day. Returns how many were told.

    Raises PermissionDenied unless the plan is ``by``'s own, ValidationError when nobody keeps it.
    """
    if plan.member_id != by.pk:
        raise PermissionDenied("only the person asks for a talk about their own plan")
    if plan.state == CompetencePlan.State.CLOSED:
        raise ValidationError(gettext("The plan is closed. It can be read, not changed."))
    keepers = keepers_of(plan)
    if not keepers:
        raise ValidationError(gettext("Nobody keeps your plan yet. Talk to your board."))
    return notify(
        members=keepers, kind=KIND, key=f"{KIND}:{plan.public_id}:{today()}", context={"plan": str(plan.public_id)}
    )


def keepers_of(plan: CompetencePlan) -> list[Member]:
    """Who hears it: those who lead the body; where there is none but oneself, who keeps plans nearest above."""
    day = today()
    if plan.body_id:
        leading = Q(office__unit=None, office__key__in=BODY_KEEPERS, body=plan.body_id)
        found = _people(Term.objects.on(day).filter(leading).values("member"), plan)
        if found:
            return found
    home = plan.body.unit_id if plan.body is not None else _home_of(plan)
    lines = UnitAncestry.objects.on(day).filter(unit=home).order_by("depth").values_list("ancestor", flat=True)
    for unit in lines:  # the nation is a handful of steps up
        found = _people(_keeping(unit, day), plan)
        if found:
            return found
    return []


def _keeping(unit: int, day) -> QuerySet:  # type: ignore[no-untyped-def]
    """Who keeps plans by an office or a role right at a unit."""
    offices = [key for key, rights in RIGHTS_OF_OFFICE.items() if Right.KEEP_PLANS in rights]
    roles = [role for role, rights in RIGHTS.items() if Right.KEEP_PLANS in rights]
    terms = Term.objects.on(day).filter(
        body__unit=unit, body__kind__in=BODIES_WITH_RIGHTS, office__unit=None, office__key__in=offices
    )
    appointed = Appointment.objects.on(day).filter(unit=unit, role__in=roles)
    return terms.values("member").union(appointed.values("member"))


def _home_of(plan: CompetencePlan) -> int | None:
    rows = Membership.objects.on(today()).filter(member=plan.member).order_by("-valid_from")
    return rows.values_list("unit", flat=True).first()


def _people(whom: QuerySet, plan: CompetencePlan) -> list[Member]:
    return list(Member.objects.filter(pk__in=whom, is_active=True).exclude(pk=plan.member_id or 0).order_by("pk"))


def register() -> None:
    """What is said. Neither subject nor line names anybody."""
    register_notice(
        NoticeKind(
            key=KIND,
            subject=_("Somebody would like a talk"),
            line=_("Somebody would like to talk their plan through with you."),
            paragraphs=(
                _("Half an hour is enough. Open the plan, find a time together, and write down what you agree."),
            ),
            button=_("Open the plan"),
            reason=_("You get this because you keep plans for a body or a unit."),
            address=_address,
        )
    )


def _address(notice: Notice) -> str:
    return reverse("plan", args=[notice.context["plan"]])
