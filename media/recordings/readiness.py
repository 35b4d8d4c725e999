"""What a recording must have before a lesson with it can be published; says what would be right."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from media.recordings.models import Recording, Track

_MISSING = {
    "file": gettext_lazy("The recording «%(title)s» is not ready: nothing in it can be played yet."),
    "captions": gettext_lazy("«%(title)s» has no captions in the language spoken. Upload them to the recording."),
    "transcript": gettext_lazy("«%(title)s» has no transcript. Upload captions or a transcript to the recording."),
    "seen": gettext_lazy("«%(title)s» does not say how those who do not see are helped. Answer on the recording."),
}


def missing_for_publishing(recording: Recording) -> list[str]:
    """What must be done to a recording before a lesson with it can be published, each in a sentence."""
    tracks = set(recording.tracks.values_list("kind", "language"))
    missing = []
    if not recording.is_playable:
        missing.append("file")
    if recording.type == "video":
        if (Track.Kind.CAPTIONS, recording.language) not in tracks:
            missing.append("captions")
        is_written = recording.seen_answer != Recording.Seen.WRITTEN or bool(recording.seen.strip())
        if not recording.seen_answer or not is_written:
            missing.append("seen")
    elif not tracks:
        missing.append("transcript")
    return [str(_MISSING[key]) % {"title": recording.title} for key in missing]
