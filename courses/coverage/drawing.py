"""A trend as a line: pure geometry that a template turns into SVG. Months that are hidden leave a gap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT, TOP, FOOT = 34, 62, 18, 26


@dataclass(frozen=True, slots=True)
class Mark:
    """A text in the drawing, and where."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The line, its years, its scale, its last value, and the goal if there is one."""

    name: str
    width: int
    height: int
    paths: tuple[str, ...]
    years: tuple[Mark, ...]
    scale: tuple[Mark, ...]
    end: Mark | None
    goal: Mark | None
    left: int = LEFT

    @property
    def right(self) -> int:
        """Where the ground ends."""
        return self.width - RIGHT

    @property
    def foot(self) -> int:
        """Where the ground lies."""
        return self.height - FOOT


def at_both_widths(points: Sequence[tuple[dt.date, float | None]], *, goal: int | None = None) -> list[Chart]:
    """The same trend for a wide page and for a phone."""
    return [chart("wide", points, (900, 260), goal=goal), chart("narrow", points, (360, 220), goal=goal)]


def chart(
    name: str, points: Sequence[tuple[dt.date, float | None]], size: tuple[int, int], *, goal: int | None = None
) -> Chart:
    """One drawing of (month, share in percent), the oldest first."""
    width, height = size
    top = _ceiling([share for _, share in points if share is not None], goal)
    first, last = (points[0][0], points[-1][0]) if points else (dt.date.min, dt.date.min)
    span = max(1, (last - first).days)

    def x(day: dt.date) -> float:
        return round(LEFT + (day - first).days / span * (width - LEFT - RIGHT), 1)

    def y(share: float) -> float:
        return round(height - FOOT - share / top * (height - TOP - FOOT), 1)

    placed = [(x(day), None if share is None else y(share)) for day, share in points]
    ends = [(day, share) for day, share in points if share is not None]
    years = [dt.date(year, 1, 1) for year in range(first.year + 1, last.year + 1)] if points else []
    return Chart(
        name=name,
        width=width,
        height=height,
        paths=tuple(_paths(placed)),
        years=tuple(Mark(x(day), height - 6, str(day.year)) for day in years),
        scale=tuple(Mark(LEFT - 6, y(share), str(share)) for share in (0, top // 2, top)),
        end=Mark(x(ends[-1][0]), y(ends[-1][1]), f"{round(ends[-1][1])}") if ends else None,
        goal=Mark(width - RIGHT, y(goal), str(goal)) if goal is not None else None,
    )


def _ceiling(shares: Sequence[float], goal: int | None) -> int:
    """The top of the scale: a round number that everything fits under, so that a small change is seen."""
    most = max([*shares, goal or 0], default=0)
    return next(top for top in (10, 20, 40, 60, 80, 100) if most <= top)


def _paths(placed: Sequence[tuple[float, float | None]]) -> list[str]:
    """One path for each stretch of months that are shown; a single month is a dot."""
    stretches: list[list[tuple[float, float]]] = [[]]
    for x, y in placed:
        if y is None:
            stretches.append([])
        else:
            stretches[-1].append((x, y))
    return [_path(stretch) for stretch in stretches if stretch]


def _path(stretch: list[tuple[float, float]]) -> str:
    first, *rest = stretch
    return f"M{first[0]} {first[1]}" + ("".join(f"L{x} {y}" for x, y in rest) or f"L{first[0]} {first[1]}")
