"""The ladder: every level of a track as one stands to it, and one level with everything about it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from courses.progression.models import Level
from courses.tracks.ladder import ladder_of, tracks_shown
from courses.tracks.level_shown import awards_shown, rules_shown
from lms.members.requests import SignedInRequest

FIRST = "leadership"


@require_GET
@login_required
def ladder(request: SignedInRequest, track: str = "") -> HttpResponse:
    """One track's levels as rungs: held, lapsed, within reach, locked, and why."""
    tracks = tracks_shown()
    wanted = track or FIRST
    found = next((one for one in tracks if one.key == wanted), None)
    if found is None and not track:
        found = next(iter(tracks), None)
    if found is None and track:
        raise Http404
    shown = {"ladder": ladder_of(request.user, found) if found else None, "tracks": tracks}
    return render(request, "courses/tracks/ladder.html", shown)


@require_GET
@login_required
def level(request: SignedInRequest, key: str) -> HttpResponse:
    """One level: what it is for, where one stands, what it requires, how it is renewed, who decided it."""
    found = get_object_or_404(Level.objects.select_related("track"), key=key, track__archived_at=None)
    whole = ladder_of(request.user, found.track)
    rung = next(rung for rung in whole.rungs if rung.level.pk == found.pk)
    shown = {
        "ladder": whole, "rung": rung, "awards": awards_shown(request.user, found), "rules": rules_shown(found),
    }  # fmt: skip
    return render(request, "courses/tracks/ladder_level.html", shown)
