"""The editor's face of a recording: its captions, its state; and wagtailmedia's pages with a watch at the door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST
from wagtail.permissions import policy_registry

from media.recordings.forms import MOST_UPLOADED, TrackForm
from media.recordings.models import Recording, Track
from media.recordings.queries import standing_of
from media.recordings.services import receive_upload, remove_track
from media.recordings.words import refusal_in_words

MOST_SENT = MOST_UPLOADED + 1024**2
"""The file and the other fields of the form."""
View = Callable[..., HttpResponse]


def refused_unread(view: View) -> View:
    """Answer 413 in words to an upload that says it is too large, before any of it is read.

    Checking the form's token reads the whole upload, so that comes after.
    """
    guarded = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.method == "POST" and length.isdigit() and int(length) > MOST_SENT:
            response = render(
                request, "media/recordings/too_large.html", {"reason": refusal_in_words("too large")}, status=413
            )
            response.headers["Connection"] = "close"
            return response
        return guarded(request, *args, **kwargs)

    return checked


def kept_while_used(view: View) -> View:
    """Delete a recording only when no lesson shows it; else say why not."""

    @wraps(view)
    def checked(request: HttpRequest, media_id: int) -> HttpResponse:
        recording = _changeable(request, media_id)
        if recording.get_usage().exists() or _is_placed(recording):
            messages.error(request, _("The recording is used in a lesson. Take it out there first."))
            return redirect("wagtailmedia:edit", media_id)
        return view(request, media_id)

    return checked


def words(request: HttpRequest, media_id: int) -> HttpResponse:
    """Captions and transcripts of a recording: what there is, and a form for more."""
    recording = _changeable(request, media_id)
    form = TrackForm(request.POST or None, request.FILES or None, recording=recording)
    if request.method == "POST" and form.is_valid():
        track = form.save(by=request.user)
        messages.success(request, _("Saved: %(kind)s in %(language)s.") % _names(track))
        return redirect("recording_words", media_id)
    tracks = recording.tracks.all()
    return render(
        request,
        "media/recordings/words.html",
        {"recording": recording, "form": form, "tracks": tracks, "standing": standing_of(recording, to=request.user)},  # type: ignore[arg-type]
        status=422 if form.is_bound else 200,
    )


@require_POST
def remove_words(request: HttpRequest, media_id: int, track_id: int) -> HttpResponse:
    """Take captions or a transcript away."""
    recording = _changeable(request, media_id)
    track = get_object_or_404(Track, pk=track_id, recording=recording)
    names = _names(track)
    remove_track(track=track, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Removed: %(kind)s in %(language)s.") % names)
    return redirect("recording_words", media_id)


@require_POST
def try_again(request: HttpRequest, media_id: int) -> HttpResponse:
    """Have a refused upload made ready once more, for example when ffmpeg was missing."""
    recording = _changeable(request, media_id)
    if standing_of(recording, to=request.user).can_retry:  # type: ignore[arg-type]
        job = receive_upload(recording=recording, by=request.user)  # type: ignore[arg-type]
        return redirect("job", public_id=job.public_id)
    return redirect("wagtailmedia:edit", media_id)


def _names(track: Track) -> dict[str, str]:
    return {"kind": str(track.get_kind_display()), "language": str(track.get_language_display())}


def _changeable(request: HttpRequest, media_id: int) -> Recording:
    """The recording, if the editor may change it: Wagtail's collections decide, as for its other pages."""
    recording = get_object_or_404(Recording, pk=media_id)
    policy = policy_registry.get_by_type(Recording)
    if not policy.user_has_permission_for_instance(request.user, "change", recording):
        raise PermissionDenied
    return recording


def _is_placed(recording: Recording) -> bool:
    """Whether a row of a wing above holds on to it; what that is, this room need not know."""
    from django.db.models import ProtectedError
    from django.db.models.deletion import Collector

    collector = Collector(using="default", origin=recording)
    try:
        collector.collect([recording])
    except ProtectedError:
        return True
    return False
