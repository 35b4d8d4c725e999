"""Writing captions: WebVTT for the player, and the transcript for those who read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from media.captions.cues import Cue, clock

PAUSE_SECONDS = 1.5
LONG = 420
"""Letters after which a paragraph ends at the next full stop."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of a transcript: who says it (when that is new), what, and from which second."""

    start: float
    speaker: str
    text: str


def write_vtt(cues: Iterable[Cue]) -> str:
    """The cues as a WebVTT file. What is not a cue (styles, regions, notes) is left behind."""
    blocks = ["WEBVTT"]
    for number, cue in enumerate(cues, start=1):
        times = f"{clock(cue.start)} --> {clock(cue.end)}" + (f" {cue.settings}" if cue.settings else "")
        blocks.append(f"{number}\n{times}\n{cue.text}")
    return "\n\n".join(blocks) + "\n"


def transcript(cues: Sequence[Cue]) -> list[Paragraph]:
    """The words as running text: a new paragraph where somebody else speaks, after a pause, or when it grows long."""
    found: list[Paragraph] = []
    words: list[str] = []
    speaker, start, end = "", 0.0, 0.0
    shown = ""
    for cue in cues:
        text = cue.plain
        if not text:
            continue
        said_by = cue.speaker or speaker
        length = sum(map(len, words))
        is_new = said_by != speaker or cue.start - end > PAUSE_SECONDS
        if words and (is_new or (length > LONG and words[-1][-1:] in ".?!…")):
            found.append(Paragraph(start, speaker if speaker != shown else "", " ".join(words)))
            shown, words = speaker, []
        if not words:
            start = cue.start
        words.append(text)
        speaker, end = said_by, cue.end
    if words:
        found.append(Paragraph(start, speaker if speaker != shown else "", " ".join(words)))
    return found
