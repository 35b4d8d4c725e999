"""The heat map of a body: for the body itself and those who keep it, with a verdict in words on every row."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from lms.audit.models import Sighting, SightingOf
from lms.competences.heat import heat_of
from lms.competences.heat_words import listed, need_in_words, sentence, verdict_of
from lms.competences.models import MappingViewer
from lms.organisation.models import Term
from lms.periods import today
from tests.factories.competences import make_body_need, make_competence, make_evidence, make_need
from tests.factories.organisation import LONG_AGO, make_appointment, make_body, make_member, make_office, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
BUDGET = "money.budget"


@pytest.fixture
def scene():
    """A board of three: Åse can do budgets alone."""
    unit = make_unit("Lyngvær lag")
    body = make_body(unit)
    people = [make_member(name, of=unit) for name in ("Åse Lyngmo", "Ida Bergset", "Per Strand")]
    for member, office in zip(people, ("chair", "treasurer", "board_member"), strict=True):
        Term.objects.create(member=member, office=make_office(office), body=body, valid_from=LONG_AGO)
    make_body_need(BUDGET, level=2, least=2)
    make_body_need("care.privacy", level=1, least=0)
    make_evidence(people[0], kind="prior", level=3)
    return unit, body, people


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def heat_for(scene, reader=None):
    return heat_of(scene[1], reader=reader or scene[2][0], on=today())


def verdicts(heat):
    names = [person.name for person in heat.people]
    return {row.entry.key: verdict_of(row.judgement, names) for row in heat.rows}


def test_one_who_carries_it_alone_is_named(scene):
    assert verdicts(heat_for(scene)) == {BUDGET: "Åse carries this alone", "care.privacy": "Nobody has begun"}


def test_one_sentence_says_it_all(scene):
    told = sentence(heat_for(scene))
    assert told == "Vulnerable on money.budget: only one can do it. Nobody is far enough yet in care.privacy."
    for person in scene[2]:
        make_evidence(person, key="care.privacy", level=1)
        make_evidence(person, level=2)
    assert sentence(heat_for(scene)) == "You have together what you need."


def test_what_offices_need_besides_stands_apart(scene):
    make_need(BUDGET, office="treasurer", level=3)
    make_need("lead.plan", office="chair", level=2)
    heat = heat_for(scene)
    row = next(row for row in heat.shared if row.entry.key == BUDGET)
    assert need_in_words(row.judgement) == "2 at level 2"
    (other,) = heat.others
    assert (other.entry.key, need_in_words(other.judgement)) == ("lead.plan", "the offices need level 2")


def test_two_of_one_first_name_are_called_by_both_names(scene):
    unit, body, _people = scene
    other = make_member("Åse Moen", of=unit)
    Term.objects.create(member=other, office=make_office("deputy"), body=body, valid_from=LONG_AGO)
    assert "Åse Lyngmo carries this alone" in verdicts(heat_for(scene)).values()


def test_who_has_two_seats_is_there_once(scene):
    Term.objects.create(member=scene[2][0], office=make_office("training"), body=scene[1], valid_from=LONG_AGO)
    assert len(heat_for(scene).people) == 3


def test_what_people_say_of_themselves_is_only_for_whom_they_chose(scene):
    reader, ida, per = scene[2]
    for member in (ida, per):
        make_evidence(member, kind="self", level=4)
    assert heat_for(scene).said == []
    MappingViewer.objects.create(member=ida, viewer=reader)
    heat = heat_for(scene)
    assert [one.person.member for one in heat.own_words] == [ida]
    assert [answers for _entry, answers in heat.said] == [(4,)] and verdicts(heat)[BUDGET] == "Åse carries this alone"


def open_page(client, member, body):
    client.force_login(member)
    return client.get(reverse("body_competences", args=[body.public_id]))


def test_the_body_and_its_keepers_see_it_and_it_is_written_down(client, scene):
    unit, body, people = scene
    keeper = make_member("Ada Keeper")
    make_appointment(keeper, "administrator", unit=unit)
    for reader in (people[1], keeper):
        assert open_page(client, reader, body).status_code == 200
    assert Sighting.objects.filter(actor=keeper.public_id, page="board_competences").exists()
    assert SightingOf.objects.filter(sighting__actor=people[1].public_id).count() == 2


def test_nobody_else_finds_it(client, scene):
    unit, body, _people = scene
    plain, trainer, elsewhere = (make_member(name, of=unit) for name in ("Plain", "Trainer", "Elsewhere"))
    board = make_body(unit, kind="executive")
    Term.objects.create(member=trainer, office=make_office("training"), body=board, valid_from=LONG_AGO)
    Term.objects.create(member=elsewhere, office=make_office("chair"), body=make_body(make_unit()), valid_from=LONG_AGO)
    for reader in (plain, trainer, elsewhere):
        assert open_page(client, reader, body).status_code == 404
    ended = Term.objects.create(
        member=plain, office=make_office("alternate"), body=body, valid_from=LONG_AGO, valid_until=dt.date(2020, 1, 1)
    )
    assert ended and open_page(client, plain, body).status_code == 404


def test_a_body_with_nobody_or_with_no_needs_says_so(client, scene):
    body = make_body(scene[0], kind="committee")
    Term.objects.create(member=scene[2][0], office=make_office("chair"), body=body, valid_from=LONG_AGO)
    assert open_page(client, scene[2][0], body).status_code == 200


def test_the_page_of_a_body_leads_there_for_its_own(client, scene):
    _unit, body, people = scene
    client.force_login(people[0])
    told = client.get(reverse("body", args=[body.public_id])).content.decode()
    assert reverse("body_competences", args=[body.public_id]) in told


@pytest.mark.parametrize("size", [10, 100])
def test_the_page_asks_as_often_for_a_hundred_as_for_ten(client, django_assert_num_queries, size):
    unit = make_unit()
    body, chair = make_body(unit), make_office("chair")
    make_body_need(BUDGET)
    make_need("lead.plan")
    people = [make_member(f"Person {number}") for number in range(size)]
    rows = [Term(member=one, office=chair, body=body, valid_from=LONG_AGO) for one in people]
    Term.objects.bulk_create(rows)
    make_competence()
    open_page(client, people[0], body)
    with django_assert_num_queries(12):
        client.get(reverse("body_competences", args=[body.public_id]))


def test_words_in_a_row():
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
