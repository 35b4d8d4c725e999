"""A file adds and changes: once, whole, and with dates."""

from __future__ import annotations

import datetime as dt

import pytest

from lms.audit.models import Entry
from lms.members.models import Member
from lms.organisation.models import Membership
from lms.organisation.signals import member_joined, member_moved
from lms.periods import today
from tests.factories.organisation import make_member, make_tree
from tests.lms.register.files import bring, bring_and_apply, counted, register

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def tree():
    return make_tree()


def belonging(number: str) -> list[tuple]:
    rows = Membership.objects.filter(member__member_number=number).order_by("valid_from", "pk")
    return list(rows.values_list("unit__name", "status", "valid_from", "valid_until"))


def test_new_people_get_a_membership_from_today_a_name_key_and_an_account_nobody_can_open_yet(tree):
    row = bring_and_apply(register("101;Åse Østby;ase@example.org;Bodø"))
    ase = Member.objects.get(member_number="101")
    assert counted(row) == (1, 0, 0, 0, 0)
    assert (ase.name_key, ase.email, ase.language) == ("zzcse zzbstby", "ase@example.org", "nb")
    assert ase.is_active and not ase.has_usable_password()
    assert belonging("101") == [("Bodø", "member", today(), None)]


def test_the_same_file_twice_changes_nobody(tree):
    text = register("101;Åse Østby;ase@example.org;Bodø", "102;Ola;;Oslo fylkeslag")
    bring_and_apply(text)
    entries = Entry.objects.filter(act="change_by_register").count()
    again = bring_and_apply(text)
    assert counted(again) == (0, 0, 2, 0, 0)
    assert Entry.objects.filter(act="change_by_register").count() == entries
    assert Membership.objects.filter(member__member_number="101").count() == 1


def test_a_move_ends_the_old_membership_today_and_begins_the_new_one(tree):
    make_member("Åse", of=tree[3], member_number="101")
    row = bring_and_apply(register("101;Åse;;Oslo fylkeslag"))
    assert counted(row) == (0, 1, 0, 0, 0)
    assert belonging("101") == [
        ("Bodø", "member", dt.date(2018, 1, 1), today()),
        ("Oslo fylkeslag", "member", today(), None),
    ]


def test_what_the_file_has_no_column_for_stays_and_a_blank_cell_empties(tree):
    kari = make_member(
        "Kari", of=tree[3], member_number="101", email="k@example.org", birth_year=1980, gender="woman", language="nn"
    )
    bring_and_apply(register("101;Kari Nord;Bodø;", header="Medlemsnummer;Navn;Enhet;Fødselsår"))
    kari.refresh_from_db()
    assert (kari.name, kari.email, kari.birth_year, kari.gender, kari.language) == (
        "Kari Nord", "k@example.org", None, "woman", "nn",
    )  # fmt: skip


def test_two_moves_on_one_day_leave_no_membership_that_lasted_no_day(tree):
    make_member("Åse", of=tree[3], member_number="101")
    bring_and_apply(register("101;Åse;;Oslo fylkeslag"))
    bring_and_apply(register("101;Åse;;Nordland fylkeslag"))
    assert [(unit, until) for unit, _, _, until in belonging("101")] == [
        ("Bodø", today()),
        ("Nordland fylkeslag", None),
    ]


def test_the_rooms_above_hear_who_joined_and_who_moved_after_it_is_applied(tree, heard):
    joined, moved = heard(member_joined), heard(member_moved)
    ola = make_member("Ola", of=tree[3], member_number="102")
    bring_and_apply(register("101;Åse;;Bodø", "102;Ola;;Oslo fylkeslag"))
    ase = Member.objects.get(member_number="101")
    assert [call["ids"] for call in joined] == [[ase.pk]]
    assert [(call["ids"], call["on"]) for call in moved] == [([ola.pk], today())]


def test_before_it_is_applied_nothing_is_changed_and_the_preview_says_what_will_be(tree):
    kari = make_member("Kari", of=tree[3], member_number="101", email="old@example.org")
    row = bring(register("101;Kari;new@example.org;Bodø", "102;Ola;;Bodø"))
    kari.refresh_from_db()
    assert (row.state, counted(row)) == ("ready", (1, 1, 0, 0, 0))
    assert kari.email == "old@example.org" and not Member.objects.filter(member_number="102").exists()
    assert row.staged.get(number="101").before == {"email": "old@example.org"}


def test_what_changed_between_preview_and_applying_is_seen(tree):
    from lms.jobs.sweeper import run_waiting
    from lms.register.services import request_apply

    row = bring(register("101;Kari;;Bodø"))
    make_member("Kari", of=tree[3], member_number="101")  # somebody was faster
    request_apply(register_import=row, by=None)
    run_waiting()
    row.refresh_from_db()
    assert (row.state, counted(row)) == ("applied", (0, 0, 1, 0, 0))
