"""What a player asks for: files, a session, and that its beats are counted.

Whoever may not have a recording gets a 404, the same as for one that does not exist.
"""

from __future__ import annotations

import json
import math
import re
import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from lms.members.models import Member
from media.playback.delivery import TYPES, deliver, guarded
from media.playback.services import ForeignSession, begin_session, count_beat
from media.recordings.folders import file_of
from media.recordings.models import Recording, Track

_CAPTIONS = re.compile(rf"captions\.({'|'.join(code for code, _ in settings.LANGUAGES)})\.vtt")
MOST_TOLD = 4096


@require_safe
def recording_file(request: HttpRequest, public_id: uuid.UUID, name: str) -> HttpResponseBase:
    """One file of a recording, asked for access at every request."""
    recording = _open_to(request, public_id)
    captions = _CAPTIONS.fullmatch(name)
    if captions is not None:
        text = recording.tracks.filter(kind=Track.Kind.CAPTIONS, language=captions.group(1)).values_list("text").first()
        if text is None:
            raise Http404
        return guarded(HttpResponse(text[0]), TYPES[".vtt"])
    path = file_of(recording.public_id, recording.files.get("folder", ""), name)
    if path is None:
        raise Http404
    return deliver(request, path)


@require_POST
def begin(request: HttpRequest, public_id: uuid.UUID) -> JsonResponse:
    """The player has begun: a session whose time runs from now."""
    recording = _open_to(request, public_id)
    return JsonResponse({"session": begin_session(member=_member(request), recording=recording)})


@require_POST
def beat(request: HttpRequest, public_id: uuid.UUID) -> JsonResponse:
    """The player tells what it has played; the answer says what has been counted in all."""
    recording = _open_to(request, public_id)
    start, end, session = _told(request)
    try:
        counted = count_beat(member=_member(request), recording=recording, session=session, start=start, end=end)
    except ForeignSession:
        raise Http404 from None
    verdict = counted.verdict
    return JsonResponse(
        {
            "counted": verdict.reason is None,
            "reason": verdict.reason.value if verdict.reason else "",
            "wait": verdict.wait,
            "seconds": counted.seconds,
            "watched": counted.is_watched,
        }
    )


def _told(request: HttpRequest) -> tuple[float, float, str]:
    """What a beat says. 404 for what no player of ours says."""
    try:
        told: Any = json.loads(request.body[:MOST_TOLD])
        start, end, session = float(told["from"]), float(told["to"]), told["session"]
    except (ValueError, TypeError, KeyError):
        raise Http404 from None
    if not (math.isfinite(start) and math.isfinite(end) and abs(start) < 1e7 and abs(end) < 1e7):
        raise Http404
    if not isinstance(session, str):
        raise Http404
    return start, end, session


def _member(request: HttpRequest) -> Member:
    """Beats are counted for somebody."""
    if not isinstance(request.user, Member):
        raise Http404
    return request.user


def _open_to(request: HttpRequest, public_id: uuid.UUID) -> Recording:
    """The recording, if this reader may play it."""
    recording = Recording.objects.filter(public_id=public_id).first()
    if recording is None:
        raise Http404
    if recording.access != Recording.Access.EVERYONE and not isinstance(request.user, Member):
        raise Http404
    return recording
