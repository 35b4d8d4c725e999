"""The demo's films and episodes, ready-made: copied into place, neither synthesised nor transcoded.

Each folder of ``media/`` holds one recording with its words; ``recording.toml`` says of which
lesson it is. ``scripts/make_films`` makes them.
"""

from __future__ import annotations

import shutil
import tomllib
import uuid
from pathlib import Path
from typing import Any

from django.core.files.base import File

from media.captions.reading import read_captions
from media.recordings.folders import begin_making, finish_making, remove_all
from media.recordings.models import Recording
from media.recordings.services import save_captions, save_transcript

MEDIA = Path(__file__).resolve().parent / "media"
MAKING = "demo"
_SPACE = uuid.UUID("6f3b7f9e-2a55-4c1c-8a51-3a8f3f1f4d20")
Block = dict[str, Any]


def load_recordings() -> dict[str, list[Block]]:
    """Every recording of the demo, with its words; lesson key → the blocks that show them, films first."""
    blocks: dict[str, list[Block]] = {}
    told = [(path.parent, tomllib.loads(path.read_text("utf-8"))) for path in sorted(MEDIA.glob("*/recording.toml"))]
    for folder, facts in sorted(told, key=lambda pair: pair[1]["kind"] != "video"):
        recording = _load(folder, facts)
        kind = "video" if facts["kind"] == "video" else "episode"
        block = {
            "type": kind,
            "id": str(uuid.uuid5(_SPACE, facts["key"])),
            "value": {"title": "", "recording": recording.pk},
        }
        blocks.setdefault(facts["lesson"], []).append(block)
    return blocks


def with_recordings(body: list[Block], played: list[Block]) -> list[Block]:
    """The body of a lesson with its film after the first text, and its episode after the second."""
    texts = [place for place, block in enumerate(body) if block["type"] == "text"]
    found = list(body)
    for number, block in reversed(list(enumerate(played))):
        after = texts[min(number, len(texts) - 1)] + 1 if texts else 0
        found.insert(after, block)
    return found


def _load(folder: Path, facts: dict[str, Any]) -> Recording:
    is_film = facts["kind"] == "video"
    public_id = uuid.uuid5(_SPACE, f"recording:{facts['key']}")
    remove_all(public_id)  # what an interrupted load left
    recording = Recording(
        public_id=public_id,
        title=facts["title"],
        type=facts["kind"],
        language=facts["language"],
        duration=facts["seconds"],
        width=1280 if is_film else None,
        height=720 if is_film else None,
        seen_answer=Recording.Seen.WRITTEN if is_film else Recording.Seen.NOTHING,
        seen=facts["seen"] if is_film else "",
        state=Recording.State.READY,
        files=_files(facts),
    )
    source = folder / facts["source"]
    with source.open("rb") as file:
        recording.file.save(source.name, File(file), save=False)
    recording.save()
    _copy(folder, facts, public_id)
    captions = read_captions((folder / facts["captions"]).read_text("utf-8"))
    save_captions(recording=recording, language=facts["language"], cues=captions.cues, by=None)
    words = (folder / facts["transcript"]).read_text("utf-8")
    save_transcript(recording=recording, language=facts["language"], text=words, by=None)
    return recording


def _files(facts: dict[str, Any]) -> dict[str, str]:
    """What can be played of it, as ``Recording.files`` lists it."""
    if facts["kind"] == "video":
        return {"folder": MAKING, "hls": facts["hls"], "mp4": "film.mp4", "poster": "poster.jpg"}
    return {"folder": MAKING, "mp3": "lyd.mp3", "poster": "poster.jpg"}


def _copy(folder: Path, facts: dict[str, Any], public_id: uuid.UUID) -> None:
    """Into the private folder, whole."""
    work = begin_making(public_id)
    if facts["kind"] == "video":
        shutil.copytree(folder / Path(facts["hls"]).parent, work / "hls")
    shutil.copyfile(folder / facts["source"], work / _files(facts).get("mp4", "lyd.mp3"))
    shutil.copyfile(folder / facts["poster"], work / "poster.jpg")
    finish_making(work, MAKING)
