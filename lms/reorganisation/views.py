"""A reorganisation from the first word to the preview: list, draft, rows."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.models import Unit
from lms.reorganisation import services
from lms.reorganisation.forms import ChangeForm, DetailsForm
from lms.reorganisation.holding import REORGANISE, closed_units_held, units_held
from lms.reorganisation.models import Change, Reorganisation
from lms.reorganisation.queries import children_of, done_by, reorganisation_or_404, reorganisations_for, rows_of

State = Reorganisation.State
DRAFT = State.DRAFT


@require_GET
@login_required
def listed(request: SignedInRequest) -> HttpResponse:
    """Every reorganisation of the reader's units, newest day first."""
    return render(request, "reorganisation/list.html", {"rows": reorganisations_for(request.user)})


@require_http_methods(["GET", "POST"])
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    """Begin a draft."""
    if not access.holds(request.user, REORGANISE):
        raise Http404
    form = DetailsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = services.draft_reorganisation(**form.cleaned_data, by=request.user)
        return redirect("reorganisation", row.public_id)
    return render(request, "reorganisation/details.html", {"form": form})


@require_http_methods(["GET", "POST"])
@login_required
def details(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Change what a draft is called, its day, its decision."""
    row = reorganisation_or_404(public_id, to=request.user, state=DRAFT)
    form = DetailsForm(request.POST or None, initial={"name": row.name, "on": row.on, "decision": row.decision})
    if request.method == "POST" and form.is_valid():
        services.change_draft(reorganisation=row, **form.cleaned_data, by=request.user)
        return redirect("reorganisation", row.public_id)
    return render(request, "reorganisation/details.html", {"form": form, "reorganisation": row})


@require_GET
@login_required
def show(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """A draft with its rows, or what an applied one did."""
    row = reorganisation_or_404(public_id, to=request.user)
    shown: dict[str, Any] = {"reorganisation": row, "rows": rows_of(row), "kinds": Change.Kind}
    if row.state == State.APPLIED:
        return render(request, "reorganisation/applied.html", shown | {"done": done_by(row)})
    return render(request, "reorganisation/draft.html", shown)


@require_http_methods(["GET", "POST"])
@login_required
def add(request: SignedInRequest, public_id: uuid.UUID, kind: str) -> HttpResponse:
    """Add a row of one kind."""
    row = reorganisation_or_404(public_id, to=request.user, state=DRAFT)
    if kind not in Change.Kind.values:
        raise Http404
    units = units_held(request.user, on=row.on)
    split = _named(units, request.GET.get("unit")) if kind == Change.Kind.SPLIT else None
    under = _named(units, request.GET.get("under"))
    form = ChangeForm(
        request.POST or None,
        kind=kind,
        units=units,
        closed=closed_units_held(request.user) if kind == Change.Kind.REESTABLISH else (),
        below=children_of(split, row) if split else (),
        offered=_offered(units, under, row),
        reorganisation=row,
        initial={"unit": str(split.public_id) if split else ""},
    )
    if request.method == "POST" and form.is_valid() and _add(request, row, form):
        return redirect("reorganisation", row.public_id)
    tops = [unit for unit in units if unit.kind in (Unit.Kind.NATIONAL, Unit.Kind.COUNTY)]
    shown = {"form": form, "reorganisation": row, "kind": Change.Kind(kind), "units": units, "split": split}
    return render(request, "reorganisation/row.html", shown | {"tops": tops, "under": under})


def _named(units: list[Unit], key: str | None) -> Unit | None:
    return next((unit for unit in units if str(unit.public_id) == key), None)


def _offered(units: list[Unit], under: Unit | None, row: Reorganisation) -> list[Unit]:
    """The units to tick: those right below the one asked for, else the counties; all when there are not several."""
    if under is not None:
        held = {unit.pk for unit in units}
        return [unit for unit in children_of(under, row) if unit.pk in held]
    counties = [unit for unit in units if unit.kind == Unit.Kind.COUNTY]
    return counties if len(counties) > 1 else units


def _add(request: SignedInRequest, row: Reorganisation, form: ChangeForm) -> bool:
    """Write the row and the new unit it leads to, both or none; what a rule refuses is said in the form."""
    given, new = form.cleaned_data, None
    if form.makes_new:
        new = services.Described(given["new_code"], given["new_name"], form.chosen[0].kind, form.end("new_parent"))
    try:
        services.add_change(
            reorganisation=row, kind=form.kind, units=form.chosen, target=new or form.end("target"), by=request.user,
            municipalities=form.units_in("municipalities"),
            **{name: given[name] for name in ("code", "name", "postal_codes", "is_rest") if name in given},
        )  # fmt: skip
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_POST
@login_required
def remove(request: SignedInRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Take a row away."""
    row = reorganisation_or_404(public_id, to=request.user, state=DRAFT)
    services.remove_change(change=get_object_or_404(row.changes, pk=number), by=request.user)
    messages.info(request, _("The row is gone."))
    return redirect("reorganisation", row.public_id)


@require_POST
@login_required
def discard(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    row = reorganisation_or_404(public_id, to=request.user, state=DRAFT)
    services.discard_draft(reorganisation=row, by=request.user)
    messages.info(request, _("The draft is gone. Nothing in the organisation was changed."))
    return redirect("reorganisations")
