"""The list of courses, narrowed by level, audience, length and language."""

import pytest

from courses.catalogue.cards import Card, course_cards
from courses.catalogue.models import CoursePage
from tests.factories.courses import make_course_pages, make_site


def card(**facts) -> Card:
    told = {"minutes": 20, "level_key": "leadership.grunn", "audience": "officers", "languages": frozenset({"nb"})}
    return Card("Kurs", "/kurs/", "", lesson_count=3, level_name="", is_open=False, **{**told, **facts})


@pytest.mark.parametrize(
    ("asked", "is_shown"),
    [
        ({}, True),
        ({"level": "leadership.grunn"}, True),
        ({"level": "leadership.videre"}, False),
        ({"audience": "officers"}, True),
        ({"audience": "instructors"}, False),
        ({"length": "short"}, True),
        ({"length": "long"}, False),
        ({"language": "nb"}, True),
        ({"language": "en"}, False),
        ({"level": "leadership.grunn", "language": "en"}, False),
    ],
)
def test_a_course_is_shown_when_it_is_all_that_was_asked_for(asked, is_shown):
    assert card().matches(**asked) is is_shown


def test_a_course_for_everyone_is_for_each_audience():
    assert card(audience=CoursePage.Audience.EVERYONE).matches(audience="instructors")


def test_the_list_keeps_what_was_chosen_and_says_when_nothing_fits(client, db):
    make_course_pages()
    index = make_site()
    page = client.get(index.url, {"language": "en"}).content.decode()
    assert '<option value="en" selected>' in page
    assert "Ingen kurs passer" in page or "Vis alle" in page


def test_a_course_knows_the_languages_it_is_written_in(db):
    make_course_pages()
    (found,) = course_cards("nb")
    assert found.languages == {"nb"}
