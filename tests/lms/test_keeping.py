"""What is kept is read once, forgotten at once, and never kept when it is already old."""

from itertools import count

from django.core.cache import cache

from lms.keeping import forget, kept


def counting():
    numbers = count(1)
    return lambda: next(numbers)


def test_what_is_kept_is_made_once():
    make = counting()
    assert [kept("name", "a", make), kept("name", "a", make)] == [1, 1]


def test_what_is_forgotten_is_made_anew():
    make = counting()
    kept("name", "b", make)
    forget("b")
    assert kept("name", "b", make) == 2


def test_a_reader_who_began_before_the_change_does_not_keep_what_is_old():
    def read_while_it_changes() -> str:
        forget("c")
        return "old"

    kept("name", "c", read_while_it_changes)
    assert kept("name", "c", lambda: "new") == "new"


def test_a_cache_that_lost_everything_begins_anew():
    make = counting()
    kept("name", "d", make)
    cache.clear()
    assert kept("name", "d", make) == 2


def test_nothing_is_not_kept():
    answers = iter([None, "now"])
    assert [kept("name", "e", lambda: next(answers)), kept("name", "e", lambda: next(answers))] == [None, "now"]
