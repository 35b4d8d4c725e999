"""Somebody comes by themselves: an address, a consent, a letter, and they are in."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from lms.jobs.daily import request_daily
from lms.jobs.sweeper import run_waiting
from lms.joining.becoming import join_as_member
from lms.joining.models import Arrival, SignUp
from lms.members.consents import has_consent
from lms.members.models import Consent, Member
from lms.organisation.models import Membership
from lms.organisation.queries import Standing, home_unit_of, standing_of
from tests.factories import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DOOR = "/join/course/apent/"
NEW = "ny@example.org"
PASSWORD = "et-langt-passord"


def sign_up(email: str = NEW, *, door: str = DOOR, client: Client | None = None, **said: str):
    return (client or Client()).post(door, {"email": email, "agrees": "on", **said})


def person() -> Member:
    return Member.objects.get(email=NEW)


def test_the_whole_way_from_an_address_to_the_first_lesson(place, course, newest_door):
    assert sign_up().headers["Location"] == "/join/sent/"
    assert not Member.objects.filter(email=NEW).exists()
    client, door = Client(), newest_door()
    assert client.get(door).status_code == 200
    assert client.post(door, {"name": "Ny Sjel"}).headers["Location"] == "/kurs/apent/forste/"
    assert client.get("/desk/").status_code == 200
    assert standing_of(person()) == Standing.SYMPATHISER
    assert home_unit_of(person()) == place.nation
    assert has_consent(person(), "sympathiser")
    assert EmailAddress.objects.get(user=person()).verified
    assert not SignUp.objects.exists()


def test_no_address_is_kept_without_consent(place, course):
    answer = Client().post(DOOR, {"email": NEW})
    assert answer.status_code == 422
    assert not SignUp.objects.exists()


def test_the_consent_is_kept_with_its_version_and_language(place, course, newest_door):
    client = Client()
    client.cookies["tillit_language"] = "nn"
    sign_up(client=client)
    client.post(newest_door())
    row = Consent.objects.get(member=person())
    assert (row.purpose, row.version, row.language) == ("sympathiser", "1", "nn")


def test_one_may_say_where_one_lives(place, course, newest_door):
    sign_up(unit=place.bodo.code)
    Client().post(newest_door())
    assert home_unit_of(person()) == place.bodo


def test_the_letter_opens_one_door_once(place, course, newest_door):
    sign_up()
    door = newest_door()
    assert Client().post(door).status_code == 302
    assert Client().get(door).status_code == 404
    assert Client().post(door).status_code == 404
    assert Arrival.objects.count() == 1


def test_opening_the_letter_changes_nothing(place, course, newest_door):
    sign_up()
    door = newest_door()
    assert Client().get(door).status_code == 200
    assert not Member.objects.filter(email=NEW).exists()


def test_a_password_is_checked_and_then_works(place, course, newest_door):
    sign_up()
    door = newest_door()
    assert Client().post(door, {"password": "kort"}).status_code == 422
    Client().post(door, {"password": PASSWORD})
    answer = Client().post("/accounts/login/", {"login": NEW, "password": PASSWORD})
    assert answer.status_code == 302


def _screens(emails: list[str]) -> list[tuple[int, str, str]]:
    found = []
    for email in emails:
        answer = sign_up(email)
        found.append((answer.status_code, answer.headers.get("Location", ""), answer.content.decode()))
    return found


def test_known_and_unknown_addresses_meet_the_same_screen_and_the_same_work(
    place, course, django_assert_num_queries, settings
):
    organisation.make_member("Kari", of=place.bodo, email="kari@example.org", password=PASSWORD)
    organisation.make_member("Ola", of=place.bodo, email="ola@example.org")
    sign_up("warm@example.org")
    screens = _screens(["kari@example.org", "ola@example.org", NEW])
    assert len(set(screens)) == 1
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for email in ("kari@example.org", "ola@example.org", NEW):
        with CaptureQueriesContext(connection) as asked:
            sign_up(email)
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_whoever_has_an_account_is_told_by_mail_to_sign_in_and_nothing_is_kept(place, course, newest_door):
    organisation.make_member("Kari", of=place.bodo, email="kari@example.org", password=PASSWORD)
    sign_up("Kari@example.org")
    assert newest_door() == "/accounts/login/?next=%2Fkurs%2Fapent%2F"
    assert not SignUp.objects.exists()
    assert Member.objects.filter(email__iexact="kari@example.org").count() == 1


def test_whoever_is_in_the_register_is_led_to_their_own_account(place, course, newest_door):
    ola = organisation.make_member("Ola", of=place.bodo, email="ola@example.org")
    sign_up("ola@example.org")
    client = Client()
    client.post(newest_door(), {"password": PASSWORD})
    assert client.session["_auth_user_id"] == str(ola.pk)
    assert standing_of(ola) == Standing.MEMBER
    assert not Arrival.objects.exists()


def test_a_shared_address_is_led_to_the_code(place, course, newest_door):
    for name in ("Kari", "Ola"):
        organisation.make_member(name, of=place.bodo, email="hjemme@example.org")
    sign_up("hjemme@example.org")
    assert newest_door() == "/join/code/"


def test_the_letter_names_nothing_in_its_subject(place, course, newest_door, mailoutbox):
    sign_up()
    newest_door()
    assert not re.search("medlem|parti|kurs|lag|Slik", mailoutbox[-1].subject, re.IGNORECASE)
    assert mailoutbox[-1].alternatives


def test_three_letters_a_day_go_to_one_address(place, course, mailoutbox):
    assert {sign_up().status_code for _ in range(6)} == {302}
    run_waiting()
    assert len(mailoutbox) == 3


def test_an_address_nobody_confirms_is_gone_after_seven_days(place, course, newest_door):
    sign_up()
    door = newest_door()
    SignUp.objects.update(created_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    assert Client().get(door).status_code == 404
    request_daily()
    run_waiting()
    assert not SignUp.objects.exists()


def test_an_address_is_kept_for_the_seven_days(place, course, newest_door):
    sign_up()
    newest_door()
    SignUp.objects.update(created_at=timezone.now() - dt.timedelta(days=6, hours=23))
    request_daily()
    run_waiting()
    assert SignUp.objects.count() == 1


def test_a_course_that_is_not_open_cannot_be_signed_up_for(place, course):
    assert Client().get("/join/course/lukket/").status_code == 404
    assert sign_up(door="/join/course/lukket/").status_code == 404


def test_becoming_a_member_keeps_the_time_before(place, course, newest_door, heard):
    from lms.organisation.signals import member_joined

    joined, day = heard(member_joined), timezone.localdate()
    sign_up(unit=place.bodo.code)
    Client().post(newest_door())
    Membership.objects.filter(member=person()).update(valid_from=day - dt.timedelta(days=30))
    join_as_member(member=person(), unit=place.bodo, on=day, by=place.nora)
    assert standing_of(person()) == Standing.MEMBER
    assert standing_of(person(), on=day - dt.timedelta(days=1)) == Standing.SYMPATHISER
    assert [said["ids"] for said in joined] == [[person().pk]]


def test_only_whoever_keeps_the_register_there_makes_members(place, course, newest_door):
    from django.core.exceptions import PermissionDenied

    sign_up(unit=place.bodo.code)
    Client().post(newest_door())
    with pytest.raises(PermissionDenied):
        join_as_member(member=person(), unit=place.bodo, on=timezone.localdate(), by=place.odd)


def test_erasing_the_person_leaves_the_count(place, course, newest_door):
    sign_up()
    Client().post(newest_door())
    person().delete()
    assert Arrival.objects.get().member is None
