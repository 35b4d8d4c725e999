"""Erasing somebody takes their rows out of files that wait, also when they were new, and what is written of errors."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from lms.members.models import Member
from lms.organisation.erasing import erase_member
from lms.register.models import RowProblem, StagedRow
from tests.factories.organisation import make_member, make_tree
from tests.lms.register.files import bring, bring_and_apply, register

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def tree():
    return make_tree()


def test_the_row_that_made_a_person_goes_with_the_person():
    bring_and_apply(register("101;Kari;kari@example.org;Bodø", "102;Ola;;Bodø"))
    assert StagedRow.objects.get(number="101").member is None
    erase_member(member=Member.objects.get(member_number="101"), by=None)
    assert list(StagedRow.objects.values_list("number", flat=True)) == ["102"]


@pytest.mark.parametrize(
    "wrong",
    [
        "101;;kari@example.org;Bodø\n101;Kari;;Bodø",
        "101;Kari;;Bodø\n101;Kari;kari@;Bodø",
        "0101;Kari;;Bodø",
        "5;Somebody;;KARI",
        "5;Somebody;;kari@example.org",
        "5;Somebody;;also@example.org",
    ],
    ids=["number twice", "beside the number", "with noughts", "name", "address", "sign-in address"],
)
def test_errors_that_name_the_person_go_and_others_stay(tree, wrong):
    kari = make_member("Kari", of=tree[3], member_number="101", email="kari@example.org")
    EmailAddress.objects.create(user=kari, email="also@example.org")
    row = bring(register(wrong, "7;Ola;ola@;Bodø"))
    assert row.state == "refused" and row.problems.count() > 1
    erase_member(member=kari, by=None)
    assert list(RowProblem.objects.exclude(value="").values_list("value", flat=True)) == ["ola@"]
