"""What a workbook would unpack to, counted before anybody opens it.

A file of 60 kB may unpack to gigabytes, or name one cell so far out that a reader lays out
billions between. All of it is read once in pieces; nothing is kept.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Sequence

MOST_UNPACKED, MOST_ENTRIES, MOST_RATIO = 500_000_000, 5_000, 100
"""Bytes, parts, and times its packed size that a workbook may unpack to."""
MOST_CELLS = 12_000_000
CHUNK = 1 << 20
_CELL, _PLACE = re.compile(rb"[<:]c[\s/>]"), re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,4})(\d{1,9})["']""")


class TooHeavy(Exception):
    """It unpacks to far more than a sheet holds."""


class TooWide(Exception):
    """It has cells far out in a sheet that is else empty."""


def weigh(packed: zipfile.ZipFile) -> None:
    """Unpack a workbook once, counting. Raises TooHeavy for a bomb, TooWide for a sheet that reaches endlessly far."""
    entries = sorted(packed.infolist(), key=lambda entry: entry.header_offset)
    if len(entries) > MOST_ENTRIES or not _lie_apart(packed, entries):
        raise TooHeavy
    total = cells = 0
    for entry in entries:
        is_ods, is_xlsx = entry.filename == "content.xml", entry.filename.startswith("xl/worksheets/")
        extent = _OdsExtent() if is_ods else _XlsxExtent() if is_xlsx else None
        unpacked = 0
        with packed.open(entry) as part:
            while chunk := part.read(CHUNK):
                unpacked, total = unpacked + len(chunk), total + len(chunk)
                if total > MOST_UNPACKED or unpacked > max(CHUNK, MOST_RATIO * entry.compress_size):
                    raise TooHeavy
                if extent and not extent.feed(chunk):
                    raise TooHeavy
        cells += extent.cells if extent else 0
        if cells > MOST_CELLS:
            raise TooWide


def _lie_apart(packed: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether no two parts share bytes: overlapping ones unpack the same bytes again and again."""
    at, file = 0, packed.fp
    for entry in entries:
        file.seek(entry.header_offset)  # type: ignore[union-attr]
        header = file.read(30)  # type: ignore[union-attr]
        if entry.header_offset < at or len(header) < 30:
            return False
        at = entry.header_offset + 30 + sum(struct.unpack("<HH", header[26:30])) + entry.compress_size
    return at <= packed.start_dir


class _XlsxExtent:
    """How many cells calamine would lay out: from the first to the last one named, and a row of those without a place."""  # noqa: E501

    def __init__(self) -> None:
        self._widest = self._deepest = 1
        self._tail, self._placeless = b"", 0

    @property
    def cells(self) -> int:
        return max(self._widest, self._placeless) * self._deepest

    def feed(self, chunk: bytes) -> bool:
        """Take the next bytes; False when they are no sheet."""
        end = chunk.rfind(b">") + 1
        whole, self._tail = (self._tail + chunk[:end], chunk[end:]) if end else (b"", self._tail + chunk)
        placed = 0
        for column, row in _PLACE.findall(whole):
            placed += bool(column)
            self._deepest = max(self._deepest, int(row))
            wide = 0
            for letter in column:
                wide = wide * 26 + letter - 64
            self._widest = max(self._widest, wide)
        self._placeless += max(0, len(_CELL.findall(whole)) - placed)
        return len(self._tail) < 4 * CHUNK


class _OdsExtent:
    """The same of an ODS file, in which a cell and a row may say how often they are repeated."""

    def __init__(self) -> None:
        from defusedxml.ElementTree import XMLParser  # type: ignore[import-untyped]

        self._parser = XMLParser(target=self, forbid_dtd=True)
        self._before = self._row = self._column = self._widest = self._deepest = self._repeat = 0
        self._is_cell = False

    @property
    def cells(self) -> int:
        return self._before + self._widest * self._deepest

    def feed(self, chunk: bytes) -> bool:
        """Take the next bytes."""
        self._parser.feed(chunk)
        return True

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins. Called by the parser."""
        kind = tag.rpartition("}")[2]
        told = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        if kind == "table":
            self._before, self._row, self._widest, self._deepest = self.cells, 0, 0, 0
        elif kind == "table-row":
            self._column, self._repeat = 0, int(told.get("number-rows-repeated", 1))
            self._row += self._repeat
        elif kind in ("table-cell", "covered-table-cell"):
            self._column += int(told.get("number-columns-repeated", 1))
            self._is_cell = True
            if "value-type" in told or "formula" in told:
                self.data("x")

    def data(self, text: str) -> None:
        """Text, or a value, in a cell: the sheet reaches at least here."""
        if self._is_cell:
            self._widest, self._deepest = max(self._widest, self._column), max(self._deepest, self._row)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag.endswith("}table-cell"):
            self._is_cell = False

    def close(self) -> None:
        """Nothing is built."""
