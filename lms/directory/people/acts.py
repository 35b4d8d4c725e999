"""What an administrator may do for one person: add by hand, move to another unit, record that they left."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.audit.services import record_sighting
from lms.directory.people.forms import AddForm, LeaveForm, MoveForm
from lms.directory.people.namesakes import namesakes
from lms.directory.people.reaching import keeps, keeps_last, person_or_404, units_or_404
from lms.members.assurance import step_up_to_change
from lms.members.models import Member
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.memberships import add_member, end_membership, move_member, undo_leaving
from lms.organisation.models import Membership
from lms.organisation.queries import home_unit_of

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@login_required
def add(request: SignedInRequest) -> HttpResponse:
    """Add a person by hand. Where somebody of that name is already within reach, they are shown first."""
    units_or_404(request.user, Right.KEEP_REGISTER)
    form = AddForm(request.POST or None, units=access.units_with(request.user, Right.KEEP_REGISTER))
    alike: list[Member] = []
    if form.is_valid():
        alike = [] if request.POST.get("another") else namesakes(form.cleaned_data["name"], reader=request.user)
        if not alike and (made := _done(form, lambda: add_member(**form.cleaned_data, by=request.user))):
            messages.success(request, _("%(name)s is added.") % {"name": made})
            return redirect("person", made.public_id)
    record_sighting(by=request.user, page="member_namesakes", of=[one.public_id for one in alike])
    given = {"form": form, "alike": alike}
    return render(request, "directory/people/add.html", given, status=_status(form))


@require_http_methods(FORM)
@login_required
def move(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Move a person to another unit one keeps."""
    member = _kept_or_404(request.user, public_id)
    home = home_unit_of(member)
    units = access.units_with(request.user, Right.KEEP_REGISTER).exclude(pk=home.pk if home else 0)
    form = MoveForm(request.POST or None, units=units)
    if form.is_valid():
        moved: Membership | None = _done(form, lambda: move_member(member=member, **form.cleaned_data, by=request.user))
        if moved:
            messages.success(request, _("Moved to %(unit)s.") % {"unit": moved.unit})
            return redirect("person", public_id)
    given = {"form": form, "member": member, "home": home}
    return render(request, "directory/people/move.html", given, status=_status(form))


@require_http_methods(FORM)
@login_required
@step_up_to_change
def leave(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Record that a person left: first what it means, then the day and a tick."""
    member = _kept_or_404(request.user, public_id)
    form = LeaveForm(request.POST or None)
    if form.is_valid() and _done(
        form, lambda: end_membership(member=member, on=form.cleaned_data["on"], by=request.user) or True
    ):
        messages.success(request, _("It is recorded that the person left. Rights and sign-in ended at once."))
        return redirect("people")
    given = {"form": form, "member": member, "home": home_unit_of(member)}
    return render(request, "directory/people/leave.html", given, status=_status(form))


@require_POST
@login_required
def come_back(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take back that a person left."""
    member = person_or_404(request.user, public_id)
    if not keeps_last(request.user, member):
        raise Http404
    try:
        undo_leaving(member=member, by=request.user)
        messages.success(request, _("Taken back. The membership goes on; offices and rights must be given again."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("person", public_id)


def _kept_or_404(reader: Member, public_id: uuid.UUID) -> Member:
    """A person within reach whose register the reader keeps, and not the reader: nobody does this to themselves."""
    member = person_or_404(reader, public_id)
    if member == reader or not keeps(reader, member):
        raise Http404
    record_sighting(by=reader, page="member_page", of=[member.public_id])
    return member


def _done(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the service answers; None when it refused, with its words at the fields they are about."""
    try:
        return act()
    except PermissionDenied as denied:
        raise Http404 from denied
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


def _status(form: forms.Form) -> int:
    return 422 if form.is_bound and form.errors else 200
