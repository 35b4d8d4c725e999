"""Sheets come in as they are, or are refused in words; what goes out stays text."""

from __future__ import annotations

import csv
import io
import struct
import zipfile

import pytest
from django.utils import translation

from lms.sheets import Row, SheetError, read_sheet, write_csv, write_xlsx

TEXT = "Nr;Navn\n1;Åse Østby – «Ås»\n2;Máret\n"
RIGHT = [["1", "Åse Østby – «Ås»"], ["2", "Máret"]]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def opened(data: bytes | str, name: str = "medlemmer.csv") -> tuple[list[str], list[Row]]:
    sheet = read_sheet(io.BytesIO(data.encode() if isinstance(data, str) else data), name)
    return sheet.headers, list(sheet.rows)


def cells(data: bytes | str) -> list[list[str]]:
    return [row.cells for row in opened(data)[1]]


def packed(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ods(rows: str) -> bytes:
    """The least of an ODS file: one table."""
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in names.items())
    table = f'<table:table table:name="A">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}"/>',
            "content.xml": f'<?xml version="1.0"?><office:document-content {spaces}>{body}</office:document-content>',
        }
    )


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def ods_row(*texts: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(ods_cell(text) for text in texts)}</table:table-row>"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)  # fmt: skip
def test_every_unicode_encoding_is_recognised_with_and_without_its_mark(encoding):
    assert cells(TEXT.encode(encoding)) == RIGHT


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_the_old_encodings_of_western_europe_are_recognised(encoding):
    assert cells("Nr;Navn\n1;Åse Østby «»\n".encode(encoding)) == [["1", "Åse Østby «»"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b\n1,5;2\n", ["1,5", "2"]),
        ("a,b\n1;5,2\n", ["1;5", "2"]),
        ("a\tb\n1,5\t2\n", ["1,5", "2"]),
        ("sep=,\r\na,b\r\n1,2\r\n", ["1", "2"]),
        ('"a;x",b\n1,2\n', ["1", "2"]),
        ("\ufeffa;b\r1;2\r", ["1", "2"]),
        ('a;b\n"1;5";2\n', ["1;5", "2"]),
        ('a;b\n"Kari ""Kaia"" N";2\n', ['Kari "Kaia" N', "2"]),
        ('a;b\nKari "Kaia" N;2\n', ['Kari "Kaia" N', "2"]),
        ("a;b\n\u00a0 1 ;  2\n", ["1", "2"]),
        ("a;b\nx\u2028y\x85z;2\n", ["x\u2028y\x85z", "2"]),
    ],
)
def test_what_divides_and_what_encloses_cells_is_recognised(text, expected):
    assert cells(text) == [expected]


def test_a_line_break_within_quotes_stays_in_its_cell_and_rows_are_numbered_as_a_spreadsheet_does():
    _headers, rows = opened('a;b\n\n"1\n2";x\n;\n3;y\n')
    assert rows == [Row(3, ["1\n2", "x"]), Row(5, ["3", "y"])]


def test_a_blank_header_keeps_its_place():
    assert opened("a;;c\n1;2;3\n") == (["a", "", "c"], [Row(2, ["1", "2", "3"])])


