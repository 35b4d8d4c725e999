"""Whoever may not have a file of a recording gets a 404, whatever file, whatever method."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from lms.organisation.access import Role
from media.recordings.models import Recording
from tests.factories.editing import make_writer
from tests.factories.media import make_episode, make_film
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db

NAMES = {
    "hls/master.m3u8": "application/vnd.apple.mpegurl",
    "hls/360p/index.m3u8": "application/vnd.apple.mpegurl",
    "hls/360p/init_0.mp4": "video/mp4",
    "hls/lyd/00000.m4s": "video/iso.segment",
    "film.mp4": "video/mp4",
    "lyd.mp3": "audio/mpeg",
    "poster.jpg": "image/jpeg",
    "captions.nb.vtt": "text/vtt; charset=utf-8",
}
GUESSES = [
    "../../../tillit.sqlite3", "m1/film.mp4", "film.mp4/", "FILM.MP4", "originals/a.mp4", "hls/../film.mp4",
    "hls/%2e%2e/film.mp4", "hls/720p/../../film.mp4", "captions.de.vtt", "captions.nb.vtt.bak", "hls/", ".",
    "film.mp4%00", "hls/360p/99999.m4s",
]  # fmt: skip


def read(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def client_of(who):
    client = Client()
    if who is not None:
        client.force_login(who)
    return client


@pytest.fixture
def actors(db):
    former = make_member("Forhenværende")
    gone = client_of(former)
    former.is_active = False
    former.save()
    return {
        "anonymous": (client_of(None), False),
        "ex-member": (gone, False),
        "member": (client_of(make_member()), True),
        "instructor": (client_of(make_writer(role=Role.INSTRUCTOR)), True),
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_derivative_by_every_method_for_every_actor(name, actors):
    recording = make_episode() if name == "lyd.mp3" else make_film()
    address = recording.address_of(name)
    for who, (client, may) in actors.items():
        whole, head = client.get(address), client.head(address)
        part = client.get(address, headers={"range": "bytes=0-9"})
        is_text = name.endswith(".vtt")
        for response in (whole, head, part):
            read(response)
        expected = (200, 200, 200 if is_text else 206) if may else (404, 404, 404)
        assert (whole.status_code, head.status_code, part.status_code) == expected, who
        if may:
            assert whole.headers["Content-Type"] == NAMES[name]
            for response in (whole, head, part):
                assert response.headers["Cache-Control"] == "private, no-store"
                assert response.headers["X-Content-Type-Options"] == "nosniff"
                assert response.headers["Content-Disposition"] == "inline"


@pytest.mark.parametrize("name", GUESSES)
def test_a_guess_leads_nowhere(name):
    client = client_of(make_member())
    assert client.get(f"/media/{make_film().public_id}/{name}").status_code == 404


def test_an_unknown_recording_and_a_closed_one_look_the_same():
    closed, nobody = make_film().public_id, uuid.uuid4()
    known, unknown = (Client().get(f"/media/{pk}/film.mp4") for pk in (closed, nobody))
    assert (known.status_code, unknown.status_code) == (404, 404)
    assert known.content.replace(str(closed).encode(), b"") == unknown.content.replace(str(nobody).encode(), b"")


def test_an_open_recording_is_for_everyone():
    response = Client().head(make_film(access=Recording.Access.EVERYONE).address_of("film.mp4"))
    assert response.status_code == 200


def test_the_upload_itself_has_no_address():
    recording = make_film()
    client = client_of(make_member())
    for address in (f"/filer/{recording.file.name}", f"/filer/recordings/{recording.public_id}/m1/film.mp4"):
        assert client.get(address).status_code == 404


def test_parts_are_the_bytes_asked_for():
    recording, client = make_film(), client_of(make_member())
    address = recording.address_of("film.mp4")
    whole = b"".join(client.get(address).streaming_content)
    middle = client.get(address, headers={"range": "bytes=100-299"})
    assert b"".join(middle.streaming_content) == whole[100:300]
    assert middle.headers["Content-Range"] == f"bytes 100-299/{len(whole)}"
    assert middle.headers["Content-Length"] == "200"
    outside = client.get(address, headers={"range": f"bytes={len(whole)}-"})
    assert (outside.status_code, outside.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")


def test_a_proxy_may_send_the_bytes(settings):
    settings.TILLIT_SENDFILE = "/inner/"
    recording = make_film()
    response = client_of(make_member()).get(recording.address_of("film.mp4"))
    assert response.headers["X-Accel-Redirect"] == f"/inner/recordings/{recording.public_id}/m1/film.mp4"
    assert response.content == b""
    assert Client().get(recording.address_of("film.mp4")).status_code == 404
