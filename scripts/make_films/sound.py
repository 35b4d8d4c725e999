"""The sounds around the voice: a soft ground, a plucked note where a scene begins, a stone laid down.

All are sums of sines and a little filtered noise, made here, so no licence but our own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from timeline import Timeline, speech

RATE = 44100
D, E, A, B, FIS = 146.83, 164.81, 220.0, 246.94, 185.0
CHORDS = ((D, A, 2 * E), (D, FIS * 2, B), (E, B, 2 * D), (D, A, 2 * FIS))
TUNE = ((0.25, 2 * D), (0.62, 2 * A), (0.99, 2 * E), (1.55, 2 * FIS))


def pluck(pitch: float, seconds: float = 1.8) -> Any:
    """A soft wooden note."""
    t = np.arange(int(seconds * RATE)) / RATE
    wave = sum(
        level * np.sin(2 * np.pi * pitch * n * t) * np.exp(-t * fall)
        for n, level, fall in ((1, 1.0, 3.2), (2, 0.22, 6.0), (3.9, 0.10, 14.0))
    )
    return wave * np.minimum(1, t / 0.006)


def stone() -> Any:
    """One stone set on another."""
    t = np.arange(int(0.35 * RATE)) / RATE
    rng = np.random.default_rng(7)
    noise = np.convolve(rng.standard_normal(len(t)), np.hanning(90) / 45, "same")
    return (np.sin(2 * np.pi * 132 * t) * np.exp(-t * 26) + 0.7 * noise * np.exp(-t * 60)) * np.minimum(1, t / 0.002)


def pad(chord: tuple[float, ...], seconds: float) -> Any:
    """A ground that breathes in and out."""
    t = np.arange(int(seconds * RATE)) / RATE
    wave = sum(
        np.sin(2 * np.pi * f * t + i) * (0.8 + 0.2 * np.sin(2 * np.pi * (0.11 + 0.03 * i) * t))
        for i, f in enumerate(chord)
    )
    edge = 1.6
    return wave / len(chord) * np.clip(t / edge, 0, 1) * np.clip((seconds - t) / edge, 0, 1)


def lay(total: Any, wave: Any, when: float, level: float) -> None:
    """Add a sound to the whole."""
    first = max(int(when * RATE), 0)
    wave = wave[: len(total) - first]
    total[first : first + len(wave)] += wave * level


def mix(line: Timeline, stones: tuple[float, ...] = ()) -> Any:
    """Voice and surroundings, mono, at 44 100 a second; the level is set afterwards."""
    total = speech(line)
    total /= np.max(np.abs(total))
    for when, pitch in TUNE:
        lay(total, pluck(pitch), when, 0.10)
    starts = [line.scene(name) for name in line.scenes()] if line.data["kind"] == "video" else []
    edges = [0.0, *(start - 0.35 for start in starts), line.length]
    if starts:
        for i, (first, after) in enumerate(pairwise(edges)):
            lay(total, pad(CHORDS[i % len(CHORDS)], min(after + 1.2, line.length) - first), first, 0.013)
        for i, start in enumerate(starts[1:]):
            lay(total, pluck(2 * CHORDS[i % len(CHORDS)][0]), start - 0.45, 0.045)
    else:
        lay(total, pad(CHORDS[0], 4.4), 0, 0.05)
        for when, pitch in TUNE[:3]:
            lay(total, pluck(pitch), line.length - 2.2 + when, 0.10)
        lay(total, pad(CHORDS[3], 3.0), line.length - 3.0, 0.05)
    for when in stones:
        lay(total, stone(), when, 0.16)
    return total
