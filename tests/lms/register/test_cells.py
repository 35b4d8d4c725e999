"""What a row says, and what is wrong in it, from a table."""

from __future__ import annotations

import pytest

from lms.register.cells import read_row
from lms.register.columns import Field


def read(field: str, cell: str):
    cells = {Field.NUMBER: "1", Field.NAME: "Kari", Field.UNIT: "0301", Field(field): cell}
    said = read_row(2, cells, year=2026)
    return [problem.kind.value for problem in said.problems] or getattr(said, field)


@pytest.mark.parametrize(
    ("field", "cell", "read_as"),
    [
        ("email", "kari@example.org", "kari@example.org"),
        ("email", "kari.o'nord+lms@post.bjørn.no", "kari.o'nord+lms@post.bjørn.no"),
        ("email", "", ""),
        ("status", "Medlem", "member"),
        ("status", "SYMPATISØR", "sympathiser"),
        ("status", "", None),
        ("language", "Nynorsk", "nn"),
        ("language", "norsk bokmål", "nb"),
        ("language", "", None),
        ("birth_year", "1985", 1985),
        ("birth_year", "1985-03-12", 1985),
        ("birth_year", "12.03.1985", 1985),
        ("birth_year", "", 0),
        ("gender", "K", "woman"),
        ("gender", "", ""),
        ("postal_code", "0150", "0150"),
        ("postal_code", "150", "0150"),
        ("postal_code", "N-8001", "8001"),
        ("postal_code", "SE-114 55", ""),
        ("name", "  Åse \n Østby ", "Åse Østby"),
        ("name", "=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("name", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("name", "A\u030ase", "Åse"),
        ("number", "00 12", "00 12"),
    ],
)
def test_a_cell_is_read(field, cell, read_as):
    assert read(field, cell) == read_as


@pytest.mark.parametrize(
    ("field", "cell", "wrong"),
    [
        *(("email", cell, "email") for cell in (
            "kari", "kari@", "@example.org", "kari@example", "kari@@example.org", "a b@example.org",
            "Kari <k@example.org>",
            "k@example.org;o@example.org", ".k@example.org", "k..a@example.org", "k@-example.org", "k@example.o",
            "k@ex_a.org",
            "k" * 65 + "@example.org", "k@" + "x." * 130 + "org",
        )),
        ("status", "utmeldt", "status"),
        ("language", "klingon", "language"),
        ("birth_year", "85", "birth year"),
        ("birth_year", "1850", "birth year"),
        ("birth_year", "2027", "birth year"),
        ("birth_year", "12038512345", "birth year"),
        ("gender", "ja", "gender"),
        ("postal_code", "Bodø", "postal code"),
        ("name", "Kari\x00Nord", "characters"),
        ("name", "Kari\u202egro.elpmaxe", "characters"),
        ("name", "x" * 201, "too long"),
        ("number", "1" * 33, "too long"),
        ("number", "", "missing"),
        ("name", "   ", "missing"),
        ("unit", "", "missing"),
    ],
)  # fmt: skip
def test_a_cell_is_found_wrong(field, cell, wrong):
    assert read(field, cell) == [wrong]


def test_a_birth_date_is_not_kept_even_as_an_error():
    said = read_row(
        2, {Field.NUMBER: "1", Field.NAME: "K", Field.UNIT: "1", Field.BIRTH_YEAR: "12038512345"}, year=2026
    )
    assert [problem.value for problem in said.problems] == [""]


def test_a_row_with_cells_beyond_the_header_is_wrong_as_a_whole_and_none_of_it_is_read():
    said = read_row(7, {}, year=2026, surplus=2)
    assert [(p.row, p.field, p.value, p.kind.value, p.right) for p in said.problems] == [(7, "", "", "surplus", "2")]


def test_what_a_row_does_not_have_is_not_said_and_what_is_blank_is():
    cells = {
        Field.NUMBER: "1",
        Field.FIRST: "Kari",
        Field.LAST: "Nord",
        Field.UNIT: "1",
        Field.EMAIL: None,
        Field.GENDER: "",
    }
    said = read_row(2, cells, year=2026)
    assert (said.name, said.email, said.gender, said.problems) == ("Kari Nord", None, "", [])
