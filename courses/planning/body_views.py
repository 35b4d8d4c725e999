"""From the page of a body to its plan, or to where one is made."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from courses.planning.models import CompetencePlan
from courses.planning.reach import may_make, plans_seen_by
from lms.members.requests import SignedInRequest
from lms.organisation.models import Body, Term
from lms.periods import today


@require_GET
@login_required
def plan_of_body(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """On to the open plan of a body; where there is none, to making one, or to a word that there is none.

    For its own members and those who keep its plan; to anybody else it does not exist.
    """
    body = get_object_or_404(Body, public_id=public_id)
    plans = plans_seen_by(request.user).filter(body=body, member=None).exclude(state=CompetencePlan.State.CLOSED)
    plan = plans.order_by("-pk").first()
    if plan is not None:
        return redirect("plan", plan.public_id)
    if may_make(request.user, member=None, body=body, unit=None):
        return redirect(f"{reverse('make_plan')}?body={body.public_id}")
    if not Term.objects.on(today()).filter(member=request.user, body=body).exists():
        raise Http404
    return render(request, "courses/planning/no_plan.html", {"body": body})
