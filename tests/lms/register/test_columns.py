"""Headers are recognised in Norwegian and English; of several that could be meant none is guessed."""

from __future__ import annotations

import pytest

from lms.register.columns import Field, header_key, recognise


def named(*headers: str, said: dict[str, str] | None = None) -> dict[str, str]:
    return {field.value: headers[place] for field, place in recognise(headers, said).at.items()}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Medlemsnummer", "number"), ("MEDLEMSNR.", "number"), ("Member number", "number"), ("member_no", "number"),
        ("Navn", "name"), ("Namn", "name"), ("Full name", "name"),
        ("Fornavn", "first_name"), ("Etternamn", "last_name"),
        ("E-post", "email"), ("epost:", "email"), ("E-mail address", "email"), ("Enhet", "unit"), ("Eining", "unit"),
        ("Kommunelag", "unit"), ("Unit number", "unit"), ("Status", "status"), ("Språk", "language"),
        ("Fødselsår", "birth_year"), ("Year of birth", "birth_year"), ("Kjønn", "gender"), ("Postnr.", "postal_code"),
        ("ZIP", "postal_code"),
    ],
)  # fmt: skip
def test_a_usual_header_is_recognised(header, field):
    assert recognise([header]).at == {Field(field): 0}


@pytest.mark.parametrize(
    "header",
    ["Fødselsnummer", "Fødselsdato", "Telefon", "Adresse", "Kontingent betalt", "", "Navn på kontaktperson", "Id"],
)
def test_what_is_not_kept_is_not_recognised(header):
    assert recognise([header]).at == {}


def test_a_branch_goes_before_its_county_and_a_number_before_a_name():
    assert named("Medlemsnr", "Navn", "Fylkeslag", "Kommunelag")["unit"] == "Kommunelag"
    assert named("Medlemsnr", "Navn", "Enhet", "Enhetsnummer")["unit"] == "Enhetsnummer"


def test_the_two_halves_of_a_name_go_before_the_whole():
    assert named("Nr", "Navn", "Fornavn", "Etternavn", "Lag") == {
        "number": "Nr", "first_name": "Fornavn", "last_name": "Etternavn", "unit": "Lag",
    }  # fmt: skip


def test_two_columns_of_the_same_rank_are_not_chosen_between():
    found = recognise(["Medlemsnummer", "Navn", "E-post", "Mail", "Enhet"])
    assert found.twice == {Field.EMAIL: (2, 3)} and not found.is_clear


def test_what_an_import_cannot_do_without_is_said_to_be_missing():
    assert recognise(["Navn", "E-post"]).missing == (Field.NUMBER, Field.UNIT)
    assert recognise(["Medlemsnummer", "Fornavn", "Enhet"]).missing == (Field.NAME,)


def test_what_somebody_has_said_goes_before_what_is_recognised():
    said = {header_key("Lokallag-ID"): "unit", header_key("Enhet"): ""}
    found = recognise(["Medlemsnummer", "Navn", "Enhet", "Lokallag ID"], said)
    assert (found.at[Field.UNIT], found.left_out) == (3, (2,))
