"""The jobs of an import: read a file, apply it, what follows from it, and tidying up each day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.jobs.daily import register_daily
from lms.jobs.lease import Claimed
from lms.jobs.registry import job_kind
from lms.register import services
from lms.register.applying import FOLLOW, apply_import
from lms.register.following import follow
from lms.register.models import RegisterImport
from lms.register.reading import read_import
from lms.register.services import APPLY, READ

EMPTY = "empty_register_imports"


def _named(claim: Claimed) -> RegisterImport:
    return RegisterImport.objects.select_related("by").get(public_id=claim.payload["import"])


@job_kind(READ, title=_("Reading the file"))
def read(claim: Claimed) -> Mapping[str, Any]:
    """Read a file that was taken in."""
    return read_import(register_import=_named(claim), claim=claim)


@job_kind(APPLY, title=_("Applying the file"))
def apply(claim: Claimed) -> Mapping[str, Any]:
    """Apply a file that was seen."""
    return apply_import(register_import=_named(claim), claim=claim)


@job_kind(FOLLOW, title=_("Letters and codes after an import"))
def follow_up(claim: Claimed) -> Mapping[str, Any]:
    """Announce who joined and moved; invite the new."""
    return follow(register_import=_named(claim), claim=claim)


@job_kind(EMPTY, title=_("Deleting old files of the register"))
def empty(claim: Claimed) -> Mapping[str, Any]:
    """Delete what is seven days old."""
    return {"emptied": services.empty_old_imports()}


register_daily(EMPTY)
