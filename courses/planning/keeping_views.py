"""The plans a keeper keeps: which boards have one, how far they are, and making one for those that have none."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.planning import reach, services
from courses.planning.below import (
    ROWS,
    SHOWS,
    boards_within,
    lines_of_boards,
    lines_of_units,
    unit_plans_within,
    units_kept,
    without_plan,
)
from courses.planning.below_file import KINDS, plans_file
from courses.planning.choices import template_choices
from courses.planning.forms import NewPlanForm, done, status_of
from courses.planning.models import CompetencePlan, PlanTemplate
from courses.planning.previewing import stages_before
from lms.members.assurance import step_up
from lms.members.names import name_key
from lms.members.requests import SignedInRequest
from lms.organisation.models import Body, Unit
from lms.periods import today

FORM = ["GET", "HEAD", "POST"]
UNITS_SHOWN = 30


@require_GET
@login_required
def plans_below(request: SignedInRequest) -> HttpResponse:
    """Boards within reach with their plan, fifty a page; those without one; the plans of units."""
    day, units = today(), units_kept(request.user, today())
    if not units.exists():
        raise Http404
    show = request.GET.get("show", "")
    show = show if show in SHOWS else ""
    name = request.GET.get("name", "").strip()[:80]
    boards, plans = boards_within(units, on=day, name=name), unit_plans_within(units, name=name)
    found: Any = plans if show == "units" else without_plan(boards) if show == "without" else boards
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    numbers = {"": boards.count(), "without": without_plan(boards).count(), "units": plans.count()}
    given = {
        "rows": lines_of_units(rows, on=day) if show == "units" else lines_of_boards(rows, on=day),
        "page": page,
        "sums": _sums(show, name, numbers),
        "query": f"{_query(show, name)}&",
        "name": name,
        "show": show,
        "may_make_units": True,
    }
    return render(request, "courses/planning/below.html", given)


def _query(show: str, name: str) -> str:
    return urlencode({key: value for key, value in (("name", name), ("show", show)) if value})


def _sums(show: str, name: str, numbers: dict[str, int]) -> list[dict[str, object]]:
    words = {"": _("boards"), "without": _("without a plan"), "units": _("plans of units")}
    return [
        {"number": numbers[key], "label": words[key], "url": f"?{_query(key, name)}", "is_current": key == show}
        for key in SHOWS
    ]


@require_POST
@login_required
@step_up
def plans_as_file(request: SignedInRequest, kind: str) -> HttpResponse:
    """Every plan within reach as a file, people's too: sent, not opened, and written down."""
    units = units_kept(request.user, today())
    if kind not in KINDS or not units.exists():
        raise Http404
    response = HttpResponse(plans_file(kind=kind, by=request.user, on=today()), content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="planer-{today().isoformat()}.{kind}"'
    return response


@require_GET
@login_required
def choose_unit(request: SignedInRequest) -> HttpResponse:
    """Which unit a plan is to be for."""
    units = units_kept(request.user, today())
    if not units.exists():
        raise Http404
    name = request.GET.get("name", "").strip()[:80]
    found = units.filter(name_key__contains=name_key(name)) if name else units.exclude(kind=Unit.Kind.LOCAL)
    rows = list(found.order_by("name_key", "pk")[: UNITS_SHOWN + 1])
    given = {"units": rows[:UNITS_SHOWN], "is_cut": len(rows) > UNITS_SHOWN, "name": name}
    return render(request, "courses/planning/choose.html", given)


@require_http_methods(FORM)
@login_required
def make_plan(request: SignedInRequest) -> HttpResponse:
    """A plan for a board or a unit: what it begins as, looked over, then made."""
    asked = request.POST if request.method == "POST" else request.GET
    whose = _named_or_404(request, asked.get("body", ""), asked.get("unit", ""))
    is_body = isinstance(whose, Body)
    unit_kind = whose.unit.kind if isinstance(whose, Body) else whose.kind
    made_for = PlanTemplate.For.BODY if is_body else PlanTemplate.For.UNIT
    templates = template_choices([made_for], on=today(), unit_kind=unit_kind)
    is_sent = request.method == "POST" or "see" in request.GET
    form = NewPlanForm(asked if is_sent else None, templates=templates)
    made: list[CompetencePlan] = []

    def act() -> None:
        told = {"title": form.cleaned_data["title"] or None, "start": form.cleaned_data["start"]}
        told |= {"years": form.cleaned_data["years"], "body" if is_body else "unit": whose}
        made.append(services.make_plan(template=form.cleaned_data["template"], by=request.user, **told))

    if request.method == "POST" and form.is_valid() and done(form, act):
        messages.success(request, _("The plan is made. It is a draft until it is agreed."))
        return redirect("plan", made[0].public_id)
    named = ("body" if is_body else "unit", str(whose.public_id))
    given: dict[str, Any] = {"form": form, "whose": whose, "named": named, "stages": [], "kept": []}
    if is_sent and form.is_valid():
        given["stages"] = stages_before(
            form.cleaned_data["template"], form.cleaned_data["start"], form.cleaned_data["years"], plan=_seed(whose)
        )
        given["kept"] = [named, *((key, asked.get(key, "")) for key in ("template", "title", "start", "years"))]
    return render(request, "courses/planning/make.html", given, status=status_of(form))


def _seed(whose: Body | Unit) -> CompetencePlan:
    return CompetencePlan(body=whose) if isinstance(whose, Body) else CompetencePlan(unit=whose)


def _named_or_404(request: SignedInRequest, body: str, unit: str) -> Body | Unit:
    """The board or unit named, if the reader may make a plan for it."""
    whose: Body | Unit | None = None
    if key := _uuid(body):
        whose = Body.objects.on(today()).select_related("unit").filter(public_id=key).first()
    elif key := _uuid(unit):
        whose = Unit.objects.on(today()).filter(public_id=key).first()
    if whose is None:
        raise Http404
    told = {"body": whose, "unit": None} if isinstance(whose, Body) else {"body": None, "unit": whose}
    if not reach.may_make(request.user, member=None, **told):
        raise Http404
    return whose


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def back_to_plans() -> str:
    """Where a keeper's plans are listed."""
    return reverse("plans_below")
