"""Tracks and levels are founded and worded by those who administer the whole organisation."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from courses.progression.models import Track
from courses.tracks import making
from lms.audit.models import Entry
from tests.courses.tracks.drafts import chief_of
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = pytest.mark.django_db
TITLE = {"nb": "Ungdom", "nn": "Ungdom", "en": "Youth"}


def test_a_track_is_founded_and_gets_levels_from_the_ground_up():
    chief = chief_of(make_tree()[0])
    track = making.found_track(key="youth", title=TITLE, purpose={}, by=chief)
    for key in ("first", "second"):
        making.add_level(track=track, key=key, title=TITLE, display_name=TITLE, purpose={}, by=chief)
    assert list(track.levels.values_list("key", "order")) == [("youth.first", 1), ("youth.second", 2)]
    assert set(Entry.objects.values_list("act", flat=True)) >= {"found_track", "add_level"}


def test_a_county_administrator_founds_nothing():
    _, county, *_ = make_tree()
    ada = make_member("Ada", of=county)
    make_appointment(ada, "administrator", unit=county)
    with pytest.raises(PermissionDenied):
        making.found_track(key="youth", title=TITLE, purpose={}, by=ada)


def test_a_key_that_is_taken_is_said_at_its_field():
    making.found_track(key="youth", title=TITLE, purpose={}, by=None)
    with pytest.raises(ValidationError) as refused:
        making.found_track(key="youth", title=TITLE, purpose={}, by=None)
    assert set(refused.value.message_dict) == {"key"}


def test_words_may_change_at_any_time_and_the_trail_keeps_the_old():
    track = making.found_track(key="youth", title=TITLE, purpose={}, by=None)
    making.word_track(track=track, title={"nb": "Ung"}, purpose={"nb": "For unge"}, by=None)
    assert Track.objects.get(key="youth").title == {"nb": "Ung"}
    assert Entry.objects.get(act="word_track").details["before"]["title"] == TITLE
