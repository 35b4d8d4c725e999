"""Acts upon plans on the trail: a person's plan under the person, so that they see it; a shared one under itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from courses.planning.models import CompetencePlan
from lms.audit.models import subject_key
from lms.audit.pages import Word, register_act_name
from lms.audit.services import record_act, record_acts
from lms.members.models import Member

NAMES: dict[str, Word] = {
    "make_plan": _("A plan was made for you"),
    "discard_plan": _("A draft of a plan for you was thrown away"),
    "change_plan": _("A plan of yours was changed"),
    "bring_plan_to_version": _("A plan of yours was brought to a newer version of its template"),
    "tick_task": _("A task in a plan of yours was ticked"),
    "agree_plan": _("A plan of yours was agreed"),
    "take_back_plan": _("A plan of yours was made a draft again"),
    "activate_plan": _("A plan of yours was begun"),
    "close_plan": _("A plan of yours was closed"),
    "reopen_plan": _("A plan of yours was opened again"),
    "continue_plan": _("A plan of yours goes on with a new term"),
    "review_plan": _("A talk about a plan of yours was recorded"),
    "carry_over": _("Goals of a plan of yours were taken further"),
}


def record(plan: CompetencePlan, act: str, by: Member | None, **details: object) -> None:
    """Write an act on the trail, unless it is the person's own upon their own plan."""
    if by is None or by.pk != plan.member_id:
        person = plan.member
        subject = subject_key("plan", plan.public_id) if person is None else subject_key("member", person.public_id)
        record_act(act, by=by, subject=subject, plan=str(plan.public_id), **details)


def record_all(plans: Iterable[CompetencePlan], act: str, by: Member | None, **details: object) -> None:
    """The same act upon many plans. Two statements."""
    rows = list(plans)
    ids = {plan.member_id for plan in rows if plan.member_id is not None}
    people = dict(Member.objects.filter(pk__in=ids).values_list("pk", "public_id")) if ids else {}
    subjects = [
        subject_key("member", people[plan.member_id])
        if plan.member_id in people
        else subject_key("plan", plan.public_id)
        for plan in rows
    ]
    record_acts(act, by=by, subjects=subjects, **details)


def register() -> None:
    """Say what the acts are called to the person they were about."""
    for act, sentence in NAMES.items():
        register_act_name(act, sentence)
