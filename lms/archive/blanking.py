"""Writing a file anew without some of its rows: they stand first, and say nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import h5py
import numpy as np

from lms.archive.layout import BLANK, chunk_of, path_of
from lms.archive.models import ArchiveFile
from lms.archive.reader import columns_of, opened
from lms.archive.safekeeping import digest, whole_file
from lms.archive.writer import MATRICES, ONE_VALUE, make_data_sets, put

NOBODY = 0
DESCRIBING = ("competence_keys", "level_keys", "unit_ids", "unit_parents", "unit_codes", "unit_kinds")


def rewrite(row: ArchiveFile, pseudonyms: Iterable[bytes]) -> int:
    """Blank the rows with these numbers. Returns how many were found; none: the file stays as it is.

    How many people a month had stays true: a blanked row keeps its place in the count.
    """
    place = path_of(row.name)
    if not place.exists():
        return 0
    wanted = np.array([int.from_bytes(one, "little") for one in pseudonyms], "<u8")
    with opened(row.name) as old:
        goes = np.isin(old["pseudonym"][:], wanted)
        if goes.any():
            with whole_file(place) as part:
                _copy(old, part, goes)
    row.sha256 = digest(place)
    row.save(update_fields=["sha256", "written_at"])
    return int(goes.sum())


def _copy(old: Any, part: object, goes: np.ndarray) -> None:
    """Everything but the rows that go; those come first, since the smallest number is nobody's."""
    order = np.concatenate([np.flatnonzero(goes), np.flatnonzero(~goes)])
    blanks, people = int(goes.sum()), len(goes)
    columns = columns_of(old)
    with h5py.File(part, "w") as new:
        new.attrs.update(old.attrs)
        for name in DESCRIBING:
            old.copy(name, new)
        make_data_sets(new, columns, people)
        matrices = {name: old[name][:] for name in (*ONE_VALUE, *MATRICES)}
        band = chunk_of(people)[0]
        for start in range(0, people, band):
            chosen = order[start : start + band]
            rows = np.empty(len(chosen), columns.record)
            for name, values in matrices.items():
                rows[name] = values[chosen]
            _blank(rows[: max(0, blanks - start)])
            put(new, start, rows)


def _blank(rows: np.ndarray) -> None:
    for name in ONE_VALUE:
        rows[name] = NOBODY
    for name in MATRICES:
        rows[name] = BLANK
