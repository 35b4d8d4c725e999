"""A certificate's own landscape: contour lines drawn from its number.

Pure: the same number gives the same lines on paper and on the check page, which helps the
eye; proof is the look-up and the seal. Measures are millimetres on an A4 sheet in landscape
format (297 x 210), y down.
"""

import math
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from operator import mul
from typing import TypeAlias

CENTRE = (212.0, 86.0)
RADIUS = 118.0
RINGS = 17
POINTS = 32
TONES = 8
SUMMIT = 2
"""Rings left out at the top, where the cairn stands."""

# waves around the summit: how many, and how far each may push a line out or in
_WAVES = ((2, 0.20), (3, 0.15), (4, 0.09), (5, 0.055), (7, 0.03))
_STEEPEST = 0.38
_FLATTENED = 0.82
_TABLE = [
    (math.cos(angle), math.sin(angle), [turn(waves * angle) for waves, _ in _WAVES for turn in (math.cos, math.sin)])
    for angle in (2 * math.pi * point / POINTS for point in range(POINTS))
]
# the frame with 3 mm to spare: a piece of line wholly outside is not drawn
_FRAME = (7.0, 7.0, 290.0, 203.0)
_VIEW = (102.0, 0.0, 292.0, 176.0)

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Point]
Curve: TypeAlias = tuple[float, ...]
Box: TypeAlias = tuple[float, float, float]
"""A line of text the landscape keeps away from: its right end, its top and its bottom."""


def rings(number: str) -> list[Ring]:
    """The closed contour lines of a number, the innermost first, as points on a smooth curve."""
    dice = [byte / 255 for byte in sha256(number.upper().encode()).digest()]
    swings = [most * (0.45 + 0.9 * dice[5 + wave]) for wave, (_, most) in enumerate(_WAVES)]
    # lines of one hill never cross: all waves together stay under this part of the distance to the summit
    calm = min(1.0, _STEEPEST / sum(swings))
    twist = (dice[11] - 0.5) * 0.6
    drift = (dice[12] - 0.5) * RADIUS * 0.20, (dice[13] - 0.5) * RADIUS * 0.15
    out = []
    for ring in range(RINGS):
        height = (ring + 0.55) / RINGS
        swell = calm * height**0.6
        parts = []
        for wave, swing in enumerate(swings):
            turn = dice[wave] * 2 * math.pi + twist * (1 - height) * (wave + 1)
            parts += [swell * swing * math.cos(turn), -swell * swing * math.sin(turn)]
        out.append(_ring(RADIUS * height**0.92, parts, (drift[0] * height**2, drift[1] * height**2)))
    return out


def _ring(radius: float, parts: list[float], drift: Point) -> Ring:
    """One line: a circle pushed out and in by five waves (cosines of sums, from a table)."""
    x, y = CENTRE[0] + drift[0], CENTRE[1] + drift[1]
    ring = []
    for cos, sin, waves in _TABLE:
        out = radius * (1 + sum(map(mul, parts, waves)))
        ring.append((x + out * cos, y + out * _FLATTENED * sin))
    return ring


def _step(start: float, end: float, value: float) -> float:
    """0 before start, 1 after end, smooth between."""
    part = max(0.0, min(1.0, (value - start) / (end - start)))
    return part * part * (3 - 2 * part)


def fade(x: float, y: float) -> float:
    """How strong a line is at a place on the sheet: nothing under the words, the signatures and the code."""
    words, code = _step(118, 138, y), 9 * _step(232, 246, x)
    return 0.85 * _step(140 + 52 * words, 212 + 16 * words, x) * (1 - _step(148 - code, 165 - code, y))


@cache
def _sheet() -> list[list[float]]:
    """fade() in tones for every cell of 2 mm the lines can reach, negative outside the frame; made once a process."""
    left, top, right, bottom = _FRAME
    return [
        [fade(x, y) * (TONES if left < x < right and top < y < bottom else -TONES) for x in range(-99, 521, 2)]
        for y in range(-149, 321, 2)
    ]


def _strength(x: float, y: float, clear: Sequence[Box]) -> float:
    """The tone 0-8 a line has at a place, negative outside the frame; faint towards text to keep clear of."""
    tone = _sheet()[int(y / 2 + 75)][int(x / 2 + 50)]
    for right, top, bottom in clear:
        if tone and x < right + 30:
            away = max(top - y, y - bottom)
            tone *= max(_step(4, 14, away), _step(right + 4, right + 30, x))
    return tone


