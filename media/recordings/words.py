"""Why a recording could not be used: the key kept in the row, and what its uploader is told."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "foreign": _("This is not a film or a sound file we can read. Use MP4, MOV, WebM, MP3, M4A, OGG, WAV or FLAC."),
    "empty": _("The file is empty. Choose it again; perhaps the upload was cut."),
    "too large": _("The file is larger than 2 GB. Export it in a smaller size, for example 1080p."),
    "sound only": _("The file holds sound only. Upload it as audio instead."),
    "not sound": _("This is a film. Upload it as video instead."),
    "broken": _("The file is broken or was cut on the way: nothing in it could be played. Upload it again."),
    "no picture": _("There is no picture in the file. Upload it as audio instead."),
    "no sound": _("There is no sound in the file."),
    "too small": _("The picture is too small to see. It must be at least 64 pixels on each side."),
    "too big a picture": _("The picture is larger than 8K. Export it in 1080p."),
    "too long": _("The recording is longer than four hours. Cut it into parts."),
    "too short": _("The recording is shorter than half a second."),
    "too slow": _("It took too long to work through. Export it as MP4 in 1080p, and upload that."),
    "no program": _("Films and sound cannot be made ready here: ffmpeg is missing. Ask the one who runs Tillit."),
    "failed": _("It stopped three times while it was being made ready. Export it as MP4 (H.264), and upload that."),
}


def refusal_in_words(key: str) -> str:
    """The reason in words; one for a key nobody knows any more."""
    return str(REFUSALS.get(key, REFUSALS["failed"])) if key else ""
