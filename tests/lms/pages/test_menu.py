"""The menu marks the one entry a page belongs under."""

from __future__ import annotations

from lms.pages.menu import Entry, current_of

HOUSE = Entry(10, "House", "/house/", "House")
GARDEN = Entry(20, "Garden", "/garden/", "House", also=("/shed/", "/gate/"))
GATE = Entry(30, "Gate", "/gate/", "House")


def test_an_entry_is_marked_on_the_pages_under_its_address() -> None:
    assert current_of([HOUSE, GARDEN], "/house/cellar/") is HOUSE


def test_an_entry_is_marked_on_the_further_pages_it_stands_for() -> None:
    assert current_of([HOUSE, GARDEN], "/shed/tools/") is GARDEN


def test_a_page_with_an_entry_of_its_own_is_marked_there_and_nowhere_else() -> None:
    assert current_of([HOUSE, GARDEN, GATE], "/gate/") is GATE


def test_the_longest_beginning_wins() -> None:
    cellar = Entry(40, "Cellar", "/house/cellar/", "House")
    assert current_of([HOUSE, cellar], "/house/cellar/shelf/") is cellar


def test_a_page_that_belongs_nowhere_marks_nothing() -> None:
    assert current_of([HOUSE, GARDEN, GATE], "/roof/") is None
