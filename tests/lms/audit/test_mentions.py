"""The trail about a person, read from the other end."""

from __future__ import annotations

import uuid

import pytest

from lms.audit.pages import act_name, page_name, register_act_name, register_page_name
from lms.audit.queries import mentions_of
from lms.audit.services import record_act, record_sighting
from tests.factories import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_looks_and_acts_stand_in_one_order_newest_first(django_assert_num_queries):
    kari, ada = organisation.make_member(), organisation.make_member("Ada")
    record_sighting(by=ada, page="member_list", of=[kari.public_id])
    record_act("appoint", by=ada, subject=f"member:{kari.public_id}")
    record_act("apply_register", by=None, subject=f"member:{kari.public_id}")
    with django_assert_num_queries(1):
        found, has_more = mentions_of([kari.public_id], [f"member:{kari.public_id}"])
    assert [(m.where, m.actor) for m in found] == [
        ("apply_register", None), ("appoint", ada.public_id), ("member_list", ada.public_id),
    ]  # fmt: skip
    assert not has_more


def test_there_is_more_when_there_is_more():
    kari = organisation.make_member()
    for _ in range(3):
        record_act("appoint", by=None, subject=f"member:{kari.public_id}")
    ids, keys = [kari.public_id], [f"member:{kari.public_id}"]
    assert [mentions_of(ids, keys, start=start, most=2)[1] for start in (0, 2)] == [True, False]


def test_ones_own_looks_are_not_told():
    kari = organisation.make_member()
    old = uuid.uuid4()
    record_sighting(by=kari, page="member_list", of=[old])
    assert mentions_of([kari.public_id, old], []) == ([], False)


def test_pages_and_acts_have_names_once_they_are_given():
    assert (page_name("no_such_page"), act_name("no_such_act")) == ("no such page", "no such act")
    register_page_name("no_such_page", "the list")
    register_act_name("no_such_act", "You were counted")
    assert (page_name("no_such_page"), act_name("no_such_act")) == ("the list", "You were counted")
