"""Which unit a cell means: by number or by full name, and never by guess. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lms.members.names import name_key
from lms.register.cells import Wrong

SHOWN = 5
"""How many units are named at most when several could be meant."""


@dataclass(frozen=True, slots=True)
class Known:
    """A unit of the day: ``earlier`` are names it bore before, and those of units it took over from."""

    id: int
    code: str
    name: str
    is_kept: bool = True
    earlier: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Name and number, as one writes them down to be found."""
        return f"{self.name} ({number_of(self.code)})"


@dataclass(frozen=True, slots=True)
class Meant:
    """The unit meant, or what is wrong and what would be right."""

    unit: Known | None
    wrong: Wrong | None = None
    right: str = ""


def number_of(code: str) -> str:
    """The number in a code: kommune-0301 is 0301 in the files of a register."""
    tail = code.rsplit("-", 1)[-1]
    return tail if tail.isdigit() else code


def unit_key(name: str) -> str:
    """What full names are compared by: no case, and one sort of dash with one space around it."""
    return re.sub(r"\s*[-‐‑–—]\s*", "-", name_key(name))


class UnitBook:
    """The units of a day, looked up by what files call them. ``is_kept`` tells those the importer may write for."""

    def __init__(self, units: Iterable[Known]) -> None:
        self._units = list(units)
        self._found: dict[str, Meant] = {}

    def find(self, cell: str) -> Meant:
        """What a cell means; each spelling is looked up once."""
        if cell not in self._found:
            self._found[cell] = self._look(cell)
        return self._found[cell]

    def keeps(self, unit_id: int) -> bool:
        """Whether a unit is there today and the importer may write for it."""
        return unit_id in self._kept

    @cached_property
    def _kept(self) -> set[int]:
        return {unit.id for unit in self._units if unit.is_kept}

    def _look(self, cell: str) -> Meant:
        for index, key in ((self._by_code, cell.casefold()), (self._by_number, cell.casefold()), (self._by_name, unit_key(cell))):  # fmt: skip  # noqa: E501
            meant = index.get(key, [])
            if len(meant) > 1:
                return Meant(None, Wrong.UNIT_SHARED, _named(meant))
            if meant:
                return Meant(meant[0]) if meant[0].is_kept else Meant(None, Wrong.UNIT_FOREIGN)
        bare = cell.lstrip("0")
        without = [unit for number, units in self._by_number.items() if number.lstrip("0") == bare for unit in units]
        if bare.isdigit() and len(without) == 1:  # a spreadsheet took the nought from 0301
            return Meant(without[0]) if without[0].is_kept else Meant(None, Wrong.UNIT_FOREIGN)
        return Meant(None, Wrong.UNIT_UNKNOWN, _named(self._near(cell)))

    def _near(self, cell: str) -> list[Known]:
        """Units it may have meant: what is called so now, bears this in one language, or is spelt much like it."""
        key = unit_key(cell)
        renamed = self._by_earlier.get(key, [])
        longer = [unit for name, units in self._by_name.items() if f" {key} " in f" {name} " for unit in units]
        bare = [unit for name, units in self._by_name.items() if _bare(name) == _bare(key) for unit in units]
        alike = difflib.get_close_matches(key, self._by_name, n=2, cutoff=0.8)
        shared = [unit for unit in self._units if _languages(unit.name) & _languages(cell)]
        return renamed or bare or shared or longer or [unit for name in alike for unit in self._by_name[name]]

    @cached_property
    def _by_code(self) -> dict[str, list[Known]]:
        return _index((unit.code.casefold(), unit) for unit in self._units)

    @cached_property
    def _by_number(self) -> dict[str, list[Known]]:
        return _index((number_of(unit.code).casefold(), unit) for unit in self._units)

    @cached_property
    def _by_name(self) -> dict[str, list[Known]]:
        return _index((unit_key(unit.name), unit) for unit in self._units)

    @cached_property
    def _by_earlier(self) -> dict[str, list[Known]]:
        return _index((unit_key(name), unit) for unit in self._units for name in unit.earlier)


def _languages(name: str) -> set[str]:
    """The parts of a name that is written in several languages: Gáivuotna – Kåfjord – Kaivuono."""
    return {name_key(part) for part in re.split(r"\s+[-‐‑–—/]\s+", name) if part.strip()}


def _bare(key: str) -> str:
    """A key as one writes it without the letters æ, ø and å: Bodo and Aalesund are Bodø and Ålesund."""
    for letter, other in (("zza", "ae"), ("zzb", "o"), ("zzc", "a"), ("aa", "a"), ("oe", "o")):
        key = key.replace(letter, other)
    return key


def _index(pairs: Iterable[tuple[str, Known]]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for key, unit in pairs:
        found.setdefault(key, []).append(unit)
    return found


def _named(units: list[Known]) -> str:
    return ", ".join(unit.label for unit in units[:SHOWN])[:300]