def test_a_row_with_more_cells_than_the_header_says_so_and_one_with_fewer_is_short():
    assert opened("a;b\n1;2;3;4\n1\n")[1] == [Row(2, ["1", "2"], surplus=2), Row(3, ["1"])]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n \n;;\n", "empty"),
        (b'a;b\n1;"Kari\n2;Ola\n', "quote"),
        (b'a;b\n1;"Kari" Nord\n', "quote"),
        (b'a;b\n1;"' + b"x" * 40_000, "quote"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "xls"),
        (b"%PDF-1.7 ...", "no sheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", "text"),
        (b"PK\x03\x04 not a zip at all", "damaged"),
        (b"<html><table><tr><td>1", "no sheet"),
        ("a;b\n1;2\n".encode("utf-16")[:-1], "text"),
        (b";".join(b"x" for _ in range(600)) + b"\n", "columns"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words_that_name_the_file(data, words):
    with pytest.raises(SheetError, match=words) as refused:
        opened(data, "liste.csv")
    assert "liste.csv" in str(refused.value)


def test_an_xlsx_file_is_read_as_one_sees_it():
    data = write_xlsx([["Nr", "Navn", "År"], ["0301", "Åse", 1985], [None, None, None], [301, "=1+1", 2.5]], title="A")
    assert opened(data) == (["Nr", "Navn", "År"], [Row(2, ["0301", "Åse", "1985"]), Row(4, ["301", "=1+1", "2.5"])])


def test_an_ods_file_is_read_with_its_repeated_cells_and_its_endless_blank_margin():
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16000"/></table:table-row>'  # fmt: skip  # noqa: E501
    data = ods(ods_row("Nr", "Navn") + ods_row("1", "Åse") + blank)
    assert opened(data) == (["Nr", "Navn"], [Row(2, ["1", "Åse"])])


def test_a_sheet_that_begins_further_in_keeps_its_columns():
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for place, value in {"B3": "Nr", "C3": "Navn", "B4": "1", "C4": "Åse"}.items():
        book.active[place] = value
    book.save(out)
    assert opened(out.getvalue()) == (["", "Nr", "Navn"], [Row(4, ["", "1", "Åse"])])


def xlsx_with(sheet: str) -> bytes:
    """A workbook whose first sheet is written by hand."""
    archive = zipfile.ZipFile(io.BytesIO(write_xlsx([["a"]], title="A")))
    parts = {name: archive.read(name) for name in archive.namelist()}
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return packed(
        parts | {"xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{sheet}</sheetData></worksheet>"}
    )


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
PLACELESS = f'<row r="1">{"<c><v>1</v></c>" * 3000}</row><row r="1000000"><c><v>1</v></c></row>'
WIDE = ods(f'<table:table-row table:number-rows-repeated="100000">{ods_cell("x", " table:number-columns-repeated=" + chr(34) + "1000" + chr(34))}</table:table-row>')  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    "data", [xlsx_with(FAR), xlsx_with(PLACELESS), WIDE], ids=["far out", "without a place", "repeated"]
)
def test_a_sheet_that_would_be_laid_out_over_millions_of_cells_is_not_opened(data):
    with pytest.raises(SheetError, match="far out"):
        opened(data)


def test_a_flat_bomb_is_refused_while_it_is_weighed():
    with pytest.raises(SheetError, match="unpacks"):
        opened(packed({"xl/worksheets/sheet1.xml": b" " * 30_000_000}))


def test_parts_that_overlap_are_refused():
    data = packed({"a": b"x" * 5000, "b": b"y" * 5000})
    at = data.rindex(b"PK\x01\x02")  # the second entry of the directory now points at the first part
    with pytest.raises(SheetError, match="unpacks"):
        opened(data[: at + 42] + struct.pack("<I", 0) + data[at + 46 :])


def test_an_ods_file_with_entities_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    content = zipfile.ZipFile(io.BytesIO(ods(ods_row("Nr")))).read("content.xml").decode()
    with pytest.raises(SheetError, match="damaged"):
        opened(packed({"content.xml": content.replace("?>", f"?>{bomb}", 1)}))


SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
FORMULAS = [
    *(f"{sign}{rest}" for sign in SIGNS for rest in ("1+1", "cmd|' /C calc'!A0", "SUM(A1:A2)", "HYPERLINK(\"http://x\")")),
    *(f"{before}{sign}1" for sign in SIGNS for before in (" ", "\t", "\r", "\n", "\u00a0", "\ufeff", "\u200b")),
    "\tTab", "\rCR", "\nLF",
]  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_comes_back_as_text_in_both_kinds_of_file(formula):
    text = write_csv([["navn"], [formula]]).decode("utf-8-sig")
    written = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1][0]
    assert written == f"'{formula}"

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(write_xlsx([["navn"], [formula]], title="Liste")))
    cell = book.active["A2"]
    assert (cell.data_type, cell.value) == ("s", formula.replace("\r", "\n"))


def test_numbers_stay_numbers_and_other_text_is_left_alone():
    assert write_csv([["Åse", -5, None, 2.5, "5-6", "a=b"]]) == "\ufeffÅse;-5;;2.5;5-6;a=b\r\n".encode()


def test_signs_no_workbook_can_hold_are_left_out_and_any_title_is_made_to_fit():
    data = write_xlsx([["a\x00b\x0bc", "x\ufffe"]], title="[A/B]: " + "x" * 60)
    assert opened(data)[0] == ["abc", "x"]
