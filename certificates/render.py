"""A certificate drawn on an A4 sheet: the words, the landscape of its number, the code to check it by.

Pure: what stands on the sheet is all in the Sheet. No database, clock or request, so the same
sheet gives the same bytes. Measures are millimetres from the top left corner.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from certificates import terrain
from lms.paper import codes, fonts
from lms.paper.fitting import Place, fit
from lms.paper.lines import MM, Style, rgb, width, write

if TYPE_CHECKING:  # the tag writer brings the PDF library, which only a drawn sheet needs
    from lms.paper.tags import Structure

HEATHER = "#7A2F5C"
SHEET = (297.0, 210.0)
LEFT = 24.0
INK, QUIET = rgb("#21241A"), rgb("#505449")
TRACKING = -16.5
"""Newsreader at the size of a name is set this much tighter, in thousandths of its size."""

# the cairn in a box of 32: the first stone is level 1, the second level 2, the third level 3
STONES = (
    "3.6 28.4 m 4.7 22.9 l 11.4 21.4 l 26.3 22 l 28.6 28.4 l h",
    "8.3 19.4 m 6.4 14.2 l 15.2 12.3 l 25.7 13.4 l 24.6 19.7 l 15.8 19.1 l h",
    "12.2 10.4 m 11.3 6 l 14.9 2.9 l 20.3 4 l 21 10.1 l 16.6 9.8 l h",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on a certificate, in the words and the language in which it is printed."""

    name: str
    title: str
    lead: str
    verb: str
    level_line: str
    facts: tuple[tuple[str, str], ...]
    signatures: tuple[tuple[str, str], ...]
    organisation: str
    number: str
    check_label: str
    check_host: str
    check_url: str
    language: str
    issued_on: date
    pdf_title: str
    stones: int = 0
    """Stones laid, 0-3; with 0 no cairn stands on the summit."""
    accent: str = HEATHER


def missing_letters(sheet: Sheet) -> set[str]:
    """The characters of a sheet that no face has, to be shown to whoever issues it."""
    texts = [getattr(sheet, field.name) for field in fields(sheet)]
    pairs = [text for pair in (*sheet.facts, *sheet.signatures) for text in pair]
    return set().union(*(fonts.covers(text) for text in (*texts, *pairs) if isinstance(text, str)))


def grouped(number: str) -> tuple[str, ...]:
    """A number as it is printed and read aloud: capitals in groups of four or five, over two lines."""
    letters = "".join(sign for sign in number.upper() if sign.isalnum())
    half = (len(letters) + 1) // 2
    return tuple(_groups(line) for line in (letters[:half], letters[half:]) if line)


