"""The player as a page shows it: addresses, words, and what the reader has played. No query."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from media.captions.writing import Paragraph
from media.playback.queries import Seen
from media.recordings.queries import Shown

MINUTES_FROM = 180
"""From so many seconds on it is counted in minutes."""


@dataclass(frozen=True, slots=True)
class CaptionTrack:
    """Captions in one language."""

    language: str
    label: str
    url: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Player:
    """One player. ``begin_url`` and ``beat_url`` are empty for those whose playing is not counted."""

    shown: Shown
    title: str
    anchor: str
    length: str
    is_film: bool
    captions: list[CaptionTrack] = field(default_factory=list)
    paragraphs: tuple[Paragraph, ...] = ()
    words_language: str = ""
    begin_url: str = ""
    beat_url: str = ""
    position: str = ""
    seconds: str = ""
    is_watched: bool = False
    told: str = ""
    told_form: str = ""
    done: str = ""
    can_play: bool = True
    is_tall: bool = False


def player_for(
    shown: Shown, *, title: str, anchor: str, language: str, seen: Seen | None, can_play: bool, counts: bool
) -> Player:
    """The player for a reader. ``counts``: whether what is played is counted for them here."""
    is_film = shown.type == "video"
    words = shown.words_for(language)
    own = seen or Seen()
    form = _told_form(shown.seconds, is_film=is_film)
    return Player(
        shown=shown,
        title=title or shown.title,
        anchor=anchor,
        length=_length(shown.seconds),
        is_film=is_film,
        captions=_captions(shown, language) if is_film else [],
        paragraphs=words.paragraphs if words else (),
        words_language=words.language if words else "",
        begin_url=reverse("begin_playback", args=[shown.public_id]) if counts else "",
        beat_url=reverse("beat", args=[shown.public_id]) if counts else "",
        position=f"{own.position:.1f}" if 0 < own.position < shown.seconds - 5 else "",
        seconds=f"{shown.seconds:.1f}",
        is_watched=own.is_watched,
        told=form.replace("{seen}", str(_units(own.seconds, shown.seconds))),
        told_form=form,
        done=_("Watched. You can watch it again.") if is_film else _("Heard. You can listen to it again."),
        can_play=can_play,
        is_tall=shown.height > shown.width,
    )


def _captions(shown: Shown, language: str) -> list[CaptionTrack]:
    """The reader's language first; captions are on from the start."""
    names = dict(settings.LANGUAGES)
    languages = [words.language for words in shown.words if words.has_captions]
    chosen = language if language in languages else shown.language
    ordered = sorted(languages, key=lambda code: code != chosen)
    return [
        CaptionTrack(
            code, names.get(code, code), reverse("recording_file", args=[shown.public_id, f"captions.{code}.vtt"]),
            place == 0,
        )
        for place, code in enumerate(ordered)
    ]  # fmt: skip


def _units(seconds: float, whole: float) -> int:
    return int(seconds // 60) if whole >= MINUTES_FROM else int(seconds)


def _told_form(whole: float, *, is_film: bool) -> str:
    """What stands under the player, with ``{seen}`` where the number goes."""
    if whole >= MINUTES_FROM:
        told = {"seen": "{seen}", "all": math.ceil(whole / 60)}
        film = _("Watched: %(seen)s of %(all)d minutes. We count what you have really watched, also when you skip.")
        sound = _("Heard: %(seen)s of %(all)d minutes. We count what you have really heard, also when you skip.")
    else:
        told = {"seen": "{seen}", "all": round(whole)}
        film = _("Watched: %(seen)s of %(all)d seconds. We count what you have really watched, also when you skip.")
        sound = _("Heard: %(seen)s of %(all)d seconds. We count what you have really heard, also when you skip.")
    return (film if is_film else sound) % told


def _length(seconds: float) -> str:
    """A length as it is written in Norwegian: 2.04."""
    whole = round(seconds)
    return f"{whole // 60}.{whole % 60:02d}"
