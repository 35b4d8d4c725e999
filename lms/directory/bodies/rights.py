"""Who may do what: the table in words, who holds what; lending and appointing, and ending both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.audit.services import record_sighting
from lms.directory.bodies.choosing import chosen, looked_for
from lms.directory.bodies.forms import AppointForm, LendForm, done, status_of
from lms.directory.bodies.holders import held, lendable, roles_to_give
from lms.directory.bodies.sight import sight_of
from lms.directory.reach import offices_known
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.access import RIGHTS, RIGHTS_OF_OFFICE, Right
from lms.organisation.delegation import delegate, end_delegation
from lms.organisation.models import Appointment, Delegation
from lms.organisation.services import appoint, end_appointment
from lms.organisation.words import RIGHT_MEANINGS, RIGHT_WORDS, ROLE_WORDS, right_word
from lms.periods import today

FORM = ["GET", "HEAD", "POST"]
ROWS = 25
SOON = dt.timedelta(days=30)
"""How long before its end something is marked."""


@require_GET
@login_required
def rights(request: SignedInRequest) -> HttpResponse:
    """What one may do oneself; and, for those who see people or keep bodies, who else may do what there."""
    reader, day, everything = request.user, today(), access.grants(request.user)
    sight = sight_of(reader, everything)
    right, name = request.GET.get("right", ""), request.GET.get("name", "").strip()[:80]
    right = right if right in RIGHT_WORDS else ""
    own = [grant for grant in everything if grant.source != access.Source.DELEGATION]
    found = held(reader, own, units=sight.seen, right=right, name=name, on=day)
    page = Paginator(found.others, ROWS).get_page(request.GET.get("page"))
    record_sighting(by=reader, page="rights", of=[one.member.public_id for one in (*page.object_list, *found.lent)])
    given = {
        "held": found,
        "page": page,
        "sees": bool(sight.seen),
        "right": right,
        "name": name,
        "words": RIGHT_WORDS,
        "meanings": [(RIGHT_WORDS[one], RIGHT_MEANINGS[one]) for one in Right],
        "table": table_in_words(),
        "query": f"{urlencode({'right': right, 'name': name})}&",
        "may_lend": bool(lendable(own)),
        "may_appoint": bool(roles_to_give(own)),
        "today": day,
        "soon": day + SOON,
    }
    return render(request, "directory/rights/rights.html", given)


def table_in_words() -> list[tuple[str, str, list[str]]]:
    """Office or role, how one comes to it, and the rights: the table of ``rights``, as it is read."""
    titles = offices_known()
    order = list(Right)
    rows = [(str(ROLE_WORDS[role]), _("by appointment"), some) for role, some in RIGHTS.items()]
    rows += [(titles.get(key, key), _("by election"), some) for key, some in RIGHTS_OF_OFFICE.items()]
    return [(who, how, [right_word(one) for one in sorted(some, key=order.index)]) for who, how, some in rows]


@require_http_methods(FORM)
@login_required
def lend(request: SignedInRequest) -> HttpResponse:
    """Find a person, then lend them one right for a while."""
    own = lendable(access.grants(request.user, lent=False))
    if not own:
        raise Http404
    member = chosen(request)
    if member is None:
        return render(request, "directory/rights/whom.html", {"act": "lend", "keep": "", **looked_for(request)})
    units = access.units_with(request.user, [Right(one) for one in own], lent=False)
    form = LendForm(request.POST or None, rights=own, units=units)

    def act() -> None:
        told = form.cleaned_data
        delegate(
            member=member, right=told["right"], unit=told["unit"], period=form.period(), reason=told["reason"],
            by=request.user,
        )  # fmt: skip

    if form.is_valid() and done(form, act):
        messages.success(request, _("Lent. It ends by itself, or when you no longer hold it."))
        return redirect("rights")
    given = {"form": form, "member": member, "act": "lend"}
    return render(request, "directory/rights/give.html", given, status=status_of(form))


@require_http_methods(FORM)
@login_required
def appoint_to(request: SignedInRequest) -> HttpResponse:
    """Find a person, then appoint them."""
    roles = roles_to_give(access.grants(request.user, lent=False))
    if not roles:
        raise Http404
    member = chosen(request)
    if member is None:
        return render(request, "directory/rights/whom.html", {"act": "appoint", "keep": "", **looked_for(request)})
    rights = {right for role in roles for right in RIGHTS[role]}
    form = AppointForm(request.POST or None, roles=roles, units=access.units_with(request.user, rights, lent=False))

    def act() -> None:
        told = form.cleaned_data
        appoint(member=member, role=told["role"], unit=told["unit"], period=form.period(), by=request.user)

    if form.is_valid() and done(form, act):
        messages.success(request, _("Appointed. It ends by itself on the day you chose."))
        return redirect("rights")
    given = {"form": form, "member": member, "act": "appoint"}
    return render(request, "directory/rights/give.html", given, status=status_of(form))


@require_http_methods(["POST"])
@login_required
def end_loan(request: SignedInRequest, loan: int) -> HttpResponse:
    """End what was lent, today."""
    reader = request.user
    reach = Q(giver=reader) | Q(member=reader) | Q(unit__in=sight_of(reader).seen)
    row = get_object_or_404(Delegation.objects.exclude(valid_until__lte=today()).filter(reach), pk=loan)
    return _ended(request, lambda: end_delegation(delegation=row, on=today(), by=reader))


@require_http_methods(["POST"])
@login_required
def end_role(request: SignedInRequest, appointment: int) -> HttpResponse:
    """End an appointment, today."""
    reader = request.user
    reach = Q(member=reader) | Q(unit__in=sight_of(reader).seen)
    row = get_object_or_404(Appointment.objects.exclude(valid_until__lte=today()).filter(reach), pk=appointment)
    return _ended(request, lambda: end_appointment(appointment=row, on=today(), by=reader))


def _ended(request: SignedInRequest, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except PermissionDenied as denied:
        raise Http404 from denied
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("Ended. It no longer counts, in any open window either."))
    return redirect("rights")
