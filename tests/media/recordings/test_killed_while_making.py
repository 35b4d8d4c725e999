"""kill -9 of the worker in the middle of a transcode: nothing half, no ffmpeg left behind, and it is done again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lms.jobs.models import Job
from lms.jobs.sweeper import run_waiting
from media.recordings.folders import HALF_MADE, folder_of
from media.recordings.models import Recording
from tests.lms.jobs.harness import Workers
from tests.media.recordings.test_making_ready import left_over, upload

pytestmark = [pytest.mark.ffmpeg, pytest.mark.django_db(transaction=True)]


def programs(folder: str) -> int:
    """How many ffmpeg processes work in a folder."""
    found = 0
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        found += "ffmpeg" in command and folder in command and "confine.py" not in command
    return found


def wait_for(claim, seconds: float = 40.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if claim():
            return True
        time.sleep(0.1)
    return False


def test_a_killed_worker_leaves_nothing_half(clip, tmp_path, settings, transactional_db):
    settings.MEDIA_ROOT = tmp_path / "uploads"  # where the worker looks
    recording, job = upload(clip("long.mp4", seconds=20, size="1280x720"))
    folder = folder_of(recording.public_id)
    workers = Workers(tmp_path)
    try:
        worker = workers.start_worker()
        assert wait_for(lambda: programs(str(folder)) > 0), workers.log.read_text()[-2000:]
        workers.kill(worker)
        assert wait_for(lambda: programs(str(folder)) == 0, 10)
    finally:
        workers.stop()
    assert Recording.objects.get(pk=recording.pk).state == "processing"
    assert all(name.startswith(HALF_MADE) for name in left_over(recording))
    Job.objects.filter(pk=job.pk).update(lease_until="2026-01-01T00:00Z")
    run_waiting()
    made = Recording.objects.get(pk=recording.pk)
    assert made.state == "ready"
    assert left_over(recording) == [made.files["folder"]]
