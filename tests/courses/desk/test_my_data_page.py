"""The page says what we hold and why, in plain words, and leaves no purpose out."""

from __future__ import annotations

import pytest

from courses.desk.my_data_words import SENTENCES, held_of, own_purposes
from lms.privacy.declarations import Kind
from tests.factories.organisation import make_member, make_term, make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari():
    nordland = make_tree()[1]
    kari = make_member(of=nordland, email="kari@example.org", member_number="4711", birth_year=1988, language="en")
    make_term(kari, unit=nordland)
    return kari


def test_every_purpose_for_which_we_hold_something_has_plain_words() -> None:
    covered = {purpose for purposes in SENTENCES.values() for purpose in purposes}
    silent = {purpose for kind in Kind for purpose in own_purposes(kind)} - covered
    assert silent == set(), "give these a sentence in courses/desk/my_data_words.py"


def test_no_sentence_is_about_what_we_no_longer_hold() -> None:
    held = {purpose for kind in Kind for purpose in own_purposes(kind)}
    stale = {purpose for purposes in SENTENCES.values() for purpose in purposes} - held
    assert stale == set()


def test_it_shows_what_we_hold(client, kari) -> None:
    client.force_login(kari)
    page = client.get("/desk/data/").content.decode()
    for fact in ("Kari Nordmann", "4711", "1988", "kari@example.org", "Nordland fylkeslag", "Chair"):
        assert fact in page, fact
    for way in ("/desk/data/copy/", "/desk/data/leave/"):
        assert f'href="{way}"' in page


def test_it_asks_the_database_three_times(kari, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        held_of(kari)


def test_it_is_for_those_who_are_signed_in(client) -> None:
    for path in ("/desk/data/", "/desk/data/copy/", "/desk/data/leave/"):
        assert client.get(path)["Location"].startswith("/accounts/login/")


def test_what_is_empty_is_not_shown(client) -> None:
    client.force_login(make_member("", language="en"))
    page = client.get("/desk/data/").content.decode()
    assert "Member number" not in page and "None" not in page
