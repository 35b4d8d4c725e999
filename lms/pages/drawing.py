"""The lines of the marked trail: pure geometry that the templates turn into SVG.

The walk as one progress line, and a course as a row of marks with a curve from each to the next.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# The three stones of the cairn in a 32 x 32 box, the lowest first: one for each level.
STONES = (
    "M3.6 28.4 4.7 22.9 11.4 21.4 26.3 22 28.6 28.4Z",
    "M8.3 19.4 6.4 14.2 15.2 12.3 25.7 13.4 24.6 19.7 15.8 19.1Z",
    "M12.2 10.4 11.3 6 14.9 2.9 20.3 4 21 10.1 16.6 9.8Z",
)

# Where a mark stands across the rail, in hundredths of its width.
PLACES = {"left": 26, "middle": 50, "right": 74}


@dataclass(frozen=True)
class Way:
    """A walk drawn as one line: solid as far as one has come, dotted from there."""

    width: int
    walked: str
    ahead: str
    x: float
    y: float
    is_done: bool


def _height(x: float, width: int) -> float:
    """How high the path lies at x: a calm rise and fall, never the same at both ends."""
    return 10 + 4.5 * math.sin(2 * math.pi * x / (0.78 * width) + 0.1)


def _slope(x: float, width: int) -> float:
    turn = 2 * math.pi / (0.78 * width)
    return 4.5 * turn * math.cos(turn * x + 0.1)


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _curve(start: float, end: float, width: int) -> str:
    """The path from start to end in as few cubic segments as keep its shape."""
    if end - start < 0.5:
        return ""
    pieces = max(1, math.ceil((end - start) / (0.2 * width)))
    step = (end - start) / pieces
    path = f"M{_short(start)} {_short(_height(start, width))}"
    for i in range(pieces):
        a, b = start + i * step, start + (i + 1) * step
        points = (
            a + step / 3, _height(a, width) + _slope(a, width) * step / 3,
            b - step / 3, _height(b, width) - _slope(b, width) * step / 3,
            b, _height(b, width),
        )  # fmt: skip
        path += "C" + " ".join(map(_short, points))
    return path


def way(done: int, total: int, width: int = 420) -> Way:
    """The line for ``done`` of ``total`` steps; outside the limits it stops at the end it passed."""
    share = min(1.0, max(0.0, done / total)) if total > 0 else 0.0
    first, last = 12.0, width - 12.0
    here = first + share * (last - first)
    return Way(
        width=width,
        walked=_curve(first, here, width),
        ahead=_curve(here, last, width),
        x=round(here, 1),
        y=round(_height(here, width), 1),
        is_done=share >= 1,
    )


def _bend(start: int, end: int) -> str:
    """One row's curve, from this mark down to the next: straight down at both ends."""
    return f"M{start} 0V100" if start == end else f"M{start} 0C{start} 50 {end} 50 {end} 100"


# Every curve a trail can need, named by its two sides ("lr": from left to right). Drawn once per page.
CURVES = {a[0] + b[0]: _bend(x, y) for a, x in PLACES.items() for b, y in PLACES.items()}


def curves_between(sides: Sequence[str]) -> list[str]:
    """For each mark the name of the curve to the next one; the last mark has none."""
    return [a[0] + b[0] for a, b in pairwise(sides)] + [""] if sides else []


@dataclass(frozen=True)
class Stop:
    """Where a level stands on the front page's map: its cairn, how large, and its words."""

    x: int
    y: int
    scale: float
    text_x: int
    anchor: str = "start"

    @property
    def corner(self) -> str:
        """The upper left corner of the cairn's 32-box, so that the cairn stands on the place."""
        return f"{_short(self.x - 16 * self.scale)} {_short(self.y - 18.7 * self.scale)}"

    @property
    def radius(self) -> int:
        """How much of the ground is cleared around the cairn."""
        return round(17 * self.scale + 5)


@dataclass(frozen=True)
class Map:
    """One sheet of the front page's map. The ground is a symbol in map.svg; the trail is drawn on the page."""

    name: str
    size: str
    trail: str
    stops: tuple[Stop, ...]


MAPS = (
    Map(
        "wide",
        "0 0 900 640",
        "M196 640C203 628 214 581 236 566C258 551 307 563 330 548C353 533 372 500 372 478C372 456 326 438 330 418"
        "C334 398 370 368 398 360C426 352 473 378 500 372C527 366 557 340 560 322C563 304 519 281 520 262"
        "C521 243 546 220 566 208C586 196 628 193 640 190",
        (Stop(330, 515, 1.82, 367), Stop(500, 345, 2.14, 542), Stop(640, 156, 2.46, 687)),
    ),
    Map(
        "narrow",
        "0 0 430 400",
        "M70 400C74 392 79 363 92 352C105 341 137 347 150 336C163 325 172 301 168 286C164 271 128 260 128 246"
        "C128 232 150 210 168 204C186 198 221 214 238 208C255 202 268 181 270 168C272 155 247 139 250 128"
        "C253 117 283 108 290 104",
        (Stop(150, 315, 1.82, 187), Stop(176, 188, 2.14, 218), Stop(290, 78, 2.46, 243, "end")),
    ),
)


@dataclass(frozen=True)
class Node:
    """One mark: a module, a step or the test, where it stands and how the path leaves it."""

    kind: str  # "module", "step" or "test"
    item: Any
    side: str
    curve: str = ""
    ends_module: bool = False


def nodes(course: Any) -> list[Node]:
    """Modules, their steps and the test as one row of marks.

    Steps that do not say where they stand swing from right to left and back.
    """
    found: list[Node] = []
    for module in course.modules:
        found.append(Node("module", module, "middle"))
        steps = list(module.steps)
        for i, step in enumerate(steps):
            side = getattr(step, "side", "")
            side = side if side in PLACES else ("right", "left")[i % 2]
            found.append(Node("step", step, side, ends_module=i == len(steps) - 1))
    if getattr(course, "test", None):
        found.append(Node("test", course.test, "middle"))
    curves = curves_between([node.side for node in found])
    return [
        Node(node.kind, node.item, node.side, curve, node.ends_module)
        for node, curve in zip(found, curves, strict=True)
    ]
