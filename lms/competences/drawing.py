"""The competence map as a drawing: one bar for each area, as pure geometry. The list beside it says the same.

A bar is as long as the mean of the proven levels in an area; a mark shows where the office would
have one. Own view is not drawn: it stands apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, LEVELS = 340, 52, 4
LEFT, RIGHT = 2, 338


@dataclass(frozen=True, slots=True)
class Reached:
    """One area: its name, the mean of the levels in it, and of the levels that are needed (None: nothing is)."""

    title: str
    level: float
    needed: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name and its figure, where it lies, how long it is, and where the mark stands."""

    title: str
    figure: str
    text_y: int
    y: int
    width: float
    mark: float | None


@dataclass(frozen=True, slots=True)
class Bars:
    """The whole drawing."""

    width: int
    height: int
    left: int
    full: int
    ticks: tuple[float, ...]
    bars: tuple[Bar, ...]


def bars(areas: Sequence[Reached], *, comma: bool = True) -> Bars:
    """The bars of some areas, in their order. ``comma``: figures are written 2,5."""
    span = RIGHT - LEFT
    drawn = []
    for place, area in enumerate(areas):
        top = place * ROW
        figure = f"{area.level:.1f}"
        drawn.append(
            Bar(
                area.title,
                figure.replace(".", ",") if comma else figure,
                top + 18,
                top + 26,
                round(span * _within(area.level) / LEVELS, 1),
                None if area.needed is None else round(LEFT + span * _within(area.needed) / LEVELS, 1),
            )
        )
    ticks = tuple(round(LEFT + span * level / LEVELS, 1) for level in range(1, LEVELS))
    return Bars(WIDTH, max(1, len(areas)) * ROW, LEFT, span, ticks, tuple(drawn))


def mean(levels: Sequence[int]) -> float:
    """The mean of levels, 0 of none, to one decimal."""
    return round(sum(levels) / len(levels), 1) if levels else 0.0


def _within(level: float) -> float:
    return min(float(LEVELS), max(0.0, level))
