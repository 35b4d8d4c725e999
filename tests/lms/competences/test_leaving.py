"""Whoever leaves and keeps their course history keeps what is proven; their own view and what they asked for go."""

import pytest

from lms.competences.leaving import forget_own_words
from lms.competences.models import AttestationRequest, Evidence, Mapping, MappingViewer, PriorDocument, PriorLearning
from lms.competences.queries import profiles_of
from lms.organisation.leaving import come_back, keep_history, record_leaving
from lms.periods import today
from tests.factories.organisation import make_appointment, make_member, make_tree
from tests.factories.vouching import BUDGET, make_own_competences

pytestmark = pytest.mark.django_db
ASKED_AND_SAID = (Mapping, MappingViewer, AttestationRequest, PriorLearning, PriorDocument)


@pytest.fixture
def kari():
    *_, bodo = make_tree()
    kari, ada = make_member(of=bodo), make_member("Ada", of=bodo)
    make_appointment(ada, "administrator", unit=bodo)
    make_own_competences(kari, ada)
    record_leaving(member_ids=[kari.pk], on=today(), by=None)
    return kari


def test_what_a_person_said_of_themselves_goes_when_they_keep_their_history(kari):
    keep_history(member=kari, by=kari)
    assert forget_own_words() == 1
    assert not any(model.objects.exists() for model in ASKED_AND_SAID)
    assert set(Evidence.objects.filter(member=kari).values_list("kind", flat=True)) == {"attestation"}
    standings = profiles_of([kari.pk])[kari.pk]
    assert (standings.level_of(BUDGET), standings.own_of(BUDGET)) == (1, None)
    assert forget_own_words() == 0


def test_nothing_goes_of_those_who_have_not_chosen_or_came_back(kari):
    assert forget_own_words() == 0
    keep_history(member=kari, by=kari)
    come_back(member=kari, by=None)
    assert forget_own_words() == 0
    assert all(model.objects.exists() for model in ASKED_AND_SAID)
