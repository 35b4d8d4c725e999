"""Whoever answers in the very second of the erasure is either kept, or told that it is too late; never both."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from django.db import transaction

from lms.members.models import Leaving, Member
from lms.organisation.erasing import erase_member, hold_due
from lms.organisation.leaving import come_back, keep_history, record_leaving
from lms.periods import today
from tests.factories import organisation
from tests.racing import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def erases(member: Member) -> bool:
    with transaction.atomic():
        person = hold_due(member_id=member.pk, on=today() + dt.timedelta(days=7))
        if person is not None:
            erase_member(member=person, by=None)
    return person is not None


def keeps(member: Member) -> bool:
    try:
        keep_history(member=member, by=member)
    except LookupError:
        return False
    return True


def comes_back(member: Member) -> bool:
    return come_back(member=member, by=None)


@pytest.mark.parametrize("answer", [keeps, comes_back])
def test_who_answers_while_they_are_erased_is_kept_or_erased(transactional_db, answer):
    bodo = organisation.make_tree()[3]
    people = [organisation.make_member(f"Nr. {n}", of=bodo) for n in range(6)]
    record_leaving(member_ids=[person.pk for person in people], on=today(), by=None)
    for person in people:
        erased, answered = all_at_once(partial(erases, person), partial(answer, person))
        assert erased is not answered
        assert Member.objects.filter(pk=person.pk).exists() is answered
    assert not Leaving.objects.filter(cancelled_at=None, keeps_history=False).exists()
