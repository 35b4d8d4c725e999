"""What a row says: each cell read, or found wrong. Pure: the day's year is given, units are looked up elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from lms.register.columns import Field


class Wrong(StrEnum):
    """What can be wrong with a row."""

    SURPLUS = "surplus"
    MISSING = "missing"
    CHARACTERS = "characters"
    TOO_LONG = "too long"
    TWICE = "twice"
    NOUGHTS = "noughts"
    EMAIL = "email"
    STATUS = "status"
    LANGUAGE = "language"
    BIRTH_YEAR = "birth year"
    GENDER = "gender"
    POSTAL_CODE = "postal code"
    UNIT_UNKNOWN = "unit unknown"
    UNIT_SHARED = "unit shared"
    UNIT_FOREIGN = "unit foreign"
    PERSON_FOREIGN = "person foreign"
    MERGED = "merged away"
    LEAVING = "too many leave"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``right`` is what is known of what would be right: a name, a number, a list."""

    row: int
    field: str
    value: str
    kind: Wrong
    right: str = ""


@dataclass(slots=True)
class Said:
    """What a row says of a person. None is not said; "" and 0 are said to be blank."""

    row: int
    number: str = ""
    name: str = ""
    unit: str = ""
    unit_id: int = 0
    email: str | None = None
    status: str | None = None
    language: str | None = None
    birth_year: int | None = None
    gender: str | None = None
    postal_code: str | None = None
    problems: list[Problem] = field(default_factory=list)


T = TypeVar("T")


class _Bad(Exception):
    def __init__(self, kind: Wrong, right: str = "") -> None:
        self.kind, self.right = kind, right