def strokes(number: str, *, clear: Sequence[Box] = (), first: int = SUMMIT) -> dict[int, list[list[float]]]:
    """The landscape on paper: for each tone 1-8, curves as x, y and then six numbers for each Bézier piece.

    `first` is the innermost ring drawn: 0 when no cairn stands on the summit.
    """
    out: dict[int, list[list[float]]] = {}
    for order, ring in enumerate(rings(number)[first:]):
        last, share = 0, 1 - 0.022 * order
        for start, end, piece in _pieces(ring, clear):
            # a piece that ends in the clear is left out: no line reaches towards a text
            tone = round((abs(start) + abs(end)) / 2 * share) if abs(start) > 0.05 < abs(end) else 0
            if tone and tone != last:
                out.setdefault(tone, []).append([*piece])
            elif tone:
                out[tone][-1] += piece[2:]
            last = tone
    return out


def _pieces(ring: Ring, clear: Sequence[Box]) -> Iterator[tuple[float, float, Curve]]:
    """A ring as (strength at the start, at the end, curve), halved where the strength changes."""
    strengths = [_strength(x, y, clear) for x, y in ring]
    if max(strengths) <= 0:
        return
    before, after, beyond = [ring[-1], *ring], [*ring[1:], ring[0]], [*ring[2:], *ring[:2]]
    ends = [*strengths[1:], strengths[0]]
    for start, end, (x0, y0), (x1, y1), (x2, y2), (x3, y3) in zip(
        strengths, ends, before, ring, after, beyond, strict=False
    ):
        if start <= 0 and end <= 0:
            yield 0.0, 0.0, ()
            continue
        ax, ay = x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6
        bx, by = x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6
        if -1 < abs(start) - abs(end) < 1:
            yield start, end, (x1, y1, ax, ay, bx, by, x2, y2)
            continue
        mx, my = (x1 + 3 * ax + 3 * bx + x2) / 8, (y1 + 3 * ay + 3 * by + y2) / 8
        half = _strength(mx, my, clear)
        cx, cy = (ax + bx) / 4, (ay + by) / 4
        yield start, half, (x1, y1, (x1 + ax) / 2, (y1 + ay) / 2, x1 / 4 + ax / 4 + cx, y1 / 4 + ay / 4 + cy, mx, my)
        yield half, end, (mx, my, x2 / 4 + bx / 4 + cx, y2 / 4 + by / 4 + cy, (bx + x2) / 2, (by + y2) / 2, x2, y2)


def pdf_paths(number: str, *, clear: Sequence[Box] = (), first: int = SUMMIT) -> list[tuple[int, str]]:
    """(tone, PDF path operators in 1/32 mm), faint to strong: whole numbers are short and quick to write."""
    paths = []
    for tone, curves in sorted(strokes(number, clear=clear, first=first).items()):
        parts = []
        for curve in curves:
            shape = "%d %d m" + " %d %d %d %d %d %d c" * (len(curve) // 6)
            parts.append(shape % tuple([number * 32 for number in curve]))
        paths.append((tone, " ".join(parts)))
    return paths


def svg_paths(number: str, *, first: int = SUMMIT) -> list[tuple[str, int]]:
    """(path data in mm, tone 8-5) for the check page, viewBox "106 4 182 168": the same lines, none faded.

    At most 8 KB: relative smooth pieces, whose first handle mirrors the last one, in tenths of a mm.
    """
    paths: dict[int, str] = {}
    for order, ring in enumerate(rings(number)[first:]):
        tone = round(TONES * (1 - 0.022 * order))
        paths[tone] = paths.get(tone, "") + _svg_ring(ring)
    return [(path, tone) for tone, path in paths.items()]


def _svg_ring(ring: Ring) -> str:
    """The part of one ring that the check page shows."""
    seen = [_VIEW[0] < x < _VIEW[2] and _VIEW[1] < y < _VIEW[3] for x, y in ring]
    start = seen.index(False) if False in seen else 0
    path, drawing = "", False
    for at in range(start, start + POINTS):
        here, there = ring[at % POINTS], ring[(at + 1) % POINTS]
        if not (seen[at % POINTS] or seen[(at + 1) % POINTS]):
            drawing = False
            continue
        before, after = ring[(at - 1) % POINTS], ring[(at + 2) % POINTS]
        x, y = round(here[0] * 10), round(here[1] * 10)
        end = round(there[0] * 10) - x, round(there[1] * 10) - y
        handle = end[0] - round((after[0] - here[0]) / 0.6), end[1] - round((after[1] - here[1]) / 0.6)
        if drawing:
            path += _tenths("s", *handle, *end)
        else:
            first = round((there[0] - before[0]) / 0.6), round((there[1] - before[1]) / 0.6)
            path += _tenths("M", x, y) + _tenths("c", *first, *handle, *end)
        drawing = True
    return path


def _tenths(letter: str, *numbers: int) -> str:
    """A path command with numbers given in tenths, written as short as SVG allows."""
    out = letter
    for number in numbers:
        text = f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"
        out += text if text[0] == "-" or out == letter else f" {text}"
    return out
