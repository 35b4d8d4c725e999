"""A number that was merged away makes no second person: the row says which number the person has now."""

from __future__ import annotations

import pytest
from django.utils import translation

from lms.members.models import Member
from lms.merging.models import Merge
from lms.register.wording import problem_text
from tests.factories.organisation import make_appointment, make_member, make_tree
from tests.lms.register.files import bring, counted, problems_of, register

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def tree():
    return make_tree()


def went_into(kept: Member, number: str, **more) -> Member:
    gone = make_member("Gone", is_active=False)
    Merge.objects.create(kept=kept, absorbed=gone, reason="same person", former_number=number, **more)
    return gone


def test_the_row_is_an_error_that_names_the_number_the_person_has_now(tree):
    went_into(make_member("Kari", of=tree[3], member_number="1"), "2")
    row = bring(register("2;Kari;;Bodø", "3;Ola;;Bodø"))
    assert (row.state, problems_of(row)) == ("refused", [(2, "number", "2", "merged away")])
    with translation.override("en"):
        assert problem_text(row.problems.get()).endswith("Write 1.")


def test_through_every_step_of_several_merges(tree):
    kari = make_member("Kari", of=tree[3], member_number="1")
    went_into(went_into(kari, ""), "2")
    assert bring(register("2;Kari;;Bodø")).problems.get().right == "1"


def test_a_merge_that_was_undone_leaves_the_number_free(tree):
    went_into(make_member("Kari", of=tree[3], member_number="1"), "2", undone_at="2026-01-01T00:00Z")
    assert counted(bring(register("2;Kari;;Bodø"))) == (1, 0, 0, 0, 0)


def test_of_a_person_out_of_reach_nothing_is_told(tree):
    inga = make_member("Inga", of=tree[1])
    make_appointment(inga, "administrator", unit=tree[1])
    went_into(make_member("Hemmelig", of=tree[2], member_number="77"), "2")
    row = bring(register("2;Kari;;Bodø"), by=inga)
    assert (problems_of(row), row.problems.get().right) == ([(2, "number", "2", "person foreign")], "")


def test_it_costs_one_query_however_many_rows_are_new(tree, django_assert_num_queries):
    from lms.periods import today
    from lms.register.facts import Reach, merged_away

    with django_assert_num_queries(1):
        assert merged_away([str(n) for n in range(1_000)], Reach(None), on=today()) == {}
