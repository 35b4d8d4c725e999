"""Leaving by oneself: said plainly, chosen once, undone by a link, and done in seven days."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import signing
from django.test import Client

from courses.desk.my_data_links import leaving_named, link_to
from lms.jobs.sweeper import run_waiting
from lms.members.models import Leaving, Member
from lms.organisation.access import Right, Role, holds
from lms.organisation.erasing import due_for_erasure, erase_member
from lms.organisation.leaving import come_back, open_leaving_of, record_leaving
from lms.organisation.queries import Standing, standing_of
from lms.periods import today
from tests.factories.canary import PASSWORD
from tests.factories.courses import course_of, finish, make_course_pages, make_credential
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LEAVE = "/desk/data/leave/"


@pytest.fixture
def kari() -> Member:
    kari = make_member(of=make_tree()[1], email="kari@example.org", password=PASSWORD, language="en")
    finish(course_of(make_course_pages(1)), kari)
    make_credential(kari)
    return kari


@pytest.fixture
def browser(kari) -> Client:
    return signed_in()


def signed_in() -> Client:
    browser = Client()
    browser.post("/accounts/login/", {"login": "kari@example.org", "password": PASSWORD})
    return browser


def test_leaving_locks_signs_out_and_sets_the_day(kari, browser) -> None:
    assert browser.post(LEAVE, {"choice": "erase"})["Location"] == "/desk/data/left/"
    kari.refresh_from_db()
    assert not kari.is_active and standing_of(kari) == Standing.FORMER
    assert open_leaving_of(kari).erase_on == today() + dt.timedelta(days=7)
    assert browser.get("/desk/").status_code == 302


def test_a_letter_says_so_and_its_link_brings_them_back(kari, browser, mailoutbox) -> None:
    browser.post(LEAVE, {"choice": "erase"})
    run_waiting()
    link = re.search(r"/desk/data/left/[\w:-]+/", mailoutbox[-1].body)[0]
    assert "kari" not in mailoutbox[-1].subject.lower()
    stranger = Client()
    assert stranger.get(link).status_code == 200
    stranger.post(link, {"choice": "return"})
    kari.refresh_from_db()
    assert kari.is_active and standing_of(kari) == Standing.MEMBER
    assert signed_in().get("/desk/").status_code == 200
    assert stranger.get(link).status_code == 404


def test_opening_the_link_changes_nothing(kari, browser) -> None:
    browser.post(LEAVE, {"choice": "erase"})
    Client().get(link_to(open_leaving_of(kari)))
    assert open_leaving_of(kari) is not None and not open_leaving_of(kari).keeps_history


def test_whoever_keeps_the_history_sees_their_own_learning_and_nothing_more(kari, browser) -> None:
    make_appointment(kari, Role.ADMINISTRATOR, unit=kari.memberships.get().unit)
    assert browser.post(LEAVE, {"choice": "keep"})["Location"] == "/desk/data/left/?kept=1"
    again = signed_in()
    assert "Ny i styret" in again.get("/desk/").content.decode()
    assert again.get("/desk/certificates/").status_code == 200
    assert not holds(Member.objects.get(pk=kari.pk), Right.SEE_PEOPLE)
    assert list(due_for_erasure(on=today() + dt.timedelta(days=400))) == []


def test_whoever_has_chosen_already_is_not_asked_by_letter(kari, browser, mailoutbox) -> None:
    browser.post(LEAVE, {"choice": "keep"})
    run_waiting()
    assert mailoutbox == []
    assert signed_in().post(LEAVE, {"choice": "erase"}).status_code == 302
    run_waiting()
    assert len(mailoutbox) == 1


def test_the_history_can_be_given_up_later(kari, browser) -> None:
    browser.post(LEAVE, {"choice": "keep"})
    again = signed_in()
    assert "kept your course history" in again.get("/desk/data/").content.decode()
    again.post(LEAVE, {"choice": "erase"})
    assert again.get("/desk/").status_code == 302
    assert [row.member for row in due_for_erasure(on=today() + dt.timedelta(days=7))] == [kari]


def test_without_a_choice_nothing_happens_and_the_page_says_what_is_missing(kari, browser) -> None:
    for sent in ({}, {"choice": ""}, {"choice": "everything"}):
        answer = browser.post(LEAVE, sent)
        assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert not Leaving.objects.exists()


def test_looking_at_the_page_changes_nothing(browser) -> None:
    assert browser.get(LEAVE).status_code == 200
    assert not Leaving.objects.exists()


def test_a_sign_in_that_is_not_fresh_is_asked_again(browser, settings) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    answer = browser.post(LEAVE, {"choice": "erase"})
    assert "/accounts/reauthenticate/" in answer["Location"] and not Leaving.objects.exists()


def test_whom_the_register_took_out_may_keep_the_history_but_not_come_back(kari) -> None:
    record_leaving(member_ids=[kari.pk], on=today(), by=None)
    link, stranger = link_to(open_leaving_of(kari)), Client()
    assert 'value="return"' not in stranger.get(link).content.decode()
    assert stranger.post(link, {"choice": "return"}).status_code == 200
    assert open_leaving_of(kari) is not None
    stranger.post(link, {"choice": "keep"})
    assert open_leaving_of(kari).keeps_history and signed_in().get("/desk/").status_code == 200


def test_the_link_of_somebody_erased_leads_nowhere(kari, browser) -> None:
    browser.post(LEAVE, {"choice": "erase"})
    link = link_to(open_leaving_of(kari))
    erase_member(member=kari, by=None)
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(
    "token", ["x", "1:abc:def", signing.dumps(1, salt="another")], ids=["short", "made up", "another salt"]
)
def test_a_forged_link_leads_nowhere(kari, token: str) -> None:
    record_leaving(member_ids=[kari.pk], on=today(), by=None)
    assert leaving_named(token) is None
    assert Client().get(f"/desk/data/left/{token}/").status_code == 404


def test_whoever_left_came_back_and_left_again_is_written_to_twice(kari, mailoutbox) -> None:
    for _ in range(2):
        record_leaving(member_ids=[kari.pk], on=today(), by=None)
        run_waiting()
        come_back(member=kari, by=None)
    assert len(mailoutbox) == 2


def test_those_without_an_address_are_not_written_to(mailoutbox) -> None:
    record_leaving(member_ids=[make_member("Ola").pk], on=today(), by=None)
    run_waiting()
    assert mailoutbox == []
