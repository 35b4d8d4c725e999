"""A unit is given by number or full name, and never guessed."""

from __future__ import annotations

import pytest

from lms.register.units import Known, UnitBook

UNITS = [
    Known(1, "kommune-0301", "Oslo"),
    Known(2, "kommune-1804", "Bodø kommunelag"),
    Known(3, "kommune-1515", "Herøy"),
    Known(4, "kommune-1818", "Herøy"),
    Known(5, "fylke-18", "Nordland"),
    Known(6, "kommune-5540", "Gáivuotna – Kåfjord – Kaivuono"),
    Known(7, "sentrum", "Sentrum lokallag"),
    Known(8, "kommune-3101", "Halden", is_kept=False),
    Known(9, "kommune-1508", "Ålesund", earlier=("Skodje", "Sandøy")),
]


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("kommune-0301", 1), ("0301", 1), ("301", 1), ("OSLO", 1), ("oslo", 1), ("Bodø kommunelag", 2),
        ("1804", 2),
        ("1818", 4), ("18", 5), ("Gáivuotna - Kåfjord - Kaivuono", 6), ("gaivuotna–kåfjord–kaivuono", 6),
        ("SENTRUM", 7),
        ("ålesund", 9),
    ],
)  # fmt: skip
def test_a_unit_is_found(cell, unit):
    assert UnitBook(UNITS).find(cell).unit.id == unit


@pytest.mark.parametrize(
    ("cell", "wrong", "right"),
    [
        ("Herøy", "unit shared", "Herøy (1515), Herøy (1818)"),
        ("Bodø", "unit unknown", "Bodø kommunelag (1804)"),
        ("Oslø", "unit unknown", "Oslo (0301)"),
        ("Bodo kommunelag", "unit unknown", "Bodø kommunelag (1804)"),
        ("Aalesund", "unit unknown", "Ålesund (1508)"),
        ("Kåfjord", "unit unknown", "Gáivuotna – Kåfjord – Kaivuono (5540)"),
        ("Halden - Håldi", "unit unknown", "Halden (3101)"),
        ("Skodje", "unit unknown", "Ålesund (1508)"),
        ("Nordlandd", "unit unknown", "Nordland (18)"),
        ("0302", "unit unknown", ""),
        ("Halden", "unit foreign", ""),
        ("x" * 200, "unit unknown", ""),
    ],
)
def test_a_unit_is_not_found_and_it_is_said_what_may_have_been_meant(cell, wrong, right):
    meant = UnitBook(UNITS).find(cell)
    assert (meant.unit, meant.wrong, meant.right) == (None, wrong, right)


def test_a_number_that_two_units_bear_is_not_chosen_between():
    book = UnitBook([Known(1, "fylke-18", "A"), Known(2, "lag-18", "B")])
    assert book.find("18").right == "A (18), B (18)"
    assert book.find("lag-18").unit.id == 2
