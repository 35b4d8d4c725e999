"""Flowing documents on A4: headings, paragraphs, lists and a drawing, tagged, over as many pages as they take.

What is written is plain text: no markup is read from it. The foot names the document and the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from lms.paper import fonts
from lms.paper.document import finished, new_canvas
from lms.paper.lines import MM, Style, rgb, wrap, write
from lms.paper.tags import Structure

WIDE, HIGH = 210.0, 297.0
LEFT, TOP, FOOT = 22.0, 24.0, 270.0
MEASURE = WIDE - 2 * LEFT
INK, QUIET, LINE, DONE, DUE = map(rgb, ("#21241A", "#505449", "#CFD1C9", "#2F5D50", "#9A5600"))
LEADING = 1.42

HEADINGS = {
    1: (Style(fonts.DISPLAY, 9.2, INK, -12), 0.0, 4.0),
    2: (Style(fonts.DISPLAY, 6.2, INK, -8), 7.0, 2.4),
    3: (Style(fonts.STRONG, 4.0, INK), 4.4, 1.4),
}
"""Of each level: its style, and the air above and below in mm."""
BODY, SMALL = Style(fonts.TEXT, 3.7, INK), Style(fonts.TEXT, 3.2, QUIET)


@dataclass(frozen=True, slots=True)
class Shape:
    """A path of M, C, L and Z in the drawing's own units; None: not filled, not stroked."""

    path: str
    fill: tuple[float, float, float] | None = None
    stroke: tuple[float, float, float] | None = None
    width: float = 1.0


_RING = "M2 12C2 6.5 6.5 2 12 2C17.5 2 22 6.5 22 12C22 17.5 17.5 22 12 22C6.5 22 2 17.5 2 12Z"
SIGNS = {
    "done": (Shape(_RING, fill=DONE), Shape("M7.5 12.5L10.5 15.5L16.5 8.5", stroke=(1, 1, 1), width=2)),
    "open": (Shape(_RING, stroke=QUIET, width=1.8),),
    "late": (Shape(_RING, stroke=DUE, width=1.8), Shape("M12 7L12 12.5L15.5 14.5", stroke=DUE, width=1.8)),
}
"""What stands before an item: reached, not yet, late. Decoration: the words say it too."""


