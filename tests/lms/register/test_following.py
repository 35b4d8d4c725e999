"""After an import the new ones are let in: a letter to an address of their own, else a code on paper."""

from __future__ import annotations

import pytest

from lms.audit.models import Entry
from lms.jobs.models import Job, JobItem
from lms.jobs.sweeper import run_waiting
from lms.joining.models import Invitation, JoinCode
from lms.register.models import RegisterImport
from tests.factories.organisation import make_appointment, make_loan, make_member, make_tree
from tests.lms.register.files import bring_and_apply, register

pytestmark = pytest.mark.django_db


def test_an_own_address_gets_a_letter_a_shared_or_missing_one_a_code():
    tree = make_tree()
    inga = make_member("Inga", of=tree[0])
    make_appointment(inga, "administrator", unit=tree[0])
    bring_and_apply(
        register(
            "1;Åse;ase@example.org;Bodø", "2;Per;par@example.org;Bodø", "3;Pia;PAR@example.org;Bodø", "4;Ola;;Bodø"
        ),
        by=inga,
    )
    assert set(Invitation.objects.values_list("member__member_number", flat=True)) == {"1"}
    assert set(JoinCode.objects.values_list("member__member_number", flat=True)) == {"2", "3", "4"}


def test_those_who_were_known_get_nothing_and_repeating_the_job_sends_nothing_twice():
    bodo = make_tree()[3]
    make_member("Kari", of=bodo, member_number="9")
    row = bring_and_apply(register("1;Åse;ase@example.org;Bodø", "9;Kari N;kari@example.org;Bodø"))
    Job.objects.filter(kind="follow_register_import").update(state="queued")
    run_waiting()
    assert Invitation.objects.count() == 1 and RegisterImport.objects.get(pk=row.pk).state == "applied"


def test_who_keeps_the_register_by_a_loan_invites_nobody_to_rights_they_do_not_hold():
    """The letters go out in the importer's name, and invite_members asks what that person may."""
    tree = make_tree()
    ada, inga = make_member("Ada", of=tree[0]), make_member("Inga", of=tree[0])
    make_appointment(ada, "administrator", unit=tree[0])
    make_loan(inga, "keep register", giver=ada, unit=tree[1])
    bring_and_apply(register("1;Åse;ase@example.org;Bodø"), by=inga)
    assert Entry.objects.get(act="invite_member").actor == inga.public_id


def test_a_file_whose_bringer_is_gone_lets_nobody_in():
    tree = make_tree()
    inga = make_member("Inga", of=tree[0])
    make_appointment(inga, "administrator", unit=tree[0])
    row = bring_and_apply(register("1;Åse;ase@example.org;Bodø", "2;Ola;;Bodø"), by=inga)
    Invitation.objects.all().delete()
    JoinCode.objects.all().delete()
    RegisterImport.objects.filter(pk=row.pk).update(by=None)
    JobItem.objects.filter(job__kind="follow_register_import").delete()
    Job.objects.filter(kind="follow_register_import").update(state="queued")
    run_waiting()
    assert not Invitation.objects.exists() and not JoinCode.objects.exists()
