"""Bodies are opened, seated and closed by who keeps them; a term lies within its body and on a free seat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from lms.audit.models import Entry
from lms.members.models import Member
from lms.organisation.access import Right, Role
from lms.organisation.bodies import add_office, change_body, close_body, offices_for, open_body, set_seats
from lms.organisation.delegation import delegate
from lms.organisation.models import Body, BodySeat, Office, Term, Unit
from lms.organisation.services import begin_term, correct_term, end_term, withdraw_term
from lms.periods import Period
from tests.factories.organisation import (
    DAY,
    LONG_AGO,
    make_appointment,
    make_body,
    make_member,
    make_office,
    make_tree,
    make_unit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
YEAR = Period(DAY, dt.date(2027, 3, 14))
TWO_YEARS = Period(DAY, dt.date(2028, 3, 14))


@pytest.fixture(autouse=True)
def _it_is_the_day(set_today) -> Iterator[None]:
    set_today(DAY)
    with override("en"):
        yield


@pytest.fixture
def tree() -> tuple[Unit, Unit, Unit, Unit]:
    return make_tree()


@pytest.fixture
def ada(tree) -> Member:
    ada = make_member("Ada", of=tree[1])
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[1])
    return ada


@pytest.fixture
def bo(tree) -> Member:
    return make_member("Bo", of=tree[3])


def test_a_body_is_opened_with_its_authority_and_rules(tree, ada) -> None:
    body = open_body(
        unit=tree[3], name="  Styret ", period=Period(DAY), authority="Vedtektene § 7", least_under_40=2, by=ada
    )
    assert (body.name, body.authority, body.least_under_40) == ("Styret", "Vedtektene § 7", 2)
    assert Entry.objects.filter(act="open_body", subject=f"body:{body.public_id}").exists()


@pytest.mark.parametrize("where", [0, 2], ids=["above", "beside"])
def test_nobody_keeps_bodies_outside_the_own_unit(tree, ada, where) -> None:
    body = make_body(tree[where])
    acts = [
        lambda: open_body(unit=tree[where], name="Utvalg", period=Period(DAY), by=ada),
        lambda: change_body(body=body, name="Annet", by=ada),
        lambda: set_seats(body=body, seats={make_office(): 1}, by=ada),
        lambda: close_body(body=body, on=DAY, by=ada),
        lambda: add_office(unit=tree[where], title={"nb": "Festsjef"}, by=ada),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert Body.objects.count() == 1


def test_a_body_neither_outlasts_its_unit_nor_shares_its_name(tree) -> None:
    closing = make_unit("Stenger", under=tree[1], lived=Period(LONG_AGO, YEAR.until))
    with pytest.raises(ValidationError, match="not there all that time"):
        open_body(unit=closing, name="Styret", period=Period(DAY), by=None)
    open_body(unit=closing, name="Styret", period=YEAR, by=None)
    with pytest.raises(ValidationError, match="of that name"):
        open_body(unit=closing, name="styret", period=YEAR, by=None)


def test_only_what_describes_a_body_can_be_changed(tree) -> None:
    body = make_body(tree[3])
    change_body(body=body, authority="Nytt", least_of_each_gender=40, by=None)
    with pytest.raises(TypeError):
        change_body(body=body, unit=tree[2], by=None)
    with pytest.raises(ValidationError, match="At most 50"):
        change_body(body=body, least_of_each_gender=60, by=None)


def test_a_body_that_has_had_members_keeps_its_kind(tree, bo) -> None:
    body = make_body(tree[3], kind=Body.Kind.COMMITTEE)
    begin_term(member=bo, office=make_office(), body=body, period=YEAR, by=None)
    with pytest.raises(ValidationError, match="keeps its kind"):
        change_body(body=body, kind=Body.Kind.BOARD, by=None)


def test_when_a_body_closes_its_terms_end_and_those_to_come_never_begin(tree, bo) -> None:
    body = make_body(tree[3])
    running = begin_term(member=bo, office=make_office(), body=body, period=Period(LONG_AGO), by=None)
    begin_term(member=bo, office=make_office("deputy"), body=body, period=Period(dt.date(2026, 8, 1)), by=None)
    close_body(body=body, on=dt.date(2026, 6, 1), by=None)
    assert list(Term.objects.values_list("pk", "valid_until")) == [(running.pk, dt.date(2026, 6, 1))]
    with pytest.raises(ValidationError, match="within the days"):
        begin_term(member=bo, office=make_office(), body=body, period=Period(dt.date(2026, 7, 1)), by=None)


def test_a_seat_is_taken_until_its_term_ends(tree, ada, bo) -> None:
    body, eli = make_body(tree[3]), make_member("Eli", of=tree[3])
    set_seats(body=body, seats={make_office(): 1}, by=ada)
    term = begin_term(member=bo, office=make_office(), body=body, period=YEAR, by=ada)
    with pytest.raises(ValidationError, match="No seat is free"):
        begin_term(member=eli, office=make_office(), body=body, period=TWO_YEARS, by=ada)
    begin_term(member=eli, office=make_office(), body=body, period=Period(YEAR.until), by=ada)
    with pytest.raises(ValidationError, match="No seat is free"):
        correct_term(term=term, period=TWO_YEARS, by=ada)


def test_an_office_without_a_seat_has_none_and_a_body_without_seats_has_room(tree, ada, bo) -> None:
    body, free = make_body(tree[3]), make_body(tree[3], kind=Body.Kind.COMMITTEE)
    set_seats(body=body, seats={make_office("deputy"): 1}, by=ada)
    with pytest.raises(ValidationError, match="No seat is free"):
        begin_term(member=bo, office=make_office(), body=body, period=YEAR, by=ada)
    assert begin_term(member=bo, office=make_office(), body=free, period=YEAR, by=ada).pk


def test_the_register_is_believed_also_when_it_names_more_than_there_are_seats_for(tree, bo) -> None:
    body = make_body(tree[3])
    BodySeat.objects.create(body=body, office=make_office(), number=1)
    for member in (bo, make_member("Eli")):
        begin_term(member=member, office=make_office(), body=body, period=YEAR, by=None)
    assert body.terms.count() == 2


def test_who_is_elected_belongs_and_is_seen_by_who_records_it(tree, ada, bo) -> None:
    body = make_body(tree[3])
    gone = make_member("Borte", of=tree[3], since=Period(LONG_AGO, DAY))
    for who, error in ((make_member("Ukjent"), ValidationError), (gone, ValidationError)):
        with pytest.raises(error):
            begin_term(member=who, office=make_office(), body=body, period=YEAR, by=ada)
    with pytest.raises(PermissionDenied):
        begin_term(member=make_member("Ola", of=tree[2]), office=make_office(), body=body, period=YEAR, by=ada)
    assert begin_term(member=bo, office=make_office(), body=body, period=YEAR, by=ada).pk


def test_nobody_elects_somebody_to_more_than_they_hold_themselves(tree, ada, bo) -> None:
    eli, body = make_member("Eli", of=tree[1]), make_body(tree[3])
    for right in (Right.KEEP_BODIES, Right.SEE_PEOPLE):
        delegate(member=eli, right=right, unit=tree[1], period=Period(DAY, dt.date(2026, 7, 1)), by=ada)
    with pytest.raises(PermissionDenied):
        begin_term(member=eli, office=make_office("training"), body=body, period=YEAR, by=eli)
    assert begin_term(member=bo, office=make_office("treasurer"), body=body, period=YEAR, by=eli).pk


def test_nobody_records_their_own_election_to_an_office_with_rights(tree, ada) -> None:
    body = make_body(tree[1])
    with pytest.raises(ValidationError):
        begin_term(member=ada, office=make_office("training"), body=body, period=Period(DAY), by=ada)
    begin_term(member=ada, office=make_office("treasurer"), body=body, period=Period(DAY), by=ada)


@pytest.mark.parametrize("act", [end_term, correct_term, withdraw_term])
def test_terms_beside_the_own_unit_are_left_alone(tree, ada, bo, act) -> None:
    term = begin_term(member=bo, office=make_office(), body=make_body(tree[2]), period=YEAR, by=None)
    more = {end_term: {"on": dt.date(2026, 6, 1)}, correct_term: {"period": TWO_YEARS}, withdraw_term: {}}[act]
    with pytest.raises(PermissionDenied):
        act(term=term, by=ada, **more)
    assert Term.objects.get().valid_until == YEAR.until


def test_a_term_ends_after_it_began_and_not_later_than_it_does(tree, bo) -> None:
    term = begin_term(member=bo, office=make_office(), body=make_body(tree[3]), period=YEAR, by=None)
    for day in (DAY, LONG_AGO, dt.date(2028, 1, 1)):
        with pytest.raises(ValidationError):
            end_term(term=term, on=day, by=None)


def test_a_unit_adds_an_office_of_its_own_which_carries_no_rights(tree, ada, bo) -> None:
    office = add_office(unit=tree[1], title={"nb": "Festsjef", "en": "  "}, by=ada)
    assert (office.key, office.title) == ("own_festsjef", {"nb": "Festsjef"})
    assert office in offices_for(tree[3]) and office not in offices_for(tree[2])
    begin_term(member=bo, office=office, body=make_body(tree[3]), period=YEAR, by=ada)


def test_an_own_office_cannot_pass_for_a_national_one(tree, ada) -> None:
    with pytest.raises(ValidationError, match="of that name"):
        add_office(unit=tree[1], title={"nb": "leder"}, by=ada)
    assert not Office.objects.filter(unit=tree[1]).exists()
