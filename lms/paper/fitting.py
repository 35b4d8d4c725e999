"""Text that must stay inside its place: first smaller on one line, then on more lines."""

from dataclasses import dataclass, replace

from lms.paper.fonts import standing_in
from lms.paper.lines import Style, width, wrap

MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Room for a text in mm: the measure across, the height for all lines, and when to break.

    On one line the size may shrink to `smallest`; below that the text takes more lines.
    `leading` is the distance of baselines as a multiple of the size.
    """

    measure: float
    height: float
    smallest: float
    leading: float = 1.14


def fit(text: str, style: Style, place: Place) -> tuple[list[str], Style]:
    """The lines of a printable text and the style in which all of them fit the place."""
    style = replace(style, face=standing_in(style.face, text))
    across = width(text, style)
    if across <= place.measure:
        return [text], style
    if style.size * place.measure / across >= place.smallest:
        return [text], replace(style, size=style.size * place.measure / across)
    for count in range(2, MOST_LINES + 1):
        smaller = replace(style, size=min(place.smallest, place.height / (count * place.leading)))
        lines = wrap(text, place.measure, smaller, break_words=count > 2)
        if len(lines) <= count and max(width(line, smaller) for line in lines) <= place.measure:
            whole_words = " ".join(lines) == text
            return (_balanced(lines, smaller, place.measure) if whole_words else lines), smaller
    return _tiny(text, replace(style, size=place.height / (MOST_LINES * place.leading)), place)


def _balanced(lines: list[str], style: Style, measure: float) -> list[str]:
    """The same number of lines, as equally long as the words allow: no single word at the end."""
    text, best, narrow, wide = " ".join(lines), lines, measure / 2, measure
    for _ in range(6):
        middle = (narrow + wide) / 2
        tried = wrap(text, middle, style, break_words=False)
        if len(tried) <= len(lines) and max(width(line, style) for line in tried) <= middle:
            best, wide = tried, middle
        else:
            narrow = middle
    return best


def _tiny(text: str, style: Style, place: Place) -> tuple[list[str], Style]:
    """The last way out, for texts of thousands of letters: shrink until the lines fit the height."""
    while True:
        lines = wrap(text, place.measure, style, break_words=True)
        if len(lines) * style.size * place.leading <= place.height:
            return lines, style
        style = replace(style, size=style.size * 0.85)
