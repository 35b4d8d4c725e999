"""Writes to recordings and their tracks."""

from __future__ import annotations

from pathlib import PurePath

from django.db import transaction

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.jobs.models import Job
from lms.jobs.services import request_job
from lms.members.models import Member
from media.captions.cues import Cue
from media.captions.writing import write_vtt
from media.recordings.making import Made
from media.recordings.models import TRANSCODING, Recording, Track
from media.recordings.queries import forget_recording


@transaction.atomic
def receive_upload(*, recording: Recording, by: Member | None) -> Job:
    """A file was uploaded: have it made ready by a job. The files of an earlier upload go on being shown.

    One job per upload: the key holds the name the upload was kept under, which no other has.
    """
    earlier = Job.objects.filter(key__startswith=_job_key(recording)).count()
    again = f":{earlier + 1}" if earlier else ""
    Recording.objects.filter(pk=recording.pk).update(state=Recording.State.PROCESSING, refusal="")
    recording.state, recording.refusal = Recording.State.PROCESSING, ""
    record_act("upload_recording", by=by, subject=subject_key("recording", recording.public_id))
    return request_job(
        kind=TRANSCODING, key=f"{_job_key(recording)}{again}", payload={"recording": recording.pk}, by=by
    )


def _job_key(recording: Recording) -> str:
    return f"{TRANSCODING}:{recording.public_id}:{PurePath(str(recording.file.name)).stem}"


@transaction.atomic
def show_made(*, recording: Recording, made: Made, making: str) -> bool:
    """What was made is what is played from now on. False when a newer upload has come meanwhile."""
    changes = {
        "files": {**made.files, "folder": making},
        "state": Recording.State.READY,
        "refusal": "",
        "duration": round(made.seconds, 2),
        "width": made.width,
        "height": made.height,
    }
    is_shown = bool(Recording.objects.filter(pk=recording.pk, file=recording.file.name).update(**changes))
    transaction.on_commit(lambda: forget_recording(recording.pk))
    return is_shown


@transaction.atomic
def refuse_upload(*, recording: Recording, reason: str) -> bool:
    """The upload cannot be used; ``reason`` is a key of ``words.REFUSALS``. An earlier one goes on being shown."""
    mine = Recording.objects.filter(pk=recording.pk, file=recording.file.name)
    return bool(mine.update(state=Recording.State.REFUSED, refusal=reason))


@transaction.atomic
def save_captions(*, recording: Recording, language: str, cues: list[Cue], by: Member | None) -> Track:
    """Keep checked captions in one language; they take the place of earlier ones."""
    return _save_track(recording, Track.Kind.CAPTIONS, language, write_vtt(cues), by)


@transaction.atomic
def save_transcript(*, recording: Recording, language: str, text: str, by: Member | None) -> Track:
    """Keep a written transcript in one language; it takes the place of an earlier one."""
    return _save_track(recording, Track.Kind.TRANSCRIPT, language, text.strip() + "\n", by)


def _save_track(recording: Recording, kind: str, language: str, text: str, by: Member | None) -> Track:
    track, _ = Track.objects.update_or_create(
        recording=recording, kind=kind, language=language, defaults={"text": text}
    )
    subject = subject_key("recording", recording.public_id)
    record_act("save_track", by=by, subject=subject, kind=str(kind), language=language)
    return track


@transaction.atomic
def remove_track(*, track: Track, by: Member | None) -> None:
    """Take captions or a transcript away."""
    subject = subject_key("recording", track.recording.public_id)
    record_act("remove_track", by=by, subject=subject, kind=track.kind, language=track.language)
    track.delete()
