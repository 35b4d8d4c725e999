"""The next step of a person's plan with its minutes and its reason; and where one goes on from one's own plan."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.enrolment.queries import progress_in
from courses.planning.lines import goal_address, next_of
from courses.planning.models import CompetencePlan, GoalFields
from courses.planning.places import place
from courses.planning.reach import BODY_KEEPERS
from courses.planning.shown import GoalShown, PlanShown
from lms.members.models import Member
from lms.organisation.models import Body, Term
from lms.organisation.queries import terms_of
from lms.pages.templatetags.tillit import long_date, minutes


@dataclass(frozen=True, slots=True)
class Next:
    """The next step."""

    over: str
    title: str
    text: str
    url: str
    label: str
    done: int = 0
    total: int = 0
    way: str = ""


def next_step(shown: PlanShown, member: Member, language: str) -> Next | None:
    """The next step with its minutes, and why."""
    one = next_of(shown, language)
    if one is None:
        return None
    url = goal_address(one.goal, language) or f"#maal-{one.goal.pk}"
    progress = progress_in(one.goal.course_id, member) if one.goal.course_id else None
    left = progress.minutes_left if progress is not None else 0
    over = _("Next step · %(minutes)s") % {"minutes": minutes(left)} if left else _("Next step")
    label = {
        GoalFields.Kind.COURSE: _("Go on") if progress is not None and progress.done_lessons else _("Begin"),
        GoalFields.Kind.LEVEL: _("See what it takes"),
        GoalFields.Kind.COMPETENCE: _("See how it is shown"),
        GoalFields.Kind.TASK: _("Find it in the plan"),
    }[GoalFields.Kind(one.goal.kind)]
    if url.startswith("#"):
        label = _("Find it in the plan")
    total = len(progress.outline.taught) if progress is not None else 0
    done = progress.done_lessons if progress is not None else 0
    words = ngettext("%(done)d of %(n)d lesson", "%(done)d of %(n)d lessons", total)
    way = words % {"done": done, "n": total} if total else ""
    return Next(over, one.what, _why(one, shown.plan), url, label, done, total, way)


def _why(one: GoalShown, plan: CompetencePlan) -> str:
    """Why this is next: what it is part of, and by when."""
    told = {"date": long_date(one.due), "office": str(plan.office) if plan.office else ""}
    if one.state == "late":
        return _("It was to be done by %(date)s, and is still worth doing first.") % told
    if plan.office is not None:
        return _("Because you are %(office)s. It is due by %(date)s.") % told
    return _("It is what your plan has first. It is due by %(date)s.") % told


def own_links(member: Member) -> list[tuple[str, str]]:
    """Where one goes on from one's own plan: the ladder, one's competences, the plans of one's boards. Two queries."""
    found = [(place("ladder"), _("The ladder of levels")), (place("own_competences"), _("What I can"))]
    terms = [term for term in terms_of(member) if term.body.kind != Body.Kind.NOMINATING]
    plans = CompetencePlan.objects.filter(body__in={term.body_id for term in terms}, member=None)
    newest = {plan.body_id: plan for plan in plans.exclude(state=CompetencePlan.State.CLOSED).order_by("pk")}
    for body, keys in _offices_by_body(terms).items():
        plan = newest.get(body.pk)
        if plan is not None:
            found.append((reverse("plan", args=[plan.public_id]), _("The plan of %(body)s") % {"body": body}))
        elif keys & set(BODY_KEEPERS):
            address = f"{reverse('make_plan')}?body={body.public_id}"
            found.append((address, _("Make a plan for %(body)s") % {"body": body}))
    return [(url, label) for url, label in found if url]


def _offices_by_body(terms: list[Term]) -> dict[Body, set[str]]:
    found: dict[Body, set[str]] = {}
    for term in terms:
        found.setdefault(term.body, set()).add(term.office.key if term.office.unit_id is None else "")
    return found
