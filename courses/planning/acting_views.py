"""What is done to a plan: agreed, begun, taken back, talked through, carried over, closed, opened again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.planning import services
from courses.planning.asking import ask_for_talk
from courses.planning.forms import CloseForm, EmptyForm, ReviewForm, done, refusal, status_of
from courses.planning.models import CompetencePlan
from courses.planning.queries import plan_shown
from courses.planning.sight import Sight, changed_or_404, kept_or_404, said_or_404
from lms.members.requests import SignedInRequest
from lms.periods import today

FORM = ["GET", "HEAD", "POST"]
State = CompetencePlan.State


@require_POST
@login_required
def agree(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Agree to a draft that somebody else made, or that a board is to have."""
    sight = kept_or_404(request.user, public_id)
    if sight.is_own:
        raise Http404
    return _at_once(request, sight, services.agree_plan, _("Agreed. It can begin."))


@require_POST
@login_required
def begin(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let an agreed plan begin."""
    sight = said_or_404(request.user, public_id)
    return _at_once(request, sight, services.activate_plan, _("The plan has begun."))


@require_POST
@login_required
def take_back(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Make an agreed plan a draft again."""
    sight = said_or_404(request.user, public_id)
    return _at_once(request, sight, services.take_back_plan, _("It is a draft again, and can be changed."))


@require_POST
@login_required
def reopen(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Open somebody else's, or a group's, closed plan again."""
    sight = kept_or_404(request.user, public_id)
    if sight.is_own:
        raise Http404
    return _at_once(request, sight, services.reopen_plan, _("The plan is open again."))


def _at_once(request: SignedInRequest, sight: Sight, act: Callable[..., Any], words: str) -> HttpResponse:
    refused = refusal(lambda: act(plan=sight.plan, by=request.user))
    if refused:
        messages.error(request, refused)
    else:
        messages.success(request, words)
    return redirect("plan", sight.plan.public_id)


@require_http_methods(FORM)
@login_required
def ask(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask for a talk, or to have a draft agreed."""
    sight = said_or_404(request.user, public_id)
    if not sight.is_own:
        raise Http404
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(_checked(form), lambda: ask_for_talk(plan=sight.plan, by=request.user)):
        messages.success(request, _("They have been told. You find a time together."))
        return redirect("plan", public_id)
    lede = _("Those who keep plans for you are told that you would like a talk, and can open your plan.")
    return _form(request, sight, form, title=_("Ask for a talk"), label=_("Ask"), lede=lede)


@require_http_methods(FORM)
@login_required
def review(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Write down a talk; the plan is kept as it is that day."""
    sight = said_or_404(request.user, public_id)
    form = ReviewForm(request.POST or None)
    if form.is_valid() and done(
        form, lambda: services.review_plan(plan=sight.plan, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Kept, with the plan as it was that day."))
        return redirect("plan", public_id)
    lede = _("The state of every goal is kept with it, so that you can look back. It cannot be changed afterwards.")
    return _form(request, sight, form, title=_("Write down a talk"), label=_("Keep the talk"), lede=lede)


@require_http_methods(FORM)
@login_required
def carry_over(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take what was not reached further: first what it is, then the button."""
    sight = said_or_404(request.user, public_id)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(_checked(form), lambda: services.carry_over(plan=sight.plan, by=request.user)):
        messages.success(request, _("They are taken further."))
        return redirect("plan", public_id)
    shown = plan_shown(sight.plan, on=today())
    late = [one.what for stage in shown.milestones if stage.is_past for one in stage.goals if one.state == "late"]
    follows = [
        _("They become goals of the stage you are in now."),
        _("Where they stood, it says that they were taken further."),
    ]
    given = {
        "title": _("Carry over what was not reached"),
        "lede": "" if late else _("Nothing waits: every goal of the stages behind is reached or taken further."),
        "label": _("Carry over") if late else "",
        "lines": late,
        "lines_title": _("This is taken further"),
        "follows": follows if late else [],
    }
    return _form(request, sight, form, **given)


@require_http_methods(FORM)
@login_required
def close(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Close a plan: first what follows, then why and a tick. A draft can be thrown away instead."""
    sight = said_or_404(request.user, public_id)
    form = CloseForm(request.POST or None)
    if form.is_valid() and done(
        form,
        lambda: services.close_plan(plan=sight.plan, reason=form.cleaned_data["reason"], by=request.user),
    ):
        messages.success(request, _("Closed. What was reached stays."))
        return redirect("plan", public_id)
    follows = [
        _("The goals not reached are shown as not reached. What was reached stays."),
        _("It can still be read, with the talks about it."),
    ]
    return _form(
        request, sight, form, title=_("Close the plan"), label=_("Close the plan"), follows=follows, is_harm=True
    )


@require_http_methods(FORM)
@login_required
def discard(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    sight = changed_or_404(request.user, public_id)
    if sight.plan.state != State.DRAFT:
        raise Http404
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(
        _checked(form), lambda: services.discard_plan(plan=sight.plan, by=request.user)
    ):
        messages.success(request, _("The draft is gone."))
        return redirect("my_plan" if sight.is_own else "plans_below")
    follows = [_("Nothing was agreed, so nothing is kept of it. It cannot be undone.")]
    return _form(
        request, sight, form, title=_("Throw the draft away"), label=_("Throw it away"), follows=follows, is_harm=True
    )


def _checked(form: EmptyForm) -> EmptyForm:
    form.is_valid()
    return form


def _form(request: SignedInRequest, sight: Sight, form: Any, **given: Any) -> HttpResponse:
    back = reverse("plan", args=[sight.plan.public_id])
    shown = {"plan": sight.plan, "form": form, "back_url": back, **given}
    return render(request, "courses/planning/act.html", shown, status=status_of(form))
