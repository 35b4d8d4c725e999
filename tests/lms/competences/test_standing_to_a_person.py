"""Who may vouch for whom, and as what: by where they stand on the day."""

import datetime as dt

import pytest

from lms.competences.standpoints import Post, places, places_of, vouchers_of
from lms.organisation.access import Role
from lms.organisation.models import Body, Term
from lms.periods import Period
from tests.factories.organisation import (
    DAY,
    make_appointment,
    make_body,
    make_member,
    make_office,
    make_term,
    make_tree,
)

pytestmark = pytest.mark.django_db


def post(what: str, *depths: int, national: bool = False) -> Post:
    return Post(1, what, "her", national, frozenset(depths))


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ([], ()),
        ([post("chair", 0)], ("chair",)),
        ([post("chair", 1)], ("chair_parent_unit",)),
        ([post("chair", 0, 1)], ("chair", "chair_parent_unit")),
        ([post("training", 0)], ("training",)),
        ([post("training", 2, national=True)], ("training_parent_unit", "national_training")),
        ([post("instructor", 0)], ("instructor",)),
        ([post("administrator", 3), post("instructor", 1)], ("instructor", "administrator")),
    ],
)
def test_posts_amount_to_places(held, found):
    assert places(held) == found


@pytest.fixture
def tree():
    return make_tree()


def test_the_chair_above_stands_above_and_the_chair_beside_nowhere(tree):
    _nation, nordland, oslo, bodo = tree
    kari = make_member(of=bodo)
    for unit, expected in ((bodo, ("chair",)), (nordland, ("chair_parent_unit",)), (oslo, ())):
        chair = make_member(f"Leder {unit}", of=unit)
        make_term(chair, unit=unit)
        assert places_of(chair, kari, DAY) == expected


def test_nobody_stands_anywhere_to_themselves(tree):
    chair = make_member(of=tree[3])
    make_term(chair, unit=tree[3])
    assert places_of(chair, chair, DAY) == ()


def test_a_role_reaches_down_and_not_sideways(tree):
    _nation, nordland, oslo, bodo = tree
    kari, near, far = make_member(of=bodo), make_member("Nær"), make_member("Fjern")
    make_appointment(near, Role.INSTRUCTOR, unit=nordland)
    make_appointment(far, Role.INSTRUCTOR, unit=oslo)
    assert places_of(near, kari, DAY) == ("instructor",) and places_of(far, kari, DAY) == ()


def test_it_is_where_one_stood_that_day(tree):
    kari, chair = make_member(of=tree[3]), make_member("Leder")
    make_term(chair, unit=tree[3], period=Period(dt.date(2025, 1, 1), dt.date(2026, 1, 1)))
    assert places_of(chair, kari, dt.date(2025, 12, 31)) == ("chair",)
    assert places_of(chair, kari, dt.date(2026, 1, 1)) == ()


def test_where_one_holds_an_office_counts_as_where_one_belongs(tree):
    _nation, nordland, oslo, bodo = tree
    kari, chair = make_member(of=oslo), make_member("Leder")
    make_term(kari, office="treasurer", unit=bodo)
    make_term(chair, unit=nordland)
    assert places_of(chair, kari, DAY) == ("chair_parent_unit",)


def test_to_chair_a_committee_is_not_to_lead_the_unit(tree):
    kari, other = make_member(of=tree[3]), make_member("Utvalgsleder")
    body = make_body(tree[3], kind=Body.Kind.NOMINATING)
    Term.objects.create(member=other, office=make_office("chair"), body=body, valid_from=DAY)
    own = Term.objects.create(
        member=other, office=make_office("chair", unit=tree[3]), body=make_body(tree[3]), valid_from=DAY
    )
    assert places_of(other, kari, DAY) == () and own.office.unit == tree[3]


def test_the_nearest_are_offered_first_and_only_those_a_rule_names(tree):
    nation, nordland, _oslo, bodo = tree
    kari = make_member(of=bodo)
    for name, unit in (("Å Nær", bodo), ("A Fylke", nordland)):
        make_term(make_member(name, of=unit), unit=unit)
    make_appointment(make_member("Admin", of=nation), Role.ADMINISTRATOR, unit=nation)
    make_appointment(make_member("Borte", of=nation, is_active=False), Role.ADMINISTRATOR, unit=bodo)
    names = [str(one.member) for one in vouchers_of(kari, on=DAY)]
    assert names == ["Å Nær", "A Fylke", "Admin"]
    within = vouchers_of(kari, on=DAY, within=("chair_parent_unit", "administrator"))
    assert [(str(one.member), one.unit) for one in within] == [("A Fylke", "Nordland fylkeslag"), ("Admin", "Landet")]


def test_asking_takes_as_many_queries_for_many_as_for_few(tree, django_assert_num_queries):
    kari = make_member(of=tree[3])
    for count in (1, 10):
        for number in range(count):
            make_appointment(make_member(f"Nr {count} {number}"), Role.INSTRUCTOR, unit=tree[1])
        with django_assert_num_queries(6):
            vouchers_of(kari, on=DAY)
