"""What competences does as jobs: each finds by ids what is to be done, and calls a service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from lms.competences.models import FrameworkVersion
from lms.competences.profiles import rebuild_profiles, redraw_due
from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.registry import job_kind
from lms.jobs.services import request_job

DAY, REBUILD = "competences_day", "rebuild_profiles"


@job_kind(DAY, title=gettext_lazy("Competences that time has changed"))
def draw_what_is_due(claim: Claimed) -> Mapping[str, Any]:
    """Draw anew who has held an office long enough by today, and whose proof has grown old."""
    return {"changed": len(redraw_due())}


@job_kind(REBUILD, title=gettext_lazy("Drawing everybody's competences anew"))
def draw_everybody(claim: Claimed) -> Mapping[str, Any]:
    """Draw every profile anew: the framework, or what offices need, is another."""
    return {"people": rebuild_profiles()}


register_daily(DAY)


def ask_to_rebuild(version: FrameworkVersion) -> None:
    """Ask for every profile to be drawn anew when the transaction commits; once for a version and a moment."""
    request_job(kind=REBUILD, key=f"{REBUILD}:{version.pk}:{timezone.now():%Y-%m-%dT%H:%M:%S}", payload={}, by=None)
