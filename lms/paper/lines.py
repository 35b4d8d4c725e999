"""Lines of text on paper: their width, the size at which they fit, and the drawing of them.

All measures are millimetres from the top left corner of the sheet. Text is always drawn as
plain strings: no markup is read from it, so a name can hold anything.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lms.paper import fonts

MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True)
class Style:
    """A face at a size in mm, with tracking in thousandths of the size."""

    face: str
    size: float
    colour: tuple[float, float, float]
    tracking: float = 0


def rgb(colour: str) -> tuple[float, float, float]:
    """#RRGGBB as three parts of one."""
    value = int(colour.removeprefix("#"), 16)
    return (value >> 16) / 255, (value >> 8 & 255) / 255, (value & 255) / 255


def width(text: str, style: Style) -> float:
    """The width in mm of a printable line, kerning and tracking counted."""
    thousandths = fonts.face(style.face).stringWidth(text, 1000) + style.tracking * len(text)
    table = fonts.kerning(style.face)
    if table:
        thousandths += sum(table[a].get(b, 0) for a, b in pairwise(text) if a in table)
    return float(thousandths * style.size / 1000)


def wrap(text: str, measure: float, style: Style, *, break_words: bool) -> list[str]:
    """Lines no wider than the measure; a word wider than that is broken only when allowed."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer, style) <= measure:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        lines[-1:] = _pieces(word, measure, style) if break_words else [word]
    return lines


def _pieces(word: str, measure: float, style: Style) -> list[str]:
    """A word cut into pieces, each as long as the measure allows."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, style) > measure:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def write(canvas: Any, x: float, y: float, text: str, style: Style, *, right: bool = False) -> None:
    """Draw one printable line with its baseline at y, from x, or up to x when right-aligned.

    A space at the end parts it from the line that follows, for those who listen or copy.
    """
    if not text.rstrip():
        return
    if right:
        x -= width(text.rstrip(), style)
    face, document = fonts.face(style.face), canvas._doc
    table = fonts.kerning(style.face)
    red, green, blue = style.colour
    size = style.size * MM
    parts = [
        f"BT {red:.4g} {green:.4g} {blue:.4g} rg {style.tracking * size / 1000:.3f} Tc "
        f"{x * MM:.2f} {canvas._pagesize[1] - y * MM:.2f} Td"
    ]
    at = 0
    for subset, codes in face.splitString(text, document):
        parts.append(f"{face.getSubsetInternalName(subset, document)} {size:.3f} Tf")
        parts.append(_shown(text[at : at + len(codes)], codes, table))
        at += len(codes)
    canvas.addLiteral(" ".join(parts) + " ET")


def _shown(text: str, codes: bytes, table: dict[str, dict[str, int]]) -> str:
    """The operator that shows these codes, moved together where the table says so."""
    gaps = [table[a].get(b, 0) if a in table else 0 for a, b in pairwise(text)] if table else []
    if not any(gaps):
        return f"<{codes.hex()}> Tj"
    shown = [f"{code:02x}" + (f">{-gap}<" if gap else "") for code, gap in zip(codes, [*gaps, 0], strict=True)]
    return f"[<{''.join(shown)}>] TJ"
