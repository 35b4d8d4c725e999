"""Loading what Tillit brings to begin with."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses.tracks.defaults import load_defaults, what_is_there
from courses.tracks.reach import adopter_or_404
from lms.members.requests import SignedInRequest
from lms.periods import today


@require_http_methods(["GET", "POST"])
@login_required
def defaults(request: SignedInRequest) -> HttpResponse:
    """See what would come in, choose the day it holds from, and load it."""
    adopter_or_404(request.user)
    error, written = "", request.POST.get("since", "").strip()
    if request.method == "POST":
        since = _day(written)
        if since is None:
            error = _("Choose a day, today or earlier: the day your organisation adopted it.")
        else:
            loaded = load_defaults(by=request.user, since=since)
            rows = loaded.framework + loaded.ladder + loaded.templates
            messages.success(
                request,
                ngettext("Loaded: %(n)d row.", "Loaded: %(n)d rows.", rows) % {"n": rows}
                if loaded.is_new
                else _("Everything was there already."),
            )
            return redirect("load_defaults")
    shown = {"there": what_is_there(), "error": error, "since": written or today().isoformat()}
    return render(request, "courses/tracks/defaults.html", shown, status=422 if error else 200)


def _day(written: str) -> dt.date | None:
    """The day written, when it is one and not ahead of us."""
    try:
        day = parse_date(written)
    except ValueError:
        return None
    return day if day is not None and day <= today() else None
