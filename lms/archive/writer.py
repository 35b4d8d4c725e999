"""Writing the file of a month: rows are gathered in any order and written in that of their numbers.

What is gathered lies in a scratch file, not in memory; what is held is eight bytes a person for
the order, and one band of rows.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from lms.archive.layout import (
    CODE_WIDTH,
    GZIP,
    KEY_WIDTH,
    KIND_WIDTH,
    LAYOUT,
    SERIES,
    Columns,
    UnitRow,
    chunk_of,
    file_name,
    fixed,
    folder,
    path_of,
)
from lms.archive.models import ArchiveFile, ArchiveKey, Blanking
from lms.archive.safekeeping import digest, whole_file

ONE_VALUE = ("pseudonym", "unit", "office_unit", "groups")
MATRICES = ("competences", "levels")


class Month:
    """A month being gathered: ``add`` as often as one likes, then ``write`` once."""

    def __init__(self, month: dt.date, columns: Columns, units: Sequence[UnitRow]) -> None:
        self.month, self.columns, self.units = month, columns, list(units)
        self.name = file_name(month)
        self.people = 0
        self._scratch: Any = tempfile.TemporaryFile(dir=folder(SERIES))  # noqa: SIM115 - closed when the month is left
        self._pseudonyms: list[np.ndarray] = []
        self._members: list[np.ndarray] = []
        # From here on whoever is erased is noted for this file too.
        said = {"name": self.name, "sha256": "", "people": 0}
        ArchiveFile.objects.get_or_create(series=SERIES, month=month, defaults=said)

    def __enter__(self) -> Month:
        return self

    def __exit__(self, *_said: object) -> None:
        self._scratch.close()

    def add(self, rows: np.ndarray, members: Sequence[int]) -> None:
        """Rows of ``columns.record``, and whose they are: that is not written, only held until the end."""
        rows.tofile(self._scratch)
        self._pseudonyms.append(rows["pseudonym"].copy())
        self._members.append(np.array(members, np.int64))
        self.people += len(rows)

    def write(self, *, written_on: dt.date) -> ArchiveFile:
        """Write the file and, when it lies there whole, its row."""
        place = path_of(self.name)
        with whole_file(place) as part:
            self._fill(part, written_on)
            said = {"name": self.name, "sha256": digest(part), "people": self.people}
        row, _made = ArchiveFile.objects.update_or_create(series=SERIES, month=self.month, defaults=said)
        self._note_erased(row)
        return row

    def _note_erased(self, row: ArchiveFile) -> None:
        """Note the rows of those who were erased while the file was being made."""
        if not self.people:
            return
        kept = np.fromiter(ArchiveKey.objects.values_list("pk", flat=True).iterator(), np.int64)
        gone = np.concatenate(self._pseudonyms)[~np.isin(np.concatenate(self._members), kept)]
        Blanking.objects.bulk_create(Blanking(file=row, pseudonym=one.tobytes()) for one in gone)

    def _fill(self, part: Path, written_on: dt.date) -> None:
        self._scratch.flush()
        rows = (
            np.memmap(self._scratch, dtype=self.columns.record, mode="r")
            if self.people
            else np.empty(0, self.columns.record)
        )
        order = np.argsort(np.concatenate(self._pseudonyms)) if self.people else np.empty(0, np.int64)
        with h5py.File(part, "w") as file:
            describe(file, month=self.month, written_on=written_on, columns=self.columns, units=self.units)
            make_data_sets(file, self.columns, self.people)
            band = chunk_of(self.people)[0]
            for start in range(0, self.people, band):
                put(file, start, rows[order[start : start + band]])
        del rows


def describe(file: Any, *, month: dt.date, written_on: dt.date, columns: Columns, units: Sequence[UnitRow]) -> None:
    """What the file is of, what its columns are, and the units of the day."""
    file.attrs["layout"] = LAYOUT
    file.attrs["series"] = np.bytes_(SERIES)
    file.attrs["month"] = np.bytes_(f"{month:%Y-%m}")
    file.attrs["written_on"] = np.bytes_(written_on.isoformat())
    file.create_dataset("competence_keys", data=fixed(columns.competences, KEY_WIDTH))
    file.create_dataset("level_keys", data=fixed(columns.levels, KEY_WIDTH))
    file.create_dataset("unit_ids", data=np.array([unit.pk for unit in units], "<i4"))
    file.create_dataset("unit_parents", data=np.array([unit.parent for unit in units], "<i4"))
    file.create_dataset("unit_codes", data=fixed([unit.code for unit in units], CODE_WIDTH))
    file.create_dataset("unit_kinds", data=fixed([unit.kind for unit in units], KIND_WIDTH))


def make_data_sets(file: Any, columns: Columns, people: int) -> None:
    """The empty data sets of so many people. The numbers are chance, so packing them would be in vain."""
    record = columns.record
    for name in ONE_VALUE:
        file.create_dataset(name, (people,), record[name])
    for name in MATRICES:
        width = record[name].shape[0]
        rows, across = chunk_of(people)
        packed = {"chunks": (min(rows, people), min(across, width)), "compression": "gzip", "compression_opts": GZIP}
        file.create_dataset(name, (people, width), "i1", **(packed if people and width else {}))


def put(file: Any, start: int, rows: np.ndarray) -> None:
    """Write a band of rows from ``start`` on."""
    end = start + len(rows)
    for name in (*ONE_VALUE, *MATRICES):
        if file[name].size:
            file[name][start:end] = rows[name]
