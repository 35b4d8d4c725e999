"""From the preview on: look over, choose for bodies and people, fetch the list, apply, undo."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.audit.services import record_sighting
from lms.members.assurance import step_up, step_up_to_change
from lms.members.requests import SignedInRequest
from lms.organisation.models import Body, Unit
from lms.reorganisation import services
from lms.reorganisation.drawing import at_both_widths
from lms.reorganisation.holding import units_held
from lms.reorganisation.models import NewUnit, Reorganisation
from lms.reorganisation.preview import moving_people, preview_reorganisation, why_not_undone
from lms.reorganisation.queries import people_to_place, reorganisation_or_404, rows_of
from lms.reorganisation.tasks import request_apply, request_undo
from lms.sheets import write_csv, write_xlsx

DRAFT, APPLIED = Reorganisation.State.DRAFT, Reorganisation.State.APPLIED
WRITERS: dict[str, tuple[str, Callable[[list], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda rows: write_xlsx(rows, title=_("Reorganisation")),
    ),
}
PEOPLE = 50


@require_GET
@login_required
def preview(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What applying would do: problems first, then who moves, what ends and what follows."""
    row = reorganisation_or_404(public_id, to=request.user, state=DRAFT)
    found = preview_reorganisation(row, to=request.user)
    record_sighting(by=request.user, page="reorganisation_preview", of=found.seen)
    shown = {
        "reorganisation": row,
        "preview": found,
        "rows": rows_of(row),
        "drawings": at_both_widths((way.source, way.target, way.number) for way in found.ways),
        "targets": _targets(request, row),
    }
    return render(request, "reorganisation/preview.html", shown)


def _targets(request: SignedInRequest, row: Reorganisation) -> list[tuple[str, str]]:
    """Units a body may go on under: those the row makes, and those the reader holds."""
    made = [(f"new-{new.pk}", new.name) for new in row.new_units.all()]
    named = {change.target_id for change in row.changes.all()}
    held = [(str(unit.public_id), unit.name) for unit in units_held(request.user, on=row.on) if unit.pk in named]
    return made + held


@require_POST
@login_required
def choose_bodies(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say of each body of a closing unit whether it ends, and where it goes on."""
    row = reorganisation_or_404(public_id, to=request.user, state=DRAFT)
    closing = Body.objects.filter(unit__in=row.changes.values("unit")).select_related("unit")
    units = {str(unit.public_id): unit for unit in units_held(request.user, on=row.on)}
    made = {f"new-{new.pk}": new for new in row.new_units.all()}
    for body in closing:
        asked = request.POST.get(f"body-{body.public_id}")
        if asked is None:
            continue
        target: Unit | NewUnit | None = units.get(asked) or made.get(asked)
        services.choose_for_body(
            reorganisation=row, body=body, goes_on=target is not None, target=target, by=request.user
        )
    messages.success(request, _("Noted. This is what becomes of the bodies now."))
    return redirect("preview_reorganisation", row.public_id)


@require_http_methods(["GET", "POST"])
@login_required
def place(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """People of a split unit whom no rule places: one by one, by hand."""
    row = reorganisation_or_404(public_id, to=request.user, state=DRAFT)
    page = Paginator(people_to_place(row, to=request.user), PEOPLE).get_page(request.GET.get("page"))
    if request.method == "POST":
        number = 0
        for one in page:
            asked = request.POST.get(f"person-{one.member.public_id}")
            change = next((change for change, _name in one.choices if str(change.pk) == asked), None)
            if change is not None and change != one.chosen:
                number += services.place_people(change=change, members=[one.member], by=request.user)
        said = ngettext("%(number)s person placed.", "%(number)s people placed.", number)
        messages.success(request, said % {"number": number})
        return redirect("place_people", row.public_id)
    record_sighting(by=request.user, page="reorganisation_people", of=[one.member.public_id for one in page])
    return render(request, "reorganisation/people.html", {"reorganisation": row, "page": page})


@require_GET
@login_required
@step_up
def moving(request: SignedInRequest, public_id: uuid.UUID, form: str) -> HttpResponse:
    """The list of everybody who moves, to download."""
    row = reorganisation_or_404(public_id, to=request.user, state=DRAFT)
    if form not in WRITERS:
        raise Http404
    people = moving_people(row, to=request.user)
    record_sighting(
        by=request.user, page="reorganisation_people", of=[one.member.public_id for one in people], act="exported"
    )
    lines: list[list[object]] = [[_("Member number"), _("Name"), _("From"), _("To"), _("First day")]]
    lines += [[one.member.member_number or "", one.member.name, one.source, one.target, row.on] for one in people]
    return sheet(lines, form, "reorganisation")


def sheet(lines: list, form: str, name: str) -> HttpResponse:
    """Rows as a file to keep."""
    kind, writer = WRITERS[form]
    response = HttpResponse(writer(lines), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
@step_up
def apply(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Have it applied, and go to where one can follow it."""
    row = reorganisation_or_404(public_id, to=request.user, state=DRAFT)
    return redirect("job", request_apply(reorganisation=row, by=request.user).public_id)


@require_http_methods(["GET", "POST"])
@login_required
@step_up_to_change
def undo(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What undoing would give back, or why it is too late; then have it undone."""
    row = reorganisation_or_404(public_id, to=request.user, state=APPLIED)
    why_not = why_not_undone(row)
    if request.method == "POST" and not why_not:
        return redirect("job", request_undo(reorganisation=row, by=request.user).public_id)
    return render(request, "reorganisation/undo.html", {"reorganisation": row, "why_not": why_not})
