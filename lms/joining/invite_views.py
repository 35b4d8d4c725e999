"""For those who may invite: links to pass on, and who in the register has no account yet."""

from __future__ import annotations

import uuid
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from lms.audit.services import record_sighting
from lms.joining.codes import Slip, issue_codes, show_codes
from lms.joining.forms import LinkForm
from lms.joining.invitations import invite_members
from lms.joining.links import link_views, links_seen_by, make_link, revoke_link
from lms.joining.models import InviteLink
from lms.joining.people import left_to_others, within
from lms.joining.qr import drawn
from lms.joining.renewing import issue_code_anew
from lms.joining.views import language_now, sent_form
from lms.joining.waiting import ids_in, waiting_in
from lms.members.assurance import step_up
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.models import Unit
from lms.organisation.queries import home_unit_of

INVITE, KEEP = access.Right.INVITE, access.Right.KEEP_REGISTER
ROWS = 50


def _units(request: SignedInRequest, right: access.Right = INVITE) -> list[Unit]:
    """The units the reader may invite for; the page does not exist for others."""
    units = list(access.units_with(request.user, right).order_by("kind", "name_key"))
    if not units:
        raise Http404
    return units


@login_required
def links(request: SignedInRequest) -> HttpResponse:
    """The links of one's units with how many came by each; a form for a new one."""
    _units(request)
    units = access.units_with(request.user, INVITE).order_by("kind", "name_key")
    form = LinkForm(sent_form(request), units=units, language=language_now())
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            link = make_link(unit=said["unit"], by=request.user, course_key=said["course"], until=form.until())
            return redirect("invite_link", link.token)
        except ValidationError as wrong:
            form.add_error("last_day", wrong)
    page = Paginator(links_seen_by(request.user), ROWS).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "links": link_views(list(page), language_now())}
    makers = [row.inviter.public_id for row in page if row.inviter]
    record_sighting(by=request.user, page="invite_links", of=makers)
    return render(request, "joining/links.html", shown, status=422 if form.is_bound else 200)


def _link(request: SignedInRequest, token: str) -> InviteLink:
    return get_object_or_404(links_seen_by(request.user), token=token)


@require_safe
@login_required
def link(request: SignedInRequest, token: str) -> HttpResponse:
    """One link: its code to hold up, its address to copy, how many came."""
    (view,) = link_views([_link(request, token)], language_now())
    address = urljoin(settings.TILLIT_BASE_URL, reverse("join_with", args=[token]))
    return render(request, "joining/link.html", {"view": view, "address": address, "code": drawn(address)})


@require_POST
@login_required
def revoke(request: SignedInRequest, token: str) -> HttpResponse:
    """Shut a link."""
    revoke_link(link=_link(request, token), by=request.user)
    messages.success(request, _("The link is shut. Those who came by it are still here."))
    return redirect("invite_links")


@require_GET
@login_required
def waiting(request: SignedInRequest) -> HttpResponse:
    """How many in a unit and below cannot sign in yet, and what can be sent to them."""
    units = _units(request)
    unit = _chosen(units, request.GET.get("unit", ""))
    shown = {
        "units": units,
        "unit": unit,
        "sums": waiting_in(unit),
        "may_print": access.may(request.user, KEEP, unit=unit),
    }
    return render(request, "joining/waiting.html", shown)


@require_POST
@login_required
def send_invitations(request: SignedInRequest) -> HttpResponse:
    """Mail a personal link to those of the unit who have an e-mail of their own."""
    unit = _chosen(_units(request), request.POST.get("unit", ""))
    ids = ids_in(unit)
    count = invite_members(member_ids=ids, by=request.user)
    left = left_to_others(ids, INVITE, KEEP, by=request.user)
    words = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", count)
    if count:
        messages.success(request, words % {"n": count})
    elif left < len(ids):
        messages.success(request, _("Everybody with an e-mail has an invitation already."))
    _say_who_is_left(request, left)
    return redirect(f"{reverse('join_waiting')}?unit={unit.code}")


@never_cache
@require_POST
@login_required
@step_up
def print_codes(request: SignedInRequest) -> HttpResponse:
    """The codes of those without an e-mail of their own, once, to print: for whoever keeps the register."""
    unit = _chosen(_units(request, KEEP), request.POST.get("unit", ""))
    ids = ids_in(unit, without_own_address=True)
    issue_codes(member_ids=ids, by=request.user)
    slips = show_codes(member_ids=ids, by=request.user)
    _say_who_is_left(request, left_to_others(ids, KEEP, by=request.user))
    return _slips(request, unit, slips)


@never_cache
@require_POST
@login_required
@step_up
def code_anew(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """A new code for somebody who signs in with the member number and has forgotten the password, once, to print."""
    if not access.holds(request.user, KEEP):
        raise Http404
    member = get_object_or_404(within(request.user, KEEP).exclude(pk=request.user.pk), public_id=public_id)
    try:
        slip = issue_code_anew(member=member, by=request.user)
    except PermissionDenied as denied:
        raise Http404 from denied
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return redirect("person", public_id)
    return _slips(request, home_unit_of(member), [slip])


def _slips(request: SignedInRequest, unit: Unit | None, slips: list[Slip]) -> HttpResponse:
    """The slips to hand out, and in the trail that they were seen."""
    record_sighting(by=request.user, page="join_codes", of=[slip.member.public_id for slip in slips], act="exported")
    address = urljoin(settings.TILLIT_BASE_URL, reverse("join_by_code"))
    return render(request, "joining/slips.html", {"unit": unit, "slips": slips, "address": address})


def _say_who_is_left(request: SignedInRequest, number: int) -> None:
    words = ngettext(
        "%(n)d person is left out: who may do more than you, or belongs elsewhere, is let in by somebody above you.",
        "%(n)d people are left out: who may do more than you, or belongs elsewhere, is let in by somebody above you.",
        number,
    )
    if number:
        messages.info(request, words % {"n": number})


def _chosen(units: list[Unit], code: str) -> Unit:
    """The unit asked for, else the uppermost; one the reader may not invite for is not found."""
    if not code:
        return units[0]
    found = next((unit for unit in units if unit.code == code), None)
    if found is None:
        raise Http404
    return found
