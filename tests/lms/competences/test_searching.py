"""Who can do a thing: only those who agreed to be found, only within reach, and every look is written down."""

import pytest
from django.urls import reverse

from lms.audit.models import SightingOf
from lms.competences.consent import SEARCH
from lms.competences.searching import Asked, people_who_can, shown
from lms.members.consents import give_consent, has_consent, withdraw_consent
from lms.organisation.models import Body, Term
from lms.periods import today
from tests.factories.competences import make_competence, make_evidence, make_need
from tests.factories.organisation import (
    LONG_AGO,
    make_appointment,
    make_body,
    make_member,
    make_office,
    make_term,
    make_tree,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def scene():
    _nation, nordland, oslo, bodo = make_tree()
    make_competence()
    kari = make_member("Kari Nordmann", of=bodo, email="kari@example.org")
    ola = make_member("Ola Oslo", of=oslo)
    for member in (kari, ola):
        make_evidence(member, level=2)
        give_consent(member=member, purpose=SEARCH)
    reader = make_member("Ada Leder", of=nordland)
    make_appointment(reader, "administrator", unit=nordland)
    return nordland, bodo, kari, ola, reader


def search(client, reader, **asked):
    client.force_login(reader)
    return client.get(reverse("search_competences"), {"competence": "money.budget", "level": "2", **asked})


def names(answer):
    return [row["found"].member.name for row in answer.context["rows"]]


def test_only_within_reach_and_it_is_written_down(client, scene):
    _nordland, _bodo, kari, _ola, reader = scene
    assert names(search(client, reader)) == ["Kari Nordmann"]
    assert SightingOf.objects.get().subject == kari.public_id


def test_nobody_is_found_who_has_not_agreed_or_has_taken_it_back(client, scene):
    _nordland, bodo, kari, _ola, reader = scene
    silent = make_member("Siri Stille", of=bodo)
    make_evidence(silent, level=2)
    assert not has_consent(silent, SEARCH)
    withdraw_consent(member=kari, purpose=SEARCH)
    assert names(search(client, reader)) == [] and not SightingOf.objects.exists()


def test_what_a_person_says_of_themselves_is_not_searched(client, scene):
    _nordland, bodo, _kari, _ola, reader = scene
    boaster = make_member("Bo Brask", of=bodo)
    make_evidence(boaster, kind="self", level=4)
    give_consent(member=boaster, purpose=SEARCH)
    assert names(search(client, reader, level="1")) == ["Kari Nordmann"]


def test_the_highest_level_comes_first_and_the_least_level_counts(client, scene):
    _nordland, bodo, _kari, _ola, reader = scene
    expert = make_member("Åse Ekspert", of=bodo)
    make_evidence(expert, kind="practice", level=4, given_by_id=reader.pk)
    give_consent(member=expert, purpose=SEARCH)
    assert names(search(client, reader)) == ["Åse Ekspert", "Kari Nordmann"]
    assert names(search(client, reader, level="3")) == ["Åse Ekspert"]
    assert names(search(client, reader, kind="practice")) == ["Åse Ekspert"]
    assert names(search(client, reader, kind="course")) == ["Kari Nordmann"]


def test_an_office_that_needs_it_is_a_proof_one_may_ask_for(client, scene):
    _nordland, bodo, _kari, _ola, reader = scene
    make_need(office="treasurer", level=3)
    held = make_member("Tor Kasserer", of=bodo)
    make_term(held, office="treasurer", unit=bodo)
    give_consent(member=held, purpose=SEARCH)
    assert names(search(client, reader, kind="office")) == ["Tor Kasserer"]


def test_a_nomination_committee_searches_its_unit_and_below(client, scene):
    nordland, bodo, _kari, _ola, _reader = scene
    nominating, board = (make_body(nordland, kind=kind) for kind in (Body.Kind.NOMINATING, Body.Kind.BOARD))
    sits, chair = make_member("Nina Valg", of=bodo), make_member("Cato Leder", of=bodo)
    Term.objects.create(member=sits, office=make_office("board_member"), body=nominating, valid_from=LONG_AGO)
    Term.objects.create(member=chair, office=make_office("chair"), body=board, valid_from=LONG_AGO)
    assert names(search(client, sits)) == ["Kari Nordmann"]
    assert search(client, chair).status_code == 404
    Term.objects.filter(member=sits).update(valid_until=today())
    assert search(client, sits).status_code == 404


def test_a_training_officer_is_nobody_people_have_agreed_to_be_found_by(client, scene):
    nordland, bodo, *_ = scene
    trains = make_member("Tone Opplæring", of=bodo)
    make_term(trains, office="training", unit=nordland)
    assert search(client, trains).status_code == 404


def test_a_unit_out_of_reach_cannot_be_asked_for(client, scene):
    nordland, _bodo, _kari, _ola, reader = scene
    oslo = make_tree()[2]
    answer = search(client, reader, unit=str(oslo.public_id))
    assert "rows" not in answer.context and answer.context["form"].errors["unit"]
    assert names(search(client, reader, unit=str(nordland.public_id))) == ["Kari Nordmann"]


def test_searching_asks_as_often_for_many_as_for_few(django_assert_num_queries, scene):
    _nordland, bodo, _kari, _ola, _reader = scene
    for number in range(40):
        member = make_member(f"Person {number}", of=bodo)
        make_evidence(member, level=2)
        give_consent(member=member, purpose=SEARCH)
    asked = Asked(make_competence(), 2, [bodo.pk])
    with django_assert_num_queries(1):
        found = people_who_can(asked, on=today())
    with django_assert_num_queries(4):
        assert len(shown(found, asked, on=today())) == 41
