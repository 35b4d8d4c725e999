"""Recordings with something to play: a film and an episode of four seconds, and blocks that show them."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Any

from lms.members.models import Member
from media.captions.reading import read_captions
from media.playback.services import begin_session, count_beat
from media.recordings.folders import begin_making, finish_making
from media.recordings.models import Recording
from media.recordings.services import save_captions, save_transcript

FIXTURE = Path(__file__).resolve().parent.parent / "media" / "fixtures" / "film"
SECONDS = 4.0
VTT = """WEBVTT

00:00.000 --> 00:02.000
<v Amina>Årsmøtet &amp; styret.

00:02.000 --> 00:03.900
Hvem bestemmer?
"""
FILM_FILES = {"folder": "m1", "hls": "hls/master.m3u8", "mp4": "film.mp4", "poster": "poster.jpg"}
EPISODE_FILES = {"folder": "m1", "mp3": "lyd.mp3", "poster": "poster.jpg"}


def make_film(title: str = "Valgt", *, words: bool = True, files: bool = True, **fields: Any) -> Recording:
    """A film of four seconds, with captions in bokmål unless told otherwise."""
    told = {"type": "video", "duration": SECONDS, "width": 160, "height": 90, "files": FILM_FILES}
    told |= {"seen_answer": Recording.Seen.SAID}
    return _make(title, words=words, files=files, told=told | fields)


def make_episode(title: str = "Den første uken", *, words: bool = True, files: bool = True, **fields: Any) -> Recording:
    """An episode of four seconds, with a transcript in bokmål unless told otherwise."""
    told = {"type": "audio", "duration": SECONDS, "files": EPISODE_FILES}
    return _make(title, words=words, files=files, told=told | fields)


def _make(title: str, *, words: bool, files: bool, told: dict[str, Any]) -> Recording:
    told.setdefault("state", Recording.State.READY)
    recording = Recording.objects.create(title=title, file=f"recordings/{uuid.uuid4()}.bin", **told)
    if files:
        work = begin_making(recording.public_id)
        shutil.copytree(FIXTURE, work, dirs_exist_ok=True)
        finish_making(work, "m1")
    if words and recording.type == "video":
        save_captions(recording=recording, language=recording.language, cues=read_captions(VTT).cues, by=None)
    elif words:
        save_transcript(recording=recording, language=recording.language, text="Første avsnitt.\n\nAndre.", by=None)
    return recording


def film_block(recording: Recording, *, title: str = "", key: str = "") -> dict[str, Any]:
    """A block that shows a film or an episode."""
    kind = "video" if recording.type == "video" else "episode"
    return {"type": kind, "id": key or str(uuid.uuid4()), "value": {"title": title, "recording": recording.pk}}


def play(member: Member, recording: Recording, *, until: float, clock: Any) -> None:
    """Play from the beginning at normal speed, in beats of ten seconds; ``clock`` is what the test can move."""
    session = begin_session(member=member, recording=recording)
    start = 0.0
    while start < until:
        end = min(start + 10, until)
        clock.tick(end - start)
        count_beat(member=member, recording=recording, session=session, start=start, end=end)
        start = end
