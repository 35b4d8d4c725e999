"""An importer does not redirect the first letter of somebody who carries rights the importer does not hold."""

from __future__ import annotations

import datetime as dt

import pytest

from lms.members.models import Member
from lms.periods import Period, today
from lms.register.queries import lines_of, staged_with
from tests.factories.organisation import LONG_AGO, make_appointment, make_loan, make_member, make_term, make_tree
from tests.lms.register.files import bring_and_apply, counted, register

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
FAR = Period(LONG_AGO, dt.date(2099, 1, 1))


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def inga(tree) -> Member:
    """Keeps the register of Nordland, by an appointment."""
    person = make_member("Inga", of=tree[1], email="inga@example.org", password="et-langt-passord")
    make_appointment(person, "administrator", unit=tree[1], period=FAR)
    return person


@pytest.fixture
def kari(tree) -> Member:
    kari = make_member("Kari", of=tree[3], member_number="101", email="kari@example.org")
    kari.set_unusable_password()
    kari.save()
    return kari


def email_after(kari: Member, by: Member | None, name: str = "Kari") -> str:
    bring_and_apply(register(f"101;{name};inga2@example.org;Bodø"), by=by)
    kari.refresh_from_db()
    return kari.email


def give(kari: Member, how: str, tree, inga: Member) -> None:
    if how == "a role above":
        make_appointment(kari, "administrator", unit=tree[0], period=FAR)
    elif how == "another right":
        make_appointment(kari, "editor", unit=tree[3], period=FAR)
    elif how == "an office to come":
        make_term(kari, office="chair", unit=tree[0], period=Period(today() + dt.timedelta(days=9), FAR.until))
    else:
        make_loan(kari, "invite", giver=inga, unit=tree[2], period=FAR)


@pytest.mark.parametrize("how", ["a role above", "another right", "an office to come", "a loan"])
def test_the_email_of_one_without_an_account_who_carries_more_stays(tree, inga, kari, how):
    give(kari, how, tree, inga)
    assert email_after(kari, inga) == "kari@example.org"


def test_the_rest_of_the_row_counts_and_it_is_noted(tree, inga, kari):
    give(kari, "a role above", tree, inga)
    row = bring_and_apply(register("101;Kari Nord;inga2@example.org;Bodø"), by=inga)
    kari.refresh_from_db()
    assert (counted(row), row.counts["email_stays"]) == ((0, 1, 0, 0, 0), 1)
    assert (kari.name, kari.email) == ("Kari Nord", "kari@example.org")
    assert [line.number for line in lines_of(staged_with(row, "email_stays"))] == ["101"]


def test_a_row_that_says_nothing_else_changes_nobody(tree, inga, kari):
    give(kari, "a role above", tree, inga)
    row = bring_and_apply(register("101;Kari;inga2@example.org;Bodø"), by=inga)
    assert (counted(row), row.counts["email_stays"]) == ((0, 0, 1, 0, 0), 1)


def test_what_the_importer_holds_too_is_theirs_to_pass_a_letter_on_for(tree, inga, kari):
    make_appointment(kari, "administrator", unit=tree[3], period=FAR)
    assert email_after(kari, inga) == "inga2@example.org"


def test_who_carries_nothing_any_more_or_has_an_account_gets_the_new_address(tree, inga, kari):
    make_appointment(kari, "administrator", unit=tree[0], period=Period(LONG_AGO, today()))
    assert email_after(kari, inga) == "inga2@example.org"


def test_who_signs_in_already_is_written_to_where_the_register_says(tree, inga, kari):
    give(kari, "a role above", tree, inga)
    kari.set_password("et-langt-passord")
    kari.save()
    assert email_after(kari, inga) == "inga2@example.org"


def test_the_installation_itself_changes_every_address(tree, inga, kari):
    give(kari, "a role above", tree, inga)
    assert email_after(kari, None) == "inga2@example.org"
