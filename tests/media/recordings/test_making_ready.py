"""An upload becomes something to play: in a job with progress, whole or not at all."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile

from lms.jobs.models import Job
from lms.jobs.services import run_job
from lms.jobs.sweeper import run_waiting
from media.recordings import work
from media.recordings.folders import folder_of
from media.recordings.models import Recording
from media.recordings.queries import shown_recordings, standing_of
from media.recordings.services import receive_upload
from media.recordings.transcode import Interrupted, NoProgram
from tests.factories.media import FIXTURE
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db


def upload(path: Path, kind: str = "video", by=None) -> tuple[Recording, Job]:
    recording = Recording(title="Opptak", type=kind)
    with path.open("rb") as file:
        recording.file.save(path.name, File(file))
    return recording, receive_upload(recording=recording, by=by)


def fresh(recording: Recording) -> Recording:
    return Recording.objects.get(pk=recording.pk)


def left_over(recording: Recording) -> list[str]:
    return sorted(path.name for path in folder_of(recording.public_id).iterdir() if path.name != "originals")


@pytest.mark.ffmpeg
def test_a_film_becomes_two_sizes_a_poster_and_a_list_of_them(clip):
    recording, job = upload(clip("large.mp4", size="1280x720"))
    assert recording.state == "processing"
    run_waiting()
    made = fresh(recording)
    assert (made.state, made.files["hls"], made.width, made.height) == ("ready", "hls/master.m3u8", 1280, 720)
    assert 1.8 < made.duration < 2.2
    folder = folder_of(made.public_id) / made.files["folder"]
    master = (folder / "hls/master.m3u8").read_text()
    assert "RESOLUTION=1280x720" in master
    assert "RESOLUTION=640x360" in master
    assert {path.name for path in folder.iterdir()} == {"hls", "film.mp4", "poster.jpg"}
    assert left_over(made) == [made.files["folder"]]
    assert (Job.objects.get(pk=job.pk).state, Job.objects.get(pk=job.pk).done) == ("done", 100)


@pytest.mark.ffmpeg
def test_a_small_film_is_not_made_larger_and_one_held_upright_stays_so(clip, tmp_path):
    recording, _job = upload(clip("upright.mp4", size="180x320", sound=False))
    run_waiting()
    made = fresh(recording)
    assert (made.state, made.width, made.height) == ("ready", 180, 320)
    assert (folder_of(made.public_id) / made.files["folder"] / "hls/master.m3u8").read_text().count("RESOLUTION") == 1


@pytest.mark.ffmpeg
def test_sound_becomes_mp3_of_even_loudness_without_what_the_phone_wrote(clip, ffmpeg, tmp_path):
    tagged = tmp_path / "tagged.m4a"
    subprocess.run([ffmpeg, "-v", "error", "-i", clip("tone.m4a", size=""), "-c", "copy",
                    "-metadata", "comment=hjemme hos Kari", tagged], check=True)  # fmt: skip
    recording, _job = upload(tagged, "audio")
    run_waiting()
    made = fresh(recording)
    assert (made.state, made.files["mp3"]) == ("ready", "lyd.mp3")
    raw = (folder_of(made.public_id) / made.files["folder"] / "lyd.mp3").read_bytes()
    assert b"Kari" not in raw


@pytest.mark.ffmpeg
def test_progress_is_seen_on_the_way(clip, monkeypatch):
    told = []
    advance = work.Claimed.advance

    def heard(claim, **said):
        told.append(said.get("done"))
        advance(claim, **said)

    monkeypatch.setattr(work.Claimed, "advance", heard)
    upload(clip("longer.mp4", seconds=8, size="1280x720"))
    run_waiting()
    assert told[0] == 0
    assert told == sorted(told)
    assert any(0 < done < 100 for done in told)


def test_a_broken_upload_is_refused_in_words_and_the_worker_lives(tmp_path):
    broken = tmp_path / "x.mp4"
    broken.write_bytes(b"Ikke en film i det hele tatt.")
    recording, job = upload(broken, by=make_member())
    assert run_job(job_id=job.pk)
    assert (fresh(recording).state, fresh(recording).refusal) == ("refused", "foreign")
    standing = standing_of(fresh(recording), to=make_member("Ola"))
    assert standing.reason
    assert standing.can_retry
    assert not standing.job_url
    assert left_over(recording) == []


def test_a_refused_upload_leaves_what_was_shown_before(tmp_path):
    recording, _job = upload(FIXTURE / "film.mp4")
    (folder_of(recording.public_id) / "old").mkdir()
    (folder_of(recording.public_id) / "old" / "film.mp4").write_bytes(b"x")
    Recording.objects.filter(pk=recording.pk).update(files={"folder": "old", "mp4": "film.mp4"})
    again = fresh(recording)
    again.file.save("y.mp4", SimpleUploadedFile("y.mp4", b"tull og tant og slikt"))
    Job.objects.all().delete()
    receive_upload(recording=again, by=None)
    run_waiting()
    assert (fresh(recording).state, fresh(recording).files["folder"]) == ("refused", "old")
    assert shown_recordings([recording.pk])[recording.pk].mp4.endswith("/film.mp4")
    assert "old" in left_over(recording)


def test_three_interruptions_and_it_is_given_up_with_a_reason(monkeypatch):
    def stopped(*args, **kwargs):
        raise Interrupted("the machine is tired")

    monkeypatch.setattr(work, "make_playable", stopped)
    recording, job = upload(FIXTURE / "film.mp4")
    for _ in range(3):
        Job.objects.filter(pk=job.pk).update(due_at="2026-01-01T00:00Z")
        run_job(job_id=job.pk)
    assert Job.objects.get(pk=job.pk).state == "done"
    assert fresh(recording).refusal == "failed"
    assert left_over(recording) == []


def test_without_ffmpeg_it_says_so_and_can_be_tried_again(monkeypatch):
    def missing(*args, **kwargs):
        raise NoProgram("nowhere")

    monkeypatch.setattr(work, "make_playable", missing)
    recording, first = upload(FIXTURE / "film.mp4")
    run_waiting()
    assert fresh(recording).refusal == "no program"
    assert receive_upload(recording=fresh(recording), by=None).pk != first.pk


def test_a_named_program_that_is_not_there_is_said_clearly(settings):
    settings.TILLIT_FFMPEG = "/finnes/ikke/ffmpeg"
    recording, _job = upload(FIXTURE / "film.mp4")
    run_waiting()
    assert fresh(recording).refusal == "no program"


@pytest.mark.django_db(transaction=True)
def test_what_is_deleted_takes_its_files_with_it(transactional_db):
    recording, _job = upload(FIXTURE / "film.mp4")
    folder = folder_of(recording.public_id)
    assert folder.exists()
    recording.delete()
    assert not folder.exists()
