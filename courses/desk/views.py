"""A person's own pages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates.models import Credential
from certificates.queries import Verdict, check_number, shelf_of, verdict_on
from certificates.services import disclose_name
from certificates.sheets import certificate_pdf
from certificates.terrain import svg_paths
from certificates.views import STATES, grouped
from courses.desk.menu import COURSES
from courses.desk.queries import desk_of
from lms.members.requests import SignedInRequest
from lms.pages.templatetags.tillit import long_date
from lms.periods import today


@require_GET
@login_required
def desk(request: SignedInRequest) -> HttpResponse:
    """My page: the next step first, then what stands."""
    now = timezone.localtime()
    greeting = (
        _("Good morning")
        if 5 <= now.hour < 11
        else _("Good evening")
        if now.hour >= 18 or now.hour < 5
        else _("Good day")
    )
    found = desk_of(request.user, get_language() or "nb")
    shelf = [shelved(credential) for credential in found.certificates]
    shown = {"desk": found, "greeting": greeting, "now": now, "shelf": shelf, "courses_url": COURSES}
    return render(request, "courses/desk/desk.html", shown)


@require_GET
@login_required
def shelf(request: SignedInRequest) -> HttpResponse:
    """All one's certificates."""
    found = [shelved(credential) for credential in shelf_of(request.user)]
    return render(request, "courses/desk/shelf.html", {"shelf": found})


@require_http_methods(["GET", "POST"])
@login_required
def certificate(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One certificate: download it, and choose what those who check it are shown."""
    credential = get_object_or_404(Credential, public_id=public_id, holder=request.user)
    if request.method == "POST":
        wanted = request.POST.get("disclosure", "")
        if wanted in Credential.Disclosure.values:
            disclose_name(credential=credential, disclosure=wanted, by=request.user)
            messages.success(request, _("Saved. It holds from now on."))
        return redirect("own_certificate", public_id)
    verdict, since = verdict_on(credential, today())
    shown = {
        "credential": credential,
        "payload": credential.payload,
        "state": STATES[verdict],
        "date": since,
        "groups": grouped(credential.number),
        "check": check_number(credential.number),
        "check_url": request.build_absolute_uri(reverse("credential", args=[credential.number])),
        "rings": svg_paths(credential.number),
        "choices": _choices(credential),
    }
    return render(request, "courses/desk/certificate.html", shown)


@require_GET
@login_required
def certificate_file(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The sheet as PDF; only one's own."""
    credential = get_object_or_404(Credential, public_id=public_id, holder=request.user)
    response = HttpResponse(certificate_pdf(credential), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="kursbevis-{credential.number[:8].lower()}.pdf"'
    return response


@dataclass(frozen=True, slots=True)
class Shelved:
    """One certificate on the shelf: what it is, where it stands, its landscape small."""

    credential: Credential
    text: str
    rings: list[str]


def shelved(credential: Credential) -> Shelved:
    """A certificate as the shelf shows it: one that is revoked or lapsed says so."""
    verdict, since = verdict_on(credential, today())
    issued, until = long_date(credential.issued_on), long_date(credential.valid_until)
    match verdict:
        case Verdict.REVOKED:
            text = _("Revoked on %(date)s") % {"date": long_date(since)}
        case Verdict.EXPIRED:
            text = _("Lapsed on %(date)s") % {"date": long_date(since)}
        case Verdict.GENUINE:
            words = _("%(issued)s · valid until %(until)s") if until else _("%(issued)s · does not lapse")
            text = words % {"issued": issued, "until": until}
    return Shelved(credential, text, [path for path, _tone in svg_paths(credential.number)][::2])


def _choices(credential: Credential) -> list[tuple[str, str, str, bool]]:
    """What the holder can choose: value, words, what it means, whether it is chosen."""
    words = {
        Credential.Disclosure.NAMELESS: (
            _("Genuine, without my name"),
            _("Whoever has the number sees that it is genuine, not whose it is."),
        ),
        Credential.Disclosure.NAMED: (
            _("Genuine, with my name"),
            _("Whoever has the number also sees your name. Choose this when you show it to someone."),
        ),
        Credential.Disclosure.HIDDEN: (
            _("Hidden"),
            _("The check page answers as if the number did not exist."),
        ),
    }
    return [(str(v), *words[v], v == credential.disclosure) for v in Credential.Disclosure]
