"""The page where anyone checks a certificate."""

from __future__ import annotations

import itertools

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from certificates.numbers import read_number
from certificates.queries import Verdict, check_number
from certificates.terrain import svg_paths
from lms.pages.limits import too_many

STATES = {Verdict.GENUINE: "valid", Verdict.EXPIRED: "lapsed", Verdict.REVOKED: "revoked"}
LOOKUPS_A_MINUTE = 60


@require_GET
def check_form(request: HttpRequest) -> HttpResponse:
    """Ask for a number; a typed one leads to its own address."""
    typed = request.GET.get("number", "").strip()
    if typed:
        return HttpResponseRedirect(reverse("credential", args=[read_number(typed) or "0"]))
    return _private(render(request, "certificates/ask.html"))


@require_GET
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Genuine, expired or revoked; everything else is one and the same 404.

    The answer to an unknown, malformed, hidden or erased number is equal byte for byte: the
    page holds neither the number asked for nor anything else of the request, and choosing a
    language on it leads to the form.
    """
    request.comes_back_to = reverse("check_certificate")  # type: ignore[attr-defined]
    if too_many(request, "check certificate", a_minute=LOOKUPS_A_MINUTE):
        return _private(render(request, "certificates/too_many.html", status=429))
    found = check_number(number)
    if found is None:
        return _private(render(request, "certificates/unknown.html", status=404))
    del request.comes_back_to  # type: ignore[attr-defined]
    shown = {
        "check": found,
        "state": STATES[found.verdict],
        "date": found.revoked_on if found.verdict == Verdict.REVOKED else found.valid_until,
        "groups": grouped(found.number),
        "rings": svg_paths(found.number),
    }
    return _private(render(request, "certificates/check.html", shown))


def grouped(number: str) -> list[str]:
    """The number in groups one can read aloud: 4-4-5, twice."""
    cuts = (0, 4, 8, 13, 17, 21, 26)
    return [number[a:b] for a, b in itertools.pairwise(cuts)]


def _private(response: HttpResponse) -> HttpResponse:
    """Nobody keeps the page, no search engine lists it."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
