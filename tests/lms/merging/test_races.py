"""Two administrators at once: one record goes into one other, and a merge is undone once."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from lms.merging.models import Merge
from lms.merging.services import merge_members, undo_merge
from tests.factories import organisation
from tests.racing import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def tried(act, **said) -> bool:
    """Whether it went through; a refusal with a reason is the other answer."""
    try:
        act(**said)
    except ValidationError:
        return False
    return True


@pytest.fixture
def people(transactional_db):
    nation, *_ = organisation.make_tree()
    ada = organisation.make_member("Ada", of=nation)
    organisation.make_appointment(ada, "administrator", unit=nation)
    return ada, *(organisation.make_member("Kari Nordmann", of=nation) for _ in range(5))


def test_one_record_goes_into_one_other_only(people):
    ada, absorbed, *others = people
    tries = [partial(tried, merge_members, kept=one, absorbed=absorbed, reason="Samme", by=ada) for one in others]
    assert sorted(all_at_once(*tries)) == [False, False, False, True]
    assert Merge.objects.count() == 1
    assert absorbed.memberships.count() == 0


def test_two_who_merge_each_into_the_other_make_one_of_them(people):
    ada, one, other, *_ = people
    tries = [
        partial(tried, merge_members, kept=a, absorbed=b, reason="Samme", by=ada)
        for a, b in ((one, other), (other, one))
    ]
    assert sorted(all_at_once(*tries)) == [False, True]


def test_a_merge_is_undone_once(people):
    ada, kept, absorbed, *_ = people
    merge = merge_members(kept=kept, absorbed=absorbed, reason="Samme", by=ada)
    assert sorted(all_at_once(*[partial(tried, undo_merge, merge=merge, by=ada)] * 3)) == [False, False, True]
