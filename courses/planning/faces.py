"""Where plans show themselves outside their own pages: on a person, on a body, on the administrator's start page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.planning import asking
from courses.planning.below import boards_within, far_of, line_of, units_kept, without_plan
from courses.planning.models import CompetencePlan
from courses.planning.queries import WITH
from courses.planning.reach import plans_kept_by
from lms.audit.pages import register_page_name
from lms.directory.bodies.sections import register_body_section
from lms.directory.bodies.sight import Place
from lms.directory.cards import Card, register_card
from lms.directory.sections import register_section
from lms.members.models import Member
from lms.organisation.access import Right

PAGES = {
    "plan": _("your competence plan"),
    "plan_file": _("a competence plan on paper"),
    "body_plan": _("the plan of a board you sit in"),
    "plans_file": _("a file of competence plans"),
}


def plans_on_page(member: Member, reader: Member, on: dt.date) -> dict[str, Any] | None:
    """The plans of a person that the reader keeps; None when there are none. Constant in queries."""
    kept = plans_kept_by(reader, on=on).filter(member=member).values("pk")
    plans = list(CompetencePlan.objects.filter(pk__in=kept).select_related(*WITH))
    if not plans or member == reader:
        return None
    far = far_of(plans, on)
    return {"lines": [line_of(plan, far[plan.pk]) for plan in plans]}


def plan_of_body(place: Place, reader: Member, on: dt.date) -> dict[str, Any] | None:
    """Where the plan of a body is, for its own members and those who keep it. Asks the database nothing."""
    return {"body": place.body} if place.shows_composition and on in place.body.period else None


def boards_wait(reader: Member, day: dt.date) -> str:
    """That boards have no plan."""
    number = without_plan(boards_within(units_kept(reader, day), on=day)).count()
    words = ngettext("%(count)s board has no plan.", "%(count)s boards have no plan.", number)
    return words % {"count": number} if number else ""


def register() -> None:
    """Lay it all, once, at start."""
    asking.register()
    register_section(20, _("Competence plans"), "courses/planning/person.html", plans_on_page)
    register_body_section(20, _("Plan"), "courses/planning/body.html", plan_of_body)
    register_card(
        Card(
            40,
            _("Plans"),
            _("Which boards have a plan for what to learn, how far they are, and which have none."),
            "plans_below",
            Right.KEEP_PLANS,
            "HikingTrailSign",
            wants=boards_wait,
        )
    )
    for key, label in PAGES.items():
        register_page_name(key, label)
