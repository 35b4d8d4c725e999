"""In which language a page answers, and that the house stands."""

import re

import pytest
from django.test import Client

from tests.factories.courses import make_site
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db


def lang(answer):
    return re.search(rb'<html lang="(\w+)"', answer.content)[1].decode()


def test_the_front_page_is_in_bokmaal_when_no_language_is_asked_for(client):
    make_site()
    assert lang(client.get("/")) == "nb"
    assert lang(client.get("/", headers={"accept-language": "en-GB,en;q=0.9"})) == "nb"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_ones_own_pages_follow_what_one_has_chosen(client, language):
    client.force_login(make_member())
    client.get(f"/language/?language={language}")
    assert lang(client.get("/desk/")) == language
    assert client.get("/desk/")["Content-Language"] == language


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_without_a_cookie_they_follow_the_profile(client, language):
    client.force_login(make_member(language=language))
    assert lang(client.get("/desk/")) == language


def test_an_unknown_language_is_no_choice(client):
    client.get("/language/?language=xx")
    client.cookies["tillit_language"] = "tlh"
    assert lang(client.get("/accounts/login/")) == "nb"


@pytest.mark.parametrize("back", ["https://ond.example/", "//ond.example/", "javascript:alert(1)", "/\\ond.example"])
def test_choosing_a_language_never_leaves_the_house(client, back):
    assert client.get("/language/", {"language": "nn", "next": back})["Location"] == "/"


def test_a_page_in_one_language_is_not_given_to_a_reader_of_another(client):
    make_site()
    assert "Cookie" in client.get("/")["Vary"]
    assert "Cookie" in client.get("/accounts/login/")["Vary"]


def test_the_house_says_that_it_stands(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    told = answer.json()
    assert told["status"] == told["database"] == told["storage"] == told["cache"] == "ok"
    assert answer["Cache-Control"] == "no-store"


def test_the_house_says_what_does_not_stand(client, monkeypatch):
    monkeypatch.setattr("lms.pages.views.default_storage", None)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["storage"] == "AttributeError"


def test_a_page_that_is_not_there_says_so_in_the_readers_language(client):
    client.cookies["tillit_language"] = "en"
    for reader in (client, Client()):
        answer = reader.get("/learn/finnes-ikke/test/" if reader is client else "/finnes-ikke/")
        assert answer.status_code in (302, 404)
