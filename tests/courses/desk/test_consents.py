"""The page of what one has agreed to: one click each way."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lms.members import consents
from lms.members.consents import Purpose, give_consent, has_consent, register_purpose
from lms.members.models import Leaving
from lms.organisation.models import Membership
from tests.factories import organisation

pytestmark = pytest.mark.django_db
URL = "/desk/data/consents/"


@pytest.fixture
def kari(client):
    _, _, _, branch = organisation.make_tree()
    member = organisation.make_member(of=branch)
    client.force_login(member)
    return member


@pytest.fixture
def _letters(monkeypatch):
    monkeypatch.setattr(consents, "_purposes", {})
    register_purpose(Purpose("letters", "1", "Brev", "Vi skriver til deg av og til."))


def answer(client, word, purpose="letters"):
    return client.post(URL, {"purpose": purpose, "answer": word})


@pytest.mark.usefixtures("_letters")
def test_the_page_shows_the_whole_text_and_that_one_has_not_said_yes(client, kari):
    page = client.get(URL).content.decode()
    assert "Vi skriver til deg av og til." in page
    assert 'value="give"' in page and 'value="withdraw"' not in page


@pytest.mark.usefixtures("_letters")
def test_one_click_gives_and_one_takes_back(client, kari):
    answer(client, "give")
    assert has_consent(kari, "letters")
    assert 'value="withdraw"' in client.get(URL).content.decode()
    answer(client, "withdraw")
    assert not has_consent(kari, "letters")


@pytest.mark.usefixtures("_letters")
def test_a_new_text_is_asked_about_again(client, kari):
    give_consent(member=kari, purpose="letters")
    consents._purposes["letters"] = Purpose("letters", "2", "Brev", "Vi skriver ofte.")
    page = client.get(URL).content.decode()
    assert 'value="give"' in page and 'value="withdraw"' in page and "Vi skriver ofte." in page


def test_with_no_purpose_the_page_says_so(client, kari, monkeypatch):
    monkeypatch.setattr(consents, "_purposes", {})
    assert "t-empty" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    "sent", [{"purpose": "nothing", "answer": "give"}, {"purpose": "letters", "answer": "maybe"}, {}]
)
def test_what_nobody_asks_cannot_be_answered(client, kari, sent):
    assert client.post(URL, sent).status_code == 404


def test_a_sympathiser_who_takes_back_that_consent_is_out_and_told_so(client, kari):
    Membership.objects.filter(member=kari).update(status="sympathiser")
    give_consent(member=kari, purpose="sympathiser")
    response = answer(client, "withdraw", "sympathiser")
    assert response["Location"] == reverse("left")
    assert Leaving.objects.filter(member=kari, cancelled_at=None).exists()
    assert client.get(URL).status_code == 302


def test_a_stranger_is_sent_to_sign_in(client, db):
    assert client.get(URL)["Location"].startswith("/accounts/login/")
