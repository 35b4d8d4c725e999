"""Read a month of the long memory with h5py alone: no Tillit, no database.

    python scripts/read_archive.py var/archive/competences/2026-11.h5
    python scripts/read_archive.py var/archive/competences/2026-11.h5 money.budget 2
    python scripts/read_archive.py var/archive/competences/totals.h5 money.budget 2

The first says what is in the file; the second how many stand at level 2 or higher, in all and by
kind of unit; the third the same month by month, from the totals. docs/algorithms/archive.md
describes both files.
"""

from __future__ import annotations

import argparse

import h5py
import numpy as np

MEMBER, OFFICER = 1, 4


def main() -> None:
    """Whatever was asked for."""
    parser = argparse.ArgumentParser(description="Read a file of Tillit's long memory.")
    parser.add_argument("file")
    parser.add_argument("column", nargs="?", help="key of a competence or of a level")
    parser.add_argument("least", nargs="?", type=int, default=2, help="level 1 to 4 (of a level: 2 is valid) (2)")
    asked = parser.parse_args()
    with h5py.File(asked.file, "r") as file:
        is_totals = "counts" in file
        if asked.column is None:
            describe(file)
        elif is_totals:
            over_months(file, asked.column, asked.least)
        else:
            one_month(file, asked.column, asked.least)


def describe(file: h5py.File) -> None:
    """Every data set, and what is said of the file itself."""
    for name, value in file.attrs.items():
        print(f"{name}: {value.decode() if isinstance(value, bytes) else value}")
    for name, rows in file.items():
        print(f"{name}: {rows.shape} of {rows.dtype}")


def one_month(file: h5py.File, column: str, least: int) -> None:
    """How many stand at a level or higher; -1 is a row that was erased."""
    levels = column_of(file, column)
    groups, units = file["groups"][:], file["unit"][:]
    kinds = dict(zip(file["unit_ids"][:].tolist(), file["unit_kinds"][:].tolist(), strict=True))
    kind_of = np.array([kinds.get(unit, b"") for unit in units.tolist()])
    tell("members", levels[groups & MEMBER > 0], least)
    tell("officers", levels[groups & OFFICER > 0], least)
    for kind in sorted(set(kind_of.tolist()) - {b""}):
        tell(f"members of {kind.decode()} units", levels[(groups & MEMBER > 0) & (kind_of == kind)], least)


def column_of(file: h5py.File, key: str) -> np.ndarray:
    """One column, without reading the others."""
    for keys, matrix in (("competence_keys", "competences"), ("level_keys", "levels")):
        known = file[keys][:].tolist()
        if key.encode() in known:
            return file[matrix][:, known.index(key.encode())]
    raise SystemExit(f"there is no column {key}")


def tell(who: str, levels: np.ndarray, least: int) -> None:
    """One line."""
    print(f"{who}: {(levels >= least).sum()} of {(levels >= 0).sum()} at {least} or higher")


def over_months(file: h5py.File, column: str, least: int) -> None:
    """The whole organisation, month by month. Small numbers are here too: mind whom you show them to."""
    known = file["columns"][:].tolist()
    wanted = next((key for key in (column, f"level:{column}") if key.encode() in known), None)
    if wanted is None:
        raise SystemExit(f"there is no column {column}")
    months, at = file["months"][:].tolist(), known.index(wanted.encode())
    counts = file["counts"][:, :, :, at].sum(axis=2)
    for place in np.argsort(file["months"][:]):
        said = [
            f"{who.decode()} {counts[place, n, least]} of {counts[place, n, 0]}"
            for n, who in enumerate(file["groups"][:])
        ]
        print(months[place].decode(), *said, sep="  ")


if __name__ == "__main__":
    main()
