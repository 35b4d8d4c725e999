"""Who leaves is out at once: rights, sessions and links; what is kept is theirs to say."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client

from lms.audit.models import Entry
from lms.jobs.sweeper import run_waiting
from lms.members.models import Leaving, Member
from lms.organisation.access import Right, Role, holds
from lms.organisation.leaving import come_back, keep_history, open_leaving_of, record_leaving
from lms.organisation.models import Appointment, Delegation, Membership, Term
from lms.organisation.queries import Standing, standing_of
from lms.organisation.services import begin_term, project_groups
from lms.organisation.signals import member_joined, member_left, term_ended
from lms.periods import Period
from tests.factories.organisation import (
    DAY,
    LATER,
    LONG_AGO,
    make_appointment,
    make_body,
    make_member,
    make_office,
    make_term,
    make_tree,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _it_is_the_day(set_today) -> None:
    set_today(DAY)


@pytest.fixture
def kari() -> Member:
    """An editor, training officer and member who can sign in."""
    nation, nordland, *_ = make_tree()
    kari = make_member(of=nordland, email="kari@example.org", password="et-langt-passord")
    make_appointment(kari, Role.EDITOR, unit=nation)
    make_term(kari, office="training", unit=nordland)
    project_groups(member=kari)
    return kari


def leave(*members: Member, on: dt.date = DAY) -> int:
    count = record_leaving(member_ids=[member.pk for member in members], on=on, by=None)
    for member in members:
        member.refresh_from_db()
    return count


def signed_in(client: Client, member: Member) -> Client:
    client.force_login(member)
    assert client.get("/desk/").status_code == 200
    return client


def test_everything_that_lasted_ends_on_the_day(kari) -> None:
    assert leave(kari) == 1
    ends = {row.valid_until for model in (Membership, Term, Appointment) for row in model.objects.filter(member=kari)}
    assert ends == {DAY}
    assert standing_of(kari) == Standing.FORMER


def test_rights_and_groups_are_gone_in_the_same_moment(kari) -> None:
    leave(kari)
    assert not holds(kari, Right.SEE_PEOPLE) and not holds(kari, Right.PUBLISH_COURSES)
    assert not kari.groups.exists()


def test_a_term_that_has_not_begun_never_does(kari) -> None:
    coming = Period(DAY + WEEK, LATER)
    begin_term(
        member=kari, office=make_office("chair"), body=make_body(Membership.objects.get().unit), period=coming, by=None
    )
    leave(kari)
    assert list(Term.objects.values_list("office__key", flat=True)) == ["training"]


def test_what_was_lent_by_the_one_who_left_ends_too(kari) -> None:
    unit, ola = Membership.objects.get().unit, make_member("Ola")
    lent = Delegation.objects.create(
        member=ola, giver=kari, right=Right.SEE_PEOPLE, unit=unit, valid_from=LONG_AGO, valid_until=LATER
    )
    leave(kari)
    lent.refresh_from_db()
    assert lent.valid_until == DAY


def test_the_open_session_is_out_at_the_next_request(kari, client) -> None:
    signed_in(client, kari)
    leave(kari)
    assert client.get("/desk/").status_code == 302


def test_the_password_opens_nothing_any_more(kari, client) -> None:
    leave(kari)
    client.post("/accounts/login/", {"login": "kari@example.org", "password": "et-langt-passord"})
    assert "_auth_user_id" not in client.session


def test_no_session_comes_alive_again_with_the_person(kari, client) -> None:
    signed_in(client, kari)
    other = Client()
    signed_in(other, make_member("Ola"))
    leave(kari)
    run_waiting()
    come_back(member=kari, by=None)
    assert client.get("/desk/").status_code == 302
    assert other.get("/desk/").status_code == 200
    assert Session.objects.count() == 1


def test_erasure_is_set_for_the_seventh_day(kari) -> None:
    leave(kari, on=DAY - 30 * dt.timedelta(days=1))
    row = Leaving.objects.get()
    assert (row.left_on, row.erase_on, row.keeps_history) == (DAY - dt.timedelta(days=30), DAY + WEEK, False)
    assert row.locked_at is not None


def test_nobody_is_recorded_as_having_left_before_the_day(kari) -> None:
    with pytest.raises(ValueError, match="has come"):
        leave(kari, on=DAY + WEEK)


def test_it_is_announced_once_and_written_on_the_trail(kari, heard) -> None:
    left, ended = heard(member_left), heard(term_ended)
    assert (leave(kari), leave(kari)) == (1, 0)
    assert [said["ids"] for said in left] == [[kari.pk]]
    assert [said["ids"] for said in ended] == [list(Term.objects.values_list("pk", flat=True))]
    assert Entry.objects.filter(act="record_leaving", subject=f"member:{kari.public_id}").count() == 1


def test_a_thousand_leave_in_as_many_statements_as_ten(kari, django_assert_max_num_queries) -> None:
    unit = Membership.objects.get().unit
    people = Member.objects.bulk_create([Member(name=f"Nr. {n}") for n in range(1_000)])
    Membership.objects.bulk_create([Membership(member=p, unit=unit, valid_from=LONG_AGO) for p in people])
    with django_assert_max_num_queries(50):  # 36, and one more for each 150 or so that SQLite writes at once
        assert record_leaving(member_ids=[p.pk for p in people], on=DAY, by=None) == 1_000


def test_who_keeps_the_history_signs_in_again_as_a_former_member(kari, client) -> None:
    leave(kari)
    keep_history(member=kari, by=kari)
    kari.refresh_from_db()
    signed_in(client, kari)
    assert standing_of(kari) == Standing.FORMER
    assert not holds(kari, Right.SEE_PEOPLE)


def test_only_the_person_chooses_to_keep(kari) -> None:
    leave(kari)
    with pytest.raises(PermissionDenied):
        keep_history(member=kari, by=make_member("Ola"))


def test_who_has_not_left_has_nothing_to_choose(kari) -> None:
    with pytest.raises(LookupError):
        keep_history(member=kari, by=kari)


def test_coming_back_opens_the_account_and_the_membership_but_no_office(kari, heard) -> None:
    joined = heard(member_joined)
    leave(kari)
    assert come_back(member=kari, by=None)
    kari.refresh_from_db()
    assert kari.is_active and standing_of(kari) == Standing.MEMBER and open_leaving_of(kari) is None
    assert not holds(kari, Right.SEE_PEOPLE)
    assert [said["ids"] for said in joined] == [[kari.pk]]


def test_who_comes_back_with_a_new_membership_has_only_that(kari) -> None:
    leave(kari)
    come_back(member=kari, by=None, reopen=False)
    assert standing_of(kari) == Standing.FORMER


def test_who_has_not_left_does_not_come_back(kari) -> None:
    assert not come_back(member=kari, by=None)


def test_a_link_for_a_new_password_opens_nothing_any_more(kari, client, mailoutbox) -> None:
    client.post("/accounts/password/reset/", {"email": "kari@example.org"})
    run_waiting()
    link = re.search(r"/accounts/password/reset/key/\S+", mailoutbox[-1].body)[0]
    leave(kari)
    form = client.get(link, follow=True)
    new = "et-helt-nytt-passord"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert "_auth_user_id" not in client.session
    client.post("/accounts/login/", {"login": "kari@example.org", "password": new})
    assert "_auth_user_id" not in client.session


def test_nobody_asks_for_a_new_link_for_an_account_that_is_locked(kari, client, mailoutbox) -> None:
    leave(kari)
    run_waiting()
    mailoutbox.clear()
    client.post("/accounts/password/reset/", {"email": "kari@example.org"})
    run_waiting()
    assert mailoutbox == []
