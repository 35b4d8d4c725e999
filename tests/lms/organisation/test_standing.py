"""What a person is to the organisation on a date."""

from __future__ import annotations

import datetime as dt

import pytest

from lms.organisation.models import Membership
from lms.organisation.queries import Standing, home_unit_of, standing_of, terms_of
from lms.periods import Period
from tests.factories.organisation import DAY, LONG_AGO, make_member, make_term, make_tree, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ENDED = Period(LONG_AGO, DAY)


def test_one_person_is_sympathiser_member_and_former_in_turn() -> None:
    unit = make_unit()
    turn = [DAY, DAY + dt.timedelta(days=100), DAY + dt.timedelta(days=200)]
    kari = make_member(of=unit, status=Membership.Status.SYMPATHISER, since=Period(turn[0], turn[1]))
    Membership.objects.create(member=kari, unit=unit, valid_from=turn[1], valid_until=turn[2])
    standings = [standing_of(kari, on=day) for day in (DAY - dt.timedelta(days=1), *turn)]
    assert standings == [Standing.UNKNOWN, Standing.SYMPATHISER, Standing.MEMBER, Standing.FORMER]


def test_being_a_member_somewhere_counts_more_than_sympathy_elsewhere() -> None:
    kari = make_member(of=make_unit(), status=Membership.Status.SYMPATHISER)
    Membership.objects.create(member=kari, unit=make_unit("Bergen"), valid_from=LONG_AGO)
    assert standing_of(kari, on=DAY) == Standing.MEMBER


def test_the_home_unit_is_the_one_joined_last() -> None:
    kari = make_member(of=make_unit())
    bergen = make_unit("Bergen")
    Membership.objects.create(member=kari, unit=bergen, valid_from=DAY)
    assert home_unit_of(kari, on=DAY) == bergen
    assert home_unit_of(make_member(since=ENDED, of=bergen), on=DAY) is None


def test_terms_come_with_office_body_and_unit_in_one_query(django_assert_num_queries) -> None:
    *_, bodoe = make_tree()
    kari = make_member()
    make_term(kari, unit=bodoe)
    make_term(kari, office="treasurer", unit=bodoe, period=ENDED)
    with django_assert_num_queries(1):
        assert [(t.office.key, t.body.unit.name) for t in terms_of(kari, on=DAY)] == [("chair", "Bodø")]