_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-]{1,64}@(?:[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?\.)+[^\W\d_](?:[^\W_]|-){0,61}[^\W_]"
)
_UNSEEN = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what stands beside them: a name could be shown as another."""
_WORDS: dict[Field, dict[str, str]] = {
    Field.STATUS: {
        **dict.fromkeys(("medlem", "member", "aktiv", "active", "aktivt medlem"), "member"),
        **dict.fromkeys(
            ("sympatisør", "sympatisor", "sympathiser", "sympathizer", "støttespiller", "supporter"), "sympathiser"
        ),
    },
    Field.LANGUAGE: {
        **dict.fromkeys(("nb", "nob", "nb-no", "no", "bokmål", "norsk", "norsk bokmål", "norwegian"), "nb"),
        **dict.fromkeys(("nn", "nno", "nn-no", "nynorsk", "norsk nynorsk"), "nn"),
        **dict.fromkeys(("en", "eng", "en-gb", "en-us", "engelsk", "english"), "en"),
    },
    Field.GENDER: {
        "": "",
        **dict.fromkeys(("k", "kvinne", "f", "female", "woman", "w", "dame", "jente"), "woman"),
        **dict.fromkeys(("m", "mann", "male", "man", "herre", "gutt"), "man"),
        **dict.fromkeys(("a", "annet", "anna", "x", "other", "ikke-binær", "ikkje-binær", "non-binary"), "other"),
    },
}
_BLANK_IS_UNSAID = (Field.STATUS, Field.LANGUAGE)
_WRONG = {Field.STATUS: Wrong.STATUS, Field.LANGUAGE: Wrong.LANGUAGE, Field.GENDER: Wrong.GENDER}


def read_row(row: int, cells: Mapping[Field, str | None], *, year: int, surplus: int = 0) -> Said:
    """Everything a row says, with whatever is wrong in it. ``cells``: None where the row has no such cell."""
    said = Said(row)
    if surplus:
        said.problems.append(Problem(row, "", "", Wrong.SURPLUS, str(surplus)))
        return said  # which cell belongs where is not known
    names = [_taken(said, one, cells, _line(200)) for one in (Field.NAME, Field.FIRST, Field.LAST) if one in cells]
    said.name = " ".join(name for name in names if name)[:400]
    if len(said.name) > 200:
        said.problems.append(Problem(row, Field.NAME, said.name, Wrong.TOO_LONG, "200"))
    said.number = _taken(said, Field.NUMBER, cells, _line(32)) or ""
    said.unit = _taken(said, Field.UNIT, cells, _line(200)) or ""
    for wanted, value in ((Field.NUMBER, said.number), (Field.NAME, said.name), (Field.UNIT, said.unit)):
        if not value and not any(problem.field == wanted for problem in said.problems):
            said.problems.append(Problem(row, wanted, "", Wrong.MISSING))
    said.email = _taken(said, Field.EMAIL, cells, _email)
    said.status = _taken(said, Field.STATUS, cells, _word(Field.STATUS))
    said.language = _taken(said, Field.LANGUAGE, cells, _word(Field.LANGUAGE))
    said.birth_year = _taken(said, Field.BIRTH_YEAR, cells, _birth_year(year))
    said.gender = _taken(said, Field.GENDER, cells, _word(Field.GENDER))
    said.postal_code = _taken(said, Field.POSTAL_CODE, cells, _postal_code)
    return said


def _taken(said: Said, wanted: Field, cells: Mapping[Field, str | None], read: Callable[[str], T]) -> T | None:
    """One cell read; None when it is not there, and when it is wrong, which is then written down."""
    cell = cells.get(wanted)
    if cell is None:
        return None
    try:
        return read(cell)
    except _Bad as bad:
        # A birth date is more than may be kept, also as an error.
        value = "" if wanted == Field.BIRTH_YEAR else readable(cell)
        said.problems.append(Problem(said.row, wanted, value, bad.kind, bad.right))
        return None


def readable(cell: str) -> str:
    """A cell as it can be stored and shown: unprintable signs as their numbers, not longer than a line."""
    return "".join(c if c.isprintable() and c not in _UNSEEN else f"<{ord(c):04x}>" for c in cell[:120])[:200]


def _line(most: int) -> Callable[[str], str]:
    """Words on one line; line breaks and doubled spaces within a cell are one space."""

    def read(cell: str) -> str:
        text = " ".join(unicodedata.normalize("NFC", cell).split())
        if any(c in _UNSEEN or unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in text):
            raise _Bad(Wrong.CHARACTERS)
        if len(text) > most:
            raise _Bad(Wrong.TOO_LONG, str(most))
        return text

    return read


def _email(cell: str) -> str:
    if cell and (len(cell) > 254 or not _EMAIL.fullmatch(cell) or ".." in cell or cell.startswith(".")):
        raise _Bad(Wrong.EMAIL)
    return cell


def _word(wanted: Field) -> Callable[[str], str | None]:
    def read(cell: str) -> str | None:
        key = " ".join(cell.casefold().split())
        if not key and wanted in _BLANK_IS_UNSAID:
            return None
        if key not in _WORDS[wanted]:
            raise _Bad(_WRONG[wanted])
        return _WORDS[wanted][key]

    return read


def _birth_year(year: int) -> Callable[[str], int]:
    """The year; of a whole date only the year is taken."""

    def read(cell: str) -> int:
        if not cell:
            return 0
        found = re.fullmatch(r"(?:\d{1,2}[./-]\d{1,2}[./-])?(\d{4})(?:-\d{2}-\d{2}.*)?", cell)
        if not found or not year - 120 <= int(found[1]) <= year:
            raise _Bad(Wrong.BIRTH_YEAR, f"{year - 120}–{year}")
        return int(found[1])

    return read


def _postal_code(cell: str) -> str:
    """Four digits; a spreadsheet took the nought from 150. A code of another country is of no use here: blank."""
    if not cell:
        return ""
    if not re.search(r"\d", cell):
        raise _Bad(Wrong.POSTAL_CODE)
    digits = cell.upper().removeprefix("N-").removeprefix("NO-").replace(" ", "")
    return digits.zfill(4) if re.fullmatch(r"[0-9]{3,4}", digits) else ""
