"""A film is a row of scenes that follow the voice; one melts into the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from draw import HEATHER, INK, PAPER, QUIET, arrive, colour, contours, layer, slow, wordmark, write
from timeline import Timeline

MELT = 0.45
Scene = Callable[[Any, float, Timeline], None]


class Film:
    """The scenes of one film, and what stands to the right on its title and poster."""

    def __init__(self, scenes: dict[str, Scene], emblem: Callable[[Any, float], None], eyebrow: str, heading: str):
        self.scenes, self.emblem, self.eyebrow, self.heading = scenes, emblem, eyebrow, heading

    def title(self, c: Any, t: float, still: bool = False) -> None:
        """The opening: course and lesson, the title, a picture."""
        contours(c, 930, 330, 760)
        self.emblem(c, t)
        a = 1.0 if still else arrive(t, 0.15)
        b = 1.0 if still else arrive(t, 0.4, 0.8)
        write(c, self.eyebrow, 96, 232 + 10 * (1 - a), "semi", 28, HEATHER, a)
        write(c, self.heading, 92, 326 + 16 * (1 - b), "serif", 88, INK, b)
        wordmark(c, 96, 620, 40, INK, a)

    def frame(self, c: Any, t: float, line: Timeline) -> None:
        """The picture at a moment."""
        c.clear(colour(PAPER))
        parts: list[tuple[float, Scene]] = [(0.0, lambda canvas, when, _: self.title(canvas, when))]
        for name in line.scenes():
            if self.scenes[name] is not parts[-1][1]:  # scenes drawn by one hand run on
                parts.append((line.scene(name) - 0.5, self.scenes[name]))
        for i, (start, draw) in enumerate(parts):
            end = parts[i + 1][0] if i + 1 < len(parts) else line.length + 9
            if start <= t < end + MELT:
                fresh = slow((t - start) / MELT) if i else 1.0
                layer(c, fresh * (1 - slow((t - end) / MELT)))
                draw(c, t, line)
                c.restore()


def heading(c: Any, t: float, start: float, text: str, under: str = "", x: float = 96, y: float = 190) -> None:
    """A scene's heading, with a quiet line beneath."""
    a, b = arrive(t, start), arrive(t, start + 0.25)
    write(c, text, x, y + 14 * (1 - a), "serif", 66, INK, a)
    if under:
        rows = text.count("\n")
        write(c, under, x, y + rows * 76 + 58 + 10 * (1 - b), "sans", 30, QUIET, b)
