"""Reads about recordings: what a page shows of one, kept until it changes; and how an upload stands."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.urls import reverse

from lms.jobs.models import Job
from lms.members.models import Member
from media.captions.reading import read_captions
from media.captions.writing import Paragraph, transcript
from media.recordings.models import TRANSCODING, Recording, Track
from media.recordings.words import refusal_in_words

KEPT_SECONDS = 24 * 3600
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a recording in one language: whether the player can show them, and as running text."""

    language: str
    has_captions: bool
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A recording as a page shows it. Addresses only of files that are there."""

    id: int
    public_id: uuid.UUID
    title: str
    type: str
    language: str
    seconds: float
    width: int
    height: int
    seen: str
    is_open: bool
    hls: str = ""
    mp4: str = ""
    mp3: str = ""
    poster: str = ""
    words: tuple[Words, ...] = ()

    def words_for(self, language: str) -> Words | None:
        """The words in a language, else in the language spoken, else in any."""
        by_language = {words.language: words for words in self.words}
        return by_language.get(language) or by_language.get(self.language) or next(iter(self.words), None)


def _cache_key(recording_id: int) -> str:
    return f"recording:{_VERSION}:{recording_id}"


def shown_recordings(ids: Iterable[int]) -> dict[int, Shown]:
    """What pages show of these recordings; those without anything to play are left out. Warm: no query."""
    wanted = {_cache_key(pk): pk for pk in ids}
    found: dict[int, Shown] = {wanted[key]: shown for key, shown in cache.get_many(wanted).items()}
    missing = [pk for pk in wanted.values() if pk not in found]
    if missing:
        rows = Recording.objects.filter(pk__in=missing).prefetch_related("tracks")
        read = {row.pk: _shown(row) for row in rows if row.is_playable}
        cache.set_many({_cache_key(pk): shown for pk, shown in read.items()}, KEPT_SECONDS)
        found |= read
    return found


def forget_recording(recording_id: int) -> None:
    """Drop what is kept of a recording: it, or its words, changed."""
    cache.delete(_cache_key(recording_id))


def _shown(row: Recording) -> Shown:
    addresses = {kind: row.address_of(row.files.get(kind, "")) for kind in ("hls", "mp4", "mp3", "poster")}
    return Shown(
        id=row.pk, public_id=row.public_id, title=row.title, type=row.type, language=row.language,
        seconds=row.duration, width=row.width or 16, height=row.height or 9, seen=row.seen,
        is_open=row.access == Recording.Access.EVERYONE, words=_words(list(row.tracks.all())), **addresses,
    )  # fmt: skip


def _words(tracks: list[Track]) -> tuple[Words, ...]:
    """Per language: a written transcript goes before one drawn from the captions."""
    languages = dict.fromkeys(track.language for track in tracks)
    found = []
    for language in languages:
        own = {track.kind: track for track in tracks if track.language == language}
        captions, written = own.get(Track.Kind.CAPTIONS), own.get(Track.Kind.TRANSCRIPT)
        paragraphs = (
            [Paragraph(0, "", " ".join(part.split())) for part in written.text.split("\n\n") if part.strip()]
            if written
            else transcript(read_captions(captions.text).cues)
            if captions
            else []
        )
        found.append(Words(language, captions is not None, tuple(paragraphs)))
    return tuple(found)


# ---- what an editor is told --------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Standing:
    """How an upload stands: in a word, why, and where its progress is shown."""

    state: str
    word: str
    reason: str = ""
    job_url: str = ""
    can_retry: bool = False


def standing_of(recording: Recording, *, to: Member) -> Standing:
    """How an upload stands, with the job's progress for the one who asked for it."""
    job = Job.objects.filter(key__startswith=f"{TRANSCODING}:{recording.public_id}:").order_by("-pk").first()
    state = recording.state
    has_stopped = job is not None and job.state in (Job.State.FAILED, Job.State.CANCELLED)
    if has_stopped and state == Recording.State.PROCESSING:
        state = Recording.State.REFUSED
    reason = refusal_in_words(recording.refusal or "failed") if state == Recording.State.REFUSED else ""
    is_mine = job is not None and job.created_by_id == to.pk and not job.is_over
    word = str(dict(Recording.State.choices)[state])
    return Standing(
        state, word, reason, reverse("job", args=[job.public_id]) if job and is_mine else "", state == "refused"
    )
