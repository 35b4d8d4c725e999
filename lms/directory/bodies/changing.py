"""Opening, describing, seating and closing a body: for those who keep it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.directory.bodies.forms import BodyForm, CloseForm, OfficeForm, OpenForm, SeatsForm, done, status_of
from lms.directory.bodies.sight import kept_or_404
from lms.members.requests import SignedInRequest
from lms.organisation import access, bodies
from lms.organisation.access import Right
from lms.organisation.bodies import RULES
from lms.organisation.models import Body, Term
from lms.periods import Period, today

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@login_required
def open_body(request: SignedInRequest) -> HttpResponse:
    """A new body of a unit whose bodies one keeps."""
    units = access.units_with(request.user, Right.KEEP_BODIES)
    if not units:
        raise Http404
    form = OpenForm(request.POST or None, units=units)
    made: list[Body] = []

    def act() -> None:
        told = dict(form.cleaned_data)
        made.append(bodies.open_body(period=Period(told.pop("start")), **told, by=request.user))

    if form.is_valid() and done(form, act):
        messages.success(request, _("%(name)s is opened. Say how many seats it has.") % {"name": made[0].name})
        return redirect("body_seats", made[0].public_id)
    return render(request, "directory/bodies/open.html", {"form": form}, status=status_of(form))


@require_http_methods(FORM)
@login_required
def change_body(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """A body's name, authority and rules of composition."""
    body = kept_or_404(request.user, public_id)
    form = BodyForm(request.POST or None, initial={name: getattr(body, name) for name in RULES})
    if form.is_valid() and done(
        form, lambda: bodies.change_body(body=Body.objects.get(pk=body.pk), by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("body", public_id)
    return render(request, "directory/bodies/change.html", {"form": form, "body": body}, status=status_of(form))


@require_http_methods(FORM)
@login_required
def body_seats(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """How many seats of each office; and an office of the unit's own."""
    body = kept_or_404(request.user, public_id)
    adding = request.POST.get("act") == "office"
    offices = bodies.offices_for(body.unit)
    form = SeatsForm(None if adding else request.POST or None, offices=offices, seats=body.seats.all())
    own = OfficeForm(request.POST if adding else None, prefix="own")
    if form.is_valid() and done(form, lambda: bodies.set_seats(body=body, seats=form.numbers(), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("body", public_id)
    if own.is_valid() and done(own, lambda: bodies.add_office(unit=body.unit, title=own.title(), by=request.user)):
        messages.success(request, _("The office is added. Now say how many seats it has."))
        return redirect("body_seats", public_id)
    given = {"form": form, "own": own, "body": body}
    return render(request, "directory/bodies/seats.html", given, status=max(status_of(form), status_of(own)))


@require_http_methods(FORM)
@login_required
def close_body(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Close a body: first what follows, then the day and a tick."""
    body = kept_or_404(request.user, public_id)
    form = CloseForm(request.POST or None)
    if form.is_valid() and done(
        form, lambda: bodies.close_body(body=body, on=form.cleaned_data["on"], by=request.user)
    ):
        messages.success(request, _("Closed. What was earned and decided there stays."))
        return redirect("body", public_id)
    running = Term.objects.filter(body=body).exclude(valid_until__lte=today()).count()
    given = {"form": form, "body": body, "running": running}
    return render(request, "directory/bodies/close.html", given, status=status_of(form))
