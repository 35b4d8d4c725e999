"""Only a whole register makes anybody leave, and more than every tenth takes two to decide."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from lms.jobs.sweeper import run_waiting
from lms.members.models import Leaving, Member
from lms.organisation.models import Membership, Term
from lms.organisation.signals import member_left
from lms.periods import today
from lms.register.models import RegisterImport
from lms.register.queries import offices_ending
from lms.register.services import confirm_leaving, drop_import, request_apply
from lms.register.wording import problem_text
from tests.factories.organisation import make_appointment, make_member, make_term, make_tree
from tests.lms.register.files import bring, bring_and_apply, counted, register

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
EVERYBODY = [f"{n};Person {n};;Bodø" for n in range(10, 30)]


@pytest.fixture
def nation():
    """A nation in which twenty people of the register belong to Bodø, and one who is not in the register."""
    tree = make_tree()
    for n in range(10, 30):
        make_member(f"Person {n}", of=tree[3], member_number=str(n))
    make_member("Uten nummer", of=tree[3])
    return tree


def administrator(unit, name="Inga"):
    person = make_member(name)
    make_appointment(person, "administrator", unit=unit)
    return person


@pytest.mark.usefixtures("nation")
def test_a_file_that_is_not_the_whole_register_makes_nobody_leave():
    row = bring_and_apply(register("10;Person 10;;Bodø"))
    assert counted(row) == (0, 0, 1, 0, 0) and not Leaving.objects.exists()


def test_who_is_not_in_a_whole_register_leaves_with_membership_office_and_account(nation, heard):
    left = heard(member_left)
    gone = Member.objects.get(member_number="29")
    make_term(gone, office="treasurer", unit=nation[3])
    row = bring(register(*EVERYBODY[:-1]), is_whole=True)
    assert (counted(row), [term.office.key for term in offices_ending(row)]) == ((0, 0, 19, 1, 0), ["treasurer"])
    request_apply(register_import=row, by=None)
    run_waiting()
    gone.refresh_from_db()
    assert not gone.is_active and Leaving.objects.filter(member=gone, cancelled_at=None).exists()
    assert not Membership.objects.on(today()).filter(member=gone).exists()
    assert not Term.objects.on(today()).filter(member=gone).exists()
    assert [call["ids"] for call in left] == [[gone.pk]]
    row.refresh_from_db()
    assert [term.office.key for term in offices_ending(row)] == ["treasurer"]


def test_who_has_no_member_number_is_not_in_any_register_and_does_not_leave(nation):
    bring_and_apply(register(*EVERYBODY), is_whole=True)
    assert not Leaving.objects.exists()


def test_more_than_every_tenth_waits_for_a_second_administrator(nation):
    first, second = administrator(nation[0]), administrator(nation[0], "Nils")
    row = bring(register(*EVERYBODY[:17]), is_whole=True, by=first)
    assert request_apply(register_import=row, by=first) is None
    run_waiting()
    row.refresh_from_db()
    assert row.state == "waiting" and not Leaving.objects.exists()
    with pytest.raises(PermissionDenied):
        confirm_leaving(register_import=row, by=first)
    confirm_leaving(register_import=row, by=second)
    run_waiting()
    row.refresh_from_db()
    assert (row.state, row.confirmed_by, Leaving.objects.count()) == ("applied", second, 3)


def test_the_second_administrator_keeps_the_register_for_all_of_it(nation):
    first, county = administrator(nation[0]), administrator(nation[2], "Oslo")
    row = bring(register(*EVERYBODY[:17]), is_whole=True, by=first)
    request_apply(register_import=row, by=first)
    with pytest.raises(PermissionDenied):
        confirm_leaving(register_import=row, by=county)


def test_what_waits_can_be_let_go(nation):
    first = administrator(nation[0])
    row = bring(register(*EVERYBODY[:5]), is_whole=True, by=first)
    request_apply(register_import=row, by=first)
    drop_import(register_import=row, by=first)
    row.refresh_from_db()
    assert row.state == "dropped" and not row.staged.exists() and not Leaving.objects.exists()


def test_when_by_then_too_many_would_leave_it_waits_although_the_preview_was_harmless(nation):
    row = bring(register(*EVERYBODY), is_whole=True)
    for n in range(30, 40):  # others came in between
        make_member(f"Person {n}", of=nation[3], member_number=str(n))
    request_apply(register_import=row, by=None)
    run_waiting()
    row.refresh_from_db()
    assert (row.state, row.counts["leaving"]) == ("waiting", 10) and not Leaving.objects.exists()


def test_whoever_had_left_and_stands_in_the_register_again_comes_back(nation):
    bring_and_apply(register(*EVERYBODY[:19]), is_whole=True)
    gone = Member.objects.get(member_number="29")
    row = bring_and_apply(register(*EVERYBODY), is_whole=True)
    gone.refresh_from_db()
    assert counted(row) == (0, 1, 19, 0, 0)
    assert gone.is_active and not Leaving.objects.filter(cancelled_at=None).exists()
    assert Membership.objects.on(today()).filter(member=gone).count() == 1


def test_more_leaving_than_sqlite_ends_at_once_is_refused_with_advice(nation, monkeypatch):
    monkeypatch.setattr("lms.register.staging.MOST_LEAVING_SQLITE", 1)
    row = bring(register(*EVERYBODY[:18]), is_whole=True)
    if connection.vendor == "sqlite":
        assert row.state == "refused" and "PostgreSQL" in problem_text(row.problems.get())
    else:
        assert row.state == "ready"


def test_a_whole_register_applied_twice_changes_nobody(nation):
    bring_and_apply(register(*EVERYBODY[:18]), is_whole=True)
    assert counted(bring_and_apply(register(*EVERYBODY[:18]), is_whole=True)) == (0, 0, 18, 0, 0)
    assert RegisterImport.objects.filter(state="applied").count() == 2
