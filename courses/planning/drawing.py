"""The way of a plan as a height profile: pure geometry that a template turns into SVG and a document into print.

It rises from the first day to the last. What is walked is filled, each stage is a dot, each level a
cairn on a crest of its own, and a flag stands where one is today.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lms.pages.drawing import STONES
from lms.periods import Period

WIDE, NARROW = (1100, 330), (430, 300)
EDGE = 14
"""How near the side of the drawing a mark may stand."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What lies on the way on a day: the end of a stage, or a level with its stones and its word."""

    on: dt.date
    is_done: bool
    stones: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """The end of a stage."""

    x: float
    y: float
    is_done: bool


@dataclass(frozen=True, slots=True)
class Cairn:
    """A level: the corner of its 32-box and how large it is, its stones, and its word above."""

    x: float
    corner: tuple[float, float]
    scale: float
    stones: tuple[str, ...]
    is_done: bool
    label: str
    text_x: float
    text_y: float
    anchor: str

    @property
    def place(self) -> str:
        """The same for SVG."""
        left, top = self.corner
        return f"translate({_short(left)} {_short(top)}) scale({self.scale})"

    def placed(self) -> list[str]:
        """Its stones as paths in the drawing's own units."""
        return [_moved(stone, self.corner, self.scale) for stone in self.stones]


