"""What is said of plans: that one was made, that it was agreed, that a talk is due."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.planning.models import CompetencePlan, Milestone, PlanReview
from courses.planning.reach import BODY_KEEPERS
from lms.jobs.services import request_job
from lms.members.models import Member
from lms.notifications.models import Notice
from lms.notifications.registry import NoticeKind, register_notice
from lms.notifications.services import notify
from lms.organisation.models import Body, Term

TELL = "tell_of_plans"
AHEAD = dt.timedelta(days=14)
"""So long before a stage ends a talk about it is due."""


def tell_made(plans: Iterable[CompetencePlan]) -> int:
    """Tell people that they have a plan, once for each. Returns of how many plans."""
    told = 0
    for plan in plans:
        if plan.member_id is not None:
            _tell([plan.member_id], "plan_made", f"plan_made:{plan.public_id}", plan)
            told += 1
    return told


def request_telling(plans: Sequence[int]) -> None:
    """Let a job tell the people of these plans: it may be thousands."""
    if plans:
        request_job(kind=TELL, key=f"{TELL}:{uuid.uuid4()}", payload={"plans": list(plans)}, by=None)


def tell_agreed(plan: CompetencePlan) -> None:
    """Tell the person that their plan was agreed."""
    if plan.member_id is not None:
        _tell([plan.member_id], "plan_agreed", f"plan_agreed:{plan.public_id}:{plan.valid_from}", plan)


def tell_reviews_due(*, on: dt.date) -> int:
    """Say it, once for each stage: to the person, or to those who keep the body's plan. Returns of how many stages."""
    talked = PlanReview.objects.filter(plan=OuterRef("plan"), on__gte=OuterRef("valid_from"))
    stages = Milestone.objects.filter(
        ~Exists(talked), plan__state="active", valid_until__gt=on, valid_until__lte=on + AHEAD
    ).select_related("plan")
    rows = list(stages)
    keepers = _keepers({stage.plan for stage in rows if stage.plan.member_id is None}, on)
    for stage in rows:
        plan = stage.plan
        people = [plan.member_id] if plan.member_id is not None else keepers[plan.pk]
        _tell(people, "plan_review_due", f"plan_review_due:{plan.public_id}:{stage.order}", plan)
    return len(rows)


def _keepers(plans: Iterable[CompetencePlan], on: dt.date) -> dict[int, list[int]]:
    """Plan → who keeps it in the body, or in the board of the unit. Two queries."""
    rows = list(plans)
    bodies = {plan.body_id for plan in rows if plan.body_id}
    units = {plan.unit_id for plan in rows if plan.unit_id}
    held = Term.objects.on(on).filter(office__unit=None, office__key__in=BODY_KEEPERS)
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for body, member in held.filter(body__in=bodies).values_list("body", "member"):
        found["body", body].append(member)
    boards = held.filter(body__unit__in=units, body__kind=Body.Kind.BOARD)
    for unit, member in boards.values_list("body__unit", "member"):
        found["unit", unit].append(member)
    return {plan.pk: found["body", plan.body_id] if plan.body_id else found["unit", plan.unit_id or 0] for plan in rows}


def _tell(members: Iterable[int], kind: str, key: str, plan: CompetencePlan) -> None:
    people = Member.objects.filter(pk__in=list(members), is_active=True)
    notify(members=people, kind=kind, key=key, context={"plan": str(plan.public_id)})


def _address(notice: Notice) -> str:
    return reverse("plan", args=[notice.context["plan"]])


def register() -> None:
    """Say what can be said. The subjects name nothing."""
    reason = _("You get this because you have a plan, or keep one for a body you sit in.")
    for key, subject, line, words in (
        (
            "plan_made",
            _("A plan is ready for you"),
            _("You have a plan for what to learn. The first step is ready."),
            _("It begins with what is most useful in the first weeks. You can change the rest together."),
        ),
        (
            "plan_agreed",
            _("Your plan is agreed"),
            _("Your plan is agreed. It can begin."),
            _("You have agreed on what to learn, and by when."),
        ),
        (
            "plan_review_due",
            _("Time to talk a plan through"),
            _("A stage of the plan is ending. Talk it through, and keep what you found."),
            _("Half an hour is enough: what is done, what is next, and what is to be moved."),
        ),
    ):
        register_notice(
            NoticeKind(
                key=key, subject=subject, line=line, button=_("Open the plan"), reason=reason, address=_address,
                paragraphs=(words,),
            )
        )  # fmt: skip
