"""How a month lies in its file. ``docs/algorithms/archive.md`` says the same to those who have only the file.

Names in a file are fixed and few; what the organisation itself named (keys, codes) stands as
values in data sets, never as a name of one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path

import numpy as np
from django.conf import settings

LAYOUT = 1
SERIES = "competences"
KEY_WIDTH, CODE_WIDTH, KIND_WIDTH = 60, 40, 12
BLANK = -1
"""What a blanked row says of every column."""
MOST_IN_TALL = 500_000
CHUNK_TALL, CHUNK_WIDE = (16_384, 8), (65_536, 4)
GZIP = 1


class Groups(IntFlag):
    """What a person was on the day."""

    MEMBER = 1
    SYMPATHISER = 2
    OFFICER = 4
    CHAIR = 8


class State:
    """What a level is to a person, in ``levels``."""

    NONE, LAPSED, VALID = 0, 1, 2


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it stood on the day; ``parent`` 0 is none."""

    pk: int
    code: str
    kind: str
    parent: int


@dataclass(frozen=True, slots=True)
class Columns:
    """What the two matrices are about, in order: keys of competences, keys of levels."""

    competences: Sequence[str]
    levels: Sequence[str]

    @property
    def record(self) -> np.dtype:
        """One row while it is gathered."""
        return np.dtype(
            [
                ("pseudonym", "<u8"),
                ("unit", "<i4"),
                ("office_unit", "<i4"),
                ("groups", "u1"),
                ("competences", "i1", (len(self.competences),)),
                ("levels", "i1", (len(self.levels),)),
            ]
        )


def chunk_of(rows: int) -> tuple[int, int]:
    """How a matrix is cut: few columns at a time, so that one competence is read without the others."""
    return CHUNK_TALL if rows <= MOST_IN_TALL else CHUNK_WIDE


def folder(series: str = SERIES) -> Path:
    """Where the files of a series lie; made when it is not there."""
    place = Path(settings.TILLIT_ARCHIVE) / series
    place.mkdir(parents=True, exist_ok=True)
    return place


def file_name(month: dt.date, series: str = SERIES) -> str:
    """What the file of a month is called, below the archive's folder."""
    return f"{series}/{month:%Y-%m}.h5"


def path_of(name: str) -> Path:
    """Where a file lies."""
    return Path(settings.TILLIT_ARCHIVE) / name


def fixed(texts: Sequence[str], width: int) -> np.ndarray:
    """Texts as bytes of one width; what is not ASCII is written as its number."""
    return np.array([text.encode("ascii", "backslashreplace")[:width] for text in texts], dtype=f"S{width}")


def texts(values: np.ndarray) -> list[str]:
    """The same, read back."""
    return [value.decode("ascii", "replace") for value in values.tolist()]
