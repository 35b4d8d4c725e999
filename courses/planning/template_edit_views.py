"""Writing a new version of a template: its name, its stages, its goals, and the day it is taken into use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.planning import template_drafts as drafts
from courses.planning.forms import EmptyForm, done, status_of
from courses.planning.goal_forms import GoalForm, initial_of
from courses.planning.models import GoalFields, PlanTemplate, TemplateGoal, TemplateStage
from courses.planning.previewing import stages_of_template
from courses.planning.template_forms import AdoptForm, StageForm, TemplateForm
from courses.planning.template_views import template_or_404, writer_or_404
from courses.planning.words import GOAL_KINDS
from lms.members.requests import SignedInRequest

FORM = ["GET", "HEAD", "POST"]


def _draft_or_404(request: SignedInRequest, key: str, number: int) -> PlanTemplate:
    """A version that is being written, for those who write it."""
    writer_or_404(request)
    row = template_or_404(key, number)
    if not drafts.is_draft(row):
        raise Http404
    return row


@require_http_methods(FORM)
@login_required
def change(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """What the template is called."""
    row = _draft_or_404(request, key, number)
    form = TemplateForm(request.POST or None, said={"title": row.title})
    if form.is_valid() and done(
        form,
        lambda: drafts.change_draft(template=row, title=form.worded("title"), decision=row.decision, by=request.user),
    ):
        return _back(request, row, _("Saved."))
    return _form(request, row, form, title=_("What it is called"), label=_("Save"))


@require_http_methods(FORM)
@login_required
def adopt(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """Take the version into use."""
    row = _draft_or_404(request, key, number)
    form = AdoptForm(request.POST or None, initial={"decision": row.decision})
    if form.is_valid() and done(form, lambda: drafts.adopt_draft(template=row, by=request.user, **form.cleaned_data)):
        return _back(request, row, _("It is in use from the day you chose."))
    follows = [
        _("Plans made from that day begin as this version says."),
        _("Plans there are already stay as they are. Those who keep them can take in what is new, goal by goal."),
    ]
    return _form(request, row, form, title=_("Take it into use"), label=_("Take it into use"), follows=follows)


@require_http_methods(FORM)
@login_required
def stage(request: SignedInRequest, key: str, number: int, order: int) -> HttpResponse:
    """One stage: its length, what to do in it, when it is talked through; or take it away."""
    row = _draft_or_404(request, key, number)
    one = get_object_or_404(TemplateStage.objects.select_related("template"), template=row, order=order)
    if request.POST.get("act") == "remove":
        form: Any = EmptyForm(request.POST)
        form.is_valid()
        if done(form, lambda: drafts.remove_draft_stage(stage=one, by=request.user)):
            return _back(request, row, _("The stage is taken away."))
        messages.error(request, " ".join(form.non_field_errors()))
        return redirect("change_template_stage", key, number, order)
    said = {"action": one.action, "review": one.review}
    form = StageForm(request.POST or None, said=said, initial={"months": str(one.months)})
    if form.is_valid() and done(
        form,
        lambda: drafts.change_draft_stage(
            stage=one, months=form.cleaned_data["months"], action=form.worded("action"), review=form.worded("review"),
            by=request.user,
        ),
    ):  # fmt: skip
        return _back(request, row, _("Saved."))
    given = {"title": _("Stage %(n)d") % {"n": order}, "label": _("Save"), "removes": True}
    return _form(request, row, form, **given)


@require_http_methods(FORM)
@login_required
def add_stage(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """A stage at the end, of half a year or a year."""
    row = _draft_or_404(request, key, number)
    form = StageForm(request.POST or None, initial={"months": "6"})

    def act() -> None:
        made = drafts.add_draft_stage(template=row, months=form.cleaned_data["months"], by=request.user)
        drafts.change_draft_stage(
            stage=made, months=made.months, action=form.worded("action"), review=form.worded("review"),
            by=request.user,
        )  # fmt: skip

    if form.is_valid() and done(form, act):
        return _back(request, row, _("The stage is added. Now give it goals."))
    return _form(request, row, form, title=_("Add a stage"), label=_("Add the stage"))


@require_http_methods(FORM)
@login_required
def add_goal(request: SignedInRequest, key: str, number: int, order: int) -> HttpResponse:
    """A goal of a stage: first its kind, then what."""
    row = _draft_or_404(request, key, number)
    one = get_object_or_404(TemplateStage.objects.select_related("template"), template=row, order=order)
    kind = request.GET.get("kind", GoalFields.Kind.COURSE)
    if kind not in GOAL_KINDS:
        raise Http404
    form = GoalForm(request.POST or None, kind=kind, is_group=row.made_for != PlanTemplate.For.OFFICE)
    if form.is_valid() and done(form, lambda: drafts.add_draft_goal(stage=one, by=request.user, **form.asked())):
        return _back(request, row, _("The goal is added."))
    given = {"title": _("Add a goal"), "kinds": GOAL_KINDS, "kind": kind, "months": _("Stage %(n)d") % {"n": order}}
    return _goal_form(request, row, form, **given)


@require_http_methods(FORM)
@login_required
def change_goal(request: SignedInRequest, key: str, number: int, pk: int) -> HttpResponse:
    """A goal that asks for something else."""
    row = _draft_or_404(request, key, number)
    goal = _goal_or_404(row, pk)
    is_group = row.made_for != PlanTemplate.For.OFFICE
    form = GoalForm(request.POST or None, kind=goal.kind, is_group=is_group, initial=initial_of(goal))
    if form.is_valid() and done(form, lambda: drafts.change_draft_goal(goal=goal, by=request.user, **form.asked())):
        return _back(request, row, _("Saved."))
    return _goal_form(request, row, form, title=_("Change the goal"))


@require_http_methods(FORM)
@login_required
def remove_goal(request: SignedInRequest, key: str, number: int, pk: int) -> HttpResponse:
    """Take a goal away, after a look at what it was."""
    row = _draft_or_404(request, key, number)
    goal = _goal_or_404(row, pk)
    if request.method == "POST":
        drafts.remove_draft_goal(goal=goal, by=request.user)
        return _back(request, row, _("The goal is taken away."))
    shown = next(one for stage in stages_of_template(row) for one in stage.goals if one.pk == pk)
    given = {"title": _("Take the goal away"), "lede": shown.what, "label": _("Take it away"), "is_harm": True}
    return _form(request, row, EmptyForm(), **given)


@require_http_methods(FORM)
@login_required
def discard(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """Throw the version away."""
    row = _draft_or_404(request, key, number)
    if request.method == "POST":
        drafts.discard_draft(template=row, by=request.user)
        messages.success(request, _("The new version is gone. The one in use goes on."))
        return redirect("plan_templates")
    follows = [_("The version in use goes on. What you wrote here cannot be brought back.")]
    given = {"title": _("Throw this version away"), "label": _("Throw it away"), "follows": follows, "is_harm": True}
    return _form(request, row, EmptyForm(), **given)


def _goal_or_404(row: PlanTemplate, pk: int) -> TemplateGoal:
    rows = TemplateGoal.objects.select_related("stage__template", "competence")
    return get_object_or_404(rows, pk=pk, stage__template=row)


def _address(row: PlanTemplate) -> str:
    return reverse("plan_template", args=[row.key, row.number])


def _back(request: SignedInRequest, row: PlanTemplate, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("plan_template", row.key, row.number)


def _form(request: SignedInRequest, row: PlanTemplate, form: Any, **given: Any) -> HttpResponse:
    shown = {"template": row, "form": form, "back_url": _address(row), **given}
    return render(request, "courses/planning/template_form.html", shown, status=status_of(form))


def _goal_form(request: SignedInRequest, row: PlanTemplate, form: GoalForm, **given: Any) -> HttpResponse:
    shown = {"form": form, "over": (_address(row), str(row)), **given}
    return render(request, "courses/planning/goal_form.html", shown, status=status_of(form))
