"""Consent per purpose: given, taken back, asked for again when the text is new."""

from __future__ import annotations

import pytest
from django.utils import translation

from lms.members import consents
from lms.members.consents import Purpose, answers_of, give_consent, has_consent, register_purpose, withdraw_consent
from lms.members.models import Consent
from tests.factories import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch):
    monkeypatch.setattr(consents, "_purposes", {})
    register_purpose(Purpose("letters", "1", "Letters", "We write to you now and then."))


@pytest.fixture
def kari(db):
    return organisation.make_member()


def new_text(version: str = "2") -> None:
    consents._purposes["letters"] = Purpose("letters", version, "Letters", "We write to you often.")


def test_a_consent_says_which_version_and_in_which_language(kari):
    with translation.override("nn"):
        row = give_consent(member=kari, purpose="letters")
    assert (row.version, row.language) == ("1", "nn")


def test_saying_yes_twice_is_saying_it_once(kari):
    assert give_consent(member=kari, purpose="letters") == give_consent(member=kari, purpose="letters")


def test_taking_back_acts_at_once_and_leaves_the_history(kari):
    give_consent(member=kari, purpose="letters")
    assert withdraw_consent(member=kari, purpose="letters") is True
    assert not has_consent(kari, "letters")
    assert Consent.objects.count() == 1


def test_taking_back_what_was_never_given_does_nothing(kari):
    assert withdraw_consent(member=kari, purpose="letters") is False


def test_taking_back_is_announced_and_a_new_version_is_not_taking_back(kari, heard):
    told = heard(consents.consent_withdrawn)
    give_consent(member=kari, purpose="letters")
    new_text()
    give_consent(member=kari, purpose="letters")
    assert told == []
    withdraw_consent(member=kari, purpose="letters")
    assert [(call["member_id"], call["purpose"]) for call in told] == [(kari.pk, "letters")]


def test_a_new_text_asks_again_and_counts_as_no_meanwhile(kari):
    give_consent(member=kari, purpose="letters")
    new_text()
    answer = answers_of(kari)[0]
    assert answer.is_asked_again and not answer.holds and not has_consent(kari, "letters")
    give_consent(member=kari, purpose="letters")
    answer = answers_of(kari)[0]
    assert answer.holds and [row.version for row in answer.history] == ["2", "1"]


def test_two_rooms_cannot_use_one_key_for_two_things():
    with pytest.raises(ValueError, match="letters"):
        register_purpose(Purpose("letters", "1", "Letters", "Something else."))


def test_all_answers_cost_one_query(kari, django_assert_num_queries):
    for n in range(5):
        register_purpose(Purpose(f"p{n}", "1", "P", "P"))
        give_consent(member=kari, purpose=f"p{n}")
    with django_assert_num_queries(1):
        assert [answer.holds for answer in answers_of(kari)] == [False, *[True] * 5]


def test_what_being_here_rests_on_is_shown_only_to_those_who_agreed(kari):
    register_purpose(Purpose("guest", "1", "Guest", "I am a guest.", ends="You leave."))
    assert [answer.purpose.key for answer in answers_of(kari)] == ["letters"]
    give_consent(member=kari, purpose="guest")
    assert [answer.purpose.key for answer in answers_of(kari)] == ["guest", "letters"]
