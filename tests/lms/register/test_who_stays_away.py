"""Who left by their own act is not brought back by a file; it is said, and everybody else comes back at once."""

from __future__ import annotations

import csv
import io

import pytest

from lms.jobs.sweeper import run_waiting
from lms.members.models import Leaving, Member
from lms.organisation.erasing import erase_member
from lms.organisation.leaving import keep_history, leave_self, record_leaving
from lms.organisation.models import Membership
from lms.periods import today
from lms.register.queries import lines_of, staged_with
from lms.register.reports import report_rows
from lms.register.services import request_apply
from lms.register.shown import shown_of
from lms.sheets import write_csv
from tests.factories.organisation import make_member, make_tree
from tests.lms.register.files import bring, bring_and_apply, counted, register

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
FILE = register("101;Kari;ny@example.org;Oslo fylkeslag", "102;Ola;;Bodø")


@pytest.fixture
def bodo():
    return make_tree()[3]


@pytest.fixture
def kari(bodo) -> Member:
    make_member("Ola", of=bodo, member_number="102")
    return make_member("Kari", of=bodo, member_number="101", email="kari@example.org")


def leaves(kari: Member, *, keeps: bool = False) -> None:
    leave_self(member=kari, keeps_history=keeps, by=kari)


def is_untouched(kari: Member) -> bool:
    kari.refresh_from_db()
    still = Leaving.objects.filter(member=kari, cancelled_at=None).exists()
    return (
        still and kari.email == "kari@example.org" and not Membership.objects.on(today()).filter(member=kari).exists()
    )


@pytest.mark.parametrize("keeps", [False, True])
@pytest.mark.parametrize("is_whole", [False, True])
def test_who_left_by_their_own_act_is_not_touched_and_counts_as_unchanged(kari, keeps, is_whole):
    leaves(kari, keeps=keeps)
    row = bring_and_apply(FILE, is_whole=is_whole)
    assert (row.state, counted(row), row.counts["left"]) == ("applied", (0, 0, 2, 0, 0), 1)
    assert is_untouched(kari) and kari.is_active is keeps


def test_it_is_noted_in_the_preview_and_in_the_report(kari):
    leaves(kari)
    row = bring(FILE)
    assert [line.name for line in lines_of(staged_with(row, "left"))] == ["Kari"]
    shown = shown_of(row, to=make_member("Inga"), show="left", page=None)
    assert (shown["show"], [line.number for line in shown["lines"]]) == ("left", ["101"])
    told = list(csv.reader(io.StringIO(write_csv(report_rows(row)).decode("utf-8-sig")), delimiter=";"))
    assert [line[1] for line in told[1:]] == ["101"]


def test_who_leaves_between_the_preview_and_the_writing_stays_away_too(kari, monkeypatch):
    from lms.register import applying

    row, decide_anew = bring(FILE), applying.decide_anew

    def and_then_leaves(*given):
        found = decide_anew(*given)
        leaves(kari)
        return found

    monkeypatch.setattr(applying, "decide_anew", and_then_leaves)
    request_apply(register_import=row, by=None)
    run_waiting()
    row.refresh_from_db()
    assert (row.counts["left"], row.counts["unchanged"]) == (1, 2)
    kari.refresh_from_db()
    assert kari.email == "kari@example.org" and not Membership.objects.on(today()).filter(member=kari).exists()


def test_whom_the_register_left_out_is_brought_back_also_when_they_kept_their_history(kari):
    record_leaving(member_ids=[kari.pk], on=today(), by=None)
    keep_history(member=kari, by=kari)
    row = bring_and_apply(FILE)
    kari.refresh_from_db()
    assert counted(row) == (0, 1, 1, 0, 0) and kari.is_active
    assert not Leaving.objects.filter(cancelled_at=None).exists()


def test_after_erasure_the_row_makes_a_new_person(kari):
    leaves(kari)
    erase_member(member=kari, by=None)
    row = bring_and_apply(FILE)
    assert counted(row) == (1, 0, 1, 0, 0)
    assert Member.objects.get(member_number="101").pk != kari.pk


def test_many_come_back_in_a_handful_of_statements(bodo, django_assert_max_num_queries):
    from lms.register.applying import _bring_back

    people = [make_member(f"Nr. {n}", of=bodo, member_number=str(n)) for n in range(200, 260)]
    record_leaving(member_ids=[person.pk for person in people], on=today(), by=None)
    row = bring(register(*(f"{n};Nr. {n};;Bodø" for n in range(200, 260))))
    with django_assert_max_num_queries(15):
        _bring_back(row)
    assert not Leaving.objects.filter(cancelled_at=None).exists()