def _groups(line: str) -> str:
    groups = [line[at : at + 4] for at in range(0, len(line), 4)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = ["".join(groups[-2:])]
    return "-".join(groups)


def draw_certificate(sheet: Sheet) -> bytes:
    """The PDF of one certificate: A4 landscape, tagged, every face embedded."""
    from lms.paper.document import finished, new_canvas
    from lms.paper.tags import Structure

    size = (SHEET[0] * MM, SHEET[1] * MM)
    title = fonts.one_line(sheet.pdf_title)
    canvas = new_canvas(size, title=title, language=sheet.language, made_on=sheet.issued_on)
    drawing = _Drawing(canvas, Structure(canvas), sheet)
    drawing.words()
    drawing.facts()
    drawing.signatures()
    drawing.check()
    return finished(canvas, drawing.structure)


class _Drawing:
    """One sheet under way. The words come first: the landscape then keeps clear of where they ended."""

    def __init__(self, canvas: Any, structure: "Structure", sheet: Sheet) -> None:
        self.canvas, self.structure, self.sheet = canvas, structure, sheet
        self.accent = rgb(sheet.accent)

    def words(self) -> None:
        """Organisation, name, course and level; beneath them the landscape, its frame and the cairn."""
        sheet = self.sheet
        organisation = self._set(sheet.organisation, _strong(4.6), Place(100, 11, 3.2))
        name = self._set(sheet.name, Style(fonts.DISPLAY, 17, INK, TRACKING), Place(150, 38, 11, 1.12))
        title = self._set(sheet.title, Style(fonts.DISPLAY, 10, self.accent, -12), Place(150, 13.2, 7.5, 1.1))
        level = self._set(sheet.level_line, _text(4.4, INK), Place(150, 14, 3.4, 1.3))
        ends = [
            organisation.at(38.5, 31.6 - organisation.rest / 2),
            name.at(LEFT - 0.035 * name.size, 91 if not name.rest else 94.2 - name.rest),
            title.at(LEFT - 0.03 * title.size, 115.5 if not title.rest else 117.2 - title.rest),
            level.at(LEFT, 124.5),
        ]
        lead = min(74.0, name.y - 0.98 * name.size - 1.5)
        self._ground([box for box in ends if box[0] > 132])
        self._paragraph("P", organisation)
        self._line(LEFT, lead, sheet.lead, _text(4.4))
        self._paragraph("H1", name)
        self._line(LEFT, 102.5, sheet.verb, _text(4.4))
        self._paragraph("H2", title)
        self._paragraph("P", level)

    def facts(self) -> None:
        """Up to four facts side by side: label above, value beneath, moved apart when long, then smaller."""
        facts = [(fonts.printable(label), fonts.printable(value)) for label, value in self.sheet.facts[:4]]
        label_style, value_style = _text(3.2), _strong(4.4)
        wide = [max(width(label, label_style), width(value, value_style)) for label, value in facts]
        share = min(1.0, (166 - 6 * (len(facts) - 1)) / (sum(wide) or 1))
        for x, (label, value) in zip(_columns([share * across for across in wide]), facts, strict=True):
            with self.structure.mark("P"):
                write(self.canvas, x, 143.5, f"{label} ", _text(3.2 * share))
                write(self.canvas, x, 149.5, value, _strong(4.4 * share))

    def signatures(self) -> None:
        """Up to two signature rules, name and role beneath."""
        for x, (name, role) in zip((24, 100), self.sheet.signatures, strict=False):
            with self.structure.artifact():
                self.canvas.addLiteral(_rule(x, 176, 62))
            signer = self._set(name, _strong(4), Place(62, 7, 2.8))
            office = self._set(role, _text(3.4), Place(62, 9, 2.8, 1.25))
            signer.at(x, 182 - 0.4 * signer.rest)
            office.at(x, 187.2 + 0.6 * signer.rest)
            with self.structure.mark("P"):
                signer.draw(self.canvas)
                office.draw(self.canvas)

    def check(self) -> None:
        """How to check it: the words right-aligned beside the code, the number over two lines."""
        sheet = self.sheet
        lines = grouped(fonts.printable(sheet.number))
        first = 189.4 - 5.4 * (len(lines) - 1)
        self._line(240, first - 10.8, sheet.check_label, _text(3.4), right=True)
        self._line(240, first - 5.4, sheet.check_host, _strong(3.6), right=True)
        with self.structure.mark("P"):
            for order, line in enumerate(lines):
                write(self.canvas, 240, first + 5.4 * order, f"{line} ", Style(fonts.TEXT, 3.6, INK, 33), right=True)
        modules = codes.matrix(sheet.check_url)
        module = 27 / len(modules)
        with self.structure.mark("Figure", f"QR: {sheet.check_url}"), self._placed(249.5, 162.5, module):
            self.canvas.addLiteral(f"{_colour(INK)} rg {codes.path(modules)}")

    def _ground(self, clear: list[terrain.Box]) -> None:
        """Landscape, frame, the cairn on the summit and the organisation's mark: all decoration."""
        sheet = self.sheet
        with self.structure.artifact():
            with self._placed(0, 0, 1 / 32):
                self.canvas.addLiteral("320 320 8864 6080 re W n 9.6 w 1 J 1 j")
                first = terrain.SUMMIT if sheet.stones else 0
                for tone, path in terrain.pdf_paths(sheet.number, clear=clear, first=first):
                    self.canvas.addLiteral(f"{_colour(_tint(self.accent, tone / terrain.TONES))} RG {path} S")
            self.canvas.addLiteral(_frame())
            if sheet.stones:
                with self._placed(192.8, 65.6, 1.2):
                    self.canvas.addLiteral(_cairn(sheet.stones, self.accent))
            with self._placed(22.6, 22.5, 0.4):
                self.canvas.addLiteral(f"0.9 w 1 j {_colour(self.accent)} RG {_colour(self.accent)} rg")
                self.canvas.addLiteral(" ".join(STONES) + " B")

    @contextmanager
    def _placed(self, x: float, y: float, scale: float) -> Iterator[None]:
        """Draw in units of `scale` mm from (x, y), y down; lines and colours fall back afterwards."""
        unit = scale * MM
        self.canvas.addLiteral(f"q {unit:.5f} 0 0 {-unit:.5f} {x * MM:.3f} {(SHEET[1] - y) * MM:.3f} cm")
        yield
        self.canvas.addLiteral("Q")

    def _set(self, text: str, style: Style, place: Place) -> "_Block":
        return _Block(*fit(fonts.printable(text), style, place), place.leading)

    def _paragraph(self, tag: str, block: "_Block") -> None:
        if any(block.lines):
            with self.structure.mark(tag):
                block.draw(self.canvas)

    def _line(self, x: float, y: float, text: str, style: Style, *, right: bool = False) -> None:
        """One line that shrinks as far as it must: 150 mm to the right of x, 70 mm to the left of it."""
        (line,), style = fit(fonts.printable(text), style, Place(70 if right else 150, style.size, 0))
        if line:
            with self.structure.mark("P"):
                write(self.canvas, x, y, line, style, right=right)


class _Block:
    """Lines of one style that have been fitted, and where their first baseline stands."""

    def __init__(self, lines: list[str], style: Style, leading: float) -> None:
        self.lines, self.style, self.size = lines, style, style.size
        self.step = style.size * leading
        self.rest = self.step * (len(lines) - 1)
        self.x = self.y = 0.0

    def at(self, x: float, y: float) -> terrain.Box:
        """Place the block; the box the landscape must keep clear of."""
        self.x, self.y = x, y
        right = x + max(width(line, self.style) for line in self.lines)
        return right, y - 0.95 * self.size, y + self.rest + 0.3 * self.size

    def draw(self, canvas: Any) -> None:
        """Write the lines, top to bottom."""
        for order, line in enumerate(self.lines):
            write(canvas, self.x, self.y + order * self.step, f"{line} ", self.style)


def _columns(widths: list[float]) -> list[float]:
    """Where the facts start: at their columns if all then end before 190 mm, otherwise 6 mm apart."""
    for places in ((24, 54, 86, 136), (LEFT,) * 4):
        starts, end = [], LEFT
        for across, place in zip(widths, places, strict=False):
            starts.append(max(end, place))
            end = starts[-1] + across + 6
        if end - 6 <= 190:
            break
    return starts


def _text(size: float, colour: tuple[float, float, float] = QUIET) -> Style:
    return Style(fonts.TEXT, size, colour)


def _strong(size: float) -> Style:
    return Style(fonts.STRONG, size, INK)


def _colour(parts: tuple[float, float, float]) -> str:
    return " ".join(f"{part:.4g}" for part in parts)


def _tint(colour: tuple[float, float, float], share: float) -> tuple[float, float, float]:
    """The colour mixed with white paper: 1 is the colour, 0 the paper."""
    red, green, blue = (1 - share * (1 - part) for part in colour)
    return red, green, blue


def _rule(x: float, y: float, across: float) -> str:
    """A hairline of 0.3 mm in ink."""
    y = (SHEET[1] - y) * MM
    return f"q {_colour(INK)} RG {0.3 * MM:.3f} w {x * MM:.3f} {y:.3f} m {(x + across) * MM:.3f} {y:.3f} l S Q"


@cache
def _frame() -> str:
    """The frame, 0.3 mm in ink at 10 mm from the edges."""
    corner, across, up = 10 * MM, (SHEET[0] - 20) * MM, (SHEET[1] - 20) * MM
    return f"q {_colour(INK)} RG {0.3 * MM:.3f} w {corner:.3f} {corner:.3f} {across:.3f} {up:.3f} re S Q"


@cache
def _cairn(laid: int, accent: tuple[float, float, float]) -> str:
    """The cairn of a level in its box of 32: stones laid are filled, the rest white and dashed."""
    laid = max(0, min(laid, len(STONES)))
    colour = _colour(accent)
    filled = f"1 j 0.6 w {colour} RG {colour} rg {' '.join(STONES[:laid])} B"
    if laid == len(STONES):
        return filled
    return f"{filled} 1 g 0.55 w [1.5 1.3] 0 d {' '.join(STONES[laid:])} B"
