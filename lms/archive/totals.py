"""The totals beside the matrices: one file for all months, cut by column, so that a trend is one short read.

``counts[month, group, unit, column, level]`` is how many stood at that level or higher and counted
for the unit itself, those below it not included. ``shown_with`` says how units are held
together so that no small number can be worked out; ``courses.coverage.suppression`` draws it.
What was published stays: erasing a person changes no total.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from lms.archive.layout import GZIP, KEY_WIDTH, LAYOUT, SERIES, fixed, folder, texts
from lms.archive.safekeeping import one_writer, whole_file

NAME = "totals.h5"
GROUPS = ("all", "officers", "chairs")
LEVELS, LEAST_LEVELS = 5, 4
NOT_THERE, NO_PARENT = -2, -1
NOBODY, HIDDEN = -1, -2
"""In ``shown_with``: nobody counts here; these people are never shown."""
UNITS_IN_CHUNK = 512


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """One month. ``parents``: the place of each unit's parent in ``units``, or NO_PARENT."""

    month: dt.date
    counted_on: dt.date
    units: np.ndarray
    parents: np.ndarray
    columns: Sequence[str]
    counts: np.ndarray
    shown_with: np.ndarray


@dataclass(frozen=True, slots=True)
class Axes:
    """What the totals are about: months in the order they were written, units by id, columns by key."""

    months: list[dt.date]
    counted_on: list[dt.date]
    units: np.ndarray
    columns: list[str]
    parents: np.ndarray


def place_of_totals() -> Path:
    """Where the totals lie."""
    return folder(SERIES) / NAME


def write_totals(months: Sequence[MonthTotals]) -> None:
    """Add months, or put them in the place of what was written for them before; the rest is carried over as it is."""
    place = place_of_totals()
    with one_writer(place.parent), whole_file(place) as part, h5py.File(part, "w") as new:
        if place.exists():
            with h5py.File(place, "r") as old:
                for name in old:
                    old.copy(name, new)
        else:
            _begin(new)
        new.attrs["layout"] = LAYOUT
        for totals in months:
            _put(new, totals)


def _begin(file: Any) -> None:
    many, groups, wide = None, len(GROUPS), UNITS_IN_CHUNK
    packed = {"compression": "gzip", "compression_opts": GZIP}
    file.create_dataset("months", (0,), "S7", maxshape=(many,))
    file.create_dataset("counted_on", (0,), "S10", maxshape=(many,))
    file.create_dataset("groups", data=fixed(GROUPS, 10))
    file.create_dataset("unit_ids", (0,), "<i4", maxshape=(many,))
    file.create_dataset("columns", (0,), f"S{KEY_WIDTH}", maxshape=(many,))
    file.create_dataset(
        "parents", (0, 0), "<i4", maxshape=(many, many), chunks=(1, wide), fillvalue=NOT_THERE, **packed
    )
    for name, depth, empty in (("counts", LEVELS, 0), ("shown_with", LEAST_LEVELS, NOBODY)):
        file.create_dataset(
            name, (0, groups, 0, 0, depth), "<i4", maxshape=(many, groups, many, many, depth),
            chunks=(1, groups, wide, 1, depth), fillvalue=empty, **packed,
        )  # fmt: skip


def _put(file: Any, totals: MonthTotals) -> None:
    at = _place(file, "months", f"{totals.month:%Y-%m}".encode())
    if len(file["counted_on"]) <= at:
        file["counted_on"].resize((at + 1,))
    file["counted_on"][at] = totals.counted_on.isoformat().encode()
    units = [_place(file, "unit_ids", int(unit)) for unit in totals.units]
    columns = [_place(file, "columns", key) for key in fixed(totals.columns, KEY_WIDTH).tolist()]
    months, many, wide = len(file["months"]), len(file["unit_ids"]), len(file["columns"])
    file["parents"].resize((months, many))
    parents = np.full(many, NOT_THERE, "<i4")
    parents[units] = _moved(totals.parents, units, below=0)
    file["parents"][at] = parents
    for name, values, empty in (("counts", totals.counts, 0), ("shown_with", totals.shown_with, NOBODY)):
        groups, depth = len(GROUPS), values.shape[-1]
        file[name].resize((months, groups, many, wide, depth))
        whole = np.full((groups, many, wide, depth), empty, "<i4")
        whole[:, np.array(units)[:, None], np.array(columns)[None, :], :] = (
            values if name == "counts" else _moved(values, units, below=0)
        )
        file[name][at] = whole


def _moved(places: np.ndarray, to: Sequence[int], *, below: int) -> np.ndarray:
    """Places in a month's own list of units as places in the file's; what is below nought is no place."""
    table = np.array(to, "<i4")
    return np.where(places < below, places, table[np.maximum(places, 0)]) if len(table) else places


def _place(file: Any, axis: str, value: object) -> int:
    """The place of a value on an axis; at the end when it is new."""
    known = file[axis][:].tolist()
    if value in known:
        return known.index(value)
    file[axis].resize((len(known) + 1,))
    file[axis][len(known)] = value
    return len(known)


class Totals:
    """The totals, open to read. Use it in a ``with``."""

    def __init__(self) -> None:
        self._file: Any = h5py.File(place_of_totals(), "r")

    def __enter__(self) -> Totals:
        return self

    def __exit__(self, *_said: object) -> None:
        self._file.close()

    def axes(self) -> Axes:
        """What there is."""
        file = self._file
        return Axes(
            months=[dt.date.fromisoformat(f"{month}-01") for month in texts(file["months"][:])],
            counted_on=[dt.date.fromisoformat(day) for day in texts(file["counted_on"][:])],
            units=np.asarray(file["unit_ids"][:]),
            columns=texts(file["columns"][:]),
            parents=np.asarray(file["parents"][:]),
        )

    def month(self, at: int) -> tuple[np.ndarray, np.ndarray]:
        """Everything of one month: counts and shown_with, by group, unit, column and level."""
        return self._file["counts"][at], self._file["shown_with"][at]

    def column(self, at: int) -> tuple[np.ndarray, np.ndarray]:
        """One column over all months: counts and shown_with, by month, group, unit and level."""
        return self._file["counts"][:, :, :, at], self._file["shown_with"][:, :, :, at]


def there_are_totals() -> bool:
    """Whether any month has been counted."""
    return place_of_totals().exists()
