"""Changing the goals of a plan: added, changed, moved to another stage, taken away."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.planning import services
from courses.planning.forms import EmptyForm, done, status_of
from courses.planning.goal_forms import GoalForm, initial_of
from courses.planning.lines import Telling, year_lines
from courses.planning.models import Goal, GoalFields, Milestone
from courses.planning.queries import plan_shown
from courses.planning.sight import Sight, changed_or_404
from courses.planning.states import Act, allowed
from courses.planning.views import language_of
from courses.planning.words import GOAL_KINDS, months
from lms.members.requests import SignedInRequest
from lms.periods import today

FORM = ["GET", "HEAD", "POST"]


def _changed_or_404(request: SignedInRequest, public_id: uuid.UUID) -> Sight:
    """A plan the reader may change, in a state in which it can be."""
    sight = changed_or_404(request.user, public_id)
    if not allowed(Act.CHANGE, sight.plan.state):
        raise Http404
    return sight


@require_GET
@login_required
def goals(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The goals of a plan, each to be changed or taken away, stage by stage."""
    sight = _changed_or_404(request, public_id)
    years = year_lines(plan_shown(sight.plan, on=today()), Telling(language_of()))
    stages = [stage for year in years for stage in year.stages]
    lede = _("A plan follows life. Change what no longer fits, and add what is missing.")
    return render(request, "courses/planning/goals.html", {"plan": sight.plan, "stages": stages, "lede": lede})


@require_http_methods(FORM)
@login_required
def add(request: SignedInRequest, public_id: uuid.UUID, order: int) -> HttpResponse:
    """A goal at the end of a stage: first its kind, then what."""
    sight = _changed_or_404(request, public_id)
    stage = get_object_or_404(Milestone.objects.select_related("plan"), plan=sight.plan, order=order)
    kind = request.GET.get("kind", GoalFields.Kind.COURSE)
    if kind not in GOAL_KINDS:
        raise Http404
    form = GoalForm(request.POST or None, kind=kind, is_group=sight.plan.member_id is None)
    if form.is_valid() and done(form, lambda: services.add_goal(milestone=stage, by=request.user, **form.asked())):
        messages.success(request, _("The goal is added."))
        return redirect("plan_goals", public_id)
    given = {"title": _("Add a goal"), "kinds": GOAL_KINDS, "kind": kind, "months": _months(stage)}
    return _form(request, sight, form, **given)


@require_http_methods(FORM)
@login_required
def change(request: SignedInRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """A goal that asks for something else, or in another stage."""
    sight, goal = _goal_or_404(request, public_id, pk)
    plan = sight.plan
    rows = list(Milestone.objects.filter(plan=plan).select_related("plan"))
    stages = [(str(row.order), _months(row)) for row in rows]
    initial = {**initial_of(goal), "stage": str(goal.milestone.order)}
    told: dict[str, Any] = {"kind": goal.kind, "is_group": plan.member_id is None, "stages": stages, "initial": initial}
    form = GoalForm(request.POST or None, **told)

    def act() -> None:
        to = next(row for row in rows if str(row.order) == form.cleaned_data["stage"])
        changed = services.change_goal(goal=goal, by=request.user, **form.asked())
        if to.pk != goal.milestone_id:
            services.move_goal(goal=changed, to=to, by=request.user)

    if form.is_valid() and done(form, act):
        messages.success(request, _("Saved."))
        return redirect("plan_goals", public_id)
    return _form(request, sight, form, title=_("Change the goal"), months=_months(goal.milestone))


@require_http_methods(FORM)
@login_required
def remove(request: SignedInRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """Take a goal away, after a look at what it was."""
    sight, goal = _goal_or_404(request, public_id, pk)
    if request.method == "POST":
        services.remove_goal(goal=goal, by=request.user)
        messages.success(request, _("The goal is taken away."))
        return redirect("plan_goals", public_id)
    shown = next(one for one in plan_shown(sight.plan, on=today()).goals if one.goal.pk == goal.pk)
    given: dict[str, Any] = {
        "title": _("Take the goal away"),
        "lede": shown.what,
        "label": _("Take it away"),
        "follows": [_("What was reached stays. Only the plan forgets that it asked.")],
        "is_harm": True,
        "plan": sight.plan,
        "form": EmptyForm(),
        "back_url": reverse("plan_goals", args=[public_id]),
    }
    return render(request, "courses/planning/act.html", given)


def _goal_or_404(request: SignedInRequest, public_id: uuid.UUID, pk: int) -> tuple[Sight, Goal]:
    sight = _changed_or_404(request, public_id)
    rows = Goal.objects.select_related("milestone__plan", "competence")
    return sight, get_object_or_404(rows, pk=pk, milestone__plan=sight.plan)


def _months(stage: Milestone) -> str:
    return months(stage.valid_from, stage.valid_until)


def _form(request: SignedInRequest, sight: Sight, form: GoalForm, **given: Any) -> HttpResponse:
    over = (reverse("plan_goals", args=[sight.plan.public_id]), _("Change the goals"))
    shown = {"form": form, "over": over, **given}
    return render(request, "courses/planning/goal_form.html", shown, status=status_of(form))
