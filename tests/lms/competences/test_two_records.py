"""Two records of one person become one: what they can is drawn from both, and undone it is as before."""

import datetime as dt

import pytest

from lms.competences.models import AttestationRequest, Evidence, MappingViewer, Profile
from lms.competences.queries import profiles_of
from lms.merging.services import merge_members, undo_merge
from tests.factories.competences import make_evidence
from tests.factories.organisation import make_appointment, make_member, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def two():
    unit = make_unit()
    keeper = make_member("Ada", of=unit)
    make_appointment(keeper, "administrator", unit=unit)
    return make_member("Kari Nordmann", of=unit), make_member("Kari Nordmann", of=unit), keeper


def merge(two):
    kept, absorbed, keeper = two
    return merge_members(kept=kept, absorbed=absorbed, reason="samme", by=keeper)


def levels(*people):
    found = profiles_of([person.pk for person in people])
    return [found[person.pk].level_of("money.budget") for person in people]


def test_evidence_follows_and_both_records_are_drawn_anew(two):
    kept, absorbed, keeper = two
    make_evidence(kept, level=1)
    make_evidence(absorbed, level=2)
    done = merge(two)
    assert levels(kept, absorbed) == [2, 0] and not Profile.objects.filter(member=absorbed).exists()
    undo_merge(merge=done, by=keeper)
    assert levels(kept, absorbed) == [1, 2]


def test_what_one_record_vouched_for_the_other_counts_for_nothing(two):
    kept, absorbed, _keeper = two
    make_evidence(kept, kind="attestation", level=2, given_by_id=absorbed.pk)
    assert levels(kept) == [2]
    merge(two)
    assert levels(kept) == [0] and Evidence.objects.get().given_by == kept


def test_who_may_see_the_own_mapping_is_there_once(two):
    kept, absorbed, keeper = two
    for member, viewer in ((kept, keeper), (absorbed, keeper), (absorbed, kept), (keeper, absorbed)):
        MappingViewer.objects.create(member=member, viewer=viewer)
    done = merge(two)
    assert set(MappingViewer.objects.values_list("member", "viewer")) == {(kept.pk, keeper.pk), (keeper.pk, kept.pk)}
    undo_merge(merge=done, by=keeper)
    assert MappingViewer.objects.count() == 4


def test_asking_ones_other_record_is_withdrawn(two):
    kept, absorbed, keeper = two
    AttestationRequest.objects.create(member=kept, asked=absorbed)
    done = merge(two)
    row = AttestationRequest.objects.get()
    assert (row.member, row.asked, row.state) == (kept, kept, "withdrawn")
    undo_merge(merge=done, by=keeper)
    assert AttestationRequest.objects.get().asked == absorbed


def test_whoever_is_erased_no_longer_stands_with_what_they_gave():
    kari, giver = make_member(), make_member("Ola")
    make_evidence(kari, kind="attestation", level=2, given_by_id=giver.pk, on=dt.date(2024, 1, 1))
    giver.delete()
    assert Evidence.objects.get().given_by is None and levels(kari) == [2]