PILL = (96, 28)
"""Width and height of the flag's pill."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Where one is: the point on the way, and the middle and top of its pill, above the ground or within it."""

    x: float
    y: float
    pill_x: float
    pill_y: float

    @property
    def left(self) -> float:
        """Where the pill begins."""
        return _short_of(self.pill_x - PILL[0] / 2)

    @property
    def foot(self) -> float:
        """Where the line between the pill and the point begins."""
        return self.pill_y if self.pill_y > self.y else self.pill_y + PILL[1]

    @property
    def text_y(self) -> float:
        """The line its word stands on."""
        return _short_of(self.pill_y + 19)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the plan: where it begins, and what it is called. ``is_named`` in the drawing: on a phone."""

    x: float
    label: str
    is_first: bool
    is_named: bool
    text_y: int

    @property
    def text_x(self) -> float:
        """Where its name begins."""
        return _short_of(self.x + 10)


@dataclass(frozen=True, slots=True)
class Profile:
    """The whole drawing at one width."""

    width: int
    height: int
    ridge: str
    land: str
    walked: str
    gone: str
    years: list[Year]
    dots: list[Dot]
    cairns: list[Cairn]
    flag: Flag | None


def at_both_widths(period: Period, marks: Sequence[Mark], *, here: dt.date) -> list[Profile]:
    """The same drawing for a wide page and for a phone; the page shows the one that fits."""
    return [profile(period, marks, here=here, size=size) for size in (WIDE, NARROW)]


def profile(period: Period, marks: Sequence[Mark], *, here: dt.date, size: tuple[int, int]) -> Profile:
    """The way of a period with an end. ``here`` outside it: nothing walked, or all of it, and no flag."""
    width, height = size
    last = period.until or period.start + dt.timedelta(days=1)
    days = max(1, (last - period.start).days)

    def across(day: dt.date) -> float:
        return min(1.0, max(0.0, (day - period.start).days / days)) * width

    levels = [mark for mark in marks if mark.stones]
    crests = [_inside(across(mark.on), width, 2 * EDGE) for mark in levels]
    ground = _ground(width, height, crests)
    stages = [(mark, _inside(across(mark.on), width, EDGE)) for mark in marks if not mark.stones]
    stages = [(mark, at) for mark, at in stages if all(abs(at - crest) > 2 * EDGE for crest in crests)]
    x = across(here)
    walked = curve(ground, 0, x)
    cairns = [_cairn(mark, at, ground(at), size) for mark, at in zip(levels, crests, strict=True)]
    return Profile(
        width=width,
        height=height,
        ridge=curve(ground, 0, width),
        land=f"{curve(ground, 0, width)}L{width} {height}L0 {height}Z",
        walked=walked,
        gone=f"{walked}L{_short(x)} {height}L0 {height}Z" if walked else "",
        years=_years(period, last, across, size),
        dots=[Dot(_short_of(at), _short_of(ground(at)), mark.is_done) for mark, at in stages],
        cairns=cairns,
        flag=_flag(x, ground(x), cairns, size) if here in period else None,
    )


def _inside(x: float, width: float, edge: float) -> float:
    return min(width - edge, max(edge, x))


def _ground(width: float, height: float, crests: Sequence[float]) -> Callable[[float], float]:
    """How far down the ground lies at x: it rises, goes up and down a little, and stands high at each level."""
    low, rise = height * 0.85, height * 0.55
    reach = width * 0.045

    def ground(x: float) -> float:
        part = x / width
        wave = math.sin(part * 11 + 0.6) * 0.022 + math.sin(part * 23) * 0.009
        crest = max((math.exp(-(((x - at) / reach) ** 2)) for at in crests), default=0.0)
        return low - rise * part - height * (wave + 0.035 * crest)

    return ground


def curve(ground: Callable[[float], float], start: float, end: float) -> str:
    """The ground from start to end in as few cubic segments as keep its shape."""
    if end - start < 0.5:
        return ""
    pieces = max(1, math.ceil((end - start) / 22))
    step = (end - start) / pieces
    path = f"M{_short(start)} {_short(ground(start))}"
    for number in range(pieces):
        a, b = start + number * step, start + (number + 1) * step
        points = (
            a + step / 3, ground(a) + _slope(ground, a) * step / 3,
            b - step / 3, ground(b) - _slope(ground, b) * step / 3,
            b, ground(b),
        )  # fmt: skip
        path += "C" + " ".join(map(_short, points))
    return path


def _slope(ground: Callable[[float], float], x: float) -> float:
    return ground(x + 0.5) - ground(x - 0.5)


def _cairn(mark: Mark, x: float, y: float, size: tuple[int, int]) -> Cairn:
    """A cairn that stands on the ground, its word above its topmost stone, within the drawing."""
    width = size[0]
    scale = 1.7 if size == WIDE else 1.15
    stones = STONES[: min(mark.stones, len(STONES))]
    corner = (x - 16 * scale, y - 28.6 * scale)
    top = (0, 21.4, 12.3, 2.9)[len(stones)]
    anchor = "end" if x > width * 0.9 else "start" if x < width * 0.08 else "middle"
    text_x = width - EDGE if anchor == "end" else EDGE if anchor == "start" else x
    return Cairn(
        x=x,
        corner=corner,
        scale=scale,
        stones=stones,
        is_done=mark.is_done,
        label=mark.label,
        text_x=_short_of(text_x),
        text_y=_short_of(corner[1] + top * scale - 9),
        anchor=anchor,
    )


def _moved(path: str, corner: tuple[float, float], scale: float) -> str:
    """A path of M, pairs and Z, set down at a corner and made larger."""
    numbers = [float(word) for word in path.strip("MZ").split()]
    pairs = [(corner[at % 2] + number * scale) for at, number in enumerate(numbers)]
    return f"M{' '.join(_short(number) for number in pairs)}Z"


def _flag(x: float, y: float, cairns: Sequence[Cairn], size: tuple[int, int]) -> Flag:
    """The pill stands clear above the words of the cairns beside it; at a cairn itself it stands in the ground."""
    (width, height), half = size, PILL[0] / 2
    pill_x = _inside(x, width, half + 4)
    if any(abs(cairn.x - x) < 16 * cairn.scale + 10 for cairn in cairns):
        within = min(y + 30, height - 34 - 2 * PILL[1])
        return Flag(_short_of(x), _short_of(y), _short_of(pill_x), _short_of(within))
    beside = [cairn.text_y for cairn in cairns if abs(cairn.text_x - pill_x) < half + 5 * len(cairn.label)]
    above = min([y - 77, *(text - 46 for text in beside)])
    return Flag(_short_of(x), _short_of(y), _short_of(pill_x), _short_of(max(6, above)))


def _years(period: Period, last: dt.date, across: Callable[[dt.date], float], size: tuple[int, int]) -> list[Year]:
    found, day, number = [], period.start, 0
    while day < last:
        found.append(Year(_short_of(across(day)), year_label(day), number == 0, size != WIDE, size[1] - 14))
        number += 1
        day = years_after(period.start, number)
    return found


def year_label(start: dt.date) -> str:
    """What a year that begins on a day is called: 2027, or 2026/27 when it begins after January."""
    return str(start.year) if start.month == 1 else f"{start.year}/{(start.year + 1) % 100:02d}"


def years_after(start: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February is 1 March where there is none."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return dt.date(start.year + years, 3, 1)


def _short_of(number: float) -> float:
    return round(number, 1)


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
