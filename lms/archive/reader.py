"""Reading the files of months. Only our own are ever opened: never one that somebody uploaded."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import h5py
import numpy as np

from lms.archive.layout import Columns, UnitRow, path_of, texts
from lms.archive.models import ArchiveFile
from lms.archive.safekeeping import digest


@contextlib.contextmanager
def opened(name: str) -> Iterator[Any]:
    """The file of that name, to read from."""
    with h5py.File(path_of(name), "r") as file:
        yield file


def is_whole(row: ArchiveFile) -> bool:
    """Whether the file lies there and is the one its row speaks of."""
    place = path_of(row.name)
    return place.exists() and digest(place) == row.sha256


def columns_of(file: Any) -> Columns:
    """What the matrices of an open file are about."""
    return Columns(texts(file["competence_keys"][:]), texts(file["level_keys"][:]))


def units_of(file: Any) -> list[UnitRow]:
    """The units of an open file, as they stood."""
    ids, parents = file["unit_ids"][:].tolist(), file["unit_parents"][:].tolist()
    rows = zip(ids, texts(file["unit_codes"][:]), texts(file["unit_kinds"][:]), parents, strict=True)
    return [UnitRow(*row) for row in rows]


def column(file: Any, key: str) -> np.ndarray:
    """The level of everybody in one competence, or the state of everybody in one level, in the file's order."""
    columns = columns_of(file)
    if key in columns.competences:
        return np.asarray(file["competences"][:, columns.competences.index(key)])
    return np.asarray(file["levels"][:, columns.levels.index(key)])


def shares_over_months(names: Sequence[str], key: str, least: int) -> dict[str, tuple[int, int]]:
    """File → (people at ``least`` or above, people) in one column, read from the matrices themselves."""
    found = {}
    for name in names:
        with opened(name) as file:
            levels = column(file, key)
            found[name] = (int((levels >= least).sum()), int((levels >= 0).sum()))
    return found


def month_of(file: Any) -> dt.date:
    """The month of an open file, as its first day."""
    return dt.date.fromisoformat(f"{file.attrs['month'].decode()}-01")
