"""Recruiting days: the list, a new one, the board and the wall."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lms.joining.campaigns import board_of, campaigns_of, make_campaign
from lms.joining.forms import CampaignForm
from lms.joining.links import make_link
from lms.joining.models import Campaign
from lms.joining.openings import open_course
from lms.joining.views import language_now, sent_form
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.periods import Period, today

INVITE = access.Right.INVITE


@login_required
def campaigns(request: SignedInRequest) -> HttpResponse:
    """The campaigns one's units take part in; whoever may invite makes a new one."""
    units = access.units_with(request.user, INVITE).order_by("kind", "name_key")
    may_make = units.exists()
    form = CampaignForm(sent_form(request), units=units, language=language_now())
    if request.method == "POST" and may_make and form.is_valid():
        try:
            return redirect("campaign_board", _make(request, form).public_id)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    shown = {"campaigns": list(campaigns_of(request.user)[:50]), "form": form if may_make else None, "today": today()}
    return render(request, "joining/campaigns.html", shown, status=422 if form.is_bound else 200)


def _make(request: SignedInRequest, form: CampaignForm) -> Campaign:
    said = form.cleaned_data
    last = said["last_day"] or said["first_day"]
    return make_campaign(
        name=said["name"],
        unit=said["unit"],
        period=Period(said["first_day"], last + dt.timedelta(days=1)),
        goal=said["goal"] or 0,
        course_key=said["course"],
        by=request.user,
    )


def _campaign(request: SignedInRequest, public_id: uuid.UUID) -> Campaign:
    """A campaign one's units take part in; others are not found."""
    return get_object_or_404(campaigns_of(request.user), public_id=public_id)


def _is_over(campaign: Campaign) -> bool:
    """Whether its last day is past: nobody comes by it any more, and there is nothing to ask again."""
    return campaign.valid_until is not None and campaign.valid_until <= today()


@require_safe
@login_required
def board(request: SignedInRequest, public_id: uuid.UUID, is_wall: bool = False) -> HttpResponse:
    """The counts as they are now; the page asks for new ones by itself until the campaign is over."""
    campaign = _campaign(request, public_id)
    name = "campaign_wall_figures" if is_wall else "campaign_board_figures"
    units = access.units_with(request.user, INVITE).filter(pk__in=access.below([campaign.unit_id], on=today()))
    shown = {
        "campaign": campaign,
        "board": board_of(campaign, is_wall=is_wall),
        "is_wall": is_wall,
        "is_over": _is_over(campaign),
        "last_day": campaign.valid_until - dt.timedelta(days=1),  # type: ignore[operator]
        "figures_url": reverse(name, args=[public_id]),
        "course": open_course(campaign.course_key, language_now()),
        "units": [] if is_wall or _is_over(campaign) else list(units.order_by("kind", "name_key")),
    }
    return render(request, "joining/wall.html" if is_wall else "joining/board.html", shown)


@require_safe
@login_required
def figures(request: SignedInRequest, public_id: uuid.UUID, is_wall: bool = False) -> HttpResponse:
    """The counts alone, which the page fetches every ten seconds."""
    campaign = _campaign(request, public_id)
    shown = {"board": board_of(campaign, is_wall=is_wall), "is_wall": is_wall, "is_over": _is_over(campaign)}
    return JsonResponse({"html": render_to_string("joining/figures.html", shown, request)})


@require_POST
@login_required
def campaign_link(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """A link of one's own for the campaign, for a unit one may invite for."""
    campaign = _campaign(request, public_id)
    unit = get_object_or_404(access.units_with(request.user, INVITE), code=request.POST.get("unit", ""))
    try:
        return redirect("invite_link", make_link(unit=unit, by=request.user, campaign=campaign).token)
    except ValidationError:
        return redirect("campaign_board", public_id)
