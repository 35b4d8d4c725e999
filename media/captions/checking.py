"""Checking captions before they are taken in."""

from __future__ import annotations

from collections.abc import Sequence

from media.captions.cues import Cue, Fault, clock

GRACE_SECONDS = 1.0
"""How far the last caption may reach past the end: players stop a little early."""
MOST_TOLD = 5
"""So many faults are told at once; the rest are usually the same one again."""


def check(cues: Sequence[Cue], *, duration: float | None = None) -> list[Fault]:
    """What is wrong with the cues: times that run backwards, out of order or past the end, cues without words."""
    faults: list[Fault] = []
    if not cues:
        return [Fault(0, "empty")]
    before = 0.0
    for cue in cues:
        if cue.end <= cue.start:
            faults.append(Fault(cue.line, "backwards"))
        elif cue.start < before:
            faults.append(Fault(cue.line, "order"))
        elif duration and cue.end > duration + GRACE_SECONDS:
            faults.append(Fault(cue.line, "after the end", clock(duration)))
        elif not cue.plain:
            faults.append(Fault(cue.line, "silent"))
        before = max(before, cue.start)
    return faults