class Flow:
    """One document under way: write from the top down, then ``finished()``."""

    def __init__(self, *, title: str, language: str, made_on: dt.date) -> None:
        self._title = fonts.printable(title)
        self._canvas = new_canvas((WIDE * MM, HIGH * MM), title=self._title, language=language, made_on=made_on)
        self._structure = Structure(self._canvas)
        self._y, self._page = TOP, 1

    def heading(self, text: str, level: int = 2) -> None:
        """A heading; it never stands alone at the foot of a page."""
        style, above, below = HEADINGS[level]
        lines = self._lines(text, style, MEASURE)
        self._room(above + len(lines) * style.size * 1.16 + below + 14)
        self._y += above if self._y > TOP else 0
        with self._structure.mark(f"H{level}"):
            self._set(lines, style, LEFT, 1.16)
        self._y += below

    def paragraph(self, text: str, *, quiet: bool = False) -> None:
        """Running text. One too long for the page goes on over the next."""
        style = SMALL if quiet else BODY
        for part in text.splitlines():
            self._paragraph(part, style, LEFT, MEASURE, "P")
        self._y += 1.4

    def bullets(self, items: Iterable[tuple[str, str, str]]) -> None:
        """A list: the sign of each item (one of SIGNS), what it is, and a smaller line beneath."""
        with self._structure.group("L"):
            for sign, text, beneath in items:
                with self._structure.group("LI"):
                    self._item(sign, text, beneath)
        self._y += 1.4

    def figure(self, shapes: Sequence[Shape], *, size: tuple[float, float], alt: str) -> None:
        """A drawing across the measure; ``size`` is its own width and height, ``alt`` says what it shows."""
        scale = MEASURE / size[0]
        self._room(size[1] * scale + 6)
        with self._structure.mark("Figure", fonts.printable(alt)), self._placed(LEFT, self._y, scale):
            for shape in shapes:
                self._canvas.addLiteral(_drawn(shape))
        self._y += size[1] * scale + 5

    def finished(self) -> bytes:
        """The file."""
        self._foot()
        return finished(self._canvas, self._structure)

    def _item(self, sign: str, text: str, beneath: str) -> None:
        lines, small = self._lines(text, BODY, MEASURE - 7), self._lines(beneath, SMALL, MEASURE - 7)
        self._room(len(lines) * BODY.size * LEADING + len(small) * SMALL.size * LEADING)
        with self._structure.artifact(), self._placed(LEFT, self._y + 0.4, 0.145):
            for shape in SIGNS[sign]:
                self._canvas.addLiteral(_drawn(shape))
        with self._structure.mark("LBody"):
            self._set(lines, BODY, LEFT + 7, LEADING)
            self._set(small, SMALL, LEFT + 7, LEADING)
        self._y += 1.5

    def _paragraph(self, text: str, style: Style, x: float, measure: float, tag: str) -> None:
        lines, step = self._lines(text, style, measure), style.size * LEADING
        while lines:
            self._room(step * min(len(lines), 2))
            fits = max(1, int((FOOT - self._y) / step))
            with self._structure.mark(tag):
                self._set(lines[:fits], style, x, LEADING)
            lines = lines[fits:]

    def _lines(self, text: str, style: Style, measure: float) -> list[str]:
        line = fonts.printable(text)
        style = replace(style, face=fonts.standing_in(style.face, line))
        return wrap(line, measure, style, break_words=True) if line else []

    def _set(self, lines: list[str], style: Style, x: float, leading: float) -> None:
        """Lines below one another from where we stand."""
        for line in lines:
            face = fonts.standing_in(style.face, line)
            write(self._canvas, x, self._y + style.size * 0.98, f"{line} ", replace(style, face=face))
            self._y += style.size * leading

    def _room(self, height: float) -> None:
        """Turn the page when this does not fit on it, and it is not an empty one already."""
        if self._y + height > FOOT and self._y > TOP:
            self._foot()
            self._structure.end_page()
            self._y, self._page = TOP, self._page + 1

    def _foot(self) -> None:
        with self._structure.artifact():
            self._canvas.addLiteral(f"q {_colour(LINE)} RG 0.5 w {_rule(LEFT, 279, MEASURE)} S Q")
            short = wrap(self._title, MEASURE - 20, SMALL, break_words=True)[0]
            write(self._canvas, LEFT, 285, short, SMALL)
            write(self._canvas, LEFT + MEASURE, 285, str(self._page), SMALL, right=True)

    @contextmanager
    def _placed(self, x: float, y: float, scale: float) -> Iterator[None]:
        unit = scale * MM
        self._canvas.addLiteral(f"q {unit:.5f} 0 0 {-unit:.5f} {x * MM:.3f} {(HIGH - y) * MM:.3f} cm")
        yield
        self._canvas.addLiteral("Q")


def _colour(colour: tuple[float, float, float]) -> str:
    return " ".join(f"{part:.4g}" for part in colour)


def _rule(x: float, y: float, wide: float) -> str:
    at = (HIGH - y) * MM
    return f"{x * MM:.2f} {at:.2f} m {(x + wide) * MM:.2f} {at:.2f} l"


def _drawn(shape: Shape) -> str:
    """One shape as the operators of a PDF."""
    told = [f"{shape.width:.4g} w 1 J 1 j"]
    told += [f"{_colour(shape.fill)} rg"] if shape.fill else []
    told += [f"{_colour(shape.stroke)} RG"] if shape.stroke else []
    paint = "B" if shape.fill and shape.stroke else "f" if shape.fill else "S"
    return " ".join([*told, *operators(shape.path), paint])


def operators(path: str) -> list[str]:
    """A path of M, C, L and Z with absolute numbers, as moves, curves and lines."""
    found: list[str] = []
    for sign in "MCLZ":
        path = path.replace(sign, f" {sign} ")
    command = ""
    numbers: list[str] = []
    for word in [*path.split(), "end"]:
        if word.isalpha():
            found += _segments(command, numbers)
            command, numbers = word, []
        else:
            numbers.append(word)
    return found


def _segments(command: str, numbers: list[str]) -> list[str]:
    """The operators of one letter and the numbers that follow it."""
    match command:
        case "M":
            return [f"{' '.join(numbers[:2])} m", *_segments("L", numbers[2:])]
        case "L":
            return [f"{' '.join(numbers[at : at + 2])} l" for at in range(0, len(numbers), 2)]
        case "C":
            return [f"{' '.join(numbers[at : at + 6])} c" for at in range(0, len(numbers), 6)]
        case "Z":
            return ["h"]
    return []
