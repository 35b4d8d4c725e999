"""The job that makes an upload ready. Interrupted anywhere, it leaves nothing half and begins anew."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.jobs.lease import Claimed, LeaseLost
from lms.jobs.models import Job
from lms.jobs.registry import Onward, job_kind
from media.recordings.folders import begin_making, finish_making, keep_only
from media.recordings.making import Made, make_playable
from media.recordings.models import TRANSCODING, Recording
from media.recordings.services import refuse_upload, show_made
from media.recordings.transcode import NoProgram, Unusable

logger = logging.getLogger(__name__)
TRIES = 3
PARTS = 100


def _onward(job: Job) -> Onward | None:
    label = _("See why it could not be used") if "refused" in job.result else _("To the recording")
    return Onward(str(label), reverse("wagtailmedia:edit", args=[job.payload["recording"]]))


@job_kind(TRANSCODING, title=_("Making a recording ready"), max_attempts=TRIES, onward=_onward)
def make_recording_ready(claim: Claimed) -> Mapping[str, Any]:
    """Make what is played; or write down why it cannot be."""
    recording = Recording.objects.filter(pk=claim.payload["recording"]).first()
    if recording is None:
        return {"refused": "gone"}
    try:
        return _make(recording, claim)
    except LeaseLost:
        raise
    except Unusable as unusable:
        reason = unusable.reason
    except NoProgram as missing:
        logger.error("recording %s: no ffmpeg: %s", recording.public_id, missing)
        reason = "no program"
    except Exception:
        if claim.attempts < TRIES:
            raise
        logger.exception("recording %s: given up after %s tries", recording.public_id, claim.attempts)
        reason = "failed"
    with transaction.atomic():
        claim.hold()
        refuse_upload(recording=recording, reason=reason)
    return {"refused": reason.replace(" ", "_")}


def _make(recording: Recording, claim: Claimed) -> Mapping[str, Any]:
    claim.advance(done=0, total=PARTS)
    work = begin_making(recording.public_id)
    try:
        made = make_playable(
            Path(recording.file.path),
            work,
            is_video=recording.type == "video",
            language=recording.language,
            progress=lambda part: claim.advance(done=int(part * (PARTS - 1))),
        )
        return _publish(recording, claim, work, made)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _publish(recording: Recording, claim: Claimed, work: Path, made: Made) -> Mapping[str, Any]:
    making = f"{Path(str(recording.file.name)).stem}-{claim.claims}"
    finish_making(work, making)
    with transaction.atomic():
        claim.hold(done=PARTS)
        is_shown = show_made(recording=recording, made=made, making=making)
    shown = Recording.objects.values_list("files", flat=True).get(pk=recording.pk)
    keep_only(recording.public_id, shown.get("folder", ""))
    return {"seconds": int(made.seconds)} if is_shown else {"refused": "replaced"}
