"""What an editor meets: an upload is looked at before it is taken in; captions are checked line by line."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lms.jobs.models import Job
from lms.organisation.editing import shelf_of
from media.recordings import forms, views
from media.recordings.models import Recording, Track
from tests.factories.editing import make_writer, signed_in
from tests.factories.media import FIXTURE, VTT, make_episode, make_film
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(db):
    return make_writer()


@pytest.fixture
def editor(writer):
    return signed_in(writer)


@pytest.fixture
def own(writer):
    """What makes a recording the writer's: uploaded by them, on the shelf of their unit."""
    return {
        "uploaded_by_user": writer,
        "files": False,
        "collection": shelf_of(writer.appointments.get().unit).collection,
    }


@pytest.fixture
def film(own):
    return make_film(words=False, **own)


def send(client, kind="video", *, name="film.mp4", content=None, **fields):
    content = (FIXTURE / "film.mp4").read_bytes() if content is None else content
    told = {"title": "Valgt", "language": "nb", "access": "signed_in", "seen_answer": "said", "seen": "", "tags": ""}
    told |= {"file": SimpleUploadedFile(name, content)} | fields
    return client.post(reverse("wagtailmedia:add", args=[kind]), told)


def errors(response):
    return response.context["form"].errors


def test_an_upload_begins_its_work(editor, writer):
    assert send(editor).status_code == 302
    recording = Recording.objects.get()
    assert (recording.state, recording.uploaded_by_user) == ("processing", writer)
    assert recording.file.name.startswith(f"recordings/{recording.public_id}/originals/")
    assert "film" not in recording.file.name
    job = Job.objects.get()
    assert (job.kind, job.payload, job.created_by) == ("transcode_recording", {"recording": recording.pk}, writer)
    page = editor.get(reverse("wagtailmedia:edit", args=[recording.pk])).content.decode()
    assert f"/jobs/{job.public_id}/" in page
    assert reverse("recording_words", args=[recording.pk]) in page


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        ("video", b"", ""), ("video", b"Bare tekst, ikke en film i det hele tatt.", "foreign"),
        ("video", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "foreign"),
        ("audio", b"PK\x03\x04" + b"\0" * 60, "foreign"),
        ("video", (FIXTURE / "lyd.mp3").read_bytes(), "sound only"),
    ],
)  # fmt: skip
def test_a_foreign_file_is_refused_at_the_field(editor, kind, content, reason):
    response = send(editor, kind, content=content)
    assert response.status_code == 200
    assert errors(response)["file"]
    if reason:
        assert errors(response).as_data()["file"][0].code == reason
    assert not Recording.objects.exists()
    assert not Job.objects.exists()


def test_a_file_of_more_than_two_gigabytes_is_refused(editor, monkeypatch):
    monkeypatch.setattr(forms, "MOST_UPLOADED", 1000)
    assert errors(send(editor)).as_data()["file"][0].code == "too large"


@pytest.mark.parametrize("way", ["wagtailmedia:add", "wagtailmedia:chooser_upload"])
def test_one_that_says_it_is_too_large_is_refused_unread(editor, way):
    class Unread:
        def read(self, *args):
            raise AssertionError("it was read")

        readline = read

    told = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(views.MOST_SENT + 1), "CONTENT_TYPE": "multipart/form-data"}
    response = editor.generic("POST", reverse(way, args=["video"]), **told)
    assert response.status_code == 413
    assert "2 GB" in response.content.decode()


def test_a_form_from_elsewhere_is_still_refused(writer):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    assert send(client).status_code == 403


def test_what_is_seen_must_be_written_when_the_answer_says_so(editor):
    assert "seen" in errors(send(editor, seen_answer="written"))


def test_captions_are_kept_as_webvtt(editor, film):
    response = send_words(editor, film, VTT.encode())
    assert response.status_code == 302
    track = Track.objects.get()
    assert (track.kind, track.language) == ("captions", "nb")
    assert track.text.startswith("WEBVTT\n\n1\n00:00:00.000 --> 00:00:02.000\n")


def test_faults_stand_at_the_field_with_their_line(editor, film):
    response = send_words(editor, film, b"WEBVTT\n\n00:02.000 --> 00:01.000\nHei")
    assert response.status_code == 422
    assert "3" in errors(response)["file"][0]
    assert not Track.objects.exists()


@pytest.mark.parametrize("content", ["Årsmøte".encode("cp1252"), b"", b"WEBVTT\n\n00:01.000 --> 09:00.000\nHei"])
def test_other_bad_captions(editor, film, content):
    response = send_words(editor, film, content)
    assert (response.status_code, Track.objects.count()) == (422, 0)


def test_captions_of_more_than_two_megabytes(editor, film):
    response = send_words(editor, film, b"WEBVTT\n\n" + b"x" * (2 * 1024 * 1024))
    assert "2 MB" in errors(response)["file"][0]


def test_a_transcript_and_taking_it_away_again(editor, own):
    episode = make_episode(words=False, **own)
    assert send_words(editor, episode, "Først.\n\nSå.".encode(), kind="transcript").status_code == 302
    track = Track.objects.get()
    editor.post(reverse("remove_recording_words", args=[episode.pk, track.pk]))
    assert not Track.objects.exists()


def test_a_recording_of_another_writer_is_theirs(editor):
    film = make_film(files=False, uploaded_by_user=make_writer("Ola"))
    before = film.tracks.get().text
    send_words(editor, film, VTT.replace("Hvem", "Hva").encode())
    assert film.tracks.get().text == before


def send_words(client, recording, content, **fields):
    told = {"kind": "captions", "language": "nb", "file": SimpleUploadedFile("a.vtt", content)} | fields
    return client.post(reverse("recording_words", args=[recording.pk]), told)


def test_the_doors_are_for_those_who_write(db):
    film, reader = make_film(files=False), signed_in(make_member())
    for name, arguments in (
        ("recording_words", [film.pk]), ("remove_recording_words", [film.pk, film.tracks.get().pk]),
        ("recording_again", [film.pk]), ("wagtailmedia:add", ["video"]), ("wagtailmedia:delete", [film.pk]),
    ):  # fmt: skip
        assert reader.post(reverse(name, args=arguments)).status_code in (302, 404), name
    assert Track.objects.count() == 1
    assert Recording.objects.count() == 1


def test_the_list_says_how_each_upload_stands(editor, own):
    make_film("Klar", **own)
    make_film("Underveis", state="processing", **own)
    page = editor.get(reverse("wagtailmedia:index")).content.decode()
    assert "Klar" in page
    assert str(Recording.State.PROCESSING.label) in page
