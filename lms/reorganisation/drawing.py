"""Who became whom, as bands from left to right: pure geometry that a template turns into SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

NARROW, WIDE = 400, 900
"""Width of the drawing in its own units: on a phone, and across a wide page."""
BAR, GAP, LEAST = 6, 18, 14
"""In the same units: a bar's width, air between bars, and the least height of a bar."""


@dataclass(frozen=True, slots=True)
class End:
    """One unit on the left or the right: its bar, and its name beside it."""

    name: str
    number: int
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        """Where the name stands."""
        return round(self.y + self.height / 2, 1)


@dataclass(frozen=True, slots=True)
class Band:
    """How many go from one to the other; ``is_same``: the unit goes on under its name."""

    path: str
    source: str
    target: str
    number: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class Flows:
    """The whole drawing."""

    left: list[End]
    right: list[End]
    bands: list[Band]
    height: float
    width: int

    @property
    def inner(self) -> int:
        """Where the names on the right end: a little inside their bars."""
        return self.width - BAR - 7


def flows(ways: Iterable[tuple[str, str, int]], *, width: int = NARROW, tall: int = 280) -> Flows:
    """Bands for (from, to, number). Bars are as high as their numbers, never lower than a name needs.

    The right side is laid so that bands cross as little as a simple order allows: by where they come from.
    """
    rows = [(source, target, max(number, 0)) for source, target, number in ways]
    out: dict[str, int] = defaultdict(int)
    into: dict[str, int] = defaultdict(int)
    weight: dict[str, float] = defaultdict(float)
    for source, target, number in rows:
        out[source] += number
        into[target] += number
    place = {name: at for at, name in enumerate(out)}
    for source, target, number in rows:
        weight[target] += place[source] * (number or 1) / (into[target] or 1)
    unit = min(tall, 48 * max(len(out), len(into))) / max(sum(out.values()), 1)
    left = _bars(out, unit, 0)
    right = _bars({name: into[name] for name in sorted(into, key=lambda n: weight[n])}, unit, width - BAR)
    bands = _bands(rows, {end.name: end for end in left}, {end.name: end for end in right}, width)
    height = max((end.y + end.height for end in (*left, *right)), default=0)
    return Flows(left, right, bands, round(height + 2, 1), width)


def at_both_widths(ways: Iterable[tuple[str, str, int]]) -> list[Flows]:
    """The same drawing for a phone and for a wide page; the page shows the one that fits."""
    rows = list(ways)
    return [flows(rows), flows(rows, width=WIDE)]


def _bars(numbers: dict[str, int], unit: float, x: float) -> list[End]:
    found, y = [], 2.0
    for name, number in numbers.items():
        height = max(number * unit, LEAST)
        found.append(End(name, number, x, round(y, 1), round(height, 1)))
        y += height + GAP
    return found


def _bands(rows: list[tuple[str, str, int]], left: dict[str, End], right: dict[str, End], width: int) -> list[Band]:
    taken: dict[tuple[str, str], float] = defaultdict(float)
    order = {name: at for at, name in enumerate(right)}
    found = []
    for source, target, number in sorted(rows, key=lambda row: (list(left).index(row[0]), order[row[1]])):
        one, other = left[source], right[target]
        high_left, high_right = (end.height * (number / end.number if end.number else 1) for end in (one, other))
        top_left, top_right = one.y + taken["left", source], other.y + taken["right", target]
        taken["left", source] += high_left
        taken["right", target] += high_right
        path = _path(top_left, high_left, top_right, high_right, width)
        found.append(Band(path, source, target, number, source == target))
    return found


def _path(top_left: float, high_left: float, top_right: float, high_right: float, width: int) -> str:
    """A band with level ends: along the upper edge, down, and back along the lower."""
    x0, x1 = BAR, width - BAR
    bend0, bend1 = x0 + (x1 - x0) * 0.45, x0 + (x1 - x0) * 0.55
    a, b, c, d = (f"{y:.1f}" for y in (top_left, top_right, top_right + high_right, top_left + high_left))
    there = f"M{x0} {a}C{bend0:.0f} {a} {bend1:.0f} {b} {x1} {b}"
    return f"{there}V{c}C{bend1:.0f} {c} {bend0:.0f} {d} {x0} {d}Z"
