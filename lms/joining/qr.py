"""A QR code as one path of an SVG, for a screen."""

from __future__ import annotations

from dataclasses import dataclass

from lms.paper.codes import QUIET, matrix


@dataclass(frozen=True, slots=True)
class Drawn:
    """The path, and the side of the square with the quiet zone around it, in modules."""

    path: str
    side: int


def drawn(text: str) -> Drawn:
    """The code of a text: one rectangle for each run of dark modules in a row."""
    modules, parts = matrix(text), []
    for y, row in enumerate(modules):
        x = row.find(1)
        while x >= 0:
            end = row.find(0, x)
            end = len(row) if end < 0 else end
            parts.append(f"M{x + QUIET} {y + QUIET}h{end - x}v1h{x - end}z")
            x = row.find(1, end)
    return Drawn("".join(parts), len(modules) + 2 * QUIET)
