"""One's own plan, any plan one may see, and the talks about it as they were kept."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.planning import services
from courses.planning.choices import template_choices
from courses.planning.forms import NewPlanForm, done, refusal, status_of
from courses.planning.models import CompetencePlan, Goal, PlanReview, PlanTemplate
from courses.planning.next_step import own_links
from courses.planning.pages import plan_page, sibling
from courses.planning.places import place
from courses.planning.queries import plans_for_body, plans_for_unit, plans_of
from courses.planning.sight import Sight, said_or_404, sight_or_404
from courses.planning.veil import too_few
from courses.planning.words import GOAL_STATES, months
from lms.audit.services import record_sighting
from lms.members.models import Member
from lms.members.requests import SignedInRequest
from lms.organisation.queries import terms_of
from lms.periods import today
from lms.wording import in_language

FORM = ["GET", "HEAD", "POST"]
State = CompetencePlan.State


def language_of() -> str:
    """The reader's language."""
    return (get_language() or "nb").split("-")[0]


@require_GET
@login_required
def my_plan(request: SignedInRequest) -> HttpResponse:
    """One's own plan: the newest that is open; others are a touch away. Without one, how to get one."""
    plans = plans_of(request.user)
    if not plans or plans[0].state == State.CLOSED:
        given = {"earlier": [sibling(plan) for plan in plans], "links": own_links(request.user)}
        return render(request, "courses/planning/none.html", given)
    sight = Sight(plans[0], request.user, is_own=True, keeps=False, is_inside=False)
    return _shown(request, sight, plans)


@require_GET
@login_required
def plan(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One plan, for those who may see it: its person, its body, and those who keep it."""
    sight = sight_or_404(request.user, public_id)
    return _shown(request, sight, _siblings(sight))


def _siblings(sight: Sight) -> list[CompetencePlan]:
    one = sight.plan
    if sight.is_own:
        return plans_of(sight.reader)
    if one.member_id is not None:
        return []
    if one.body is not None:
        return plans_for_body(one.body)
    return plans_for_unit(one.unit) if one.unit is not None and sight.keeps else []


def _shown(request: SignedInRequest, sight: Sight, siblings: list[CompetencePlan]) -> HttpResponse:
    page = plan_page(sight, on=today(), language=language_of(), siblings=siblings)
    one = sight.plan
    if sight.is_own:
        page.links = own_links(request.user)
    else:
        page.back_url, page.back_label = _back(sight)
    if one.member is not None and not sight.is_own:
        record_sighting(by=request.user, page="plan", of=[one.member.public_id])
    elif page.named:
        named = Member.objects.filter(pk__in=page.named).exclude(pk=request.user.pk)
        record_sighting(by=request.user, page="body_plan", of=list(named.values_list("public_id", flat=True)))
    template = "plan.html" if one.member_id is not None else "group.html"
    trends = place("coverage_unit", one.unit.public_id) if one.unit is not None and sight.keeps else ""
    return render(request, f"courses/planning/{template}", {"page": page, "trends": trends})


def _back(sight: Sight) -> tuple[str, str]:
    """The way back: to the board one sits in, or to the plans one keeps."""
    if sight.keeps:
        return place("plans_below"), _("Plans")
    if sight.plan.body is not None:
        return place("body", sight.plan.body.public_id), str(sight.plan.body)
    return "", ""


@require_http_methods(FORM)
@login_required
def new_plan(request: SignedInRequest) -> HttpResponse:
    """A plan of one's own, for an office one holds or for none: from a template, or blank."""
    member, day = request.user, today()
    held = {term.office.key: term for term in terms_of(member)}
    found = template_choices([PlanTemplate.For.OFFICE], on=day)
    templates = sorted(found, key=lambda row: row.office_key not in held)
    form = NewPlanForm(request.POST or None, templates=templates)
    made: list[CompetencePlan] = []

    def act() -> None:
        told: dict[str, Any] = form.cleaned_data
        template = told["template"]
        term = held.get(template.office_key) if template is not None else None
        made.append(
            services.make_plan(
                template=template, title=told["title"] or None, member=member, start=told["start"],
                years=told["years"], term=term, office=term.office if term else None,
                body=term.body if term else None, by=member,
            )
        )  # fmt: skip

    if form.is_valid() and done(form, act):
        messages.success(request, _("Your plan is made. It is a draft until somebody agrees to it with you."))
        return redirect("plan", made[0].public_id)
    return render(request, "courses/planning/new.html", {"form": form}, status=status_of(form))


@require_POST
@login_required
def tick_goal(request: SignedInRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """Tick a task, or take the tick away."""
    sight = said_or_404(request.user, public_id)
    goal = get_object_or_404(Goal.objects.select_related("milestone__plan"), pk=pk, milestone__plan=sight.plan)
    refused = refusal(lambda: services.tick_task(goal=goal, by=request.user, is_done=goal.ticked_on is None))
    if refused:
        messages.error(request, refused)
    return redirect("plan", public_id)


@require_GET
@login_required
def plan_review(request: SignedInRequest, public_id: uuid.UUID, review_id: uuid.UUID) -> HttpResponse:
    """The plan as it was on the day of a talk, and what was said."""
    sight = sight_or_404(request.user, public_id)
    review = get_object_or_404(PlanReview.objects.select_related("by"), public_id=review_id, plan=sight.plan)
    if sight.plan.member is not None and not sight.is_own:
        record_sighting(by=request.user, page="plan", of=[sight.plan.member.public_id])
    given = {"plan": sight.plan, "review": review, "stages": _kept_stages(review, hides_few=sight.hides_few)}
    return render(request, "courses/planning/review.html", given)


def _kept_stages(review: PlanReview, *, hides_few: bool) -> list[dict[str, Any]]:
    """A snapshot in the reader's language; with ``hides_few`` nothing of how far a handful had come."""
    return [
        {
            "months": months(dt.date.fromisoformat(stage["from"]), dt.date.fromisoformat(stage["until"])),
            "goals": [
                {
                    "what": in_language(goal["what"]),
                    "detail": too_few() if hides_few and goal["is_few"] else in_language(goal["detail"]),
                    "look": GOAL_STATES["ahead" if hides_few and goal["is_few"] else goal["state"]],
                }
                for goal in stage["goals"]
            ],
        }
        for stage in review.snapshot.get("stages", [])
    ]
