"""Sheets in and out: the only door to openpyxl and python_calamine.

In: CSV in any usual encoding, XLSX and ODS, as headers and numbered rows of text. Nothing is
guessed that could move a value into another column: a row with more cells than the header says
so (``Row.surplus``). Out: CSV and XLSX in which text stays text, whatever it begins with.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from django.utils.translation import gettext as _

from lms.unpacking import TooHeavy, TooWide, weigh

MOST_BYTES = 50_000_000
"""The largest file that is opened; a register of 400,000 people as CSV is about this."""
MOST_COLUMNS = 500
MOST_IN_CELL = 32_767
"""What a spreadsheet holds in a cell; a longer one in a CSV is a quote that was never closed."""
CHUNK = 1 << 20
DELIMITERS = ";\t,"
Records = Iterator[tuple[int, list[str]]]

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_OTHER_KINDS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"PK", b"{\\rtf", b"<!DOCTYPE", b"<html")
_FORMULA = re.compile(r"[\s\u200b-\u200f\ufeff\x00-\x1f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\x00]")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class SheetError(Exception):
    """The file cannot be read as a sheet. The message says, for the reader, what is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``number`` is the one a spreadsheet shows; ``surplus`` is how many cells stand beyond the header.

    A row may have fewer cells than the header: what it does not have it does not say.
    """

    number: int
    cells: list[str]
    surplus: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headers as written, in order, blank ones too; the rows below, blank ones left out, read as they are asked for."""

    headers: list[str]
    rows: Iterator[Row]


def read_sheet(file: BinaryIO, name: str) -> Sheet:
    """Open a CSV, XLSX or ODS file by what it holds, not by what it is called; of a workbook the first sheet.

    Raises SheetError, also while the rows are read. ``file`` stays open and the caller's.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    start = file.read(9)
    if size > MOST_BYTES:
        _refuse(_("%(name)s is larger than %(most)s MB. Divide it into several files."), name, most=MOST_BYTES // 10**6)
    if start.startswith(b"PK\x03\x04"):
        return _headed(_book_records(file, name), name)
    if start.startswith(_OTHER_KINDS):
        _refuse(_("%(name)s is locked, an old .xls, or no sheet at all. Save it as .xlsx, .ods or CSV."), name)
    file.seek(0)
    return _headed(_text_records(file.read(), name), name)


def _headed(records: Records, name: str) -> Sheet:
    """The first row that is not blank is the header."""
    headers = next((cells for _number, cells in records if any(cells)), None)
    if headers is None:
        _refuse(_("%(name)s is empty. The first row names the columns; the people follow below."), name)
    if len(headers) > MOST_COLUMNS:
        _refuse(_("%(name)s has more than %(most)s columns."), name, most=MOST_COLUMNS)
    width = len(headers)
    below = (Row(number, cells[:width], max(0, len(cells) - width)) for number, cells in records if any(cells))
    return Sheet(headers, below)


def _refuse(words: str, name: str, **more: object) -> NoReturn:
    raise SheetError(words % {"name": name, **more})


# ---- text ----------------------------------------------------------------------
def _text_records(data: bytes, name: str) -> Records:
    text = io.TextIOWrapper(io.BytesIO(data), encoding=_encoding(data, name), newline="")
    told = re.fullmatch(r"sep=(.)\s*", text.readline(CHUNK), re.IGNORECASE)
    start = text.tell() if told else 0
    text.seek(start)
    delimiter = told[1] if told else _delimiter(text.read(CHUNK))
    text.seek(start)
    number = 0
    try:
        # Strict: a quote that is opened and never closed would swallow the rows below it.
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), start=1):
            if cells and max(map(len, cells)) > MOST_IN_CELL:
                raise csv.Error
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        words = _('%(name)s, near row %(row)s: a quote (") is not closed. Within a cell it is written twice.')
        raise SheetError(words % {"name": name, "row": number + 1}) from error


def _encoding(data: bytes, name: str) -> str:
    """What the bytes say: a mark at the start, UTF-16 by its noughts, UTF-8 when all of it is, else Windows."""
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "")
    even, odd, half = data[:CHUNK:2].count(0), data[1:CHUNK:2].count(0), len(data[:CHUNK]) / 2
    if not marked and (even or odd):
        marked = "utf-16-le" if odd > half * 0.4 > even else "utf-16-be" if even > half * 0.4 > odd else "none"
    if marked and (marked == "none" or not _decodes(data, marked)):
        _refuse(_("%(name)s cannot be read as text. Save it again as CSV (UTF-8), .xlsx or .ods."), name)
    return marked or next((one for one in ("utf-8", "cp1252") if _decodes(data, one)), "latin-1")


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for at in range(0, len(data), CHUNK):
            decoder.decode(data[at : at + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(sample: str) -> str:
    """What divides the header, outside its quotes. Of two that occur as often: ; before tab before comma."""
    bare = re.sub(r'"(?:[^"]|"")*"', "_", sample)
    line = next((line for line in re.split(r"[\r\n]+", bare) if line.strip(f" {DELIMITERS}")), "")
    return max(DELIMITERS, key=lambda mark: (line.count(mark), -DELIMITERS.index(mark)))


# ---- workbooks -----------------------------------------------------------------
def _book_records(file: BinaryIO, name: str) -> Records:
    """The first sheet of an XLSX or ODS file, once its size is known."""
    from python_calamine import load_workbook

    try:
        with zipfile.ZipFile(file) as packed:
            weigh(packed)
        file.seek(0)
        sheet = load_workbook(file).get_sheet_by_index(0)
        left = [""] * (sheet.start[1] if sheet.start else 0)  # calamine begins each row at the first used column
    except (KeyboardInterrupt, SystemExit):
        raise
    except TooHeavy:
        _refuse(_("%(name)s unpacks to far more than a sheet holds. It was not opened."), name)
    except TooWide:
        _refuse(_("%(name)s has cells far out in a sheet that is else empty. Copy the rows to a new one."), name)
    except BaseException as error:
        words = _(
            "%(name)s is damaged, locked or of another kind. Open it in a spreadsheet and save it as .xlsx or CSV."
        )
        raise SheetError(words % {"name": name}) from error
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = left + [_text_of(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        yield number, texts


def _text_of(cell: object) -> str:
    """A cell as one would write it: 301.0 is 301, a day is 2026-03-14."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e16:
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell).strip()


# ---- out -----------------------------------------------------------------------
def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take a cell for a formula: = + - @ in any width, tab, line break."""
    return bool(_FORMULA.match(text))


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV that spreadsheets open right: UTF-8 with its mark, ``;``, a quote before what may be a formula."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([_defused(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _defused(cell: object) -> object:
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    text = cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)
    return f"'{text}" if is_formula(text) else text


def write_xlsx(rows: Iterable[Sequence[object]], *, title: str) -> bytes:
    """Rows as an XLSX file, the first of them the header. Text is typed as text, with the line breaks of a cell."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip(" '") or "1")
    sheet.freeze_panes = "A2"

    def cell_of(value: object, is_header: bool) -> Any:
        if value is None or isinstance(value, bool | int | float | dt.date | dt.time):
            return value
        cell = WriteOnlyCell(sheet, _UNWRITABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")))
        cell.data_type, cell.number_format = "s", "@"
        if is_header:
            cell.font = Font(bold=True)
        return cell

    for number, row in enumerate(rows):
        sheet.append([cell_of(value, number == 0) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
