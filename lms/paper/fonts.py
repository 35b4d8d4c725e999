"""The three typefaces on paper, and which letters they have.

Static TrueType cuts of Inter and Newsreader (SIL Open Font License, texts beside the files),
made by scripts/subset_fonts.py. Inter has every letter we print, Greek and Cyrillic too; a line
with a letter that Newsreader lacks is set in Inter as a whole (see standing_in).
"""

import json
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

TEXT = "InterPaper"
STRONG = "InterPaperSemiBold"
DISPLAY = "NewsreaderPaperMedium"

_FOLDER = Path(__file__).parent / "fonts"
_FILES = {TEXT: "inter-regular", STRONG: "inter-semibold", DISPLAY: "newsreader-medium"}
_HYPHENS = {0x2010: "-", 0x2011: "-"}
_faces: dict[str, Any] = {}
_lock = threading.Lock()


def face(name: str) -> Any:
    """The PDF library's font object for TEXT, STRONG or DISPLAY; all are registered at first use."""
    if name not in _faces:
        with _lock:  # two registrations of one name would embed it twice in a page under way
            if not _faces:
                _faces.update(_register())
    return _faces[name]


def _register() -> dict[str, Any]:
    from reportlab.pdfbase import pdfmetrics, ttfonts

    faces = {}
    for name, file in _FILES.items():
        # asciiReadable would embed all of ASCII in every file: twice the bytes for nothing
        faces[name] = ttfonts.TTFont(name, str(_FOLDER / f"{file}.ttf"), asciiReadable=False, shapable=False)
        pdfmetrics.registerFont(faces[name])
    return faces


@cache
def letters(name: str = TEXT) -> frozenset[str]:
    """Every character a face can draw; without a name, every character we can print at all."""
    return frozenset(map(chr, face(name).face.charToGlyph))


def standing_in(name: str, text: str) -> str:
    """The face to set a printable text in: this one, or Inter when it lacks a letter (ʒ, Ж)."""
    return name if letters(name).issuperset(text) else TEXT


@cache
def kerning(name: str) -> dict[str, dict[str, int]]:
    """Kerning by left and right letter, in thousandths of the type size; empty for text faces.

    Set at reading sizes Inter needs none; in a name 17 mm high a gap after T or Å shows.
    """
    path = _FOLDER / f"{_FILES[name]}.kerning.json"
    if not path.exists():
        return {}
    table: dict[str, dict[str, int]] = {}
    for lefts, groups in json.loads(path.read_text(encoding="utf-8")):
        row = {right: value for rights, value in groups.items() for right in rights}
        table.update(dict.fromkeys(lefts, row))
    return table


def one_line(text: str) -> str:
    """The text composed (NFC) on one line: controls and white space become one space, invisible signs go."""
    text = unicodedata.normalize("NFC", text).translate(_HYPHENS)
    if not text.isprintable():
        text = "".join(_visible(sign) for sign in text)
    return " ".join(text.split())


def _visible(sign: str) -> str:
    """A space for a control, nothing for a sign without a shape (joiners, marks of direction)."""
    match unicodedata.category(sign):
        case "Cc" | "Zl" | "Zp" | "Zs":
            return " "
        case "Cf":
            return ""
    return sign


def covers(text: str) -> set[str]:
    """The characters of this text that we cannot print: empty when it will print as written."""
    return {sign for sign in one_line(text) if sign not in letters()}


def printable(text: str) -> str:
    """The text as it will stand on the paper.

    A missing character loses its marks if that helps (q̇ to q, ﬁ to fi); otherwise it is a "?".
    Ask covers() first, and tell whoever orders the print what was lost.
    """
    line = one_line(text)
    known = letters()
    if known.issuperset(line):
        return line
    return " ".join("".join(sign if sign in known else _nearest(sign) for sign in line).split())


def _nearest(sign: str) -> str:
    plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if part in letters())
    if plain or unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me"):
        return plain
    return "?"
