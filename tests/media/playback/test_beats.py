"""Beats over the wire: what is counted, for whom, and at what cost."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.organisation.access import visible
from media.playback.models import Watch
from media.playback.signals import recording_watched
from tests.factories.media import make_film, play
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db


class Viewer:
    """A member with a player."""

    def __init__(self, recording, member=None):
        self.recording, self.member = recording, member or make_member()
        self.client = Client()
        self.client.force_login(self.member)
        self.session = self.post("begin", {}).json()["session"]

    def post(self, what, told):
        address = f"/media/{self.recording.public_id}/{what}"
        return self.client.post(address, json.dumps(told), content_type="application/json")

    def beat(self, start, end, session=None):
        return self.post("beat", {"from": start, "to": end, "session": self.session if session is None else session})


@pytest.fixture
def film(db):
    return make_film(duration=60.0, files=False)


def test_what_is_played_is_counted(film, clock):
    viewer = Viewer(film)
    clock.tick(10)
    assert viewer.beat(0, 10).json() == {"counted": True, "reason": "", "wait": 0.0, "seconds": 10.0, "watched": False}
    watch = Watch.objects.get()
    assert (watch.intervals, watch.seconds, watch.position) == ([[0, 100]], 10.0, 10.0)


def test_posting_completed_without_playing_counts_nothing(film, clock):
    viewer = Viewer(film)
    assert viewer.beat(0, 60).json()["counted"] is False
    assert viewer.beat(0, 1).json()["reason"] == "too fast"
    assert not Watch.objects.exists()


def test_it_is_announced_once_at_ninety_per_cent(film, clock, heard):
    calls, member = heard(recording_watched), make_member()
    play(member, film, until=53.9, clock=clock)
    assert calls == []
    play(member, film, until=60, clock=clock)
    assert [(call["ids"], call["member_ids"]) for call in calls] == [([film.pk], [member.pk])]
    assert Watch.objects.get().watched_at is not None


def test_a_session_of_somebody_else_or_of_another_film_is_a_404(film, clock):
    mine, theirs, other = Viewer(film), Viewer(film), Viewer(make_film(files=False))
    clock.tick(20)
    for foreign in (theirs.session, other.session, mine.session + "x", "", "a:b:c"):
        assert mine.beat(0, 10, foreign).status_code == 404
    assert not Watch.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"from": "a"}', '{"from": NaN, "to": 1, "session": "x"}', '{"from": 0, "to": 1e400}', "\0"],
)
def test_what_no_player_says_is_a_404(film, body):
    viewer = Viewer(film)
    response = viewer.client.post(f"/media/{film.public_id}/beat", body, content_type="application/json")
    assert response.status_code == 404


def test_a_stranger_is_not_counted_and_needs_a_token(film):
    address = f"/media/{film.public_id}/beat"
    assert Client().post(address, "{}", content_type="application/json").status_code == 404
    member = Client(enforce_csrf_checks=True)
    member.force_login(make_member())
    assert member.post(address, "{}", content_type="application/json").status_code == 403
    assert member.get(address).status_code == 405


def test_one_goes_on_on_another_device(film, clock):
    member = make_member()
    phone = Viewer(film, member)
    clock.tick(10)
    phone.beat(0, 10)
    clock.tick(1)
    laptop = Viewer(film, member)
    clock.tick(10)
    assert laptop.beat(10, 20).json()["seconds"] == 20.0
    assert phone.beat(20, 25).json()["reason"] == "replaced"


@pytest.mark.parametrize("is_first", [True, False], ids=["the first", "a later one"])
def test_a_beat_costs_at_most_five_queries_with_one_upsert(film, clock, is_first):
    viewer = Viewer(film)
    clock.tick(40)
    if not is_first:
        viewer.beat(0, 5)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        viewer.beat(5, 10)
    words = [query["sql"].split()[0] for query in asked.captured_queries]
    assert len([word for word in words if word not in ("SAVEPOINT", "RELEASE", "BEGIN")]) <= 5
    assert words.count("INSERT") + words.count("UPDATE") == 1


def test_what_one_has_watched_is_seen_by_oneself_only(film, clock):
    play(kari := make_member(), film, until=5, clock=clock)
    assert visible(Watch.objects.all(), to=kari).count() == 1
    assert visible(Watch.objects.all(), to=make_member("Ola")).count() == 0
